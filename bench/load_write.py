"""Reading everybody, and writing lists: each against the way one does it first. On a real database, by the code of the runs themselves."""

import time
from collections.abc import Callable, Iterable, Iterator
from itertools import pairwise
from typing import Any

import numpy as np
from django.db import connection, transaction
from django.utils import timezone
from psycopg2.extras import execute_values

from bench.fill import filled_database
from bench.harness import Line, Sizes, in_turns, ratio_line
from bench.latency import cold
from matching.load_arrays import Everybody
from matching.load_records import candidate_records, with_freedom
from matching.models import (
    Candidate,
    CandidateCertificate,
    CandidateLanguage,
    CandidateLicence,
    CandidateSkill,
    Job,
    Match,
    Vacancy,
)
from matching.score import BLOCK
from matching.score_vacancies import current_weights
from matching.scoring import CandidateTable
from matching.wages import wages_on
from matching.write_lists import SUGGESTION, write_lists

LIST = 50
CHANGED = 0.05
PAGE = 1000  # rows an INSERT

# What rows are fetched for arrays: the same columns that COPY brings.
PEOPLE = (
    *(
        "pk",
        "revision",
        "citizenship",
        "born_in",
        "available_on",
        "registered_at",
        "wage_floor",
        "wage_wish",
        "wage_currency",
        "has_worked",
    ),
    *("wanted_countries", "accepted_countries", "excluded_countries", "wanted_regions", "excluded_regions", "conditions"),
)
LISTS = (
    (CandidateSkill, ("candidate_id", "skill_id", "level", "is_verified")),
    (Job, ("candidate_id", "occupation_id", "months", "ended_on")),
    (CandidateLanguage, ("candidate_id", "language", "level")),
    (CandidateLicence, ("candidate_id", "category", "issued_in")),
    (CandidateCertificate, ("candidate_id", "code", "valid_until")),
    (Candidate.wanted_occupations.through, ("candidate_id", "occupation_id")),
)


def measure(sizes: Sizes) -> list[Line]:
    with filled_database(sizes.people, sizes.vacancies):
        return [cold(), *reading(sizes), *writing(sizes)]


def reading(sizes: Sizes) -> list[Line]:
    wages = wages_on(timezone.now().date())

    def by_rows() -> None:
        """Rows into arrays by the shortest way; not even made into what the engine takes."""
        as_arrays(with_freedom(Candidate.objects.order_by("pk")).values_list("pk", "revision", "last_proposed_on", "is_free"))
        as_arrays(Candidate.objects.order_by("pk").values_list(*PEOPLE))
        for model, columns in LISTS:
            as_arrays(model._default_manager.order_by("candidate_id", "pk").values_list(*columns))

    found = in_turns(
        sizes.rounds,
        {
            "COPY": lambda: seconds(lambda: Everybody().read(wages)),
            "rows": lambda: seconds(by_rows),
            "records": lambda: seconds(lambda: CandidateTable.from_records(candidate_records(Candidate.objects.all(), wages))),
        },
    )
    detail = f"{found['COPY']:.2f} s against {found['rows']:.2f} s, {sizes.people:,} people"
    return [
        ratio_line(
            "load features with COPY, against row fetch",
            found["rows"] / found["COPY"],
            detail,
            least=2,
            facts={"s to load a thousand people": found["COPY"] / sizes.people * 1000},
        ),
        ratio_line("… against rows made into records", found["records"] / found["COPY"], f"{found['records']:.2f} s"),
    ]


def as_arrays(rows: Iterable[tuple[Any, ...]]) -> list[Any]:
    return [np.array(column) if not isinstance(column[0], list) else column for column in zip(*rows, strict=True)]


