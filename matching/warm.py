"""What a worker keeps from block to block and for small runs: law, people, vacancies. Each reading asks first what is still true.

A full run begins cold in every worker: so its check of the day before is evidence of its own, and nothing that went stale unseen
(raw SQL, a restored database) outlives the night.
"""

from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np
import structlog
from django.db.models import QuerySet
from numpy.typing import NDArray

from matching.inputs import inputs_digest
from matching.load_arrays import Everybody, Loaded
from matching.load_records import load_routes, load_taxonomy, vacancy_records
from matching.models import EmployerFile, ScoringWeights, Vacancy
from matching.scoring import Routes, ScoringError, VacancyTable, Weights
from matching.scoring.columns import CandidateColumns
from matching.scoring.openings import Openings
from matching.scoring.people import People
from matching.scoring.tables import Vacancy as VacancyRow
from matching.wages import DayOfWages, wages_on
from matching.weights import read_weights

log = structlog.get_logger(__name__)

LAWS = 2  # of today, and of the day that is checked before
ASKED = 2  # all vacancies, for a change of one person, and some, for their lists


@dataclass(frozen=True, slots=True)
class Law:
    """All that a score reads besides people and vacancies. `inputs` is its digest, `version` the stored weights."""

    day: date
    version: ScoringWeights
    inputs: str
    wages: DayOfWages
    weights: Weights
    routes: Routes


@dataclass(frozen=True, slots=True, eq=False)
class Everyone:
    """All candidates in the order of their ids, prepared for a law; without those who cannot be read."""

    columns: CandidateColumns
    revisions: NDArray[np.int32]
    prepared: People

    def __len__(self) -> int:
        return len(self.columns)

    def places(self, candidates: NDArray[np.int64]) -> NDArray[np.int64]:
        """The rows of these ids; -1 where there is no such candidate."""
        return places_of(candidates, self.columns.id)


@dataclass(frozen=True, slots=True, eq=False)
class Vacant:
    """Published vacancies in the order of their ids, prepared for a law. Not among them are those without a rate, whose wage cannot be
    compared that day, and those that the engine cannot read."""

    ids: NDArray[np.int64]
    revisions: NDArray[np.int32]
    seats: NDArray[np.int32]
    table: VacancyTable
    prepared: Openings
    without_rate: frozenset[int]
    unreadable: frozenset[int]

    def __len__(self) -> int:
        return len(self.ids)

    def places(self, vacancies: NDArray[np.int64]) -> NDArray[np.int64]:
        """The rows of these ids; -1 where there is no such vacancy."""
        return places_of(vacancies, self.ids)


