"""A block is tried three times and no more, its lease is renewed while it is at work, and whoever was overtaken writes nothing twice."""

import os
import signal
import subprocess
import sys
import threading
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import connection, transaction
from django.utils import timezone

from matching import score
from matching.lease import LEASE, MOST_TRIES, claim, renewed
from matching.models import Candidate, Match, ScoringBlock, ScoringRun, ScoringWeights, Vacancy
from tests.matching.runs import lists, run_all
from tests.matching.test_run_faults import work
from tests.servers import ROOT
from tests.waiting import somebody_waits_for_a_row, until

Step = ScoringBlock.Step


def minutes_later(minutes: int) -> Callable:
    return lambda: timezone.now() + minutes * (LEASE + timedelta(seconds=1))


def broken_weights(market) -> None:
    numbers = {"digest": "0" * 64, "numbers": {}, "created_at": market.now, "approved_at": market.now + timedelta(days=1)}
    ScoringWeights.objects.bulk_create([ScoringWeights(**numbers)])


def test_a_block_that_always_fails_is_tried_three_times_and_the_run_ends(market, caplog, one_click):
    market.vacancy()
    market.candidate()
    run_all()
    before = lists()
    broken_weights(market)
    run = score.start_full_run(market.now)
    tries = []
    for minute in range(3 * (MOST_TRIES + 1)):
        score.score_blocks(minutes_later(minute))
        tries.append(ScoringBlock.objects.filter(run=run).first().tries)
    run.refresh_from_db()
    assert tries[:5] == [1, 2, 3, 4, 4] and caplog.text.count("score.block_failed") == 3 * MOST_TRIES
    assert run.finished_at is not None and run.counts["errors"] == 3 and lists() == before
    assert set(ScoringBlock.objects.filter(run=run).values_list("is_failed", flat=True)) == {True}
    page = one_click("timur").get(f"/en/jobs/runs/{run.uid}/").content.decode()
    assert page.count("1 block failed three times") == 3 and "3 things could not be scored" in page


def test_what_the_database_refuses_each_time_ends_too(market):
    """The lists cannot be written: an error of the database that waiting does not mend."""
    vacancy = market.vacancy()
    market.candidate()
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE matching_match ADD CONSTRAINT nothing_fits CHECK (points < 0)")
    run = score.start_full_run(market.now)
    for minute in range(MOST_TRIES + 3):
        score.score_blocks(minutes_later(minute))
    run.refresh_from_db()
    assert run.finished_at is not None and run.counts["errors"] == 1 and not vacancy.matches.exists()


def test_what_failed_once_is_done_the_next_time(market):
    market.vacancy()
    market.candidate()
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE matching_match ADD CONSTRAINT nothing_fits CHECK (points < 0)")
        run = score.start_full_run(market.now)
        score.score_blocks(timezone.now)
        score.score_blocks(timezone.now)  # at once: the lease is a pause
        cursor.execute("ALTER TABLE matching_match DROP CONSTRAINT nothing_fits")
    assert ScoringBlock.objects.filter(run=run).first().tries == 1
    score.score_blocks(minutes_later(1))
    run.refresh_from_db()
    assert run.finished_at is not None and not run.counts.get("errors") and len(lists()) == 1


def test_a_lease_is_renewed_for_as_long_as_the_work_takes(lasting_market):
    lasting_market.vacancy()
    score.start_full_run(timezone.now())
    block = claim(timezone.now())
    ahead = timezone.now() + timedelta(minutes=5)

    def lease():
        return ScoringBlock.objects.get(pk=block.pk).lease_until

    with renewed(block, lambda: ahead, every=timedelta(milliseconds=20)):
        until(lambda: lease() == ahead + LEASE)
        assert claim(timezone.now() + 2 * LEASE) is None
        ScoringBlock.objects.filter(pk=block.pk).update(tries=2, lease_until=timezone.now())  # somebody else has claimed it
        taken = lease()
        threading.Event().wait(0.1)
        assert lease() == taken


def test_the_worker_of_the_shortlists_is_killed_and_another_takes_over(lasting_market, no_broker):
    lasting_market.vacancy()
    lasting_market.candidate()
    run = score.start_full_run(timezone.now())
    score.score_block(claim(timezone.now()), timezone.now)
    with transaction.atomic():
        Vacancy.objects.select_for_update().get()
        command = "import django; django.setup()\nfrom django.utils import timezone\nfrom matching.score import score_blocks\nscore_blocks(timezone.now)"
        worker = subprocess.Popen(
            [sys.executable, "-c", command],
            cwd=ROOT,
            env=os.environ | {"DJANGO_SETTINGS_MODULE": "portal.settings"},
            start_new_session=True,
        )
        until(somebody_waits_for_a_row)
        os.killpg(worker.pid, signal.SIGKILL)
        worker.wait()
    block = ScoringBlock.objects.get(run=run, step=Step.SHORTLISTS)
    assert block.lease_until - timezone.now() < LEASE  # nobody renews it
    score.score_blocks(minutes_later(1))
    run.refresh_from_db()
    assert run.finished_at is not None and run.counts["chosen"] == 1


@pytest.mark.parametrize("step", [Step.LISTS, Step.SHORTLISTS])
def test_a_worker_that_was_overtaken_writes_nothing_twice(lasting_market, no_broker, step):
    """The first is slow, its lease runs out, a second claims the same block. What it adds to (`waits`, counts) is added once."""
    vacancy = lasting_market.vacancy(openings=1)
    for _ in range(2):
        lasting_market.candidate()
    run = score.start_full_run(timezone.now())
    while ScoringBlock.objects.claimable(timezone.now()).get().step != step:
        score.score_block(claim(timezone.now()), timezone.now)
    with transaction.atomic():
        Vacancy.objects.select_for_update().get(pk=vacancy.pk)
        slow = threading.Thread(target=work)
        slow.start()
        until(somebody_waits_for_a_row)
        ScoringBlock.objects.filter(run=run, step=step).update(lease_until=timezone.now() - LEASE)
        again = claim(timezone.now())
        assert again is not None and again.tries == 2
        second = threading.Thread(target=lambda: close_after(lambda: score.score_block(again, timezone.now)))
        second.start()
        until(lambda: waiting() == 2)
    for thread in (slow, second):
        thread.join(30)
    score.score_blocks(timezone.now)
    run.refresh_from_db()
    assert run.finished_at is not None and run.pairs == 2 and run.counts["vacancies"] == 1
    assert (run.counts["edges"], run.counts["chosen"]) == (2, 2) and Match.objects.count() == 2
    assert set(Candidate.objects.values_list("waits", flat=True)) == {0}


def test_who_finds_the_block_done_undoes_all_of_it(market, caplog):
    """Two at the audit, which takes no lock: both have found it to be done, one comes second."""
    market.vacancy()
    market.candidate()
    run = score.start_full_run(market.now)
    block = claim(market.now)
    score.score_block(block, timezone.now)
    before = (lists(), ScoringRun.objects.get(pk=run.pk).counts)
    with pytest.raises(score.Overtaken):
        score._finish(block, timezone.now, score.Outcome(7, frozenset()))
    assert (lists(), ScoringRun.objects.get(pk=run.pk).counts) == before


def close_after(act: Callable[[], None]) -> None:
    try:
        act()
    finally:
        connection.close()


def waiting() -> int:
    """How many wait for a lock."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_stat_clear_snapshot()")
        cursor.execute("SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND datname = current_database()")
        return cursor.fetchone()[0]
