"""How a learner walks through the course, whatever the language: by places and forms, not by words."""

import re
from collections.abc import Callable
from typing import Any

from django.utils.translation import override
from playwright.sync_api import expect

from orientation.models import EditionPage
from orientation.paths import for_corridor
from tests.browser.steps import follow
from tests.orientation.conftest import in_form, right_answer, wrong_answer

COURSE = "learn/russia-documents/"


def content_of(slug: str, course: str = COURSE) -> dict[str, Any]:
    with override("en"):
        return EditionPage.objects.current().in_best_language().get(edition__course__slug=course.split("/")[1], slug=slug).content


def choose_corridor(page: Any, language: str, corridor: str, course: str = COURSE) -> None:
    page.goto(f"/{language}/{course}")
    page.check(f'input[name="corridor"][value="{corridor}"]')
    follow(page, 'form[action$="/corridor/"] button')
    page.wait_for_url(f"**/{language}/{course}")


def answer_lesson(page: Any, language: str, slug: str, corridor: str, course: str = COURSE, *, wrong_first: bool = False) -> None:
    """Reads the lesson, then answers each of its questions from the page it was asked on; ends where the last "next" leads."""
    questions = for_corridor(content_of(slug, course)["questions"], corridor)
    page.goto(f"/{language}/{course}{slug}/")
    follow(page, f'a[href="/{language}/{course}{slug}/1/"]')
    for number, question in enumerate(questions, 1):
        page.wait_for_url(f"**/{slug}/{number}/")
        if wrong_first and number == 1:
            answer(page, question, wrong_answer(question))
            expect(page.locator(".feedback.wrong")).to_be_visible()
            follow(page, 'a[href="?again=1"]')
        answer(page, question, right_answer(question))
        expect(page.locator(".feedback.right")).to_be_visible()
        follow(page, "main .btn.wide >> nth=0")


def answer(page: Any, question: dict[str, Any], told: list[str]) -> None:
    fill(page, question, told, "choice")
    follow(page, "main form button")


def fill(page: Any, question: dict[str, Any], told: list[str], name: str) -> None:
    """As a hand would, by the kind of the question."""
    for field, value in in_form(question, told, name).items():
        box = page.locator(f'[name="{field}"]').first
        if box.evaluate("box => box.localName") == "select":
            box.select_option(str(value))
        elif box.get_attribute("type") == "text":
            box.fill(told[0])
        else:
            for uid in told:
                page.check(f'input[name="{field}"][value="{uid}"]')


def pass_check(page: Any, language: str, corridor: str) -> str:
    """Answers the final check rightly and opens the certificate; returns its code."""
    page.goto(f"/{language}/{COURSE}check/")
    for question in for_corridor(content_of("check")["questions"], corridor):
        fill(page, question, right_answer(question), question["uid"])
    follow(page, "main form button")
    follow(page, 'a[href*="/certificates/"] >> nth=0')
    code = page.locator(".certificate .code").inner_text().strip()
    assert re.fullmatch(r"[0-9A-Z]{3}(-[0-9A-Z]{3}){2}", code)
    return code


def sign_up(page: Any, language: str, phone: str, look: Callable[[], None] = lambda: None) -> None:
    """By a Tajik phone and the code from the demo's outbox; a short phone and a wrong code come first."""
    page.goto(f"/{language}/sign-in/")
    page.select_option("select", "TJ")
    page.fill('input[type="tel"]', "90000")
    follow(page, "main form button")
    expect(page.locator(".problems")).to_be_visible()
    expect(page.locator('input[type="tel"]')).to_have_value("90000")
    page.fill('input[type="tel"]', phone)
    follow(page, "main form button")
    page.wait_for_url("**/sign-in/code/")
    look()
    outbox = page.context.new_page()
    outbox.goto(f"/{language}/demo/outbox/")
    code = re.search(r"\b(\d{6})\b", outbox.locator("main").inner_text())[1]
    outbox.close()
    wrong = "000000" if code != "000000" else "111111"
    page.fill('input[name="code"]', wrong)
    follow(page, 'button[value="verify"]')
    expect(page.locator(".problems")).to_be_visible()
    expect(page.locator('input[name="code"]')).to_have_value(wrong)
    page.fill('input[name="code"]', code)
    follow(page, 'button[value="verify"]')
    page.wait_for_url(lambda url: "/sign-in/" not in url)
