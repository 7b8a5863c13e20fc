"""What a worker keeps from block to block and from run to run: law, people, vacancies. Each reading asks first what is still true.

Restart the workers after a database was restored: revisions that went back look like rows that have not changed.
"""

from dataclasses import dataclass
from datetime import date

import numpy as np
from django.db.models import QuerySet
from numpy.typing import NDArray

from matching.inputs import inputs_digest
from matching.load_arrays import Everybody, Loaded, places_of
from matching.load_records import load_routes, load_taxonomy, vacancy_records
from matching.models import ScoringWeights, Vacancy
from matching.scoring import Routes, VacancyTable, Weights
from matching.wages import DayOfWages, wages_on

LAWS = 2  # of today, and of the day that is checked before


@dataclass(frozen=True, slots=True)
class Law:
    """All that a score reads besides people and vacancies. `inputs` is its digest, `version` the stored weights."""

    day: date
    version: ScoringWeights
    inputs: str
    wages: DayOfWages
    weights: Weights
    routes: Routes


@dataclass(frozen=True, slots=True)
class Openings:
    """Published vacancies in the order of their ids, as the engine reads them. `without_rate`: their wage cannot be compared that day."""

    ids: NDArray[np.int64]
    revisions: NDArray[np.int32]
    seats: NDArray[np.int32]
    table: VacancyTable
    without_rate: frozenset[int]

    def __len__(self) -> int:
        return len(self.ids)

    def places(self, vacancies: NDArray[np.int64]) -> NDArray[np.int64]:
        """The rows of these ids; -1 where there is no such vacancy."""
        return places_of(vacancies, self.ids)


class Warm:
    def __init__(self) -> None:
        self._laws: dict[tuple[date, int], Law] = {}
        self._everybody = Everybody()
        self._vacancies: dict[int, Vacancy] = {}

    def law(self, day: date, version: ScoringWeights) -> Law:
        known, inputs = self._laws.pop((day, version.pk), None), inputs_digest(day)
        while known is None or known.inputs != inputs:  # it changes while we read
            known = Law(day, version, inputs, wages_on(day), Weights.from_numbers(version.numbers, load_taxonomy()), load_routes())
            inputs = inputs_digest(day)
        self._laws = dict(list(self._laws.items())[1 - LAWS :]) | {(day, version.pk): known}
        return known

    def people(self, law: Law) -> Loaded:
        return self._everybody.read(law.wages)

    def openings(self, vacancies: QuerySet[Vacancy], law: Law) -> Openings:
        """Of these vacancies the published ones."""
        loaded = self._renewed(vacancies.filter(status=Vacancy.Status.PUBLISHED))
        records = vacancy_records(loaded, law.wages, law.day)
        known = [(vacancy, record) for vacancy, record in zip(loaded, records, strict=True) if record["wage"] is not None]
        return Openings(
            ids=np.array([vacancy.pk for vacancy, _ in known], dtype=np.int64),
            revisions=np.array([vacancy.revision for vacancy, _ in known], dtype=np.int32),
            seats=np.array([vacancy.seats_left for vacancy, _ in known], dtype=np.int32),
            table=VacancyTable.from_records([record for _, record in known]),
            without_rate=frozenset(record["id"] for record in records if record["wage"] is None),
        )

    def _renewed(self, vacancies: QuerySet[Vacancy]) -> list[Vacancy]:
        """In the order of their ids. What changes without raising the revision, seats and vetting, is read each time."""
        standing = list(vacancies.order_by("pk").values_list("pk", "revision", "seats_taken", "employer__vetted_at"))
        changed = [pk for pk, revision, *_ in standing if pk not in self._vacancies or self._vacancies[pk].revision != revision]
        self._vacancies |= {vacancy.pk: vacancy for vacancy in Vacancy.objects.filter(pk__in=changed).with_asked().order_by("pk")}
        found = []
        for pk, _, seats_taken, vetted_at in standing:
            vacancy = self._vacancies.get(pk)
            if vacancy is not None:
                vacancy.seats_taken, vacancy.employer.vetted_at = seats_taken, vetted_at
                found.append(vacancy)
        return found
