"""The demo's matches: one in every state, whoever loads it twice."""

import pytest

from matching.demo.matches import load_demo_matches
from matching.models import Match, MatchEvent, State
from portal.organisations.models import Membership, Organisation
from tests.matching.factories import a_candidate, a_match, a_vacancy
from tests.people import NOW

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("gate_is_open")]


def test_one_in_every_state_and_twice_is_once(cast):
    agency = Organisation.objects.get(name="Dushanbe Labour Agency")
    vacancy = a_vacancy(Organisation.objects.get(name="StroyKazan"), cast["ildar"], openings=20)
    for _ in range(18):
        a_match(vacancy, a_candidate(agency))
    for _ in range(2):
        load_demo_matches(NOW)
        moved = list(Match.objects.exclude(state=State.SUGGESTED).order_by("state").values_list("state", flat=True))
        assert moved == sorted(state for state in State if state != State.SUGGESTED)
    assert not MatchEvent.objects.exclude(actor=None).exclude(actor__in=Membership.objects.values("user")).exists()


def test_nothing_scored_yet(cast):
    load_demo_matches(NOW)
    assert not Match.objects.exists()
