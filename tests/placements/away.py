"""A worker of the cast in the care of the cast's agency, on the way to the cast's employer."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.utils import timezone

from matching import journey
from matching.models import State
from placements.answer import Answers
from placements.models import CheckIn, Placement
from portal.organisations.models import Organisation
from tests.matching.factories import a_candidate, a_match, a_vacancy

GOOD = Answers(pay="promised", papers="mine", place="agreed", money="nobody")
UNPAID = Answers(pay="nothing", papers="mine", place="agreed", money="nobody")


def back(days: int):
    return timezone.now() - timedelta(days=days)


def away(cast, days: int = 0, key: str = "farrukh") -> Placement:
    """Left that many days ago, through the move itself."""
    agency = Organisation.objects.get(name="Dushanbe Labour Agency")
    employer = Organisation.objects.get(name="StroyKazan")
    candidate = a_candidate(agency, cast[key] if key else None)
    match = a_match(a_vacancy(employer, starts_on=back(days).date() + timedelta(days=3)), candidate, State.AGREED)
    journey.depart(match, cast["manizha"], back(days))
    placement = Placement.objects.get(match=match)
    candidate.care.update(since=back(days + 10))
    return placement


def check_in_of(placement: Placement, month: int = 1) -> CheckIn:
    return placement.check_ins.select_related("placement__match").get(month=month)


@pytest.fixture
def agreed(cast):
    agency = Organisation.objects.get(name="Dushanbe Labour Agency")
    return a_match(a_vacancy(Organisation.objects.get(name="StroyKazan")), a_candidate(agency, cast["farrukh"]), State.AGREED)


@pytest.fixture
def placement(cast) -> Placement:
    return away(cast, 31)


@pytest.fixture
def check_in(placement) -> CheckIn:
    return check_in_of(placement)


def send(client, path: str, **data):
    return client.post(path, {"submission_key": str(uuid4())} | data)


def text(client, path: str) -> str:
    response = client.get(path)
    assert response.status_code == 200, response
    return response.content.decode()
