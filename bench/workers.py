"""The same full run with one worker and with two: real Celery workers on servers of the bench's own. And how soon a change shows.

Each worker has a processor of its own, as a machine with one would, or a single worker's threads would take both.
"""

import hashlib
import os
import socket
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from statistics import median

from django.db import connection, transaction
from django.db.models import Max
from django.utils import timezone

from bench.fill import filled_database
from bench.harness import Line, Sizes, in_turns, ratio_line
from matching import score
from matching.mark import mark_candidate
from matching.models import Candidate, Match, ScoringBlock, ScoringMark, ScoringRun
from matching.warm import Warm
from portal.celery import app
from portal.embedded.processes import start, wait_for
from tests import servers

PATIENCE = 1800  # seconds for a run
CHANGES = 5  # candidates, one after another


def measure(sizes: Sizes) -> list[Line]:
    people, vacancies = sizes.workers
    made: set[str] = set()
    for_lists: dict[int, list[float]] = {1: [], 2: []}

    def run(workers: int) -> float:
        let_work(workers)
        forget_lists()
        run = full_run()
        for_lists[workers].append(seconds_for_lists(run))
        made.add(lists_digest())
        return seconds(run)

    with filled_database(people, vacancies), celery_workers(2):
        full_run()  # both have loaded and compiled what they keep
        found = in_turns(sizes.rounds, {"one": lambda: run(1), "two": lambda: run(2)})
        assert len(made) == 1, "the same run gave other rows"
        rows = Match.objects.count()
        let_work(0)
        again = change_people()
    lists = [median(for_lists[workers]) for workers in (1, 2)]
    detail = f"{lists[0]:.1f} s and {lists[1]:.1f} s, {people:,} × {vacancies:,}, the same {rows:,} rows"
    whole = f"{found['one']:.1f} s and {found['two']:.1f} s"
    return [
        ratio_line("lists of a full run, one worker against two", lists[0] / lists[1], detail),
        ratio_line("… the whole run: shortlists and audit are one task each", found["one"] / found["two"], whole),
        Line("a changed candidate: all their lists right again", f"{again:.2f} s", "≤ 1 s", again <= 1),
    ]


def seconds(run: ScoringRun) -> float:
    assert run.finished_at is not None
    return (run.finished_at - run.started_at).total_seconds()


def seconds_for_lists(run: ScoringRun) -> float:
    last = run.blocks.filter(step=ScoringBlock.Step.LISTS).aggregate(last=Max("done_at"))["last"]
    return (last - run.started_at).total_seconds()


@contextmanager
def celery_workers(number: int) -> Iterator[None]:
    """So many workers of one process each, for both queues, on an empty broker."""
    with app.connection_for_write() as broker:
        broker.default_channel.client.flushdb()
    command = ["-m", "celery", "--app", "portal.celery", "worker", "--queues", "now,bulk", "--concurrency", "1"]
    quiet = ["--without-gossip", "--without-mingle", "--loglevel", "WARNING"]
    logs = servers.folder() / "logs"
    workers = [
        start(
            f"worker {place}",
            [*on_processor(place), *command, *quiet, "--hostname", name(place)],
            logs / f"bench-{place}.log",
            cwd=servers.ROOT,
        )
        for place in range(number)
    ]
    try:
        wait_for(lambda: len(app.control.ping(timeout=0.5)) == number, workers[-1], within=90)
        yield
    finally:
        for worker in workers:
            worker.stop()


def on_processor(place: int) -> list[str]:
    """Python that runs on one processor only, whatever follows."""
    usable = sorted(os.sched_getaffinity(0))
    keep = f"import os, sys; os.sched_setaffinity(0, [{usable[place % len(usable)]}]); os.execv(sys.executable, sys.argv[1:])"
    return [sys.executable, "-c", keep, sys.executable]


def name(place: int) -> str:
    return f"bench{place}@{socket.gethostname()}"


def let_work(number: int) -> None:
    """The first so many of the two workers take tasks, the others wait."""
    for place in range(2):
        turn = app.control.add_consumer if place < number else app.control.cancel_consumer
        for queue in ("now", "bulk"):
            turn(queue, destination=[name(place)], reply=True, timeout=5)


def full_run() -> ScoringRun:
    """One from start to finish."""
    pk = score.start_full_run(timezone.now()).pk
    deadline = time.monotonic() + PATIENCE
    while True:
        run = ScoringRun.objects.get(pk=pk)
        if run.finished_at is not None:
            return run
        assert time.monotonic() < deadline, "the run does not end: its workers' logs say why"
        time.sleep(0.1)


def forget_lists() -> None:
    """As if nobody had ever been scored, so that each run has all to write."""
    with connection.cursor() as cursor:
        cursor.execute("TRUNCATE matching_match, matching_vacancylist, matching_vacancyreasons CASCADE")
        cursor.execute("UPDATE matching_candidate SET waits = 0, last_proposed_on = NULL")


def lists_digest() -> str:
    columns = ("vacancy_id", "candidate_id", "rank", "points", "fits_job", "suits_person", "tier")
    rows = Match.objects.order_by("vacancy_id", "candidate_id").values_list(*columns)
    return hashlib.sha256(repr(list(rows)).encode()).hexdigest()


def change_people() -> float:
    """Median seconds from the commit of a change until every list that the person is in, or enters, is right; by a warm worker."""
    found, warm = [], Warm()
    listed = list(Match.objects.order_by("candidate_id").values_list("candidate_id", flat=True).distinct()[: CHANGES + 1])
    for pk in listed:
        candidate = Candidate.objects.get(pk=pk)
        with transaction.atomic():
            Candidate.objects.filter(pk=pk).update(wage_floor=None, wage_wish=None)
            candidate.raise_revision()
            mark_candidate(candidate, timezone.now())
        started = time.perf_counter()
        while ScoringMark.objects.exists():
            score.score_marked(timezone.now, warm)
        found.append(time.perf_counter() - started)
    return median(found[1:])  # the first one loads everybody
