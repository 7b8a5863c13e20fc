"""Many people as arrays: what the fast engine reads, and what a loader fills straight from COPY. No object a person.

`CandidateColumns(words=..., id=..., ...)` takes every array below and checks them all as strictly as the records are checked.
`CandidateColumns.from_table(table)` makes them from rows, `.row(i)` gives a row back, `.take(rows)` and `CandidateColumns.concat(parts)`
cut and join. To compare many times, prepare the sides once and pass them wherever tables may stand:

    people   = People(columns, weights, on)                 # matching.scoring.people
    openings = Openings(vacancies, weights, routes, on)     # matching.scoring.openings
    rank(people, openings, weights, routes, on=on, top=50)

n is the number of people. Every text (country, region, language, category, certificate, regime, condition) is a number: its place in
`words`, one tuple of distinct texts for all of them. Days are proleptic ordinals (`date.toordinal()`), 1..3 652 059; 0 where a day may
be absent. Lists are CSR: person i has the entries start[i]:start[i + 1], and start[n] is their number.

    array                          dtype   a person has one
    id                             int64   each once
    citizenship                    int32   place in words
    adult_on                       int32   day: first day of age 18
    available_on, registered_on    int32   day
    last_proposed_on               int32   day; 0 never
    free                           bool
    wage_floor, wage_wish          int64   cents of USD, net, a month, at most 10**12; -1 not stated
    licences_told                  bool    False: not answered, and then none are listed; also certificates_told and work_told

    list                 entry                    dtype   what
    languages_start      language, _level         int32, int8          0..6: none, A1..C2; a language stands once a person
    licences_start       licence_category, licence_issued_in            int32, int32
    certificates_start   certificate, _until      int32, int32         day; a certificate stands once a person
    permits_start        permit_regime, permit_country, permit_region, permit_until   int32; region "*" is all of the country; day
    skills_start         skill, _level, _verified int64, int8, bool    any id; 1..4; may stand more than once
    work_start           work_occupation, work_months, work_ended_on    int64, int32, int32   0..100 000; day, 0 still there
    wanted_start         wanted_occupation        int64
    wishes_start         wish_country, wish       int32, int8          2 wanted, 1 accepted, 0 excluded; a country stands once a person
    regions_start        region, region_wish      int32, int8          2 wanted, 0 excluded; a region stands once a person
    conditions_start     condition                int32                stands once a person

All starts are int64 of length n + 1.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, fields
from datetime import date
from typing import Any, Self

import numpy as np
from numpy.typing import NDArray

from matching.scoring.errors import BadValue
from matching.scoring.tables import MOST_CENTS, MOST_MONTHS, Candidate, CandidateTable, Job

Array = NDArray[Any]
LAST_DAY = date.max.toordinal()
NEVER, NOT_STATED = 0, -1
WORD = ("int32", 0, None)  # None: as many as there are words
DAY, DAY_OR_NEVER = ("int32", 1, LAST_DAY), ("int32", 0, LAST_DAY)
WAGE = ("int64", NOT_STATED, MOST_CENTS)
INT64 = ("int64", -(2**63), 2**63 - 1)
YES_NO = ("bool", 0, 1)

Kind = tuple[str, int, int | None]  # dtype, least, most
ROWS: dict[str, Kind] = {
    "id": INT64,
    "citizenship": WORD,
    "adult_on": DAY,
    "available_on": DAY,
    "registered_on": DAY,
    "last_proposed_on": DAY_OR_NEVER,
    "free": YES_NO,
    "wage_floor": WAGE,
    "wage_wish": WAGE,
    "licences_told": YES_NO,
    "certificates_told": YES_NO,
    "work_told": YES_NO,
}
LISTS: dict[str, dict[str, Kind]] = {
    "languages": {"language": WORD, "language_level": ("int8", 0, 6)},
    "licences": {"licence_category": WORD, "licence_issued_in": WORD},
    "certificates": {"certificate": WORD, "certificate_until": DAY},
    "permits": {"permit_regime": WORD, "permit_country": WORD, "permit_region": WORD, "permit_until": DAY},
    "skills": {"skill": INT64, "skill_level": ("int8", 1, 4), "skill_verified": YES_NO},
    "work": {"work_occupation": INT64, "work_months": ("int32", 0, MOST_MONTHS), "work_ended_on": DAY_OR_NEVER},
    "wanted": {"wanted_occupation": INT64},
    "wishes": {"wish_country": WORD, "wish": ("int8", 0, 2)},
    "regions": {"region": WORD, "region_wish": ("int8", 0, 2)},
    "conditions": {"condition": WORD},
}
ONCE = ("languages", "certificates", "wishes", "regions", "conditions")  # their first column stands once a person
TOLD = ("licences", "certificates", "work")  # a list that may be not answered


@dataclass(frozen=True, slots=True, eq=False)
class CandidateColumns:
    """People as arrays; the top of this file says what each holds. Raises BadValue. Arrays must not change while they are in use."""

    words: tuple[str, ...]
    id: Array
    citizenship: Array
    adult_on: Array
    available_on: Array
    registered_on: Array
    last_proposed_on: Array
    free: Array
    wage_floor: Array
    wage_wish: Array
    licences_told: Array
    certificates_told: Array
    work_told: Array
    languages_start: Array
    language: Array
    language_level: Array
    licences_start: Array
    licence_category: Array
    licence_issued_in: Array
    certificates_start: Array
    certificate: Array
    certificate_until: Array
    permits_start: Array
    permit_regime: Array
    permit_country: Array
    permit_region: Array
    permit_until: Array
    skills_start: Array
    skill: Array
    skill_level: Array
    skill_verified: Array
    work_start: Array
    work_occupation: Array
    work_months: Array
    work_ended_on: Array
    wanted_start: Array
    wanted_occupation: Array
    wishes_start: Array
    wish_country: Array
    wish: Array
    regions_start: Array
    region: Array
    region_wish: Array
    conditions_start: Array
    condition: Array

    def __post_init__(self) -> None:
        if len(set(self.words)) != len(self.words) or not all(isinstance(word, str) for word in self.words):
            raise BadValue("words are distinct texts.")
        n = len(self.id)
        for name, kind in ROWS.items():
            self._check(name, kind, n)
        for name, entries in LISTS.items():
            self._check_starts(f"{name}_start", n)
            for column, kind in entries.items():
                self._check(column, kind, int(self.starts(name)[-1]))
        ordered = np.sort(self.id)
        if (ordered[1:] == ordered[:-1]).any():
            raise BadValue("A candidate stands twice in the table.")
        for name in ONCE:
            self._check_once(name)
        for name in TOLD:
            if (np.diff(self.starts(name))[~getattr(self, f"{name}_told")] > 0).any():
                raise BadValue(f"{name}: not answered, and yet listed.")
        if (self.region_wish == 1).any():
            raise BadValue("region_wish is 2 wanted or 0 excluded.")

    def __len__(self) -> int:
        return len(self.id)

    def starts(self, name: str) -> Array:
        """Of the list `name`: person i has the entries start[i]:start[i + 1]."""
        start: Array = getattr(self, f"{name}_start")
        return start

    def owners(self, name: str) -> Array:
        """Of the list `name`: whose each entry is, int64."""
        return np.repeat(np.arange(len(self)), np.diff(self.starts(name)))

    def row(self, i: int) -> Candidate:
        """The person as the reference reads one. Raises IndexError."""
        if not 0 <= i < len(self):
            raise IndexError(f"There is no row {i}.")
        words = self.words

        def entries(name: str) -> list[tuple[Any, ...]]:
            start = self.starts(name)
            here = slice(int(start[i]), int(start[i + 1]))
            return list(zip(*(getattr(self, column)[here].tolist() for column in LISTS[name]), strict=True))

        skills: dict[int, tuple[tuple[int, bool], ...]] = {}
        for skill, level, is_verified in entries("skills"):
            skills[skill] = (*skills.get(skill, ()), (level, is_verified))
        return Candidate(
            id=int(self.id[i]),
            citizenship=words[self.citizenship[i]],
            adult_on=date.fromordinal(self.adult_on[i]),
            languages={words[code]: level for code, level in entries("languages")},
            licences=tuple((words[category], words[issued_in]) for category, issued_in in entries("licences"))
            if self.licences_told[i]
            else None,
            certificates={words[code]: date.fromordinal(until) for code, until in entries("certificates")}
            if self.certificates_told[i]
            else None,
            permits=tuple((words[a], words[b], words[c], date.fromordinal(until)) for a, b, c, until in entries("permits")),
            skills=skills,
            work=tuple(Job(occupation, months, _day_or_none(ended_on)) for occupation, months, ended_on in entries("work"))
            if self.work_told[i]
            else None,
            wanted=tuple(occupation for (occupation,) in entries("wanted")),
            wage_floor=_wage_or_none(self.wage_floor[i]),
            wage_wish=_wage_or_none(self.wage_wish[i]),
            wishes={words[country]: wish for country, wish in entries("wishes")},
            regions={words[region]: wish for region, wish in entries("regions")},
            conditions=frozenset(words[code] for (code,) in entries("conditions")),
            available_on=date.fromordinal(self.available_on[i]),
            registered_on=date.fromordinal(self.registered_on[i]),
            last_proposed_on=_day_or_none(self.last_proposed_on[i]),
            free=bool(self.free[i]),
        )

    def take(self, rows: Sequence[int] | Array) -> Self:
        """These rows, in this order, each once."""
        rows = np.asarray(rows, dtype=np.int64)
        arrays: dict[str, Any] = {name: getattr(self, name)[rows] for name in ROWS}
        for name, entries in LISTS.items():
            start = self.starts(name)
            lengths = np.diff(start)[rows]
            begin = np.concatenate(([0], np.cumsum(lengths)))
            at = np.repeat(start[:-1][rows] - begin[:-1], lengths) + np.arange(begin[-1])
            arrays[f"{name}_start"] = begin
            arrays |= {column: getattr(self, column)[at] for column in entries}
        return type(self)(words=self.words, **arrays)

    @classmethod
    def concat(cls, parts: Sequence[Self]) -> Self:
        """One table of several, in their order."""
        place = _places(word for part in parts for word in part.words)
        new_word = [np.array([place[word] for word in part.words], dtype=np.int32) for part in parts]

        def joined(name: str, kind: Kind) -> Array:
            columns = [getattr(part, name) for part in parts]
            if kind == WORD:
                columns = [words[column] for words, column in zip(new_word, columns, strict=True)]
            return np.concatenate([np.empty(0, kind[0]), *columns]).astype(kind[0], copy=False)

        arrays = {name: joined(name, kind) for name, kind in ROWS.items()}
        for name, entries in LISTS.items():
            lengths = [np.diff(part.starts(name)) for part in parts]
            arrays[f"{name}_start"] = np.concatenate(([0], np.cumsum(np.concatenate([np.empty(0, np.int64), *lengths]))))
            arrays |= {column: joined(column, kind) for column, kind in entries.items()}
        return cls(words=tuple(place), **arrays)

    @classmethod
    def from_table(cls, table: CandidateTable) -> Self:
        """The same people as arrays."""
        rows = table.rows
        place = _places(sorted({word for row in rows for word in _words(row)}))
        told: dict[str, list[list[tuple[Any, ...]]]] = {
            "languages": [[(place[code], level) for code, level in row.languages.items()] for row in rows],
            "licences": [[(place[category], place[issued_in]) for category, issued_in in row.licences or ()] for row in rows],
            "certificates": [[(place[code], until.toordinal()) for code, until in (row.certificates or {}).items()] for row in rows],
            "permits": [[(place[a], place[b], place[c], until.toordinal()) for a, b, c, until in row.permits] for row in rows],
            "skills": [[(skill, *one) for skill, told in row.skills.items() for one in told] for row in rows],
            "work": [[(job.occupation, job.months, _ordinal(job.ended_on)) for job in row.work or ()] for row in rows],
            "wanted": [[(occupation,) for occupation in row.wanted] for row in rows],
            "wishes": [[(place[country], wish) for country, wish in row.wishes.items()] for row in rows],
            "regions": [[(place[region], wish) for region, wish in row.regions.items()] for row in rows],
            "conditions": [[(place[code],) for code in sorted(row.conditions)] for row in rows],
        }
        read: dict[str, Callable[[Candidate], Any]] = {
            "citizenship": lambda row: place[row.citizenship],
            "adult_on": lambda row: row.adult_on.toordinal(),
            "available_on": lambda row: row.available_on.toordinal(),
            "registered_on": lambda row: row.registered_on.toordinal(),
            "last_proposed_on": lambda row: _ordinal(row.last_proposed_on),
            "wage_floor": lambda row: NOT_STATED if row.wage_floor is None else row.wage_floor,
            "wage_wish": lambda row: NOT_STATED if row.wage_wish is None else row.wage_wish,
            "licences_told": lambda row: row.licences is not None,
            "certificates_told": lambda row: row.certificates is not None,
            "work_told": lambda row: row.work is not None,
            "id": lambda row: row.id,
            "free": lambda row: row.free,
        }
        arrays = {name: np.array([read[name](row) for row in rows], dtype=dtype) for name, (dtype, _, _) in ROWS.items()}
        for name, entries in LISTS.items():
            arrays[f"{name}_start"] = np.cumsum([0, *(len(listed) for listed in told[name])], dtype=np.int64)
            columns = list(zip(*(entry for listed in told[name] for entry in listed), strict=True)) or [()] * len(entries)
            arrays |= {column: np.array(values, dtype=kind[0]) for (column, kind), values in zip(entries.items(), columns, strict=True)}
        return cls(words=tuple(place), **arrays)

    def _check(self, name: str, kind: Kind, length: int) -> None:
        dtype, least, most = kind
        array = getattr(self, name)
        if not isinstance(array, np.ndarray) or array.dtype != np.dtype(dtype) or array.shape != (length,):
            raise BadValue(f"{name} is an array of {length} {dtype}.")
        most = len(self.words) - 1 if most is None else most
        if kind not in (INT64, YES_NO) and length and not least <= int(array.min()) <= int(array.max()) <= most:
            raise BadValue(f"{name} is {least}..{most}.")

    def _check_starts(self, name: str, people: int) -> None:
        start = getattr(self, name)
        if not isinstance(start, np.ndarray) or start.dtype != np.int64 or start.shape != (people + 1,):
            raise BadValue(f"{name} is an array of {people + 1} int64.")
        if start[0] != 0 or (start[1:] < start[:-1]).any():
            raise BadValue(f"{name} begins with 0 and never falls.")

    def _check_once(self, name: str) -> None:
        code = getattr(self, next(iter(LISTS[name])))
        keys = self.owners(name) * max(1, len(self.words)) + code
        if (keys[1:] <= keys[:-1]).any():  # not in order, so sort to look for equals
            keys = np.sort(keys)
            if (keys[1:] == keys[:-1]).any():
                raise BadValue(f"{name}: the same stands twice for one person.")


def _words(row: Candidate) -> Iterable[str]:
    yield row.citizenship
    yield from row.languages
    yield from (word for licence in row.licences or () for word in licence)
    yield from row.certificates or ()
    yield from (word for permit in row.permits for word in permit[:3])
    yield from row.wishes
    yield from row.regions
    yield from row.conditions


def _places(words: Iterable[str]) -> dict[str, int]:
    return {word: place for place, word in enumerate(dict.fromkeys(words))}


def _ordinal(day: date | None) -> int:
    return NEVER if day is None else day.toordinal()


def _day_or_none(ordinal: int) -> date | None:
    return None if ordinal == NEVER else date.fromordinal(ordinal)


def _wage_or_none(cents: int) -> int | None:
    return None if cents == NOT_STATED else int(cents)


assert [field.name for field in fields(CandidateColumns)] == [
    "words",
    *ROWS,
    *(name for of, entries in LISTS.items() for name in (f"{of}_start", *entries)),
]
