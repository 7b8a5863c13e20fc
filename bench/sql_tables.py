"""The helper tables of bench/sql.py: everything of stage 1 that does not depend on both sides is computed here, and is not timed.

A distinct value of a candidate (languages, licences, papers, wishes, …) has a number. `points` has, for each distinct demand of a vacancy,
an array by that number: what it earns, or that the pair is out. So PostgreSQL gets for nothing what our own engine computes in every run.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Hashable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from io import StringIO
from typing import Any

from matching.scoring import CandidateTable, Routes, VacancyTable, Weights, fits, suits
from matching.scoring.eligibility import LATEST, check_pair
from matching.scoring.order import candidate_ranks
from matching.scoring.reference import check_occupations
from matching.scoring.sides import Terms, earned
from matching.scoring.tables import EXCLUDED, Candidate, Vacancy
from matching.scoring.taxonomy import STRANGER
from matching.scoring.whole import FULL, months_between

NEVER = 1_000_000  # days: no legal way to the job
OUT = -1
ARRAYS = ("lead", "spoken", "licences", "certificates", "wishes", "conditions", "likeness", "near", "wanted", "late")
NO_JOB, NOT_STATED = 1, 2  # places of `likeness` before the occupations'
LEAST_ARRAY = 32  # PostgreSQL copies a value under 127 bytes each time it is looked into


@dataclass(frozen=True, slots=True)
class Table:
    """`make` are the columns for CREATE TABLE; `then` follows when the rows are in."""

    name: str
    make: str
    rows: list[tuple[Any, ...]]
    then: str = ""


class Numbers:
    """Numbers of distinct values from 1 on, each with the first row that has it."""

    def __init__(self, rows: Sequence[Candidate], key: Callable[[Candidate], Hashable]) -> None:
        self.key, self.place, self.first = key, {}, []
        for row in rows:
            if self.place.setdefault(key(row), len(self.place) + 1) > len(self.first):
                self.first.append(row)

    def of(self, row: Candidate) -> int:
        return self.place[self.key(row)]


class HelperTables:
    """Of one scoring day. `jobs` and `wanted` are how many columns of each a person has."""

    def __init__(
        self,
        candidates: CandidateTable,
        vacancies: VacancyTable,
        weights: Weights,
        routes: Routes,
        on: date,
        refused: Collection[tuple[int, int]] = (),
    ) -> None:
        check_occupations(candidates, vacancies, weights.taxonomy)
        self.people, self.vacancies, self.weights, self.routes, self.on = candidates.rows, vacancies.rows, weights, routes, on
        self.jobs = max([1, *(len(row.work or ()) for row in self.people)])
        self.wanted = max([1, *(len(row.wanted) for row in self.people)])
        self.papers = Numbers(self.people, lambda row: (row.citizenship, row.permits))
        self.spoken = Numbers(self.people, lambda row: frozenset(row.languages.items()))
        self.licences = Numbers(self.people, lambda row: row.licences)
        self.certificates = Numbers(self.people, lambda row: frozenset((row.certificates or {}).items()))
        self.wishes = Numbers(self.people, lambda row: (frozenset(row.wishes.items()), frozenset(row.regions.items())))
        self.conditions = Numbers(self.people, lambda row: row.conditions)
        named = sorted({job.occupation for row in self.people for job in row.work or ()} | {o for row in self.people for o in row.wanted})
        self.occupations = {occupation: place for place, occupation in enumerate(named, NOT_STATED + 1)}
        self.told = sorted({told for row in self.people for told in row.skills.values()})
        self.refused = defaultdict(list)
        place = {row.id: place for place, row in enumerate(self.people)}
        for candidate, vacancy in refused:
            if candidate in place:
                self.refused[vacancy].append(place[candidate])
        self._points: dict[Hashable, tuple[int, str]] = {}

    def tables(self) -> list[Table]:
        opening = self._opening()
        points = Table("points", "id int PRIMARY KEY, points int[] NOT NULL", list(self._points.values()))
        return [self._person(), opening, points, *self._skills()]

    def _person(self) -> Table:
        """Who is not free is left out here, and so costs nothing."""
        jobs = "".join(f", job{n} int NOT NULL, faded{n} bigint NOT NULL" for n in range(1, self.jobs + 1))
        wanted = "".join(f", wanted{n} int NOT NULL" for n in range(1, self.wanted + 1))
        names = "person, rank, available, adult, floor, papers, spoken, licences, certificates, wishes, conditions"
        columns = ", ".join(f"{name} int NOT NULL" for name in names.split(", "))
        ranks = candidate_ranks(self.people)
        rows = [
            (
                place,
                ranks[place],
                max(row.available_on, self.on).toordinal(),
                row.adult_on.toordinal(),
                row.wage_floor or 0,
                *(
                    numbers.of(row)
                    for numbers in (self.papers, self.spoken, self.licences, self.certificates, self.wishes, self.conditions)
                ),
                *_wage(row),
                *self._jobs(row),
                *self._wanted(row),
            )
            for place, row in enumerate(self.people)
            if row.free
        ]
        return Table("person", f"{columns}, low bigint NOT NULL, span bigint NOT NULL{jobs}{wanted}", rows)

    def _jobs(self, row: Candidate) -> Iterable[int]:
        for job in row.work or ():
            ago = 0 if job.ended_on is None else months_between(job.ended_on, self.on)
            yield self.occupations[job.occupation]
            yield job.months * fits.FADING[min(ago, fits.LONGEST)]
        for _ in range(self.jobs - len(row.work or ())):
            yield NO_JOB
            yield 0

    def _wanted(self, row: Candidate) -> list[int]:
        places = [self.occupations[occupation] for occupation in row.wanted] or [NOT_STATED]
        return places + places[:1] * (self.wanted - len(places))

    def _opening(self) -> Table:
        """A blocked or full one is left out. ARRAYS are rows of `points`: `lead` are days until papers are in hand, `likeness` C."""
        numbers = ["place", "start", "wage", "base", "share_e", "share_c", "share_x", "share_w", "months", *ARRAYS]
        flags = ("any_licences", "any_certificates", "none_refused", "entry")
        columns = [f"{name} int NOT NULL" for name in numbers] + [f"{name} bool NOT NULL" for name in flags]
        open_ones = [(place, row) for place, row in enumerate(self.vacancies) if row.blocked is None and row.seats_left > 0]
        rows = [self._opening_row(place, row) for place, row in open_ones]
        return Table("opening", f"{', '.join(columns)}, exact_weight bigint NOT NULL, refused int[] NOT NULL", rows)

    def _opening_row(self, place: int, job: Vacancy) -> tuple[Any, ...]:
        terms, start = Terms.of(job, self.weights), max(job.starts_on, self.on)
        share = {**dict.fromkeys("EOCXL", 0), **terms.fits, **terms.suits}
        where = (job.country, job.region)
        return (
            place,
            start.toordinal(),
            job.wage,
            0 if terms.fits else FULL,
            share["E"],
            share["C"],
            share["X"],
            share["W"],
            max(1, job.experience_months),
            self._of(self.papers, self._lead(job, start), (*where, job.activities, job.on_file, start)),
            self._of(self.spoken, self._spoken(job, share["L"]), (tuple(job.languages.items()), share["L"])),
            self._of(self.licences, self._passes("licence", job), job.licences and (job.country, job.licences, start)),
            self._of(self.certificates, self._passes("certificate", job), job.certificates and (job.certificates, start)),
            self._of(self.wishes, self._place(job, share["G"]), (*where, share["G"])),
            self._of(self.conditions, lambda row: earned(share["K"], suits.conditions_value(row, job)), (job.conditions, share["K"])),
            self._likeness("C", job.occupation, STRANGER, 0, lambda value: value),
            self._likeness("X", job.occupation, 0, 0, lambda value: value if value >= fits.COUNTS_AS_EXPERIENCE else 0),
            self._likeness(("D", share["D"]), job.occupation, 0, earned(share["D"], suits.NOT_STATED), partial(earned, share["D"])),
            self._keep(("A", share["A"]), lambda: [earned(share["A"], suits.availability_value(days)) for days in range(LATEST.days + 1)]),
            not job.licences,
            not job.certificates,
            not self.refused[job.id],
            job.entry,
            sum(terms.essential_weights),
            f"{{{','.join(map(str, self.refused[job.id]))}}}",
        )

    def _keep(self, key: Hashable, values: Callable[[], Iterable[int]]) -> int:
        """The row of `points` for a demand, made where it is met first."""
        if key not in self._points:
            found = list(map(int, values()))
            found += [0] * (LEAST_ARRAY - len(found))
            self._points[key] = (len(self._points) + 1, f"{{{','.join(map(str, found))}}}")
        return self._points[key][0]

    def _of(self, numbers: Numbers, value: Callable[[Candidate], int], key: tuple[Hashable, ...]) -> int:
        return self._keep((id(numbers), *key), lambda: map(value, numbers.first))

    def _likeness(self, code: Hashable, offered: int, no_job: int, not_stated: int, value: Callable[[int], int]) -> int:
        likeness = self.weights.taxonomy.likeness
        return self._keep((code, offered), lambda: [no_job, not_stated, *(value(likeness(held, offered)) for held in self.occupations)])

    def _lead(self, job: Vacancy, start: date) -> Callable[[Candidate], int]:
        def days(row: Candidate) -> int:
            found = self.routes.lead_days(row, job, start)
            return NEVER if found is None else found

        return days

    def _passes(self, code: str, job: Vacancy) -> Callable[[Candidate], bool]:
        return lambda row: code not in check_pair(row, job, self.routes, self.on).failed

    def _spoken(self, job: Vacancy, share: int) -> Callable[[Candidate], int]:
        passes = self._passes("language", job)

        def points(row: Candidate) -> int:
            if not passes(row):
                return OUT
            return earned(share, fits.language_value(row, job)) if job.languages else 0

        return points

    def _place(self, job: Vacancy, share: int) -> Callable[[Candidate], int]:
        def points(row: Candidate) -> int:
            is_out = EXCLUDED in (row.wishes.get(job.country), row.regions.get(job.region))
            return OUT if is_out else earned(share, suits.place_value(row, job))

        return points

    def _skills(self) -> list[Table]:
        """Postings. A `feature` is a skill told in a certain way, or a group of which some skill is held.

        A group gives each asked skill of it a stand-in's points; the skill itself then adds what it is worth beyond them.
        """
        feature: dict[tuple[Any, ...], int] = {}
        held: list[tuple[int, int]] = []
        group = self.weights.taxonomy.group
        for place, row in enumerate(self.people):
            groups = Counter(group[skill] for skill in row.skills if skill in group)
            for skill, told in row.skills.items():
                has_other = groups.get(group.get(skill), 0) > 1
                held.append((feature.setdefault(("skill", skill, told, has_other), len(feature)), place))
            held += [(feature.setdefault(("group", of), len(feature)), place) for of in groups]
        held.sort()
        asked = [(place, feature[key], *values) for place, job in enumerate(self.vacancies) for key, values in self._asked(job, feature)]
        return [
            Table("held", "feature int NOT NULL, person int NOT NULL", held, "CREATE INDEX ON held (feature) INCLUDE (person)"),
            Table(
                "asked",
                "opening int NOT NULL, feature int NOT NULL, earned int NOT NULL, exact bigint NOT NULL",
                asked,
                "CREATE INDEX ON asked (opening)",
            ),
        ]

    def _asked(self, job: Vacancy, feature: dict[tuple[Any, ...], int]) -> Iterable[tuple[tuple[Any, ...], tuple[int, int]]]:
        """(feature, (E's points + 16 384 · O's, w · k · value without stand-ins)) of a vacancy, summed where a feature counts twice."""
        terms, group = Terms.of(job, self.weights), self.weights.taxonomy.group
        found: dict[tuple[Any, ...], tuple[int, int]] = defaultdict(lambda: (0, 0))

        def add(key: tuple[Any, ...], points: int, exact: int = 0) -> None:
            if key in feature and (points or exact):
                found[key] = (found[key][0] + points, found[key][1] + exact)

        for part, weight, asked in zip(terms.essential, terms.essential_weights, job.essential, strict=True):
            by_group = earned(part, fits.BY_GROUP) if asked.skill in group else 0
            add(("group", group.get(asked.skill)), by_group)
            for told in self.told:
                own = max(fits.told_value(level, verified, asked) for level, verified in told)
                for has_other in (False, True):
                    value = max(own, fits.BY_GROUP) if has_other else own
                    add(("skill", asked.skill, told, has_other), earned(part, value) - by_group, weight * own)
        for part, asked in zip(terms.optional, job.optional, strict=True):
            for told in self.told:
                own = max(fits.told_value(level, verified, asked) for level, verified in told)
                for has_other in (False, True):
                    add(("skill", asked.skill, told, has_other), earned(part, own) << 14)
        return found.items()


def _wage(row: Candidate) -> tuple[int, int]:
    """(low, span) in twentieths of a cent, as suits.py counts; span 0: the wish is not above the floor, -1: none stated."""
    floor, wish = row.wage_floor, row.wage_wish
    if floor is None and wish is None:
        return 0, -1
    low = 20 * floor if floor is not None else 14 * (wish or 0)
    high = 20 * wish if wish is not None else 25 * (floor or 0)
    return low, max(0, high - low)


def fill(cursor: Any, tables: Iterable[Table]) -> None:
    """Makes the tables anew, filled by COPY and analysed."""
    for table in tables:
        cursor.execute(f"DROP TABLE IF EXISTS {table.name}; CREATE UNLOGGED TABLE {table.name} ({table.make})")
        lines = StringIO("".join("\t".join(map(str, row)) + "\n" for row in table.rows))
        cursor.copy_expert(f"COPY {table.name} FROM STDIN", lines)
        if table.then:
            cursor.execute(table.then)
        cursor.execute(f"VACUUM (ANALYZE, FREEZE) {table.name}")
