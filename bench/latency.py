"""One new vacancy, one changed candidate: how long until the answer, warm, and cold with everybody read from the database."""

import os
import time
from collections.abc import Callable, Iterable
from typing import Any

import numpy as np

from bench.harness import Line, Sizes, in_own_process
from bench.speed import TOP, table_of
from bench.sql import Database
from bench.synthetic import market
from matching.scoring import VacancyTable, rank
from matching.scoring.openings import Openings
from matching.scoring.people import People
from tests import servers

MOST = 10  # ms


def measure(sizes: Sizes) -> list[Line]:
    columns, vacancies, weights, routes, day = market(sizes.people, sizes.vacancies, seed=1)
    people, openings = People(columns, weights, day), Openings(vacancies, weights, routes, day)
    new = [VacancyTable((row,)) for row in vacancies.rows[-sizes.latencies :]]
    changed = [columns.take([row]) for row in range(sizes.latencies)]
    few = VacancyTable(vacancies.rows[-min(sizes.sql_vacancies, sizes.latencies) :])
    with servers.own_database() as name:
        database = Database(servers.database_url(name))
        database.load(table_of(columns), few, weights, routes, day)
        ours = milliseconds(lambda job: rank(people, job, weights, routes, on=day, top=TOP, gate=True), new)
        sql = milliseconds(lambda row: database.lists("arrays", row, row), range(len(few)))
        database.close()
    theirs = milliseconds(
        lambda one: rank(one, openings, weights, routes, on=day, top=TOP, per="candidate", gate=True),
        changed,
    )
    ratio = float(np.median(sql) / np.median(ours))
    return [
        timed(f"one new vacancy, warm, {len(columns):,} candidates", ours),
        Line("… against SQL", f"{ratio:.1f} × ({np.median(sql):.0f} ms)", "≥ 30 ×", ratio >= 30),
        timed(f"one changed candidate, warm, {len(vacancies):,} vacancies", theirs),
    ]


def milliseconds(work: Callable[[Any], Any], cases: Iterable[Any]) -> list[float]:
    """Of the clock on the wall; the first case is done once before."""
    cases = list(cases)
    work(cases[0])
    found = []
    for case in cases:
        started = time.perf_counter()
        work(case)
        found.append((time.perf_counter() - started) * 1000)
    return found


def timed(work: str, found: list[float]) -> Line:
    late = float(np.percentile(found, 95))
    return Line(work, f"p50 {np.median(found):.1f} ms, p95 {late:.1f} ms", f"p95 ≤ {MOST} ms", late <= MOST)


def cold() -> Line:
    """On the database that is filled now: a process that has loaded its code, and nobody yet."""
    took, people = in_own_process(load_and_rank)
    return Line(f"one new vacancy, cold: {people:,} candidates read, prepared, ranked", f"{took:.2f} s", "≤ 1 s", took <= 1)


def load_and_rank() -> tuple[float, int]:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings")
    import django

    django.setup()
    from django.utils import timezone

    from matching.load_arrays import Everybody
    from matching.load_records import load_routes, load_taxonomy, vacancy_records
    from matching.models import Vacancy
    from matching.score_vacancies import current_weights
    from matching.scoring import Weights
    from matching.wages import wages_on

    columns, vacancies, weights, routes, day = market(200, 1, seed=1)
    rank(columns, vacancies, weights, routes, on=day, top=TOP, gate=True)
    now = timezone.now()
    version = current_weights(now)
    newest = Vacancy.objects.filter(status=Vacancy.Status.PUBLISHED).with_asked().order_by("-pk")[:1]
    started = time.perf_counter()
    wages, taxonomy = wages_on(now.date()), load_taxonomy()
    table = VacancyTable.from_records(vacancy_records(newest, wages, now.date()))
    people = Everybody().read(wages).columns
    rank(people, table, Weights.from_numbers(version.numbers, taxonomy), load_routes(), on=now.date(), top=TOP, gate=True)
    return time.perf_counter() - started, len(people)
