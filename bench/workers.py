"""The same full run with one worker and with two: real Celery workers on the bench's own PostgreSQL and Valkey. And how soon a change shows."""

import hashlib
import socket
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from statistics import median

from django.db import connection, transaction
from django.utils import timezone

from bench.fill import filled_database
from bench.harness import Line, Sizes, in_turns, ratio_line
from matching import score
from matching.mark import mark_candidate
from matching.models import Candidate, Match, ScoringMark, ScoringRun
from matching.warm import Warm
from portal.celery import app
from portal.embedded.processes import start, wait_for
from tests import servers

PATIENCE = 1800  # seconds for a run
CHANGES = 5  # candidates, one after another


def measure(sizes: Sizes) -> list[Line]:
    people, vacancies = sizes.workers
    made: set[str] = set()

    def run(workers: int) -> float:
        let_work(workers)
        forget_lists()
        seconds = full_run()
        made.add(lists_digest())
        return seconds

    with filled_database(people, vacancies), celery_workers(2):
        full_run()  # both have loaded and compiled what they keep
        found = in_turns(sizes.rounds, {"one": lambda: run(1), "two": lambda: run(2)})
        assert len(made) == 1, "the same run gave other rows"
        rows = Match.objects.count()
        let_work(0)
        again = change_people()
    detail = f"{found['one']:.1f} s and {found['two']:.1f} s, {people:,} × {vacancies:,}, the same {rows:,} rows"
    return [
        ratio_line(
            "full run, one worker against two",
            found["one"] / found["two"],
            detail,
            facts={"times as fast with two workers": found["one"] / found["two"]},
        ),
        Line("a changed candidate: all their lists right again", f"{again:.2f} s", "≤ 1 s", again <= 1),
    ]


@contextmanager
def celery_workers(number: int) -> Iterator[None]:
    """So many workers of one process each, for both queues, on an empty broker."""
    with app.connection_for_write() as broker:
        broker.default_channel.client.flushdb()
    command = [sys.executable, "-m", "celery", "--app", "portal.celery", "worker", "--queues", "now,bulk", "--concurrency", "1"]
    quiet = ["--without-gossip", "--without-mingle", "--loglevel", "WARNING"]
    logs = servers.folder() / "logs"
    workers = [
        start(f"worker {place}", [*command, *quiet, "--hostname", name(place)], logs / f"bench-{place}.log", cwd=servers.ROOT)
        for place in range(number)
    ]
    try:
        wait_for(lambda: len(app.control.ping(timeout=0.5)) == number, workers[-1], within=90)
        yield
    finally:
        for worker in workers:
            worker.stop()


def name(place: int) -> str:
    return f"bench{place}@{socket.gethostname()}"


def let_work(number: int) -> None:
    """The first so many of the two workers take tasks, the others wait."""
    for place in range(2):
        turn = app.control.add_consumer if place < number else app.control.cancel_consumer
        for queue in ("now", "bulk"):
            turn(queue, destination=[name(place)], reply=True, timeout=5)


def full_run() -> float:
    """Seconds from start to finish of one, by its own row."""
    pk = score.start_full_run(timezone.now()).pk
    deadline = time.monotonic() + PATIENCE
    while True:
        run = ScoringRun.objects.get(pk=pk)
        if run.finished_at is not None:
            return (run.finished_at - run.started_at).total_seconds()
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
