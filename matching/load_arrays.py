"""Candidates straight into the engine's arrays by COPY, kept from block to block and from run to run. No object a person.

What the score must never see is not read here. It is what load_records.py makes of the same people, and a test compares the two.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Any

import numpy as np
import structlog
from django.db import DataError, transaction
from numpy.typing import NDArray

from matching.copy_rows import Rows, read_rows
from matching.load_records import stated_cents, with_freedom
from matching.models import Candidate
from matching.scoring.columns import LISTS as ENTRIES
from matching.scoring.columns import NOT_STATED, ROWS, CandidateColumns
from matching.scoring.errors import BadValue
from matching.stay_papers import SPARING
from matching.wages import DayOfWages

log = structlog.get_logger(__name__)

Array = NDArray[Any]
MOST_UNREADABLE = 100  # more than that is no fault of theirs: then nothing is scored, and the lists stay
YEAR_2000 = date(2000, 1, 1).toordinal()  # the server counts days from here, the engine from the year 1
NEVER = "DATE '0001-12-31 BC'"  # day 0 of the engine

STANDING = {"id": "i8", "revision": "i4", "last_proposed_on": "i4", "free": "?"}
STANDING_SQL = "SELECT id, revision, COALESCE(last_proposed_on, {never}), is_free FROM ({candidates}) AS candidates ORDER BY id"
PEOPLE = {
    "id": "i8",
    "revision": "i4",
    "citizenship": "S2",
    "adult_on": "i4",
    "available_on": "i4",
    "registered_on": "i4",
    "floor": "i8",
    "wish": "i8",
    "currency": "S3",
    "has_not_worked": "?",
}
# Wages in hundredths of their currency, -1 not stated.
PEOPLE_SQL = """
    SELECT id, revision, rpad(citizenship, 2), (born_in + interval '18 years 1 month')::date,
        COALESCE(available_on, (registered_at AT TIME ZONE 'UTC')::date), (registered_at AT TIME ZONE 'UTC')::date,
        COALESCE(wage_floor * 100, -1)::bigint, COALESCE(wage_wish * 100, -1)::bigint, rpad(wage_currency, 3), has_worked IS FALSE
    FROM matching_candidate WHERE {id} ORDER BY id
