from datetime import UTC, datetime
from uuid import UUID, uuid4

import pytest
from django.utils.translation import override

from orientation.learners import Learner
from orientation.models import Course, EditionPage

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
