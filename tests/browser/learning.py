"""How a learner walks through the course, whatever the language: by places and forms, not by words."""

import re
from collections.abc import Callable
from typing import Any

from django.utils.translation import override

from orientation.models import EditionPage
from orientation.progress import for_corridor
from tests.orientation.conftest import right_choice, wrong_choice

COURSE = "learn/russia-documents/"


def content_of(slug: str) -> dict[str, Any]:
    with override("en"):
        return EditionPage.objects.current().in_best_language().get(edition__course__slug="russia-documents", slug=slug).content


def choose_corridor(page: Any, language: str, corridor: str) -> None:
    page.goto(f"/{language}/{COURSE}")
    page.check(f'input[name="corridor"][value="{corridor}"]')
    page.click('form[action$="/corridor/"] button')
    page.wait_for_url(f"**/{language}/{COURSE}")


def answer_lesson(page: Any, language: str, slug: str, corridor: str, *, wrong_first: bool = False) -> None:
    """Reads the lesson, then answers each of its questions from the page it was asked on; ends where the last "next" leads."""
    questions = for_corridor(content_of(slug)["questions"], corridor)
    page.goto(f"/{language}/{COURSE}{slug}/")
    page.click(f'a[href="/{language}/{COURSE}{slug}/1/"]')
    for number, question in enumerate(questions, 1):
        page.wait_for_url(f"**/{slug}/{number}/")
        if wrong_first and number == 1:
            answer(page, wrong_choice(question))
            assert page.locator(".feedback.wrong").is_visible()
            page.click('a[href="?again=1"]')
        answer(page, right_choice(question))
        assert page.locator(".feedback.right").is_visible()
        page.click("main .btn.wide >> nth=0")


def answer(page: Any, choice: str) -> None:
    page.check(f'input[name="choice"][value="{choice}"]')
    page.click("main form button")
    page.wait_for_selector(".feedback")


def pass_check(page: Any, language: str, corridor: str) -> str:
    """Answers the final check rightly and opens the certificate; returns its code."""
    page.goto(f"/{language}/{COURSE}check/")
    for question in for_corridor(content_of("check")["questions"], corridor):
        page.check(f'input[name="{question["uid"]}"][value="{right_choice(question)}"]')
    page.click("main form button")
    page.click('a[href*="/certificates/"] >> nth=0')
    code = page.locator(".certificate .code").inner_text().strip()
    assert re.fullmatch(r"[0-9A-Z]{5}-[0-9A-Z]{5}", code)
    return code


def sign_up(page: Any, language: str, phone: str, look: Callable[[], None] = lambda: None) -> None:
    """By a Tajik phone and the code from the demo's outbox; a short phone and a wrong code come first."""
    page.goto(f"/{language}/sign-in/")
    page.select_option("select", "TJ")
    page.fill('input[type="tel"]', "90000")
    page.click("main form button")
    assert page.locator(".problems").is_visible() and page.input_value('input[type="tel"]') == "90000"
    page.fill('input[type="tel"]', phone)
    page.click("main form button")
    page.wait_for_url("**/sign-in/code/")
    look()
    outbox = page.context.new_page()
    outbox.goto(f"/{language}/demo/outbox/")
    code = re.search(r"\b(\d{6})\b", outbox.locator("main").inner_text())[1]
    outbox.close()
    wrong = "000000" if code != "000000" else "111111"
    page.fill('input[name="code"]', wrong)
    page.click('button[value="verify"]')
    assert page.locator(".problems").is_visible() and page.input_value('input[name="code"]') == wrong
    page.fill('input[name="code"]', code)
    page.click('button[value="verify"]')
    page.wait_for_url(lambda url: "/sign-in/" not in url)
