"""What the tests of people's homes share: reading a home, and a market that belongs to now, whatever day it is."""

from datetime import timedelta
from typing import Any

from django.test import Client
from django.utils import timezone

from matching.models import Candidate, Match, MatchEvent, State, Vacancy
from portal.organisations.models import Organisation
from portal.own_home import OwnHome
from portal.ui.waiting import Waiting
from tests.matching.factories import a_candidate, a_match, a_vacancy


def home_of(client: Client) -> OwnHome:
    response = client.get("/en/")
    assert response.status_code == 200
    own: OwnHome = response.context["own"]
    return own


def items_of(client: Client, role: str = "") -> dict[str, Waiting]:
    """By title, in their order: of the section of a role, or of the person themself."""
    return {item.title: item for section in home_of(client).sections if section.role == role for item in section.items}


def counts_of(client: Client, role: str = "") -> dict[str, int | None]:
    return {title: item.count for title, item in items_of(client, role).items()}


def named(name: str) -> Organisation:
    return Organisation.objects.get(name=name)


def a_job(employer: Organisation | None = None, days: int = 40, **given: Any) -> Vacancy:
    """A vacancy that starts in so many days from today."""
    return a_vacancy(employer, starts_on=timezone.now().date() + timedelta(days=days), **given)


def a_pair(
    employer: Organisation, agency: Organisation, state: State, since_days: int = 0, days: int = 40, candidate: Candidate | None = None
) -> Match:
    """A match of an employer's new vacancy, whose last move was so many days ago."""
    match = a_match(a_job(employer, days), candidate or a_candidate(agency), state)
    last = MatchEvent.objects.filter(match=match).order_by("-at", "-pk").first()
    if last is not None:
        MatchEvent.objects.filter(match=match).update(at=timezone.now() - timedelta(days=since_days, hours=1))
    return match
