"""Neutral in the database: who somebody is changes no byte of the lists and shortlists, only what they can do and want."""

import json
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import transaction
from django.db.models import Model

from matching import score
from matching.models import Candidate, CandidateSkill, LegalRoute, Match, StatisticsAnswers, VacancyReasons
from matching.score_vacancies import current_weights
from tests.matching.labour import Market

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 11, 21, 9, 0, tzinfo=UTC)
PEOPLE, JOBS = 16, 4


@pytest.fixture
def market(settings, cast_rows) -> Market:
    """People who differ in skills, of two nations that the law treats alike; half of them have told their sex."""
    settings.DEMO = True
    market = Market(NOW)
    current_weights(NOW)  # the same row for each run
    LegalRoute.objects.filter(origin="UZ").delete()
    for route in LegalRoute.objects.filter(origin="TJ"):
        route.pk, route.origin, route._state.adding = None, "UZ", True
        route.save(force_insert=True)
    for number in range(JOBS):
        market.vacancy(starts_on=market.today + timedelta(days=30 + number), openings=1 + number % 2)
    for number in range(PEOPLE):
        candidate = market.candidate(
            skills=1 + number % 4,
            citizenship="TJ" if number % 3 else "UZ",
            given_name="Farrukh" if number % 2 else "Zarina",
            family_name=f"Sattorov {number}",
            home_region_id="TJ-KT" if number % 3 else "UZ-NG",
        )
        if number % 2:
            StatisticsAnswers.objects.create(
                candidate=candidate, sex="man" if number % 4 == 1 else "woman", children=number % 3, consent_version="1", consented_at=NOW
            )
    return market


def result() -> bytes:
    """Everything that a full run from this very state writes about people; then the state is as before."""
    with transaction.atomic():
        score.start_full_run(NOW)
        score.score_blocks(lambda: NOW)
        found = [rows(Match, "vacancy", "candidate"), rows(VacancyReasons, "vacancy", "reason"), rows(Candidate, "pk")]
        transaction.set_rollback(True)
    return json.dumps(found, default=str).encode()


def rows(model: type[Model], *order: str) -> list[dict[str, object]]:
    """Without what names the run or the row itself; of candidates only what scoring writes."""
    if model is Candidate:
        return list(Candidate.objects.order_by(*order).values("pk", "last_proposed_on", "waits"))
    own = {"id", "uid", "chosen_in"}
    fields = [field.name for field in model._meta.concrete_fields if field.name not in own]
    found = list(model._default_manager.order_by(*order).values(*fields))
    if model is Match:
        chosen = Match.objects.order_by(*order).values_list("chosen_in", flat=True)
        found = [row | {"is_chosen": run is not None} for row, run in zip(found, chosen, strict=True)]
    return found


def flip_sex() -> None:
    for answers in StatisticsAnswers.objects.all():
        answers.sex = "woman" if answers.sex == "man" else "man"
        answers.save()


def flip_who_has_said() -> None:
    told = set(StatisticsAnswers.objects.values_list("candidate", flat=True).order_by())
    StatisticsAnswers.objects.all().delete()
    for candidate in Candidate.objects.exclude(pk__in=told):
        StatisticsAnswers.objects.create(
            candidate=candidate, sex="woman", has_disability=True, children=4, consent_version="1", consented_at=NOW
        )


def flip_names() -> None:
    for candidate in Candidate.objects.all():
        name = "Зарина" if candidate.given_name == "Farrukh" else "Aaron"
        Candidate.objects.filter(pk=candidate.pk).update(given_name=name, family_name=f"Z{candidate.family_name[::-1]}")


def flip_citizenship() -> None:
    for candidate in Candidate.objects.all():
        Candidate.objects.filter(pk=candidate.pk).update(citizenship="UZ" if candidate.citizenship == "TJ" else "TJ")


def flip_home() -> None:
    for candidate in Candidate.objects.all():
        Candidate.objects.filter(pk=candidate.pk).update(home_region="UZ-NG" if candidate.home_region_id == "TJ-KT" else "TJ-KT")


def flip_age() -> None:
    for number, candidate in enumerate(Candidate.objects.order_by("-pk")):
        Candidate.objects.filter(pk=candidate.pk).update(born_in=date(1960 + number, 1, 1))


@pytest.mark.parametrize("flip", [flip_sex, flip_who_has_said, flip_names, flip_citizenship, flip_home, flip_age])
def test_who_somebody_is_changes_nothing(market: Market, flip: Callable[[], None]):
    before = result()
    flip()
    assert result() == before


def test_what_somebody_can_do_changes_it(market: Market):
    """So the comparison above sees something: the lists hold people, and one skill more moves them."""
    before = result()
    matches, reasons, _people = json.loads(before)
    assert {match["is_chosen"] for match in matches} == {True, False}
    assert len(matches) >= JOBS * 3 and len(reasons) and len({match["candidate"] for match in matches}) > PEOPLE // 2
    weakest = Candidate.objects.order_by("pk").first()
    CandidateSkill.objects.create(candidate=weakest, skill=market.skills[-1], level=2)
    assert result() != before


def test_where_the_law_differs_citizenship_counts_by_the_law_alone(market: Market):
    before = result()
    LegalRoute.objects.filter(origin="UZ").delete()
    matches = json.loads(result())[0]
    uzbek = set(Candidate.objects.filter(citizenship="UZ").order_by().values_list("pk", flat=True))
    assert uzbek & {match["candidate"] for match in json.loads(before)[0]} and not uzbek & {match["candidate"] for match in matches}
