"""The pages of the journey in a country at work: how many queries each asks, and what each takes of the server, one after another.

By Django's test client, without a network; locust (bench/load.py) asks the web server itself.
"""

import gc
import time
from collections.abc import Iterator
from statistics import median

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from bench.country import Country, country
from bench.harness import Line, Sizes
from bench.pages import Reader, readers, signed_in
from matching.models import Candidate, Match, Vacancy

MOST_QUERIES = 20


def measure(sizes: Sizes) -> list[Line]:
    with country(Country(*sizes.country)):
        counts = f"{Candidate.objects.count():,} people, {Vacancy.objects.count():,} vacancies, {Match.objects.count():,} matches"
        return [Line("pages of the journey", counts), *(line for reader in readers() for line in of_reader(reader, sizes.looks))]


def of_reader(reader: Reader, looks: int) -> Iterator[Line]:
    client = signed_in(reader.user)
    paths: dict[str, list[str]] = {}
    for page in reader.pages:
        paths.setdefault(page.name, []).append(page.path)
    for name, of_name in paths.items():
        queries = max(queries_of(client, path) for path in of_name)
        taken = sorted(seconds_of(client, path) * 1000 for _ in range(looks) for path in of_name)
        measured = f"{queries} queries, {median(taken):.0f} ms, p95 {percentile(taken, 95):.0f} ms"
        yield Line(f"{reader.who}: {name}", measured, f"≤ {MOST_QUERIES} queries", queries <= MOST_QUERIES)


def queries_of(client: Client, path: str) -> int:
    """Of a second look: what is kept in memory or in the cache has been read."""
    client.get(path)
    with CaptureQueriesContext(connection) as asked:
        response = client.get(path)
    assert response.status_code == 200, (path, response.status_code)
    return len(asked)


def seconds_of(client: Client, path: str) -> float:
    gc.collect()
    started = time.perf_counter()
    client.get(path)
    return time.perf_counter() - started


def percentile(ordered: list[float], percent: int) -> float:
    """The least that so many of hundred do not exceed."""
    return ordered[max(0, -(-len(ordered) * percent // 100) - 1)]