"""


# How the columns of lists come, where it is not as the engine has them.
TYPES = {
    "language": "S2",
    "language_level": "i2",
    "licence_category": "S2",
    "licence_issued_in": "S2",
    "certificate": "S20",
    "skill_level": "i2",
    "skill_verified": "?",
    "work_months": "i2",
    "wish_country": "S2",
    "wish": "i2",
    "region": "S6",
    "region_wish": "i2",
    "condition": "S10",
    "permit_regime": "S20",
    "permit_country": "S2",
    "permit_region": "S6",
}
TYPES |= dict.fromkeys(("certificate_until", "permit_until", "work_ended_on"), "i4") | dict.fromkeys(
    ("skill", "work_occupation", "wanted_occupation"), "i8"
)
DAYS = ("adult_on", "available_on", "registered_on", "certificate_until", "permit_until", "work_ended_on")
SPARING_SQL = ", ".join(f"('{code}', '{regime}', '{country}')" for code, (regime, country) in SPARING.items())
# What people tell, by the engine's name of the list: whose it is, and the entry.
LISTS = {
    "languages": """
        SELECT candidate_id, rpad(language, 2), level FROM matching_candidatelanguage WHERE {candidate_id} ORDER BY candidate_id, id
    """,
    "licences": """
        SELECT candidate_id, rpad(category, 2), rpad(issued_in, 2) FROM matching_candidatelicence
        WHERE {candidate_id} ORDER BY candidate_id, category, id
    """,
    "certificates": """
        SELECT candidate_id, rpad(code, 20), valid_until FROM matching_candidatecertificate WHERE {candidate_id} ORDER BY candidate_id, id
    """,
    "permits": f"""
        SELECT candidate_id, rpad(regime, 20), country, rpad(region, 6), COALESCE(valid_until, DATE '9999-12-31')
        FROM matching_candidatepaper JOIN (VALUES {SPARING_SQL}) AS sparing (code, regime, country) USING (code)
        WHERE {{candidate_id}} ORDER BY candidate_id, code
    """,
    "skills": """
        SELECT candidate_id, skill_id, level, is_verified FROM matching_candidateskill WHERE {candidate_id} ORDER BY candidate_id, id
    """,
    "work": f"""
        SELECT candidate_id, occupation_id, months, COALESCE(ended_on, {NEVER}) FROM matching_job
        WHERE {{candidate_id}} ORDER BY candidate_id, id DESC
    """,
    "wanted": """
        SELECT candidate_id, occupation_id FROM matching_candidate_wanted_occupations
        WHERE {candidate_id} ORDER BY candidate_id, occupation_id
    """,
    # A place that is named twice counts by the later list.
    "wishes": """
        SELECT id, rpad(place, 2), (array_agg(wish ORDER BY list DESC))[1]::smallint FROM matching_candidate, LATERAL (
            SELECT place, nr, 1 AS list, 1 AS wish FROM unnest(accepted_countries) WITH ORDINALITY AS t (place, nr)
            UNION ALL SELECT place, nr, 2, 2 FROM unnest(wanted_countries) WITH ORDINALITY AS t (place, nr)
            UNION ALL SELECT place, nr, 3, 0 FROM unnest(excluded_countries) WITH ORDINALITY AS t (place, nr)
        ) AS told WHERE {id} GROUP BY id, place ORDER BY id, min((list, nr))
    """,
    "regions": """
        SELECT id, rpad(place, 6), (array_agg(wish ORDER BY list DESC))[1]::smallint FROM matching_candidate, LATERAL (
            SELECT place, nr, 1 AS list, 2 AS wish FROM unnest(wanted_regions) WITH ORDINALITY AS t (place, nr)
            UNION ALL SELECT place, nr, 2, 0 FROM unnest(excluded_regions) WITH ORDINALITY AS t (place, nr)
        ) AS told WHERE {id} GROUP BY id, place ORDER BY id, min((list, nr))
    """,
    "conditions": """
        SELECT DISTINCT id, rpad(code, 10) AS code FROM matching_candidate, unnest(conditions) AS code WHERE {id} ORDER BY id, code
    """,
}


@dataclass(frozen=True, slots=True)
class Loaded:
    """Everybody as a scoring day sees them, in the order of their ids. Rows of `columns` are places in `revisions`."""

    columns: CandidateColumns
    revisions: Array


class Everybody:
    """Everybody, read once. Each time they are asked for one statement says who has changed since, and only they are read anew.

    Whoever cannot be read is left out, logged by pseudonym and counted, and looked at again when something about them has changed.
    """

    def __init__(self) -> None:
        self._told: _Told | None = None
        self._unreadable: dict[int, int] = {}  # id: revision
        self._seen: list[tuple[bytes, DayOfWages, Loaded]] = []  # by the wages of today, and of the day that is checked before

    @property
    def unreadable(self) -> int:
        return len(self._unreadable)

    def read(self, wages: DayOfWages) -> Loaded:
        """The caller holds the lists: what has changed by now is in them, what changes later is marked.

        As long as nothing has changed it is the very same object again.
        """
        standing = standings()  # before the rows: a later change is scored later, never missed
        now = standing.tobytes()
        self._seen = [seen for seen in self._seen if seen[0] == now][-2:]
        for _, known, loaded in self._seen:
            if known == wages:
                return loaded
        told = self._told = self._renewed(standing)
        standing = standing[np.isin(standing["id"], told.columns.id)]  # whoever was deleted while we read
        columns = replace(
            told.columns,
            last_proposed_on=standing["last_proposed_on"] + YEAR_2000,
            free=standing["free"],
            wage_floor=told.cents("floor", wages),
            wage_wish=told.cents("wish", wages),
        )
        loaded = Loaded(columns, told.people["revision"])
        self._seen.append((now, wages, loaded))
        return loaded

    def _renewed(self, standing: Rows) -> "_Told":
        """With those read anew who have come or changed, and without those who are gone."""
        if self._told is None:
            told, refused = _read_all_but_unreadable(None)
            self._unreadable = {int(pk): int(revision) for pk, revision in standing[["id", "revision"]].tolist() if pk in refused}
            return told
        told = self._told
        place = np.searchsorted(told.people["id"], standing["id"])
        known = np.append(told.people, np.zeros(1, told.people.dtype))[place]
        is_same = (known["id"] == standing["id"]) & (known["revision"] == standing["revision"])
        pairs = standing[["id", "revision"]][~is_same].tolist()
        self._unreadable = {pk: revision for pk, revision in pairs if self._unreadable.get(pk) == revision}
        changed = {pk: revision for pk, revision in pairs if pk not in self._unreadable}
        if not changed and is_same.sum() == len(told.people):
            return told
        fresh, refused = _read_all_but_unreadable(list(changed))
        self._unreadable |= {pk: changed[pk] for pk in refused}
        kept = place[is_same]
        people = np.concatenate((told.people[kept], fresh.people))
        order = np.argsort(people["id"])
        return _Told(people[order], CandidateColumns.concat((told.columns.take(kept), fresh.columns)).take(order))


def standings() -> Rows:
    """What of a candidate changes without raising the revision, and the revision, as everything stands now: one statement."""
    candidates, values = (
        with_freedom(Candidate.objects.order_by()).values("id", "revision", "last_proposed_on", "is_free").query.sql_with_params()
    )
    return read_rows(STANDING_SQL.format(never=NEVER, candidates=candidates), values, STANDING)


@dataclass(frozen=True, slots=True)
class _Told:
    """What people tell about themselves: `people` (PEOPLE), and the arrays made of it with nobody free and no wage known."""

    people: Rows
    columns: CandidateColumns

    def cents(self, name: str, wages: DayOfWages) -> Array:
        """A wage by the day's rates, as the records have it: each sum that is named is converted once."""
        amounts, cents = self.people[name], np.full(len(self.people), NOT_STATED, dtype=np.int64)
        for currency in np.unique(self.people["currency"]):
            chosen = (self.people["currency"] == currency) & (amounts >= 0)
            sums, place = np.unique(amounts[chosen], return_inverse=True)
            known = [stated_cents(wages, Decimal(int(amount)) / 100, currency.decode()) for amount in sums]
            cents[chosen] = np.array([NOT_STATED if one is None else one for one in known], dtype=np.int64)[place]
        return cents


