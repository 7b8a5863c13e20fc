"""Results into the database: by COPY into a table of the transaction's own, then one MERGE that leaves alone what has not changed.

What a person has touched is no list's: nothing here writes to such a match but its `points_now`.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import numpy as np
from django.db import connection

from matching.copy_rows import Rows, sql_columns, write_rows

# A suggestion as scoring sees it. `rank` 0: not in the list, kept because a shortlist holds it.
SUGGESTION = np.dtype(
    [
        ("vacancy_id", "i8"),
        ("candidate_id", "i8"),
        ("points", "i2"),
        ("fits_job", "i2"),
        ("suits_person", "i2"),
        ("tier", "i2"),
        ("rank", "i2"),
        ("candidate_revision", "i4"),
        ("vacancy_revision", "i4"),
    ]
)
REASON = np.dtype([("vacancy_id", "i8"), ("reason", "i2"), ("failed", "i4"), ("only_it", "i4"), ("unanswered", "i4")])
POINTS_NOW = np.dtype([("id", "i8"), ("points", "i2")])  # -1: cannot be scored

_CONTENT = ("points", "fits_job", "suits_person", "tier", "candidate_revision", "vacancy_revision")
_NEW = ", ".join(f"s.{name}" for name in _CONTENT)
_SAME_PAIR = "m.vacancy_id = s.vacancy_id AND m.candidate_id = s.candidate_id"
_IS_OURS = "m.state = 'suggested' AND NOT m.touched"

_MERGE = f"""
    WITH merged AS (
        MERGE INTO matching_match AS m
        USING (
            SELECT standing.id, vacancy_id, candidate_id, {", ".join(_CONTENT)}, NULLIF(rank, 0) AS rank
            FROM staged FULL JOIN (
                SELECT id, vacancy_id, candidate_id FROM matching_match WHERE vacancy_id = ANY(%(vacancies)s)
            ) AS standing USING (vacancy_id, candidate_id)
        ) AS s ON m.id = s.id
        WHEN MATCHED AND {_IS_OURS} AND s.points IS NULL THEN DELETE
        WHEN MATCHED AND {_IS_OURS} AND ({", ".join(f"m.{name}" for name in _CONTENT)}, m.rank) IS DISTINCT FROM ({_NEW}, s.rank) THEN
            UPDATE SET {", ".join(f"{name} = s.{name}" for name in _CONTENT)}, rank = s.rank, weights_id = %(weights)s, scoring_day = %(day)s
        WHEN NOT MATCHED THEN
            INSERT (vacancy_id, candidate_id, state, touched, {", ".join(_CONTENT)}, rank, weights_id, scoring_day, created_at)
            VALUES (s.vacancy_id, s.candidate_id, 'suggested', false, {_NEW}, s.rank, %(weights)s, %(day)s, %(now)s)
        RETURNING merge_action() AS action
    )
    SELECT count(*) FILTER (WHERE action <> 'DELETE'), count(*) FILTER (WHERE action = 'DELETE') FROM merged
