"""Scoring runs: marks, blocks and leases, who owns a row; with real workers where a worker matters."""

import os
import signal
import subprocess
import sys
import threading
from datetime import timedelta

import pytest
from django.core.management import CommandError, call_command
from django.db import connection, transaction
from django.utils import timezone

from matching import score
from matching.delay import scoring_delay
from matching.lease import LEASE
from matching.mark import mark_candidate, mark_vacancy
from matching.models import CandidateSkill, Match, MatchEvent, ScoringBlock, ScoringMark, ScoringRun, State, Vacancy, VacancyReasons
from matching.score_vacancies import hold
from portal import celery
from portal.wake import wake
from tests.matching.labour import Market
from tests.servers import ROOT
from tests.waiting import PATIENCE, free_port, somebody_waits_for_a_row, until

CONTENT = ("vacancy_id", "candidate_id", "points", "fits_job", "suits_person", "tier", "rank", "scoring_day", "state", "touched")


def lists() -> list[tuple]:
    return list(Match.objects.order_by("vacancy", "rank", "candidate").values_list(*CONTENT))


def run_all(market: Market, block: int = score.BLOCK) -> ScoringRun:
    run = score.start_full_run(timezone.now(), block=block)
    score.score_blocks(timezone.now)
    run.refresh_from_db()
    return run


# Rows and whose they are


def test_a_full_run_lists_who_may_be_proposed_best_first(market):
    vacancy = market.vacancy()
    best, weaker = market.candidate(), market.candidate(skills=2)
    paused, young = market.candidate(is_paused=True), market.candidate(born_in=market.today.replace(day=1, year=market.today.year - 15))
    run = run_all(market)
    assert list(Match.objects.filter(vacancy=vacancy).values_list("candidate", "rank")) == [(best.pk, 1), (weaker.pk, 2)]
    assert run.finished_at and run.pairs == 4 and run.weights.digest
    assert not Match.objects.filter(candidate__in=[paused, young]).exists()
    reasons = dict(VacancyReasons.objects.filter(vacancy=vacancy).values_list("reason", "failed"))
    assert (reasons["free"], reasons["age"], reasons["route"]) == (1, 1, 0)


def test_a_second_run_changes_nothing(market):
    market.vacancy()
    market.candidate()
    run_all(market)
    before = lists()
    run = run_all(market)
    assert lists() == before
    assert (run.counts["written"], run.counts["unchanged"], run.counts["removed"]) == (0, 1, 0)


def test_only_the_best_fifty_are_kept_and_a_touched_pair_keeps_its_place(market):
    vacancy = market.vacancy()
    people = [market.candidate(skills=4 if number < 5 else 3) for number in range(55)]
    run_all(market)
    assert Match.objects.exclude(rank=None).count() == 50
    touched = Match.objects.get(candidate=people[0])
    Match.objects.filter(pk=touched.pk).update(touched=True, state=State.APPROVED, explanation={})
    market.candidate()  # comes in second to sixth, and pushes out the last
    run_all(market)
    assert Match.objects.filter(vacancy=vacancy).exclude(rank=None).count() == 50
    kept = Match.objects.get(pk=touched.pk)
    assert (kept.points, kept.rank, kept.state) == (touched.points, touched.rank, State.APPROVED)
    assert kept.points_now == touched.points
    assert sorted(Match.objects.exclude(rank=None).values_list("rank", flat=True)) == list(range(1, 51))


def test_who_is_refused_is_not_proposed_again(market):
    vacancy, candidate = market.vacancy(), market.candidate()
    run_all(market)
    match = Match.objects.get()
    Match.objects.update(touched=True, state=State.DECLINED, explanation={})
    MatchEvent.objects.create(match=match, before=State.SUGGESTED, after=State.DECLINED, actor=None, at=market.now)
    run_all(market)
    assert Match.objects.get().state == State.DECLINED
    assert VacancyReasons.objects.get(vacancy=vacancy, reason="history").failed == 1
    assert candidate.matches.count() == 1


def test_a_closed_vacancy_loses_its_suggestions_only(market):
    vacancy = market.vacancy()
    first, _second = market.candidate(), market.candidate()
    run_all(market)
    Match.objects.filter(candidate=first).update(touched=True, state=State.APPROVED, explanation={})
    Vacancy.objects.filter(pk=vacancy.pk).update(status=Vacancy.Status.CLOSED)
    mark_vacancy(vacancy, market.now)
    score.score_marked(timezone.now)
    assert [match.candidate for match in Match.objects.all()] == [first]
    assert not VacancyReasons.objects.exists()


def test_a_wage_under_the_minimum_and_an_employer_nobody_vetted_are_blocked(market):
    market.candidate()
    poor = market.vacancy(wage_amount=10_000)
    market.employer.vetted_at = market.employer.vetted_by = None
    market.employer.save()
    rich = market.vacancy()
    run_all(market)
    assert not Match.objects.exists()
    assert set(VacancyReasons.objects.filter(vacancy__in=[poor, rich], reason="employer").values_list("failed", flat=True)) == {1}


# Marks


