"""Stage 0 over arrays: one bit a person. A word holds 64 people; reasons are or-ed, and counted by counting bits."""

from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from matching.scoring import lookups
from matching.scoring.eligibility import LATEST, REASONS
from matching.scoring.lookups import days_late
from matching.scoring.openings import Part
from matching.scoring.people import WORD, People
from matching.scoring.suits import TOO_LATE

Array = NDArray[Any]
AT = {code: place for place, code in enumerate(REASONS)}


@dataclass(frozen=True, slots=True, eq=False)
class Counts:
    """Of each vacancy of a part and each reason; of each vacancy `eligible`, who fails none. int64."""

    failed: Array
    only: Array
    unanswered: Array
    eligible: Array

    @classmethod
    def zeros(cls, vacancies: int) -> "Counts":
        failed, only, unanswered = (np.zeros((vacancies, len(REASONS)), dtype=np.int64) for _ in range(3))
        return cls(failed, only, unanswered, np.zeros(vacancies, dtype=np.int64))

    def add(self, other: "Counts", first: int = 0) -> None:
        """`first`: the vacancy that the other's first is."""
        rows = slice(first, first + len(other.failed))
        self.failed[rows] += other.failed
        self.only[rows] += other.only
        self.unanswered[rows] += other.unanswered
        self.eligible[rows] += other.eligible


class Wages(NamedTuple):
    """The points of W, not spread: nearly every vacancy has a wage of its own. Vacancy v has points[row[v], kind[i]] for person i."""

    row: Array
    points: Array  # uint16, distinct wages × kinds
    kind: Array  # uint16 or uint32, by person of the run


class Spared(NamedTuple):
    """Points of A that a permit in hand brings: vacancy v those of its row r, start[r]:start[r + 1]; `who` counts from the run's first."""

    row: Array
    start: Array
    who: Array
    points: Array


@dataclass(frozen=True, slots=True, eq=False)
class Columns:
    """A run of people against a part. Each of points is uint16, distinct demands × people; of each, `rows` says which a vacancy has.

    The points of L, G, A, K, in this order. `eligible`: bits, vacancies × words.
    """

    points: tuple[Array, Array, Array, Array]
    rows: tuple[Array, Array, Array, Array]
    wages: Wages
    spared: Spared
    eligible: Array
    counts: Counts


