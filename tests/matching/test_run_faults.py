"""A run that meets what it should not: bad rows, rows that go away, workers that die, servers that restart. It is never wrong or stuck."""

import os
import signal
import subprocess
import sys
import tempfile
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path

import pytest
from django.db import OperationalError, connection, transaction
from django.db.models import Q
from django.utils import timezone

from matching import score
from matching.lease import LEASE
from matching.mark import mark_candidate, mark_vacancy
from matching.models import Candidate, Match, ScoringBlock, ScoringMark, ScoringRun, Vacancy, VacancyList
from portal import celery
from portal.embedded.postgres import binaries, home_for, socket_folder, start_postgres, url
from portal.embedded.processes import Service, start, wait_for
from tests import servers
from tests.matching.labour import Market
from tests.matching.runs import lists, run_all
from tests.waiting import PATIENCE, free_port, somebody_waits_for_a_row, until

SUM_BEYOND_ALL_WAGES = 9_999_999_999_999_999
BLOCKS = ("matching.score_blocks", "bulk")


# Bad rows


def test_a_vacancy_that_the_engine_refuses_is_counted_and_the_others_are_scored(market):
    bad, good = market.vacancy(), market.vacancy()
    market.candidate()
    run_all()
    Vacancy.objects.filter(pk=bad.pk).update(wage_amount=SUM_BEYOND_ALL_WAGES, wage_period="hour")
    bad.raise_revision()
    run = run_all()
    assert (run.counts["errors"], run.counts["vacancies"]) == (1, 1)
    assert {row.vacancy for row in Match.objects.all()} == {good}  # nobody is shown by what it was
    mark_vacancy(bad, market.now)
    mark_candidate(market.candidate(), market.now)
    assert score.score_marked(timezone.now) == 2
    assert not ScoringMark.objects.exists() and Match.objects.filter(vacancy=good).count() == 2


def test_empty_tables(market):
    run = run_all()
    assert (run.pairs, run.counts["chosen"]) == (0, 0)
    market.vacancy()
    assert run_all().counts["listed"] == 0
    assert VacancyList.objects.get().eligible == 0


# Rows that go away, and two at once


def test_a_vacancy_deleted_in_the_middle_of_a_run(lasting_market, no_broker):
    """The block has read it and waits to write."""
    gone, stays = lasting_market.vacancy(), lasting_market.vacancy()
    lasting_market.candidate()
    score.start_full_run(timezone.now())
    with transaction.atomic():
        Vacancy.objects.select_for_update().get(pk=gone.pk)
        worker = threading.Thread(target=work)
        worker.start()
        until(somebody_waits_for_a_row)
        gone.delete()
    worker.join(PATIENCE)
    run = ScoringRun.objects.get()
    assert run.finished_at is not None and run.counts["errors"] == 0
    assert [match.vacancy for match in Match.objects.all()] == [stays]


