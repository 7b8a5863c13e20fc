from datetime import datetime, timedelta

import pytest
from django.test import Client
from django.utils import timezone

from orientation.classes.life import start_class
from orientation.models import ClassSession, Course, EditionPage
from portal.places.models import Region
from tests.people import cast, one_click  # noqa: F401

OURS = {"HTTP_SEC_FETCH_SITE": "same-origin"}


@pytest.fixture
def now() -> datetime:
    """The real one, because pages ask for it: the class of these tests goes on just now."""
    return timezone.now()


@pytest.fixture
def new_session(cast, now):  # noqa: F811
    """A class of Rustam's centre. `begins` counts hours from now."""

    def write(begins: int = -1, hours: int = 3, seats: int = 3) -> ClassSession:
        rustam = cast["rustam"]
        edition = Course.objects.get(slug="russia-documents").editions.get(is_current=True)
        starts_at = now + timedelta(hours=begins)
        values = {
            "edition": edition,
            "language": "en",
            "corridor": "TJ-RU",
            "region": Region.objects.get(code="TJ-KT"),
            "place": "Room 2",
            "starts_at": starts_at,
            "ends_at": starts_at + timedelta(hours=hours),
            "seats": seats,
        }
        return start_class(rustam.memberships.get().organisation, values, rustam, now - timedelta(days=30))

    return write


@pytest.fixture
def session(new_session) -> ClassSession:
    return new_session()


@pytest.fixture
def trainer(one_click) -> Client:  # noqa: F811
    return one_click("rustam")


@pytest.fixture
def phone() -> Client:
    return Client(**OURS)


def own(session: ClassSession, what: str = "") -> str:
    return f"/en/learn/classes/own/{session.uid}/{what}"


def public(session: ClassSession, what: str = "") -> str:
    return f"/en/learn/classes/{session.code}/{what}"


def check_page(session: ClassSession) -> EditionPage:
    return EditionPage.objects.select_related("edition").get(edition=session.edition, slug=EditionPage.CHECK, language="en")