class Tables:
    """The small tables of a part against all people, and who was refused; made once, spread for one run of people after the other."""

    def __init__(self, people: People, part: Part, refused: Array, kernel: Any) -> None:
        """`refused`: int64, n × 2, rows of people (in order) and rows within the part. `kernel`: kernel.py or numpy_kernel.py."""
        self.people, self.part, self.refused, self.kernel = people, part, refused, kernel
        looks = (lookups.languages, lookups.places, lookups.conditions, lookups.licences)
        self.languages, self.places, self.conditions, self.licences = (look(people, part) for look in looks)
        self.wages = lookups.wages(people, part, kernel.wage_points)
        self.papers = lookups.Papers(people, part)
        self.available, self.demand = self.papers.lookup()
        self.opened = self.papers.opened()

    def columns(self, first: int, last: int) -> Columns:
        """People `first` to `last`, both multiples of 64; those after the last person are never eligible."""
        people, part, spread = self.people, self.part, self.kernel.spread
        language, language_out, language_ask = self.languages.columns(first, last, spread)
        place, place_out = self.places.columns(first, last, spread)
        available, no_way, too_late = self.available.columns(first, last, spread)
        (kept,) = self.conditions.columns(first, last, spread)
        licence_out, licence_ask = self.licences.columns(first, last, spread)
        certificate_out, certificate_ask = self._certificates(first, last)
        late = bits(too_late)[self.demand]
        spared = self._spare(first, last, late)
        row = self.demand[part.papers.of]
        exists = bits((np.arange(first, last) < people.n)[None, :])
        nobody, nothing = np.zeros_like(exists), np.zeros(len(part), dtype=np.int64)
        starts = np.array(part.start_days.distinct, dtype=np.int64)[:, None]
        out = {  # bits by the distinct demands of one kind, and which of them each vacancy has
            "free": (~bits(people.free[None, first:last]), nothing),
            "age": (bits(people.adult_on[None, first:last] > starts), part.start_days.of),
            "route": (bits(no_way), row),
            "language": (bits(language_out), part.languages.of),
            "licence": (bits(licence_out), part.licences.of),
            "certificate": (bits(certificate_out), part.certificates.of),
            "dates": (late, part.papers.of),
            "own": (bits(place_out), part.places.of),
            "history": self._refused(first, last) or (nobody, nothing),
        }
        out |= {code: (np.vstack((nobody, exists)), closed.astype(np.int64)) for code, closed in part.closed.items()}
        ask = {"language": bits(language_ask), "licence": bits(licence_ask), "certificate": bits(certificate_ask)}
        counts, eligible = Counts.zeros(len(part)), np.empty((len(part), exists.shape[1]), dtype=np.uint64)
        begin = np.cumsum([0, *(len(out[code][0]) for code in REASONS)])
        of = np.column_stack([first + out[code][1] for first, code in zip(begin, REASONS, strict=False)])
        found = np.vstack([out[code][0] for code in REASONS]) & exists
        counts.failed[:] = ones(found)[of]
        for code, words in ask.items():
            counts.unanswered[:, AT[code]] = ones(words & exists)[out[code][1]]
        under_floor = self._under_floor(first, last) & exists
        self.kernel.combine(
            found, of, AT["own"], under_floor, part.wages.of, exists[0], eligible, counts.failed, counts.only, counts.eligible
        )
        return Columns(
            points=(language, place, available, kept),
            rows=(part.languages.of, part.places.of, row, part.conditions.of),
            wages=Wages(part.wages.of, *self.wages.of_kinds(first, last)),
            spared=spared,
            eligible=eligible,
            counts=counts,
        )

    def _spare(self, first: int, last: int, late: Array) -> Spared:
        """Who holds a permit that opens the way does not wait for papers: takes them out of `late`, bits by distinct demand of papers."""
        people, papers = self.people, self.papers
        permits = people.permits_of(first, last)
        if not len(permits.who):
            nobody = np.empty(0, dtype=np.int64)
            return Spared(self.part.papers.of, np.zeros(len(papers.start) + 1, dtype=np.int64), nobody, nobody)
        holders, holder = np.unique(permits.who, return_inverse=True)
        holds = np.zeros((len(papers.start), len(holders)), dtype=bool)
        for kind in np.unique(permits.kind):
            mine, opened = np.flatnonzero(permits.kind == kind), np.flatnonzero(self.opened[:, kind])
            holds[np.ix_(opened, holder[mine])] |= permits.until[mine] >= papers.start[opened, None]
        demand, holder = np.nonzero(holds)
        who = holders[holder]
        kind = people.papers[first + who]
        ready, start = people.ready[kind], papers.start[demand]
        days = days_late(ready, 0, start)
        waiting = days_late(ready, papers.lead[papers.origin[kind], papers.way[demand]], start)
        points = (papers.points[np.clip(by, 0, TOO_LATE)].astype(np.int64) for by in (days, waiting))
        in_time = days <= LATEST.days
        bit = np.uint64(1) << (who[in_time] % WORD).astype(np.uint64)
        np.bitwise_and.at(late, (demand[in_time], who[in_time] // WORD), ~bit)
        gain = next(points) - next(points)
        gains = gain > 0
        start_of = np.searchsorted(demand[gains], np.arange(len(papers.start) + 1))
        return Spared(self.part.papers.of, start_of, who[gains], gain[gains])

    def _under_floor(self, first: int, last: int) -> Array:
        """Bits by distinct wage, which are in order: whose floor is above a wage, is under no greater one."""
        floor = self.people.floor[self.people.wages[first:last]]
        above = np.searchsorted(self.part.wages.distinct, floor)  # so many wages are under the floor
        who = np.arange(last - first)
        out = np.zeros((len(self.part.wages.distinct) + 1, (last - first) // WORD), dtype=np.uint64)
        np.bitwise_or.at(out, (above, who // WORD), np.uint64(1) << (who % WORD).astype(np.uint64))
        return np.ascontiguousarray(np.bitwise_or.accumulate(out[::-1], axis=0)[::-1][1:])

    def _certificates(self, first: int, last: int) -> tuple[Array, Array]:
        """(out by `certificate`, an answer may lift it)."""
        people, demands = self.people, self.part.certificates.distinct
        asked = {code for codes, _ in demands for code in codes}
        until = people.certificates_of(first, last, asked)
        out = np.zeros((len(demands), last - first), dtype=bool)
        for code in sorted(asked):
            asks_it = np.flatnonzero([code in codes for codes, _ in demands])
            start = np.array([demands[row][1] for row in asks_it])
            out[asks_it] |= until[code][None, :] < start[:, None]
        return out, out & ~people.certificates_told[None, first:last]

    def _refused(self, first: int, last: int) -> tuple[Array, Array] | None:
        begin, end = np.searchsorted(self.refused[:, 0], (first, last))
        if begin == end:
            return None
        who, vacancy = self.refused[begin:end, 0] - first, self.refused[begin:end, 1]
        history = np.zeros((len(self.part), (last - first) // WORD), dtype=np.uint64)
        np.bitwise_or.at(history, (vacancy, who // WORD), np.uint64(1) << (who % WORD).astype(np.uint64))
        return history, np.arange(len(self.part))


def bits(table: Array) -> Array:
    """Truth, rows × people (a multiple of 64), as bits: rows × words; the first person is the lowest bit."""
    words: Array = np.packbits(table, axis=1, bitorder="little").view("<u8")
    return words


def ones(words: Array) -> Array:
    """How many bits are set in each row."""
    counted: Array = np.bitwise_count(words).sum(axis=1, dtype=np.int64)
    return counted
