"""Help on the phone without a network, once any page has been opened."""

import time
from collections.abc import Iterator
from datetime import timedelta
from threading import Event

import pytest
from django.core.signals import request_started

from orientation.classes.here import token_of
from orientation.models import ClassSession, LearningEvent, Lesson
from portal.accounts.cast import PEOPLE
from tests.browser.jobs import sign_in
from tests.browser.learning import COURSE, choose_corridor, content_of, fill
from tests.browser.steps import follow
from tests.orientation.conftest import right_answer, wrong_answer
from tests.waiting import until

KEPT = """async (path) => {
  for (const name of await caches.keys()) {
    const found = await (await caches.open(name)).match(path, { ignoreVary: true });
    if (found) return found.text();
  }
  return null;
}"""


MARK = """async (path) => {
  const page = new Response('<!doctype html><html><p id="kept">', { headers: { 'Content-Type': 'text/html', Date: 'Sun, 22 Nov 2026' } });
  await (await caches.open('safar-pages')).put(path, page);
}"""
DAY = timedelta(days=1)
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


def test_a_page_of_its_readers_alone_is_not_kept_but_their_being_in_class_is(loaded_demo, page, settings):
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

    session = ClassSession.objects.order_by("starts_at")[1]  # of three, the one of today
    for is_late in (False, True):
        page.goto(f"/tg/learn/classes/{session.code}/here/{token_of(session)}/")
        page.context.set_offline(True)
        page.click("form[data-outbox] button")
        page.locator("form[data-outbox]").wait_for(state="hidden")
        here = session.learners.filter(user__phone=PEOPLE["farrukh"].phone, attended_at__isnull=False)
        assert not here.exists() and "(1)" in page.locator("[data-pill]").inner_text()
        if is_late:
            ClassSession.objects.filter(pk=session.pk).update(starts_at=session.starts_at - DAY, ends_at=session.ends_at - DAY)
        page.context.set_offline(False)
        until(lambda: page.evaluate("ask({}).then((told) => told.sent)"))
        said = page.locator("[data-pill]")
        assert said.is_visible() is is_late and (not is_late or said.inner_text() == said.get_attribute("data-refused"))
        assert here.exists() is not is_late
        here.delete()


def test_a_slow_network_shows_nobody_the_progress_of_before(page, slow):
    course = f"/tg/{COURSE}"
    page.goto("/tg/")
    until(lambda: kept(page, "/tg/help/"))
    page.evaluate(MARK, course)
    slow.set()
    page.goto(course)
    assert page.locator("#kept").count() == 1, "whoever has done nothing need not wait: the page is the same"
    slow.clear()
    until(lambda: 'id="kept"' not in kept(page, course))  # the answer came after all

    choose_corridor(page, "tg", "TJ-RU")
    page.evaluate(MARK, course)
    slow.set()
    page.goto(course)
    assert page.locator("#kept").count() == 0 and page.locator("h1").count() == 1
    slow.clear()
    page.context.set_offline(True)
    page.goto(course)
    assert page.locator("#kept").count() == 1, "better than nothing where there is no network"
    assert page.locator("html").get_attribute("data-kept") == "Sun, 22 Nov 2026", "an old copy says its date"
    page.context.set_offline(False)


FULL = """() => {
  const put = Cache.prototype.put;
  let left = 3;
  Cache.prototype.put = function (...told) {
    if (told[0].includes('/russia-documents/') && left-- <= 0) throw new DOMException('full', 'QuotaExceededError');
    return put.apply(this, told);
  };
}"""


def said(page, words: str) -> bool:
    """Whether the page says so of the saving now; what it fills in stands between braces."""
    first = page.locator("[data-progress]").get_attribute(f"data-{words}").split("{")[0]
    return page.locator("[data-progress]").inner_text().startswith(first)


def answer(page, question, told) -> None:
    fill(page, question, told, "choice")
    page.click("main form button >> nth=0")


