"""Help on the phone without a network, once any page has been opened."""

import pytest

from tests.browser.jobs import sign_in
from tests.browser.learning import COURSE
from tests.waiting import until

KEPT = """async (path) => {
  for (const name of await caches.keys()) {
    const found = await (await caches.open(name)).match(path, { ignoreVary: true });
    if (found) return found.text();
  }
  return null;
}"""


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