class Warm:
    def __init__(self) -> None:
        self._run: int | None = None
        self.forget()

    def serve(self, run: int) -> None:
        """Begin cold where the full run with this key is not the one that was served last."""
        if run != self._run:
            self._run = run
            self.forget()

    def forget(self) -> None:
        self._laws: dict[tuple[date, int], Law] = {}
        self._everybody, self._people = Everybody(), list[tuple[Law, Loaded, Everyone]]()
        self._vacancies: dict[int, Vacancy] = {}
        self._rows: dict[int, tuple[dict[str, Any], VacancyRow]] = {}
        self._vacant: list[tuple[Law, tuple[list[Any], list[Any]], Vacant]] = []

    def law(self, day: date, version: ScoringWeights) -> Law:
        known, inputs = self._laws.pop((day, version.pk), None), inputs_digest(day)
        while known is None or known.inputs != inputs:  # it changes while we read
            known = Law(day, version, inputs, wages_on(day), read_weights(version, load_taxonomy()), load_routes())
            inputs = inputs_digest(day)
        self._laws = dict(list(self._laws.items())[1 - LAWS :]) | {(day, version.pk): known}
        return known

    def only_law(self, day: date, version: ScoringWeights) -> Law:
        """The law of a day, for work that needs the memory: what was prepared for another one is let go."""
        law = self.law(day, version)
        self._laws = {(day, version.pk): law}
        self._people = [known for known in self._people if known[0] is law]
        self._vacant = []
        return law

    def people(self, law: Law) -> Everyone:
        loaded = self._everybody.read(law.wages)
        for of, known, everyone in self._people:
            if of is law and known is loaded:
                return everyone
        everyone = Everyone(loaded.columns, loaded.revisions, People(loaded.columns, law.weights, law.day))
        self._people = [*self._people[1 - LAWS :], (law, loaded, everyone)]
        return everyone

    @property
    def unreadable(self) -> int:
        """How many people were left out when everybody was read last."""
        return self._everybody.unreadable

    def vacant(self, vacancies: QuerySet[Vacancy], law: Law) -> Vacant:
        """Of these vacancies the published ones. As long as nothing about them has changed it is the very same object again."""
        published = vacancies.filter(status=Vacancy.Status.PUBLISHED).order_by("pk")
        standing = list(published.values_list("pk", "revision", "seats_taken", "employer__vetted_at"))
        files = list(EmployerFile.objects.order_by("pk").values_list("employer", "activities", "on_file", "suspended_because"))
        seen = standing, files
        for place, (of, known, vacant) in enumerate(self._vacant):
            if of is law and known == seen:
                self._vacant.append(self._vacant.pop(place))
                return vacant
        vacant = self._read_vacant(standing, law)
        self._vacant = [*self._vacant[1 - ASKED :], (law, seen, vacant)]
        return vacant

    def _read_vacant(self, standing: list[tuple[Any, ...]], law: Law) -> Vacant:
        loaded = self._renewed(standing)
        rows: dict[int, VacancyRow] = {}
        without_rate, unreadable = set(), set()
        for vacancy, record in zip(loaded, vacancy_records(loaded, law.wages, law.day), strict=True):
            try:
                if record["wage"] is None:
                    without_rate.add(vacancy.pk)
                else:
                    rows[vacancy.pk] = self._row(record, law)
            except ScoringError as error:
                unreadable.add(vacancy.pk)
                log.error("score.unreadable", vacancy=vacancy.pk, error=str(error))
        if without_rate:
            log.warning("score.no_day_rate", vacancies=sorted(without_rate), day=str(law.day))
        known = [vacancy for vacancy in loaded if vacancy.pk in rows]
        table = VacancyTable(tuple(rows.values()))
        return Vacant(
            ids=np.array([vacancy.pk for vacancy in known], dtype=np.int64),
            revisions=np.array([vacancy.revision for vacancy in known], dtype=np.int32),
            seats=np.array([vacancy.seats_left for vacancy in known], dtype=np.int32),
            table=table,
            prepared=Openings(table, law.weights, law.routes, law.day),
            without_rate=frozenset(without_rate),
            unreadable=frozenset(unreadable),
        )

    def _renewed(self, standing: list[tuple[Any, ...]]) -> list[Vacancy]:
        """What changes without raising the revision, seats and vetting, is as it stands."""
        changed = [pk for pk, revision, *_ in standing if pk not in self._vacancies or self._vacancies[pk].revision != revision]
        self._vacancies |= {vacancy.pk: vacancy for vacancy in Vacancy.objects.filter(pk__in=changed).with_asked().order_by("pk")}
        found = []
        for pk, _, seats_taken, vetted_at in standing:
            vacancy = self._vacancies.get(pk)
            if vacancy is not None:
                vacancy.seats_taken, vacancy.employer.vetted_at = seats_taken, vetted_at
                found.append(vacancy)
        return found

    def _row(self, record: dict[str, Any], law: Law) -> VacancyRow:
        """Raises ScoringError."""
        known = self._rows.get(record["id"])
        if known is not None and known[0] == record:
            return known[1]
        [row] = VacancyTable.from_records([record]).rows
        law.weights.taxonomy.code(row.occupation)
        self._rows[row.id] = record, row
        return row


def places_of(ids: NDArray[np.int64], ordered: NDArray[np.int64]) -> NDArray[np.int64]:
    """Where each id stands in `ordered`; -1 where it does not."""
    places = np.searchsorted(ordered, ids)
    return np.where(np.append(ordered, -1)[places] == ids, places, -1)