def test_a_saved_course_is_learnt_without_a_network_and_nothing_is_lost_or_twice(page):
    """A quota that is reached, a lesson that is gone, a tab that is closed, two tabs at once."""
    Lesson.objects.filter(slug="registration", course__slug="russia-documents").update(is_sensitive=True)
    save, lessons = f"/tg/{COURSE}save/", ("papers", "border", "work-right")
    page.goto(save)
    until(lambda: page.evaluate("!!navigator.serviceWorker.controller"))
    page.evaluate(FULL)
    page.click("[data-pack] button")
    until(lambda: said(page, "full"))
    assert kept(page, f"/tg/{COURSE}") and not kept(page, f"/tg/{COURSE}work-right/")
    page.goto(save)
    page.route("**/work-right/2/", lambda route: route.fulfill(status=404))
    page.click("[data-pack] button")
    until(lambda: said(page, "gone"))
    page.unroute("**/work-right/2/")
    page.click("[data-pack] button")
    until(lambda: said(page, "done"))
    assert all(kept(page, f"/tg/{COURSE}{slug}/1/") for slug in lessons) and not kept(page, f"/tg/{COURSE}registration/")

    questions = content_of("papers")["questions"]
    page.context.set_offline(True)
    page.goto(f"/tg/{COURSE}papers/1/")
    answer(page, questions[0], wrong_answer(questions[0]))
    page.locator(".feedback.wrong").wait_for()
    assert page.locator(".feedback.wrong p").count() == 1 and page.locator(".choice.wrong .mark").count() == 1
    page.click("[data-again]")
    answer(page, questions[0], right_answer(questions[0]))
    page.locator(".feedback.right").wait_for()
    assert "(2)" in page.locator("[data-pill]").inner_text()
    follow(page, "[data-if=right] a")
    answer(page, questions[1], right_answer(questions[1]))
    page.locator(".feedback.right").wait_for()
    border = content_of("border")["questions"]
    page.goto(f"/tg/{COURSE}border/{len(border)}/")
    answer(page, border[-1], right_answer(border[-1]))
    page.locator(".feedback.right").wait_for()
    page.goto("/tg/offline/")
    page.locator("[data-saved-courses] li").wait_for()
    assert page.locator("[data-saved-courses] li").count() == 1
    assert not LearningEvent.objects.exists()
    context = page.context
    page.close()

    context.set_offline(False)
    tabs = [context.new_page(), context.new_page()]
    for tab in tabs:
        tab.goto("/tg/learn/", wait_until="commit")
    until(lambda: LearningEvent.objects.count() == 4)
    until(lambda: tabs[0].evaluate("ask({}).then((told) => told.sent)"))
    assert LearningEvent.objects.filter(is_right=True).count() == 3
    assert len(set(LearningEvent.objects.values_list("device"))) == 1
    tabs[0].goto(f"/tg/{COURSE}papers/2/")
    assert tabs[0].locator(".feedback.right").count() == 1, "the server tells the same"
    tabs[0].goto("/tg/offline/")
    tabs[0].click("details summary")
    tabs[0].click("[data-remove]")
    tabs[0].locator("[data-saved-courses]").wait_for(state="hidden")
    assert not kept(tabs[0], f"/tg/{COURSE}papers/") and kept(tabs[0], "/tg/help/")


def test_after_leaving_a_sensitive_page_no_step_back_shows_it(page):
    course = "/ky/learn/before-you-go/"
    page.goto(course)
    page.goto(f"{course}on-the-street/")
    follow(page, f'a[href="{course}on-the-street/1/"]')
    page.locator("main form input").first.check()
    follow(page, "main form button")
    follow(page, "[data-leave]")
    page.wait_for_url("**/ky/calendar/")
    for _step in range(4):
        page.evaluate("setTimeout(() => history.back())")
        page.wait_for_timeout(700)
        assert "on-the-street" not in page.url
        if page.url.endswith(course):
            break
    assert page.url.endswith(course)
    page.goto(f"{course}on-the-street/")
    assert page.url.endswith("on-the-street/"), "whoever wants to may read it again"
    page.context.set_offline(True)
    page.goto("/ky/calendar/")
    assert page.locator("table").count() == 1
