"""One person whose row cannot be read stops nobody else: left out, counted, logged by pseudonym. So does one vacancy in a small run."""

import pytest
from django.db import connection
from django.utils import timezone

from matching import load_arrays, score
from matching.mark import mark_candidate, mark_vacancy
from matching.models import Candidate, CandidateSkill, Match, ScoringMark, ScoringRun
from matching.warm import Warm
from tests.matching.runs import run_all


def level(of: Candidate, to: int) -> None:
    """As a slip by hand would leave it: the database's own check is gone."""
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL lock_timeout = 0")  # a run before in this transaction has set it; the server may be tidying the table
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("SELECT conname FROM pg_constraint WHERE conrelid = 'matching_candidateskill'::regclass AND contype = 'c'")
        for (name,) in cursor.fetchall():
            cursor.execute(f'ALTER TABLE matching_candidateskill DROP CONSTRAINT "{name}"')
    CandidateSkill.objects.filter(candidate=of).update(level=to)


def listed() -> set[int]:
    return set(Match.objects.values_list("candidate", flat=True))


@pytest.mark.parametrize("impossible", [9, 257])  # the second would be 1 in one byte
def test_everybody_else_is_scored(market, caplog, one_click, impossible):
    market.vacancy()
    people = [market.candidate() for _ in range(5)]
    level(people[3], impossible)
    run = run_all()
    assert run.counts["unreadable"] == 1 and run.counts["errors"] == 0
    assert listed() == {each.pk for each in people} - {people[3].pk}
    assert str(people[3].uid) in caplog.text and caplog.text.count("score.unreadable_person") == 1
    page = one_click("timur").get(f"/en/jobs/runs/{run.uid}/").content.decode()
    assert "1 person’s profile cannot be read" in page


def test_in_small_runs_and_until_it_is_put_right(market, caplog):
    vacancy = market.vacancy()
    good, bad = market.candidate(), market.candidate()
    warm = Warm()
    mark_vacancy(vacancy, market.now)
    score.score_marked(timezone.now, warm)
    assert listed() == {good.pk, bad.pk}
    level(bad, 9)
    for _ in range(2):
        bad.raise_revision()
        mark_candidate(bad, market.now)
        mark_vacancy(vacancy, market.now)
        score.score_marked(timezone.now, warm)
        assert listed() == {good.pk} and not ScoringMark.objects.exists()
        assert ScoringRun.objects.filter(kind="small").first().counts["unreadable"] == 1
        mark_vacancy(vacancy, market.now)
        score.score_marked(timezone.now, warm)  # not looked at again while it is as it was
    assert caplog.text.count("score.unreadable_person") == 2
    level(bad, 2)
    bad.raise_revision()
    mark_candidate(bad, market.now)
    score.score_marked(timezone.now, warm)
    assert listed() == {good.pk, bad.pk}
    assert ScoringRun.objects.filter(kind="small").first().counts["unreadable"] == 0


def test_a_match_that_a_person_has_touched_stays_without_points(market):
    market.vacancy()
    good, bad = market.candidate(), market.candidate()
    run_all()
    Match.objects.update(touched=True, state="approved", explanation={})
    level(bad, 9)
    assert run_all().counts["errors"] == 0
    assert Match.objects.get(candidate=bad).points_now is None and Match.objects.get(candidate=good).points_now > 0


def test_a_fault_of_ours_takes_nobody_out_of_the_lists(market, monkeypatch):
    """Where more people cannot be read than anybody could have mistyped, the lists stay as they are."""
    market.vacancy()
    people = [market.candidate() for _ in range(4)]
    run_all()
    monkeypatch.setattr(load_arrays, "MOST_UNREADABLE", 2)
    for each in people:
        level(each, 9)
    run = score.start_full_run(market.now)
    score.score_blocks(timezone.now)
    run.refresh_from_db()
    assert run.finished_at is None and listed() == {each.pk for each in people}


def test_one_vacancy_that_cannot_be_written_holds_up_no_other(market, caplog):
    market.candidate()
    vacancies = [market.vacancy() for _ in range(5)]
    with connection.cursor() as cursor:
        cursor.execute(f"ALTER TABLE matching_match ADD CONSTRAINT not_this_one CHECK (vacancy_id <> {vacancies[2].pk})")
    for vacancy in vacancies:
        mark_vacancy(vacancy, market.now)
    assert score.score_marked(timezone.now) == 4
    assert ScoringMark.objects.get().vacancy == vacancies[2] and Match.objects.count() == 4
    assert ScoringRun.objects.get().counts["errors"] == 1 and caplog.text.count("score.mark_failed") == 1