def test_marks_are_taken_away_once_scored(market):
    vacancy, candidate = market.vacancy(), market.candidate()
    mark_vacancy(vacancy, market.now)
    assert score.score_marked(timezone.now) == 1
    assert not ScoringMark.objects.exists()
    assert Match.objects.get().candidate == candidate
    assert ScoringRun.objects.get().kind == ScoringRun.Kind.SMALL


def test_a_mark_raised_meanwhile_stays(market):
    vacancy = market.vacancy()
    mark_vacancy(vacancy, market.now)
    read = ScoringMark.objects.get()
    mark_vacancy(vacancy, market.now + timedelta(minutes=1))
    score._take_away([read])
    again = ScoringMark.objects.get()
    assert (again.revision, again.marked_at) == (read.revision + 1, read.marked_at)


def test_a_changed_candidate_enters_and_leaves_lists(market):
    vacancy, other = market.vacancy(), market.vacancy(openings=1, starts_on=market.today + timedelta(days=60))
    candidate = market.candidate(skills=0)
    run_all(market)
    assert not Match.objects.exists()
    for skill in market.skills:
        CandidateSkill.objects.create(candidate=candidate, skill=skill, level=2)
    mark_candidate(candidate, market.now)
    score.score_marked(timezone.now)
    assert set(Match.objects.values_list("vacancy", flat=True)) == {vacancy.pk, other.pk}
    candidate.is_paused = True
    candidate.save()
    mark_candidate(candidate, market.now)
    score.score_marked(timezone.now)
    assert not Match.objects.exists() and not ScoringMark.objects.exists()


def test_small_runs_and_one_full_run_come_to_the_same(market):
    vacancies = [market.vacancy(starts_on=market.today + timedelta(days=40 + number)) for number in range(7)]
    for number in range(12):
        market.candidate(skills=number % 5)
    for vacancy in vacancies:
        mark_vacancy(vacancy, market.now)
    score.score_marked(timezone.now)
    small = lists()
    Match.objects.all().delete()
    run_all(market, block=2)
    assert small and lists() == small


def test_delay_is_the_age_of_the_oldest_mark(market):
    assert scoring_delay(market.now) is None
    mark_vacancy(market.vacancy(), market.now)
    assert scoring_delay(market.now + timedelta(seconds=20)) is None
    assert scoring_delay(market.now + timedelta(seconds=90)) == timedelta(seconds=90)


def test_a_currency_without_a_rate_waits(market):
    from portal.money.models import DayRate

    DayRate.objects.filter(currency="KZT").delete()
    market.candidate()
    mark_vacancy(market.vacancy(wage_currency="KZT", wage_amount=500_000), market.now)
    mark_vacancy(market.vacancy(), market.now)
    assert score.score_marked(timezone.now) == 1
    assert ScoringMark.objects.get().vacancy.wage_currency == "KZT"


# Blocks and leases


def test_a_block_is_claimed_once_and_again_after_its_lease(market):
    market.vacancy()
    score.start_full_run(market.now)
    block = score.claim(market.now)
    assert block is not None and score.claim(market.now) is None
    again = score.claim(market.now + LEASE + timedelta(seconds=1))
    assert again == block
    score.score_block(again, timezone.now)
    score.score_block(block, timezone.now)  # the slow one comes after all
    run = ScoringRun.objects.get()
    assert run.finished_at is None and run.counts["vacancies"] == 1
    assert list(ScoringBlock.objects.filter(done_at=None).values_list("step", flat=True)) == [2, 3]  # of which the first can be claimed
    assert score.claim(market.now).step == 2 and score.claim(market.now) is None


def test_there_is_one_open_full_run_and_one_a_day(market):
    market.vacancy()
    run = score.start_daily_run(market.now)
    assert run.cause == ScoringRun.Cause.NIGHT
    assert score.start_full_run(market.now) == run
    score.score_blocks(timezone.now)
    assert score.start_daily_run(market.now) is None
    assert score.start_daily_run(market.now + timedelta(days=1)).day == market.today + timedelta(days=1)


def test_the_command_scores_everything(market, capsys):
    market.vacancy()
    market.candidate()
    call_command("score")
    assert "3 / 3 blocks" in capsys.readouterr().out
    assert Match.objects.count() == 1


def test_the_command_scores_one_vacancy(market, capsys):
    one, _other = market.vacancy(), market.vacancy()
    market.candidate()
    call_command("score", vacancy=str(one.uid))
    assert "1 suggestions in this one" in capsys.readouterr().out
    assert [match.vacancy for match in Match.objects.all()] == [one]
    with pytest.raises(CommandError):
        call_command("score", vacancy="00000000-0000-4000-8000-000000000000")


# Real workers


def test_publishing_is_scored_by_a_real_worker(lasting_market, celery_worker):
    candidate = lasting_market.candidate()
    with transaction.atomic():
        mark_vacancy(lasting_market.vacancy(), lasting_market.now)
    until(lambda: Match.objects.filter(candidate=candidate).exists())
    until(lambda: not ScoringMark.objects.exists())


