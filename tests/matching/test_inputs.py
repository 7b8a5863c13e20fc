"""The digest of the law: whatever moves a score moves it, and nothing else; where it moves, everything is scored anew."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from decimal import Decimal

import pytest
from celery import current_app
from django.utils import timezone

from matching import score
from matching.inputs import inputs_digest
from matching.models import (
    DangerArea,
    Ladder,
    LegalRoute,
    LicenceRecognition,
    Occupation,
    ScoringMark,
    ScoringRun,
    Skill,
    SkillGroup,
    VacancyList,
)
from matching.sign import heed_the_law
from matching.tasks import score_by_the_law
from orientation.models import Fact
from portal.money.models import DayRate
from portal.organisations.models import SanctionEntry, SanctionHit
from tests.matching.labour import Market

pytestmark = pytest.mark.django_db


@pytest.fixture
def market(settings, cast_rows) -> Market:
    settings.DEMO = True
    return Market()


def a_hit(market: Market) -> SanctionHit:
    entry = SanctionEntry.objects.create(
        list="un", reference="QDe.999", kind="entity", name="X", names=["X"], folded=["x"], generated_on=market.today
    )
    return SanctionHit.objects.create(entry=entry, organisation=market.employer, name="X", found_at=market.now)


CHANGES = {
    "a route": lambda market: LegalRoute.objects.filter(effect="permit").update(lead_days=77),
    "a signature": lambda market: LegalRoute.objects.filter(effect="ban").update(signed_as=""),
    "recognition": lambda market: LicenceRecognition.objects.filter(issuing="KG").update(paid_driving=False),
    "danger": lambda market: DangerArea.objects.update(valid_from=market.today),
    "a hit": a_hit,
    "a rate": lambda market: DayRate.objects.filter(currency="RUB", day=market.today).update(rate=Decimal("77")),
    "a tax": lambda market: Fact.objects.filter(code="RU-INCOME-TAX").update(number=20),
    "a tax that ends": lambda market: Fact.objects.filter(code="RU-INCOME-TAX").update(status="ended"),
    "a group": lambda market: Skill.objects.filter(slug="market-skill-0").update(group=SkillGroup.objects.create(slug="other")),
    "an occupation": lambda market: Occupation.objects.filter(slug="market-mason").update(isco="7113"),
    "a ladder": lambda market: Ladder.objects.create(higher=market.occupation, lower=Occupation.objects.get(slug="bricklayer")),
}


@pytest.mark.parametrize("what", CHANGES)
def test_what_moves_a_score(market, what):
    before = inputs_digest(market.today)
    assert len(before) == 64 and inputs_digest(market.today) == before
    CHANGES[what](market)
    assert inputs_digest(market.today) != before


def test_what_moves_none(market):
    before = inputs_digest(market.today)
    market.vacancy()
    market.candidate()
    LegalRoute.objects.update(source_name="Another page")
    Occupation.objects.filter(slug="market-mason").update(name="Another name")
    Fact.objects.filter(code="RU-REG-TJ").update(number=None, unit="")
    DayRate.objects.filter(day__lt=market.today).update(rate=Decimal("77"))
    assert inputs_digest(market.today) == before


def test_a_hit_that_is_lifted_moves_it_back(market, cast):
    before = inputs_digest(market.today)
    hit = a_hit(market)
    SanctionHit.objects.filter(pk=hit.pk).update(verdict="other", reason="Another country", decided_by=cast["timur"])
    assert inputs_digest(market.today) == before


def test_a_changed_law_is_scored_within_a_minute(market):
    run = score.start_full_run(market.now)
    ScoringRun.objects.filter(pk=run.pk).update(inputs=inputs_digest(run.day), finished_at=market.now)
    later = market.now + timedelta(minutes=1)
    assert not heed_the_law(later) and ScoringRun.objects.count() == 1
    CHANGES["a rate"](market)
    assert heed_the_law(later)
    anew = ScoringRun.objects.filter(kind="full").first()
    assert anew.started_at == later and not heed_the_law(later)  # it is open: looked at again when it has ended


def test_nothing_is_scored_before_the_first_full_run_or_while_matching_is_closed(market, settings):
    assert not heed_the_law(market.now)
    run = score.start_full_run(market.now)
    ScoringRun.objects.filter(pk=run.pk).update(inputs="0" * 64, finished_at=market.now)
    settings.DEMO = False
    heed_the_law(market.now + timedelta(minutes=1))
    assert ScoringRun.objects.count() == 1


def test_the_task_of_the_minute(market):
    run = score.start_full_run(market.now - timedelta(hours=1))
    ScoringRun.objects.filter(pk=run.pk).update(inputs="0" * 64, finished_at=timezone.now())
    score_by_the_law()
    assert ScoringRun.objects.filter(kind="full").count() == 2
    [entry] = [entry for entry in current_app.conf.beat_schedule.values() if entry["task"] == "matching.score_by_the_law"]
    assert entry["schedule"] == 60


def test_a_law_that_changes_and_changes_back_while_a_run_goes_on(market):
    """The lists were made by the other one, though the run says as little as the law that everything is as it was."""
    market.vacancy()
    market.candidate()
    before = inputs_digest(market.today)
    run = score.start_full_run(market.now)
    with by_other_law():
        score.score_block(score.claim(market.now), timezone.now)
    score.score_blocks(timezone.now)
    assert VacancyList.objects.get().inputs != before == ScoringRun.objects.get(pk=run.pk).inputs
    assert not heed_the_law(market.now) and ScoringMark.objects.count() == 1
    score.score_marked(timezone.now)
    assert VacancyList.objects.get().inputs == before
    assert not heed_the_law(market.now) and not ScoringMark.objects.exists()


def test_shortlists_by_a_law_that_held_for_a_moment(market):
    """Only a full run chooses shortlists."""
    market.vacancy()
    market.candidate()
    run = score.start_full_run(market.now)
    score.score_block(score.claim(market.now), timezone.now)
    with by_other_law():
        score.score_block(score.claim(market.now), timezone.now)
    score.score_blocks(timezone.now)
    run.refresh_from_db()
    assert run.finished_at is not None and heed_the_law(market.now + timedelta(minutes=1))
    score.score_blocks(timezone.now)
    assert not heed_the_law(market.now + timedelta(minutes=2)) and not ScoringMark.objects.exists()


@contextmanager
def by_other_law() -> Iterator[None]:
    days = set(LegalRoute.objects.filter(effect="permit").values_list("pk", "lead_days"))
    LegalRoute.objects.filter(effect="permit").update(lead_days=77)
    yield
    for pk, lead_days in days:
        LegalRoute.objects.filter(pk=pk).update(lead_days=lead_days)
