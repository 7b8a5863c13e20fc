"""Candidates' records that a run keeps from block to block are never older than the lists they go into."""

from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.utils import timezone

from matching import profile, score
from matching.care import leave_agency
from matching.load_records import CandidateRecords, candidate_records
from matching.models import Candidate, Match, ScoringBlock, State
from matching.wages import wages_on
from portal.money.models import DayRate
from tests.matching.factories import a_match
from tests.matching.labour import Market

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("gate_is_open")]


def tells_of_a_job(market: Market, candidate: Candidate) -> None:
    profile.add_job(candidate, market.occupation, 24, None, market.now)


def tells_everything(market: Market, candidate: Candidate) -> None:
    profile.set_languages(candidate, {"ru": 3}, market.now)
    profile.set_skills(candidate, {market.skills[0].pk: None, market.skills[1].pk: 4}, market.now)
    profile.add_licence(candidate, "B", "TJ", market.now)
    profile.add_certificate(candidate, "height", date(2030, 1, 1), market.now)
    profile.set_occupations(candidate, [], market.now)


def wants_more(market: Market, candidate: Candidate) -> None:
    profile.change(candidate, market.now, wage_floor=Decimal(80_000), wanted_countries=["KZ"], conditions=["meals"])


def is_proposed(market: Market, candidate: Candidate) -> None:
    Candidate.objects.filter(pk=candidate.pk).update(last_proposed_on=market.today)


def has_left_for_a_job(market: Market, candidate: Candidate) -> None:
    a_match(market.vacancy(), candidate, State.PLACED)


def somebody_registers(market: Market, candidate: Candidate) -> None:
    market.candidate(skills=2)


def is_deleted(market: Market, candidate: Candidate) -> None:
    candidate.care.all().delete()
    candidate.delete()


def rate_moves(market: Market, candidate: Candidate) -> None:
    DayRate.objects.filter(currency="RUB").update(per_usd=Decimal(100))


@pytest.mark.parametrize(
    "change",
    [
        tells_of_a_job,
        tells_everything,
        wants_more,
        is_proposed,
        has_left_for_a_job,
        somebody_registers,
        is_deleted,
        rate_moves,
        lambda market, candidate: leave_agency(candidate, market.now),
    ],
)
def test_kept_records_are_what_a_new_reading_gives(change: Callable[[Market, Candidate], None]):
    market = Market()
    _other, candidate = market.candidate(), market.candidate(wage_floor=Decimal(60_000))
    people = CandidateRecords()
    before = people.read(wages_on(market.today))
    assert before == candidate_records(Candidate.objects.all(), wages_on(market.today))
    change(market, candidate)
    after = people.read(wages_on(market.today))
    assert after != before
    assert after == candidate_records(Candidate.objects.all(), wages_on(market.today))
    assert people.revisions == dict(Candidate.objects.order_by("pk").values_list("pk", "revision"))


def test_nothing_is_read_again_that_has_not_changed(django_assert_num_queries):
    market = Market()
    for _ in range(3):
        market.candidate()
    people, wages = CandidateRecords(), wages_on(market.today)
    people.read(wages)
    with django_assert_num_queries(1):
        people.read(wages)


def test_somebody_changes_between_two_blocks_of_a_run():
    """The second block's list is by the candidate as they are then, although the run has read them for the first."""
    market = Market()
    first, second = market.vacancy(), market.vacancy(starts_on=market.today + timedelta(days=50))
    candidate = market.candidate()
    score.start_full_run(market.now, block=1)
    people = CandidateRecords()
    for vacancy in (first, second):
        block = score.claim(timezone.now())
        assert block.vacancies == [vacancy.pk]
        score.score_block(block, timezone.now, people)
        if vacancy == first:
            profile.set_skills(candidate, {skill.pk: 1 for skill in market.skills}, market.now)
    assert not ScoringBlock.objects.filter(done_at=None).exists()
    before, after = Match.objects.get(vacancy=first), Match.objects.get(vacancy=second)
    assert after.candidate_revision == before.candidate_revision + 1
    assert after.fits_job < before.fits_job
