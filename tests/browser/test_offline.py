"""Help on the phone without a network, once any page has been opened."""

import time
from collections.abc import Iterator
from threading import Event

import pytest
from django.core.signals import request_started

from tests.browser.jobs import sign_in
from tests.browser.learning import COURSE, choose_corridor
from tests.waiting import until

KEPT = """async (path) => {
  for (const name of await caches.keys()) {
    const found = await (await caches.open(name)).match(path, { ignoreVary: true });
    if (found) return found.text();
  }
  return null;
}"""


MARK = """async (path) => {
  const page = new Response('<!doctype html><p id="kept">', { headers: { 'Content-Type': 'text/html' } });
  await (await caches.open('safar-pages')).put(path, page);
}"""
SLOW = 4  # seconds: one more than the worker gives the network


@pytest.fixture
def slow() -> Iterator[Event]:
    """While it is set, the server thinks for a while before it answers with a page."""
    is_slow = Event()

    def wait(environ: dict[str, str], **_more: object) -> None:
        if is_slow.is_set() and not environ["PATH_INFO"].startswith("/static/"):
            time.sleep(SLOW)

    request_started.connect(wait, weak=False)
    yield is_slow
    request_started.disconnect(wait)


@pytest.fixture
def page(open_page):
    return open_page(service_workers="allow")


def kept(page, path: str) -> str | None:
    return page.evaluate(KEPT, path)


def test_help_is_there_without_a_network(page):
    page.goto("/tg/")
    until(lambda: kept(page, "/tg/help/"))
    page.context.set_offline(True)
    page.goto("/tg/help/")
    assert page.locator("section#not-paid").is_visible()
    page.goto("/tg/learn/")
    assert page.locator("main").inner_text().strip()
    page.context.set_offline(False)


def test_a_page_that_is_its_readers_alone_is_not_kept(loaded_demo, page, settings):
    settings.DEMO = True
    page.goto("/tg/")
    until(lambda: kept(page, "/tg/help/"))
    page.goto("/tg/jobs/")
    until(lambda: kept(page, "/tg/jobs/"))
    sign_in(page, "tg", "farrukh")
    private = ["/tg/demo/", "/tg/me/", "/tg/me/known/", "/tg/demo/outbox/", f"/tg/{COURSE}", "/tg/money/"]
    for path in private:
        page.goto(path)
    assert [kept(page, path) for path in private] == [None] * len(private)


def test_a_slow_network_shows_nobody_the_progress_of_before(page, slow):
    course = f"/tg/{COURSE}"
    page.goto("/tg/")
    until(lambda: kept(page, "/tg/help/"))
    page.evaluate(MARK, course)
    slow.set()
    page.goto(course)
    assert page.locator("#kept").count() == 1, "whoever has done nothing need not wait: the page is the same"
    slow.clear()
    until(lambda: "kept" not in kept(page, course))  # the answer came after all

    choose_corridor(page, "tg", "TJ-RU")
    page.evaluate(MARK, course)
    slow.set()
    page.goto(course)
    assert page.locator("#kept").count() == 0 and page.locator("h1").count() == 1
    slow.clear()
    page.context.set_offline(True)
    page.goto(course)
    assert page.locator("#kept").count() == 1, "better than nothing where there is no network"
    page.context.set_offline(False)