"""

_OURS_STAGED = f"SELECT count(*) FROM staged JOIN matching_match AS m USING (vacancy_id, candidate_id) WHERE {_IS_OURS}"


@dataclass(frozen=True, slots=True)
class Written:
    """Rows of matches: new or changed, taken away, and left as they were."""

    written: int
    removed: int
    unchanged: int


def write_lists(suggestions: Rows, vacancies: Sequence[int], *, weights: int, day: date, now: datetime) -> Written:
    """Make `suggestions` (SUGGESTION) all that scoring owns of these vacancies; the caller holds them and has locked their rows."""
    values = {"vacancies": list(vacancies), "weights": weights, "day": day, "now": now}
    with staged(suggestions):
        [(written, removed)] = _ask(_MERGE, values)
        [(ours,)] = _ask(_OURS_STAGED, {})
    return Written(written, removed, ours - written)


def write_points_now(points: Rows) -> None:
    """What matches that people have touched would score now (POINTS_NOW); a match whose points stay as they are is left alone."""
    if not len(points):
        return
    with staged(points), connection.cursor() as cursor:
        cursor.execute(
            """
            UPDATE matching_match AS m SET points_now = NULLIF(s.points, -1) FROM staged AS s
            WHERE m.id = s.id AND m.points_now IS DISTINCT FROM NULLIF(s.points, -1)
            """
        )


def write_chosen(chosen: Rows, *, run: int, weights: int, day: date, now: datetime) -> None:
    """Make `chosen` (SUGGESTION) the pairs that the run's shortlists hold. One that is in no list gets a row of its own; one of an
    earlier round that is neither listed nor chosen now goes. The caller holds all lists and has locked the vacancies."""
    values: dict[str, Any] = {"run": run, "weights": weights, "day": day, "now": now}
    earlier = f"{_IS_OURS} AND m.chosen_in_id IS NOT NULL AND NOT EXISTS (SELECT FROM staged AS s WHERE {_SAME_PAIR})"
    with staged(chosen), connection.cursor() as cursor:
        cursor.execute(f"DELETE FROM matching_match AS m WHERE m.rank IS NULL AND {earlier}")
        cursor.execute(f"UPDATE matching_match AS m SET chosen_in_id = NULL WHERE {earlier}")
        cursor.execute(
            f"""
            MERGE INTO matching_match AS m USING staged AS s ON {_SAME_PAIR}
            WHEN MATCHED AND {_IS_OURS} THEN UPDATE SET chosen_in_id = %(run)s
            WHEN NOT MATCHED THEN
                INSERT (vacancy_id, candidate_id, state, touched, {", ".join(_CONTENT)}, chosen_in_id, weights_id, scoring_day, created_at)
                VALUES (s.vacancy_id, s.candidate_id, 'suggested', false, {_NEW}, %(run)s, %(weights)s, %(day)s, %(now)s)
            """,
            values,
        )


def write_waits(candidates: Rows, waits: Rows) -> None:
    """The people first, in the order of their ids: whoever else locks several of them does so too. No revision is raised."""
    rows = np.empty(len(candidates), [("id", "i8"), ("waits", "i4")])
    rows["id"], rows["waits"] = candidates, np.minimum(waits, 2**15 - 1)
    with staged(rows), connection.cursor() as cursor:
        cursor.execute("SELECT FROM matching_candidate AS c JOIN staged USING (id) ORDER BY c.id FOR NO KEY UPDATE OF c")
        cursor.execute("UPDATE matching_candidate AS c SET waits = s.waits FROM staged AS s WHERE c.id = s.id")


def write_reasons(counts: Rows, codes: Sequence[str]) -> None:
    """Why people are out, by vacancy (REASON, whose `reason` is the place of the code in `codes`)."""
    with staged(counts), connection.cursor() as cursor:
        cursor.execute(
            """
            INSERT INTO matching_vacancyreasons AS r (vacancy_id, reason, failed, "only", unanswered)
            SELECT vacancy_id, (%s::text[])[reason + 1], failed, only_it, unanswered FROM staged
            ON CONFLICT (vacancy_id, reason) DO UPDATE
            SET failed = excluded.failed, "only" = excluded."only", unanswered = excluded.unanswered
            WHERE (r.failed, r."only", r.unanswered) IS DISTINCT FROM (excluded.failed, excluded."only", excluded.unanswered)
            """,
            [list(codes)],
        )


@contextmanager
def staged(rows: Rows) -> Iterator[None]:
    """A table `staged` with these records, for one statement."""
    with connection.cursor() as cursor:
        cursor.execute(f"CREATE TEMPORARY TABLE staged ({sql_columns(rows)}) ON COMMIT DROP")
        write_rows("staged", rows)
        cursor.execute("ANALYZE staged")
        yield
        cursor.execute("DROP TABLE staged")


def _ask(statement: str, values: dict[str, Any]) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        found: list[tuple[Any, ...]] = cursor.fetchall()
        return found