def writing(sizes: Sizes) -> list[Line]:
    days = made_up_lists()
    weights = current_weights(timezone.now()).pk
    first = next(days)

    def merge(suggestions: Any) -> None:
        for block in blocks(suggestions):
            pks = np.unique(block["vacancy_id"]).tolist()
            with transaction.atomic():
                write_lists(block, pks, weights=weights, day=timezone.now().date(), now=timezone.now())

    def insert(suggestions: Any) -> None:
        for block in blocks(suggestions):
            pks = np.unique(block["vacancy_id"]).tolist()
            with transaction.atomic():
                delete_and_insert(block, pks, weights)

    def into_nothing(write: Callable[[Any], None]) -> float:
        with connection.cursor() as cursor:
            cursor.execute("TRUNCATE matching_match CASCADE")
        return seconds(lambda: write(first))

    def next_day(write: Callable[[Any], None]) -> float:
        suggestions = next(days)
        return seconds(lambda: write(suggestions))

    fresh = in_turns(sizes.rounds, {"MERGE": lambda: into_nothing(merge), "INSERT": lambda: into_nothing(insert)})
    again = in_turns(sizes.rounds, {"MERGE": lambda: next_day(merge), "INSERT": lambda: next_day(insert)})
    before = rows_written()
    next_day(merge)
    share = (rows_written() - before) / len(first)
    same = f"{len(first):,} rows, of which {CHANGED:.0%} have changed"
    return [
        ratio_line(
            "write results, against multi-row INSERT", again["INSERT"] / again["MERGE"], f"{again['MERGE']:.2f} s, {same}", least=1.8
        ),
        ratio_line(
            "… when all rows are new",
            fresh["INSERT"] / fresh["MERGE"],
            f"{fresh['MERGE']:.2f} s",
            facts={
                "s to write a thousand new rows": fresh["MERGE"] / len(first) * 1000,
                "s to compare a thousand rows": again["MERGE"] / len(first) * 1000,
            },
        ),
        Line(f"rows written where {CHANGED:.0%} changed", f"{share:.1%}", f"{CHANGED:.0%}", abs(share - CHANGED) < 0.002),
    ]


def made_up_lists() -> Iterator[Any]:
    """Lists of all vacancies day after day: in each day's, points of 5 % of the rows are others than the day before."""
    rng = np.random.default_rng(1)
    vacancies = np.array(Vacancy.objects.order_by("pk").values_list("pk", flat=True))
    people = np.array(Candidate.objects.order_by("pk").values_list("pk", flat=True))
    top = min(LIST, len(people))
    rows = np.zeros((len(vacancies), top), SUGGESTION)
    rows["vacancy_id"] = vacancies[:, None]
    rows["candidate_id"] = people[(rng.integers(0, len(people), len(vacancies))[:, None] + np.arange(top)) % len(people)]
    rows["points"] = rows["fits_job"] = rows["suits_person"] = 9_000
    rows["tier"], rows["rank"], rows["candidate_revision"], rows["vacancy_revision"] = 1, np.arange(1, top + 1), 1, 1
    rows = rows.reshape(-1)
    while True:
        yield rows
        rows = rows.copy()
        rows["points"][rng.choice(len(rows), round(CHANGED * len(rows)), replace=False)] -= 1


def blocks(rows: Any) -> list[Any]:
    """As a run writes them: the lists of so many vacancies at a time."""
    starts = [*np.flatnonzero(np.diff(rows["vacancy_id"], prepend=-1))[::BLOCK], len(rows)]
    return [rows[start:end] for start, end in pairwise(starts)]


def delete_and_insert(rows: Any, vacancies: list[int], weights: int) -> None:
    """The same content by a DELETE and INSERTs of a thousand rows each."""
    now = timezone.now()
    columns = ", ".join(rows.dtype.names)
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM matching_match WHERE vacancy_id = ANY(%s) AND state = 'suggested' AND NOT touched", [vacancies])
        execute_values(
            cursor.cursor,
            f"INSERT INTO matching_match ({columns}, state, touched, weights_id, scoring_day, created_at) VALUES %s",
            rows.tolist(),
            template=f"({', '.join(['%s'] * len(rows.dtype.names))}, 'suggested', false, {weights}, '{now.date()}', '{now}')",
            page_size=PAGE,
        )


def rows_written() -> int:
    """Rows of matches that have been inserted, updated or deleted so far, by the server's own count."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_stat_force_next_flush()")
        cursor.execute("SELECT n_tup_ins + n_tup_upd + n_tup_del FROM pg_stat_user_tables WHERE relname = %s", [Match._meta.db_table])
        return int(cursor.fetchone()[0])


def seconds(work: Callable[[], Any]) -> float:
    started = time.perf_counter()
    work()
    return time.perf_counter() - started