def test_a_vacancy_marked_while_the_broker_is_away(lasting_market, celery_worker):
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(celery.app.conf, "broker_write_url", f"redis://127.0.0.1:{free_port()}/0")
        lasting_market.candidate()
        with transaction.atomic():
            mark_vacancy(lasting_market.vacancy(), lasting_market.now - timedelta(minutes=2))
    assert scoring_delay(lasting_market.now) == timedelta(minutes=2)
    assert not Match.objects.exists()
    assert wake("matching.score_marked") is True  # what beat does every ten seconds
    until(lambda: Match.objects.exists() and not ScoringMark.objects.exists())
    assert scoring_delay(timezone.now()) is None


def test_two_workers_come_to_the_same_as_one(lasting_market, celery_worker):
    for number in range(6):
        lasting_market.vacancy(starts_on=lasting_market.today + timedelta(days=40 + number))
    for number in range(10):
        lasting_market.candidate(skills=number % 5)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(celery.app.conf, "broker_write_url", f"redis://127.0.0.1:{free_port()}/0")
        run_all(lasting_market, block=1)
    alone = lists()
    Match.objects.all().delete()
    run = score.start_full_run(timezone.now(), block=1)
    wake("matching.score_blocks", "bulk")
    score.score_blocks(timezone.now)
    until(lambda: ScoringRun.objects.filter(pk=run.pk, finished_at__isnull=False).exists())
    assert alone and lists() == alone
    run.refresh_from_db()
    assert run.pairs == 60


def test_a_worker_killed_in_the_middle_of_a_run(lasting_market, no_broker):
    """It waits for a row that the third block needs and that we hold. What it had in hand is finished after the lease, nothing twice."""
    for _ in range(4):
        lasting_market.vacancy()
    for number in range(6):
        lasting_market.candidate(skills=number % 5)
    run_all(lasting_market)
    expected = lists()
    Match.objects.all().delete()
    run = score.start_full_run(timezone.now(), block=1)
    third = ScoringBlock.objects.filter(run=run)[2]
    with transaction.atomic():
        Vacancy.objects.select_for_update().get(pk=third.vacancies[0])
        worker = subprocess.Popen(
            [sys.executable, "-c", WORKER], cwd=ROOT, env=os.environ | {"DJANGO_SETTINGS_MODULE": "portal.settings"}, start_new_session=True
        )
        until(lambda: ScoringBlock.objects.filter(pk=third.pk).exclude(claimed_by="").exists())
        until(somebody_waits_for_a_row)
        os.killpg(worker.pid, signal.SIGKILL)
        worker.wait()
    assert list(ScoringBlock.objects.filter(run=run, step=1, done_at=None).values_list("pk", flat=True)) == [third.pk, third.pk + 1]
    assert Match.objects.filter(vacancy=third.vacancies[0]).count() == 0
    score.score_blocks(timezone.now)
    run.refresh_from_db()
    assert run.finished_at is None  # the lease still runs
    score.score_blocks(lambda: timezone.now() + LEASE)
    run.refresh_from_db()
    assert run.finished_at is not None and run.pairs == 24
    assert lists() == expected


WORKER = """
import django; django.setup()
from django.utils import timezone
from matching.score import score_blocks
score_blocks(timezone.now)
"""


def test_a_vacancy_closed_in_the_middle_of_a_run(lasting_market, no_broker):
    """The block has read the vacancy and waits to write; meanwhile it is closed."""
    vacancy = lasting_market.vacancy()
    lasting_market.candidate()
    score.start_full_run(timezone.now())

    def work() -> None:
        score.score_blocks(timezone.now)
        connection.close()

    with transaction.atomic():
        locked = Vacancy.objects.select_for_update().get(pk=vacancy.pk)
        worker = threading.Thread(target=work)
        worker.start()
        until(somebody_waits_for_a_row)
        locked.status = Vacancy.Status.CLOSED
        locked.save()
        locked.raise_revision()
        mark_vacancy(locked, timezone.now())
    worker.join(PATIENCE)
    assert ScoringRun.objects.get(kind="full").finished_at is not None
    assert not Match.objects.exists()
    score.score_marked(timezone.now)
    assert not Match.objects.exists() and not ScoringMark.objects.exists()


def test_a_long_block_of_a_full_run_holds_up_no_vacancys_own_mark(lasting_market):
    """Somebody is between reading and writing a list; a candidate's mark has to wait for that, a vacancy's has not."""
    market = lasting_market
    busy, vacancy = market.vacancy(), market.vacancy()
    mark_candidate(market.candidate(), market.now)
    mark_vacancy(vacancy, market.now)
    holding, release = threading.Event(), threading.Event()

    def block() -> None:
        with transaction.atomic():
            hold([busy.pk])
            holding.set()
            release.wait(PATIENCE)
        connection.close()

    worker = threading.Thread(target=block)
    worker.start()
    try:
        assert holding.wait(PATIENCE)
        assert score.score_marked(timezone.now) == 1
    finally:
        release.set()
        worker.join(PATIENCE)
    assert Match.objects.filter(vacancy=vacancy).exists() and ScoringMark.objects.filter(vacancy=None).exists()
