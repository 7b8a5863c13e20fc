from datetime import UTC, datetime
from random import Random
from uuid import UUID, uuid4

import pytest
from django.utils.translation import override

from orientation.answers import numbers_of
from orientation.demo import an_answer
from orientation.learners import Learner
from orientation.models import Course, EditionPage, Question
from tests.people import cast, one_click, signed_in  # noqa: F401

NOW = datetime(2026, 11, 21, 9, 0, tzinfo=UTC)


@pytest.fixture
def now() -> datetime:
    return NOW


@pytest.fixture
def course(db) -> Course:
    """The starter course: four lessons for three corridors, published once."""
    return Course.objects.get(slug="russia-documents")


@pytest.fixture
def page_of(course):
    def find(slug: str, language: str = "en") -> EditionPage:
        with override(language):
            return EditionPage.objects.current().in_best_language().get(edition__course=course, slug=slug)

    return find


@pytest.fixture
def device() -> UUID:
    return uuid4()


@pytest.fixture
def learner(device) -> Learner:
    return Learner(None, device)


def right_choice(question: dict) -> str:
    return next(choice["uid"] for choice in question["choices"] if choice["is_right"])


def wrong_choice(question: dict) -> str:
    return next(choice["uid"] for choice in question["choices"] if not choice["is_right"])


def right_answer(question: dict) -> list[str]:
    return an_answer(question, True, numbers_of([question]), Random(0))


def wrong_answer(question: dict) -> list[str]:
    return an_answer(question, False, numbers_of([question]), Random(0))


def in_form(question: dict, answer: list[str], name: str = "choice") -> dict[str, object]:
    """As a learner sends it, whatever its kind."""
    if question["kind"] == Question.Kind.ORDER:
        return {f"{name}-{uid}": place for place, uid in enumerate(answer, 1)}
    return {name: answer}


def check_form(questions: list[dict], answer=right_answer) -> dict[str, object]:
    """The final check, each of its questions answered by `answer`."""
    return {key: value for question in questions for key, value in in_form(question, answer(question), question["uid"]).items()}
