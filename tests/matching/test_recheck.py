"""At the turn of the day the lists of the day before are computed once more, and any difference is a fault."""

from datetime import timedelta

import pytest
from django.utils import timezone

from matching import profile, score
from matching.mark import mark_candidate, mark_vacancy
from matching.models import CandidateCertificate, CandidateSkill, Match, ScoringMark, ScoringRun, State, Vacancy
from matching.warm import Warm
from portal.money.models import DayRate
from tests.matching.runs import lists, run_all

pytestmark = pytest.mark.usefixtures("demo")


@pytest.fixture
def yesterday(market):
    """A town that was scored yesterday: three vacancies, some of whose pairs only a shortlist holds."""
    for number in range(3):
        market.vacancy(openings=20 * (number == 0) + 2, starts_on=market.today + timedelta(days=40 + number))
    market.people = [market.candidate(skills=2 + number % 3) for number in range(56)]
    run_all(market.now)
    return market


def today(market) -> ScoringRun:
    return run_all(market.now + timedelta(days=1))


def counted(run: ScoringRun) -> tuple[int, int, int]:
    return tuple(run.counts.get(name, 0) for name in ("rechecked", "recheck_skipped", "faults"))


def test_nothing_is_wrong_where_nothing_has_changed(yesterday):
    assert Match.objects.filter(rank=None).exists()
    assert counted(today(yesterday)) == (3, 0, 0)


def test_the_same_day_is_not_checked_again(yesterday):
    assert counted(run_all(yesterday.now)) == (0, 0, 0)


@pytest.mark.parametrize("field", ["points", "fits_job", "suits_person", "tier", "candidate_revision", "vacancy_revision"])
def test_a_row_that_is_not_as_it_was_computed_is_a_fault_and_the_new_day_is_scored(yesterday, field, caplog):
    match = Match.objects.exclude(rank=None).order_by("pk")[5]
    expected = lists()
    Match.objects.filter(pk=match.pk).update(**{field: getattr(match, field) - 1})
    assert counted(today(yesterday)) == (3, 0, 1)
    assert lists() == expected
    assert f"'vacancy': {match.vacancy_id}" in caplog.text and "score.fault" in caplog.text


def test_a_row_too_few_and_wrong_points_of_a_pair_that_a_shortlist_keeps(yesterday):
    kept = Match.objects.filter(rank=None).first()
    Match.objects.filter(pk=kept.pk).update(points=kept.points + 1)
    Match.objects.exclude(rank=None).exclude(vacancy=kept.vacancy_id).first().delete()
    assert counted(today(yesterday)) == (3, 0, 2)


def test_a_list_that_waits_to_be_scored_again_is_passed_over(yesterday):
    vacancy = Match.objects.first().vacancy
    vacancy.raise_revision()
    mark_vacancy(vacancy, yesterday.now)
    assert counted(today(yesterday)) == (2, 1, 0)


def test_somebody_who_has_changed_matters_only_where_they_stand_or_would_stand(yesterday):
    profile.change(yesterday.people[0], yesterday.now, is_paused=True)  # the list of twenty-two seats has no place for the last people
    stands = set(Match.objects.filter(candidate=yesterday.people[0]).values_list("vacancy", flat=True))
    assert counted(today(yesterday)) == (3 - len(stands), len(stands), 0)
    assert stands and ScoringMark.objects.exists()


def test_somebody_new_who_comes_into_no_list_hinders_nothing(yesterday):
    mark_candidate(yesterday.candidate(skills=0), yesterday.now)
    assert counted(today(yesterday)) == (3, 0, 0)


def test_a_rate_that_came_later_is_no_fault(yesterday):
    DayRate.objects.filter(currency="RUB").update(rate=85)
    assert counted(today(yesterday)) == (0, 3, 0)


def test_what_a_person_has_touched_since_is_no_fault(yesterday):
    match = Match.objects.exclude(rank=None).order_by("pk")[2]
    Match.objects.filter(pk=match.pk).update(touched=True, state=State.APPROVED, explanation={}, points=1)
    assert counted(today(yesterday)) == (3, 0, 0)


def test_after_small_runs_too(yesterday):
    profile.set_skills(yesterday.people[1], {yesterday.skills[0].pk: 4}, yesterday.now)
    profile.change(yesterday.people[2], yesterday.now, is_paused=True)
    score.score_marked(lambda: yesterday.now)
    assert counted(today(yesterday)) == (3, 0, 0)


def test_a_vacancy_that_cannot_be_read_any_more_hinders_no_other(yesterday):
    kept = Match.objects.filter(rank=None).first()
    Vacancy.objects.filter(pk=kept.vacancy_id).update(wage_amount=9_999_999_999_999_999, wage_period="hour")
    run = today(yesterday)
    assert (run.counts["errors"], run.counts["vacancies"]) == (1, 2)
    assert counted(run) == (2, 1, 0)


def test_who_would_have_come_into_a_list_of_the_day_before_only_is_no_fault(market):
    market.vacancy(starts_on=market.today, certificates=["height"])
    changes, stays = market.candidate(skills=0), market.candidate()
    for person, days in ((changes, 0), (stays, 90)):  # the one's certificate ends with the day
        CandidateCertificate.objects.create(candidate=person, code="height", valid_until=market.today + timedelta(days=days))
    run_all(market.now)
    tomorrow = market.now + timedelta(days=1)
    run = score.start_full_run(tomorrow)
    profile.set_skills(changes, {skill.pk: 4 for skill in market.skills}, tomorrow)
    score.score_marked(lambda: tomorrow)  # before a worker has come to the block
    score.score_blocks(lambda: tomorrow)
    run.refresh_from_db()
    assert run.counts["faults"] == 0
    assert [match.candidate for match in Match.objects.all()] == [stays]


def test_a_worker_that_kept_what_was_changed_behind_its_back_finds_it_at_night(yesterday):
    warm = Warm()
    score.start_full_run(yesterday.now)
    score.score_blocks(timezone.now, warm)
    CandidateSkill.objects.filter(candidate=yesterday.people[-1]).update(level=1)  # no revision, no mark
    run = score.start_full_run(yesterday.now + timedelta(days=1))
    score.score_blocks(timezone.now, warm)
    run.refresh_from_db()
    assert counted(run)[2] > 0
    kept = lists()
    Match.objects.all().delete()
    run_all(yesterday.now + timedelta(days=1))
    assert lists() == kept
