"""Candidates read by COPY are what the records say of them, and what a worker keeps of them is never older than its lists."""

from collections.abc import Callable
from dataclasses import fields
from datetime import date, timedelta
from decimal import Decimal

import numpy as np
import pytest
from django.utils import timezone

from matching import profile, score
from matching.care import leave_agency
from matching.load_arrays import Everybody
from matching.load_records import candidate_records
from matching.models import Candidate, CandidateSkill, Match, Occupation, ScoringBlock, State
from matching.scoring import CandidateTable
from matching.scoring.columns import CandidateColumns
from matching.scoring.tables import MOST_CENTS
from matching.wages import wages_on
from matching.warm import Warm
from portal.money.models import DayRate
from tests.matching.factories import a_match
from tests.matching.labour import Market

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("cast_rows", "gate_is_open")]


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


def holds_a_patent(market: Market, candidate: Candidate) -> None:
    profile.set_papers(candidate, {"ru-patent": ("RU-TA", date(2030, 1, 1)), "ru-stay": ("*", None)}, market.now)


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
    DayRate.objects.filter(currency="RUB").update(rate=Decimal(100))


@pytest.mark.parametrize(
    "change",
    [
        tells_of_a_job,
        tells_everything,
        wants_more,
        holds_a_patent,
        is_proposed,
        has_left_for_a_job,
        somebody_registers,
        is_deleted,
        rate_moves,
        lambda market, candidate: leave_agency(candidate, market.now),
    ],
)
def test_what_is_kept_is_what_a_new_reading_gives(change: Callable[[Market, Candidate], None]):
    market = Market()
    _other, candidate = market.candidate(), market.candidate(wage_floor=Decimal(60_000))
    everybody = Everybody()
    before = everybody.read(wages_on(market.today))
    assert rows_of(before.columns) == by_records(market)
    change(market, candidate)
    after = everybody.read(wages_on(market.today))
    assert rows_of(after.columns) != rows_of(before.columns)
    assert rows_of(after.columns) == by_records(market)
    assert after.revisions.tolist() == list(Candidate.objects.order_by("pk").values_list("revision", flat=True))


def rows_of(columns: CandidateColumns) -> list:
    return [columns.row(i) for i in range(len(columns))]


def by_records(market: Market) -> list:
    return list(CandidateTable.from_records(candidate_records(Candidate.objects.all(), wages_on(market.today))).rows)


def test_nothing_is_read_again_that_has_not_changed():
    market = Market()
    for _ in range(3):
        market.candidate()
    everybody, wages = Everybody(), wages_on(market.today)
    assert everybody.read(wages) is everybody.read(wages)


def test_arrays_are_those_of_the_records():
    """Every kind of answer, twice the same and none at all; array by array, with their types and their order."""
    market = Market()
    other = Occupation.objects.exclude(pk=market.occupation.pk).order_by("pk").first()
    full = market.candidate(
        wage_floor=Decimal("70000.50"),
        wage_wish=Decimal("99999999999999.99"),
        accepted_countries=["RU", "KZ"],
        wanted_countries=["KZ", "TR"],
        excluded_countries=["TR", "AE"],
        wanted_regions=["RU-MOW", "RU-TA"],
        excluded_regions=["RU-TA", "KZ-75"],
        conditions=["meals", "housing", "meals"],
        available_on=date(2030, 2, 3),
        last_proposed_on=date(2026, 1, 2),
        has_worked=None,
    )
    profile.set_languages(full, {"kk": 0, "ru": 6}, market.now)
    profile.set_skills(full, {market.skills[3].pk: 4, market.skills[0].pk: None}, market.now)
    CandidateSkill.objects.filter(candidate=full, skill=market.skills[3]).update(is_verified=True)
    for issued_in in ("TJ", "RU"):
        profile.add_licence(full, "CE", issued_in, market.now)
    profile.add_licence(full, "B", "TJ", market.now)
    profile.add_certificate(full, "medical-book", date(9999, 12, 31), market.now)
    profile.set_papers(full, {"ru-vnzh": ("*", None), "ru-patent": ("RU-TA", date(2027, 1, 1)), "kz-stay": ("*", None)}, market.now)
    profile.add_job(full, market.occupation, 720, date(1990, 1, 1), market.now)
    profile.add_job(full, other, 1, None, market.now)
    profile.set_occupations(full, [market.occupation, other], market.now)
    market.candidate(has_worked=None, wage_floor=Decimal(1), wage_currency="KZT", is_paused=True)
    found = Everybody().read(wages_on(market.today)).columns
    expected = CandidateColumns.from_table(CandidateTable.from_records(candidate_records(Candidate.objects.all(), wages_on(market.today))))
    assert found.wage_wish[0] == MOST_CENTS
    for field in fields(CandidateColumns):
        one, other = getattr(found, field.name), getattr(expected, field.name)
        assert field.name == "words" or one.dtype == other.dtype
        assert np.array_equal(one, other), field.name


def test_nobody_at_all():
    assert len(Everybody().read(wages_on(date(2026, 1, 1))).columns) == 0


def test_somebody_changes_between_two_blocks_of_a_run():
    """The second block's list is by the candidate as they are then, although the run has read them for the first."""
    market = Market()
    first, second = market.vacancy(), market.vacancy(starts_on=market.today + timedelta(days=50))
    candidate = market.candidate()
    score.start_full_run(market.now, block=1)
    warm = Warm()
    for vacancy in (first, second):
        block = score.claim(timezone.now())
        assert block.vacancies == [vacancy.pk]
        score.score_block(block, timezone.now, warm)
        if vacancy == first:
            profile.set_skills(candidate, {skill.pk: 1 for skill in market.skills}, market.now)
    assert not ScoringBlock.objects.filter(step=ScoringBlock.Step.LISTS, done_at=None).exists()
    before, after = Match.objects.get(vacancy=first), Match.objects.get(vacancy=second)
    assert after.candidate_revision == before.candidate_revision + 1
    assert after.fits_job < before.fits_job
