"""What is right in the final check is on no page before a try; after one, only what belongs to the answers given."""

import re
from html import unescape

import pytest
from django.test import Client

from orientation.models import EditionPage
from orientation.paths import for_corridor
from tests.orientation.conftest import check_form, wrong_answer

pytestmark = pytest.mark.django_db
COURSE = "/en/learn/russia-documents/"
PUBLIC = ["/en/learn/", COURSE, f"{COURSE}save/", f"{COURSE}papers/", f"{COURSE}papers/1/"]


def plain(html: str) -> str:
    return unescape(re.sub(r"<[^>]+>|\\u003[ce]", "", html))


def reasons_of(questions: list[dict]) -> set[str]:
    told = [question["why"] for question in questions] + [choice["feedback"] for question in questions for choice in question["choices"]]
    return {plain(text) for text in told if text and "{{" not in text}


@pytest.fixture
def phone() -> Client:
    client = Client(HTTP_SEC_FETCH_SITE="same-origin")
    client.post(f"{COURSE}corridor/", {"corridor": "TJ-RU"})
    return client


def test_nobody_reads_the_answers_before_a_try(phone, page_of):
    lessons = EditionPage.objects.filter(edition=page_of("check").edition, language="en").exclude(slug__in=["", "check"])
    of_check = page_of("check").questions
    secret = reasons_of(of_check) - {reason for page in lessons for reason in reasons_of(page.questions)}
    assert secret
    asked = phone.get(f"{COURSE}check/").content.decode()
    assert plain(of_check[0]["text"]) in plain(asked)
    for text in (asked, *(phone.get(path).content.decode() for path in PUBLIC)):
        assert not [reason for reason in secret if reason in plain(text)]
    for sign in ("is_right", "feedback", "ld+json", "checked", "data-answer"):
        assert sign not in asked


def test_a_try_tells_the_reasons_of_what_was_chosen_alone(phone, page_of):
    asked = for_corridor(page_of("check").questions, "TJ-RU")
    wrong = {question["uid"]: wrong_answer(question) for question in asked}
    told = plain(phone.post(f"{COURSE}check/", check_form(asked, wrong_answer) | {"attempt": 1}, follow=True).content.decode())
    of_chosen = {c["feedback"] for q in asked for c in q["choices"] if c["uid"] in wrong[q["uid"]] and c["feedback"]}
    of_others = {c["feedback"] for q in asked for c in q["choices"] if c["uid"] not in wrong[q["uid"]]} - of_chosen - {""}
    assert of_chosen and of_others
    assert all(plain(reason) in told for reason in of_chosen if "{{" not in reason)
    assert not any(plain(reason) in told for reason in of_others if "{{" not in reason)