def _read_all_but_unreadable(whose: list[int] | None) -> tuple[_Told, set[int]]:
    """These candidates, or all; and which of them cannot be read. Where a row is refused, those read together are read half and half."""
    refused: set[int] = set()
    parts = list(_parts(whose, refused))
    people = np.concatenate([part.people for part in parts])
    return (parts[0] if len(parts) == 1 else _Told(people, CandidateColumns.concat([part.columns for part in parts]))), refused


def _parts(whose: list[int] | None, refused: set[int]) -> Iterator[_Told]:
    try:
        with transaction.atomic():
            told = _read(whose)
    except (ValueError, DataError) as error:  # ScoringError is a ValueError
        whose = list(Candidate.objects.order_by("pk").values_list("pk", flat=True)) if whose is None else whose
        if len(refused) == MOST_UNREADABLE or not whose:
            raise
        if len(whose) > 1:
            yield from _parts(whose[: len(whose) // 2], refused)
            yield from _parts(whose[len(whose) // 2 :], refused)
            return
        uid = Candidate.objects.values_list("uid", flat=True).get(pk=whose[0])
        log.error("score.unreadable_person", candidate=str(uid), error=str(error).splitlines()[0])
        refused.update(whose)
        told = _read([])
    yield told


def _read(whose: Sequence[int] | None) -> _Told:
    """These candidates, or all. The rows come before what hangs on them: a list is never older than the revision says."""
    values = {"whose": whose}
    picked = {name: "true" if whose is None else f"{name} = ANY(%(whose)s)" for name in ("id", "candidate_id")}
    people = read_rows(PEOPLE_SQL.format(**picked), values, PEOPLE)
    arrays: dict[str, Any] = {name: people[name] for name in ("id", "citizenship", "adult_on", "available_on", "registered_on")}
    for name, entries in ENTRIES.items():
        told = LISTS.get(name)
        fields = {"of": "i8", **{column: TYPES.get(column, kind) for column, (kind, *_) in entries.items()}}
        rows = read_rows(told.format(**picked), values, fields) if told else np.empty(0, list(fields.items()))
        rows = rows[np.isin(rows["of"], people["id"])]
        arrays[f"{name}_start"] = np.searchsorted(rows["of"], np.append(people["id"], 2**63 - 1))
        arrays |= {column: rows[column] for column in entries}
    arrays |= {name: arrays[name] + YEAR_2000 for name in DAYS}
    arrays |= {f"{name}_told": np.diff(arrays[f"{name}_start"]) > 0 for name in ("licences", "certificates", "work")}
    arrays["work_told"] |= people["has_not_worked"]
    arrays |= {"last_proposed_on": np.zeros(len(people), np.int32), "free": np.zeros(len(people), bool)}
    arrays |= dict.fromkeys(("wage_floor", "wage_wish"), np.full(len(people), NOT_STATED))
    if any((people[name] < NOT_STATED).any() for name in ("floor", "wish")):
        raise BadValue("A wage is not below zero.")
    words = _words_for(arrays)
    kinds = ROWS | {column: kind for entries in ENTRIES.values() for column, kind in entries.items()}
    return _Told(
        people,
        CandidateColumns(words, **{name: _fitting(array, kinds[name][0]) if name in kinds else array for name, array in arrays.items()}),
    )


def _fitting(array: Array, kind: str) -> Array:
    """Of a narrower type; a number that it cannot hold would become another one."""
    narrow = array.astype(kind, copy=False)
    if (narrow != array).any():
        raise BadValue("A number is out of its range.")
    return narrow


def _words_for(arrays: dict[str, Any]) -> tuple[str, ...]:
    """Puts each text's place among all of them for the text."""
    found = {name: np.unique(array, return_inverse=True) for name, array in arrays.items() if array.dtype.kind == "S"}
    words = sorted({text.decode().rstrip() for texts, _ in found.values() for text in texts})
    for name, (texts, places) in found.items():
        arrays[name] = np.array([words.index(text.decode().rstrip()) for text in texts], dtype=np.int32)[places]
    return tuple(words)
