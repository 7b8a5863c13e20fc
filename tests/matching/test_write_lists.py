"""One MERGE writes what has changed and nothing else, and never to a row that a person has touched."""

from datetime import timedelta

from django.db import connection
from django.utils import timezone

from matching import score
from matching.mark import mark_candidate
from matching.models import CandidateSkill, Match, ScoringRun, State, VacancyList, VacancyReasons
from tests.matching.runs import lists, run_all


def versions(table: str = "matching_match") -> dict[int, tuple[str, str]]:
    """Where each row stands and who wrote it last: any write changes this."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT id, ctid::text, xmin::text FROM {table}")
        return {pk: (place, by) for pk, place, by in cursor.fetchall()}


def test_a_run_writes_only_what_has_changed(market):
    for _ in range(3):
        market.vacancy()
    people = [market.candidate(skills=2 + number % 3) for number in range(20)]
    score.start_full_run(timezone.now())
    score.score_block(score.claim(timezone.now()), timezone.now)
    before, reasons = versions(), versions("matching_vacancyreasons")
    skill = CandidateSkill.objects.filter(candidate=people[2]).first()
    CandidateSkill.objects.filter(pk=skill.pk).update(level=1)
    people[2].raise_revision()
    ScoringRun.objects.update(finished_at=timezone.now())
    run = score.start_full_run(timezone.now())
    score.score_block(score.claim(timezone.now()), timezone.now)
    run.refresh_from_db()
    after = versions()
    changed = {pk for pk in after if after[pk] != before.get(pk)}
    moved = set(Match.objects.filter(candidate=people[2]).values_list("pk", flat=True))
    assert moved <= changed and len(changed) < len(after)
    assert run.counts["written"] == len(changed) and run.counts["unchanged"] == len(after) - len(changed)
    assert versions("matching_vacancyreasons") == reasons


def test_a_new_day_is_written_on_the_lists_and_on_no_match(market):
    market.vacancy()
    market.candidate(), market.candidate(skills=3)
    first = run_all(market.now)
    before = versions()
    Match.objects.update(chosen_in=None)
    before = versions()
    tomorrow = market.now + timedelta(days=1)
    run = score.start_full_run(tomorrow)
    score.score_block(score.claim(tomorrow), lambda: tomorrow)
    assert versions() == before
    assert set(Match.objects.values_list("scoring_day", flat=True)) == {first.day}
    on_list = VacancyList.objects.get()
    assert (on_list.day, on_list.eligible, on_list.inputs) == (run.day, 2, run.inputs) and len(run.inputs) == 64


def test_a_touched_row_gets_its_points_of_now_and_nothing_else(market):
    vacancy, candidate = market.vacancy(), market.candidate()
    run_all()
    Match.objects.update(touched=True, state=State.APPROVED, explanation={})
    run_all()
    before = Match.objects.values().get()
    assert before["points_now"] == before["points"]
    standing = versions()
    run_all()
    assert versions() == standing  # the same points again are not written
    CandidateSkill.objects.filter(candidate=candidate).delete()
    candidate.raise_revision()
    mark_candidate(candidate, market.now)
    score.score_marked(timezone.now)
    after = Match.objects.values().get()
    assert after.pop("points_now") < before.pop("points_now") and after == before
    assert VacancyReasons.objects.filter(vacancy=vacancy).exists()


def test_lists_of_a_closed_vacancy_go(market):
    vacancy = market.vacancy()
    market.candidate()
    run_all()
    assert lists() and VacancyList.objects.exists()
    type(vacancy).objects.update(status="closed")
    run = run_all()
    assert not (Match.objects.exists() or VacancyList.objects.exists() or VacancyReasons.objects.exists())
    assert run.counts["removed"] == 1 and run.counts["vacancies"] == 0