def test_a_run_started_twice_at_once_is_one(lasting_market, no_broker):
    lasting_market.vacancy()
    started, together = [], threading.Barrier(4)

    def begin() -> None:
        together.wait()
        started.append(score.start_full_run(timezone.now()).pk)
        connection.close()

    threads = [threading.Thread(target=begin) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(PATIENCE)
    assert len(started) == 4 and len(set(started)) == 1
    assert ScoringBlock.objects.filter(step=ScoringBlock.Step.LISTS).count() == 1


# Servers and machines


def test_postgres_restarts_in_the_middle_of_a_run(django_db_blocker, monkeypatch, demo):
    """On a server of the test's own. Whoever was at a block loses it; after the lease the run goes on from there."""
    with own_server() as restart, django_db_blocker.unblock():
        market = Market()
        for _ in range(4):
            market.vacancy()
        for number in range(6):
            market.candidate(skills=number % 5)
        with monkeypatch.context() as patch:
            patch.setattr(celery.app.conf, "broker_write_url", f"redis://127.0.0.1:{free_port()}/0")
            run_all()
            expected = lists()
            Match.objects.all().delete()
            run = score.start_full_run(timezone.now(), block=1)
            failed = []
            third = ScoringBlock.objects.filter(run=run)[2]
            with pytest.raises(OperationalError), transaction.atomic():
                Vacancy.objects.select_for_update().get(pk=third.vacancies[0])
                worker = threading.Thread(target=lambda: work(failed))
                worker.start()
                until(somebody_waits_for_a_row)
                restart()
                Match.objects.exists()
            worker.join(PATIENCE)
            connection.close()
            assert len(failed) == 1 and isinstance(failed[0], OperationalError)
            assert ScoringBlock.objects.filter(run=run).exclude(done_at=None).count() == 2
            score.score_blocks(lambda: timezone.now() + LEASE)
            run.refresh_from_db()
            assert run.finished_at is not None and run.pairs == 24
            assert expected and lists() == expected
        connection.close()


@contextmanager
def own_server() -> Iterator[Callable[[], None]]:
    """A PostgreSQL with a copy of the tests' template, to which Django speaks; and the way to restart it."""
    with tempfile.TemporaryDirectory(prefix="safar-own-") as folder, pytest.MonkeyPatch.context() as patch:
        Path(folder).chmod(0o711)
        home = home_for(Path(folder))
        sockets, logs = socket_folder(home), Path(folder)
        server = start_postgres(home, sockets, logs, throw_away=True)
        try:
            server.sql("CREATE DATABASE own")
            dump = subprocess.run([binaries() / "pg_dump", servers.database_url(servers.TEMPLATE)], capture_output=True, check=True)
            subprocess.run([binaries() / "psql", "-q", "-o", os.devnull, url(sockets, "own")], input=dump.stdout, check=True)
            connection.close()
            patch.setitem(connection.settings_dict, "HOST", str(sockets))
            patch.setitem(connection.settings_dict, "NAME", "own")

            def restart() -> None:
                nonlocal server
                server.service.stop()
                server = start_postgres(home, sockets, logs, throw_away=True)

            yield restart
        finally:
            connection.close()
            server.service.stop()


def test_two_machines_one_of_which_dies_half_way(lasting_market, empty_broker, tmp_path):
    """They share the database and the broker, nothing else. The one that dies has a block in its hands."""
    for number in range(12):
        lasting_market.vacancy(starts_on=lasting_market.today + timedelta(days=40 + number))
    for number in range(10):
        lasting_market.candidate(skills=number % 5)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(celery.app.conf, "broker_write_url", f"redis://127.0.0.1:{free_port()}/0")
        run_all(block=1)
        expected = everything()
        Match.objects.all().delete()
        Candidate.objects.update(waits=0)
        run = score.start_full_run(timezone.now(), block=1)
    middle = ScoringBlock.objects.filter(run=run)[6]
    with machine("one", tmp_path) as one, machine("two", tmp_path) as two:
        with transaction.atomic():
            Vacancy.objects.select_for_update().get(pk=middle.vacancies[0])
            until(lambda: somebody_waits_for_a_row() and is_claimed(middle), sweep=BLOCKS)
            claimants = {block.claimed_by for block in ScoringBlock.objects.filter(run=run)} - {""}
            process = int(middle.claimed_by.split()[-1])
            dies, lives = (one, two) if os.getpgid(process) == one.process.pid else (two, one)
            os.killpg(dies.process.pid, signal.SIGKILL)
            dies.process.wait()
        middle.refresh_from_db()
        assert middle.done_at is None and not lives.ended
        ScoringBlock.objects.filter(pk=middle.pk).update(lease_until=timezone.now())  # a minute later
        until(lambda: ScoringRun.objects.filter(pk=run.pk, finished_at__isnull=False).exists(), sweep=BLOCKS)
    run.refresh_from_db()
    assert (run.pairs, run.counts["vacancies"], run.counts["errors"]) == (120, 12, 0)
    assert expected and everything() == expected
    assert len(claimants | {block.claimed_by for block in ScoringBlock.objects.filter(run=run)}) >= 2


def everything() -> list[tuple]:
    rows = Match.objects.annotate(is_chosen=Q(chosen_in__isnull=False)).order_by("vacancy", "candidate")
    return list(rows.values_list("vacancy", "candidate", "points", "fits_job", "suits_person", "tier", "rank", "is_chosen"))


@contextmanager
def machine(name: str, folder: Path) -> Iterator[Service]:
    """A worker in a process group, a working directory and with a data folder of its own."""
    home = folder / name
    home.mkdir()
    command = [sys.executable, "-m", "celery", "--app", "portal.celery", "worker", "--queues", "bulk", "--concurrency", "1"]
    quiet = ["--without-gossip", "--without-mingle", "--hostname", f"{name}@%h"]
    own = {"PYTHONPATH": str(servers.ROOT), "SAFAR_DATA": str(home), "HOME": str(home)}
    worker = start(name, [*command, *quiet], folder / f"{name}.log", cwd=home, env=os.environ | own, stop_signal=signal.SIGKILL)
    try:
        wait_for(lambda: any(name in answer for each in celery.app.control.ping(timeout=0.5) for answer in each), worker, within=PATIENCE)
        yield worker
    finally:
        worker.stop()


def work(failed: list | None = None) -> None:
    try:
        score.score_blocks(timezone.now)
    except OperationalError as error:
        assert failed is not None
        failed.append(error)
    finally:
        connection.close()


def is_claimed(block: ScoringBlock) -> bool:
    block.refresh_from_db()
    return bool(block.claimed_by)
