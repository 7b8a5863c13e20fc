"""The two tables that the engine compares: plain rows, read from records (dicts).

Units: ids, occupations and skills int64; wages cents of USD, net, a month; work and experience whole months; days `date`;
skill levels 1..4 (helps, works alone, handles hard cases, can teach); language levels 0..6 (none, A1..C2).
A record has exactly the keys of its row. Sex, name, family and the like are no keys: they cannot reach a score.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import date
from typing import Self

from matching.scoring.errors import BadValue
from matching.scoring.records import Record, check_keys, day, day_or_none, whole, whole_or_none, wholes, wishes

EXCLUDED, ACCEPTED, WANTED = 0, 1, 2
USUAL_LEVEL = 2  # asked for without a level: works alone
BLOCKS = ("danger", "employer", "vacancy")
MOST_CENTS, MOST_MONTHS, MOST_SKILLS = 10**12, 100_000, 1_000  # so that no sum leaves 64 bits; skills asked in one list of a vacancy


@dataclass(frozen=True, slots=True)
class Job:
    occupation: int
    months: int
    ended_on: date | None  # None: still there


@dataclass(frozen=True, slots=True)
class Candidate:
    """A person as the score sees one. `citizenship` is read by routes only, `adult_on` (first day of age 18) by the filter of age only.

    A language that is absent was not answered; so were `licences` and `certificates` that are None, and `work` that is None
    (empty: none, or no work yet). `skills` keeps (level, verified), the best last told of each skill apart.
    """

    id: int
    citizenship: str
    adult_on: date
    languages: Mapping[str, int]
    licences: tuple[tuple[str, str], ...] | None  # (category, issuing country)
    certificates: Mapping[str, date] | None  # code: valid until
    permits: tuple[tuple[str, str, str, date], ...]  # (regime, country, region or "*", until)
    skills: Mapping[int, tuple[tuple[int, bool], ...]]  # skill: (level, verified), once or more
    work: tuple[Job, ...] | None
    wanted: tuple[int, ...]
    wage_floor: int | None
    wage_wish: int | None
    wishes: Mapping[str, int]  # country: WANTED, ACCEPTED, EXCLUDED
    regions: Mapping[str, int]  # region: WANTED, EXCLUDED
    conditions: frozenset[str]
    available_on: date
    registered_on: date
    last_proposed_on: date | None
    free: bool


@dataclass(frozen=True, slots=True)
class Asked:
    """A skill that a vacancy asks for."""

    skill: int
    level: int
    critical: bool = False


@dataclass(frozen=True, slots=True)
class Vacancy:
    """A vacancy as the score sees one. `blocked` is set by the loader for the scoring day; `on_file` are regimes the employer holds."""

    id: int
    country: str
    region: str
    occupation: int
    activities: tuple[str, ...]
    essential: tuple[Asked, ...]
    optional: tuple[Asked, ...]
    entry: bool
    experience_months: int
    languages: Mapping[str, tuple[int, int]]  # code: (minimum, target)
    licences: tuple[str, ...]
    certificates: tuple[str, ...]
    wage: int
    conditions: frozenset[str]
    starts_on: date
    seats_left: int
    blocked: str | None
    on_file: tuple[str, ...] = ()


CANDIDATE_KEYS = tuple(field.name for field in fields(Candidate))
VACANCY_KEYS = tuple(field.name for field in fields(Vacancy) if field.name != "on_file")


@dataclass(frozen=True, slots=True)
class CandidateTable:
    rows: tuple[Candidate, ...]

    @classmethod
    def from_records(cls, records: Iterable[Record]) -> Self:
        """One row a record, in their order. Raises MissingKey, UnknownKey, BadValue (also for an id that stands twice)."""
        rows = tuple(_candidate(record) for record in records)
        _check_ids([row.id for row in rows], "candidate")
        return cls(rows)

    def __len__(self) -> int:
        return len(self.rows)


@dataclass(frozen=True, slots=True)
class VacancyTable:
    rows: tuple[Vacancy, ...]

    @classmethod
    def from_records(cls, records: Iterable[Record]) -> Self:
        """One row a record, in their order. Only `on_file` is optional. Raises MissingKey, UnknownKey, BadValue (also for an id that stands twice)."""
        rows = tuple(_vacancy(record) for record in records)
        _check_ids([row.id for row in rows], "vacancy")
        return cls(rows)

    def __len__(self) -> int:
        return len(self.rows)


def _candidate(record: Record) -> Candidate:
    check_keys(record, CANDIDATE_KEYS)
    licences, certificates, work = record["licences"], record["certificates"], record["work"]
    skills: dict[int, tuple[tuple[int, bool], ...]] = {}
    for skill, level, verified in record["skills"]:
        skill = whole(skill, "skill")
        skills[skill] = (*skills.get(skill, ()), (whole(level, "skill level", 1, 4), bool(verified)))
    return Candidate(
        id=whole(record["id"], "id"),
        citizenship=str(record["citizenship"]),
        adult_on=day(record["adult_on"], "adult_on"),
        languages={str(code): whole(level, "language level", 0, 6) for code, level in record["languages"].items()},
        licences=None if licences is None else tuple((str(category), str(issuing)) for category, issuing in licences),
        certificates=None if certificates is None else {str(code): day(until, "certificate") for code, until in certificates.items()},
        permits=tuple(
            (str(regime), str(country), str(region), day(until, "permit")) for regime, country, region, until in record["permits"]
        ),
        skills=skills,
        work=None if work is None else tuple(_job(*job) for job in work),
        wanted=wholes(record["wanted"], "wanted occupation"),
        wage_floor=whole_or_none(record["wage_floor"], "wage_floor", 0, MOST_CENTS),
        wage_wish=whole_or_none(record["wage_wish"], "wage_wish", 0, MOST_CENTS),
        wishes=wishes(record["wishes"], "wish for country", (EXCLUDED, ACCEPTED, WANTED)),
        regions=wishes(record["regions"], "wish for region", (EXCLUDED, WANTED)),
        conditions=frozenset(map(str, record["conditions"])),
        available_on=day(record["available_on"], "available_on"),
        registered_on=day(record["registered_on"], "registered_on"),
        last_proposed_on=day_or_none(record["last_proposed_on"], "last_proposed_on"),
        free=bool(record["free"]),
    )


def _job(occupation: object, months: object, ended_on: object) -> Job:
    return Job(whole(occupation, "occupation"), whole(months, "months of work", 0, MOST_MONTHS), day_or_none(ended_on, "ended_on"))


def _vacancy(record: Record) -> Vacancy:
    check_keys(record, VACANCY_KEYS, optional=("on_file",))
    if record["blocked"] not in (None, *BLOCKS):
        raise BadValue(f"blocked is None or one of {', '.join(BLOCKS)}, not {record['blocked']!r}.")
    return Vacancy(
        id=whole(record["id"], "id"),
        country=str(record["country"]),
        region=str(record["region"]),
        occupation=whole(record["occupation"], "occupation"),
        activities=tuple(map(str, record["activities"])),
        essential=_list_of_asked(record["essential"]),
        optional=_list_of_asked(record["optional"]),
        entry=bool(record["entry"]),
        experience_months=whole(record["experience_months"], "experience_months", 0, MOST_MONTHS),
        languages={
            str(code): (whole(minimum, "language level", 0, 6), whole(target, "language level", 0, 6))
            for code, (minimum, target) in record["languages"].items()
        },
        licences=tuple(map(str, record["licences"])),
        certificates=tuple(map(str, record["certificates"])),
        wage=whole(record["wage"], "wage", 0, MOST_CENTS),
        conditions=frozenset(map(str, record["conditions"])),
        starts_on=day(record["starts_on"], "starts_on"),
        seats_left=whole(record["seats_left"], "seats_left"),
        blocked=record["blocked"],
        on_file=tuple(map(str, record.get("on_file", ()))),
    )


def _list_of_asked(rows: Sequence[tuple[object, ...]]) -> tuple[Asked, ...]:
    if len(rows) > MOST_SKILLS:
        raise BadValue(f"A list asks for {len(rows)} skills, at most {MOST_SKILLS} are read.")
    return tuple(_asked(*row) for row in rows)


def _asked(skill: object, level: object, critical: object = False) -> Asked:
    return Asked(whole(skill, "skill"), USUAL_LEVEL if level is None else whole(level, "skill level", 1, 4), bool(critical))


def _check_ids(ids: list[int], what: str) -> None:
    """Ids decide ties, so the order is total only where each stands once."""
    if len(set(ids)) != len(ids):
        raise BadValue(f"A {what} stands twice in the table.")
