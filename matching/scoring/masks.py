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
        return cls(*(np.zeros((vacancies, len(REASONS)), dtype=np.int64) for _ in range(3)), np.zeros(vacancies, dtype=np.int64))

    def add(self, other: "Counts", first: int = 0) -> None:
        """`first`: the vacancy that the other's first is."""
        rows = slice(first, first + len(other.failed))
        self.failed[rows] += other.failed
        self.only[rows] += other.only
        self.unanswered[rows] += other.unanswered
        self.eligible[rows] += other.eligible


class Spared(NamedTuple):
    """Points of A that a permit in hand brings: vacancy v those of its row r, start[r]:start[r + 1]; `who` counts from the run's first."""

    row: Array
    start: Array
    who: Array
    points: Array


@dataclass(frozen=True, slots=True, eq=False)
class Columns:
    """A run of people against a part. Each of points is uint16, distinct demands × people; of each, `rows` says which a vacancy has.

    The points of L, W, G, A, K, in this order. `eligible`: bits, vacancies × words.
    """

    points: tuple[Array, Array, Array, Array, Array]
    rows: tuple[Array, Array, Array, Array, Array]
    spared: Spared
    eligible: Array
    counts: Counts


class Tables:
    """The small tables of a part against all people, and who was refused; made once, spread for one run of people after the other."""

    def __init__(self, people: People, part: Part, refused: Array) -> None:
        """`refused`: int64, n × 2, rows of people (in order) and rows within the part."""
        self.people, self.part, self.refused = people, part, refused
        self.languages, self.wages, self.places = (look(people, part) for look in (lookups.languages, lookups.wages, lookups.places))
        self.conditions, self.licences = lookups.conditions(people, part), lookups.licences(people, part)
        self.papers = lookups.Papers(people, part)
        self.available, self.demand = self.papers.lookup()
        self.opened = self.papers.opened()

    def columns(self, first: int, last: int) -> Columns:
        """People `first` to `last`, both multiples of 64; those after the last person are never eligible."""
        people, part = self.people, self.part
        language, language_out, language_ask = self.languages.columns(first, last)
        (wage,) = self.wages.columns(first, last)
        place, place_out = self.places.columns(first, last)
        available, no_way, too_late = self.available.columns(first, last)
        late = bits(too_late)[self.demand]
        spared = self._spare(first, last, late)
        row = self.demand[part.papers.of]
        (kept,) = self.conditions.columns(first, last)
        licence_out, licence_ask = self.licences.columns(first, last)
        certificate_out, certificate_ask = self._certificates(first, last)
        exists = bits((np.arange(first, last) < people.n)[None, :])
        free = ~bits(people.free[None, first:last]) & exists
        starts = np.array(part.start_days.distinct, dtype=np.int64)[:, None]
        once = [  # each reason by the distinct demands of one kind
            ("free", free, np.zeros(len(part), dtype=np.int64)),
            ("age", bits(people.adult_on[None, first:last] > starts) & exists, part.start_days.of),
            ("route", bits(no_way) & exists, row),
            ("language", bits(language_out) & exists, part.languages.of),
            ("licence", bits(licence_out) & exists, part.licences.of),
            ("certificate", bits(certificate_out) & exists, part.certificates.of),
            ("dates", late & exists, part.papers.of),
        ]
        asks = [
            ("language", bits(language_ask) & exists, part.languages.of),
            ("licence", bits(licence_ask) & exists, part.licences.of),
            ("certificate", bits(certificate_ask) & exists, part.certificates.of),
        ]
        counts = Counts.zeros(len(part))
        found = {}
        for code, of_demand, of in once:
            counts.failed[:, AT[code]] = ones(of_demand)[of]
            if counts.failed[:, AT[code]].any():
                found[code] = of_demand[of]
        for code, of_demand, of in asks:
            counts.unanswered[:, AT[code]] = ones(of_demand)[of]
        for code, is_closed in part.closed.items():
            if is_closed.any():
                found[code] = np.where(is_closed[:, None], exists, np.uint64(0))
        found["own"] = (bits(place_out)[part.places.of] | self._under_floor(first, last)[part.wages.of]) & exists
        if (history := self._refused(first, last)) is not None:
            found["history"] = history
        for code in ("danger", "employer", "vacancy", "own", "history"):
            if code in found:
                counts.failed[:, AT[code]] = ones(found[code])
        some, several = np.zeros_like(found["own"]), np.zeros_like(found["own"])
        for out in found.values():
            several |= some & out
            some |= out
        for code, out in found.items():
            counts.only[:, AT[code]] = ones(out & ~several)
        eligible = ~some & exists
        counts.eligible[:] = ones(eligible)
        return Columns(
            points=(language, wage, place, available, kept),
            rows=(part.languages.of, part.wages.of, part.places.of, row, part.conditions.of),
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
        holds = self.opened.take(permits.kind, axis=1)
        holds &= permits.until[None, :] >= papers.start[:, None].astype(np.int32)
        demand, holder = np.nonzero(np.logical_or.reduceat(holds, permits.start, axis=1))
        who = permits.who[permits.start][holder]
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
        """Bits by distinct wage, which are in order: a floor is above as many of them as it is greater than."""
        floor = self.people.floor[self.people.wages[first:last]]
        above = np.searchsorted(np.array(self.part.wages.distinct), floor).astype(np.uint16)
        return bits(np.arange(len(self.part.wages.distinct), dtype=np.uint16)[:, None] < above)

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

    def _refused(self, first: int, last: int) -> Array | None:
        begin, end = np.searchsorted(self.refused[:, 0], (first, last))
        if begin == end:
            return None
        who, vacancy = self.refused[begin:end, 0] - first, self.refused[begin:end, 1]
        history = np.zeros((len(self.part), (last - first) // WORD), dtype=np.uint64)
        np.bitwise_or.at(history, (vacancy, who // WORD), np.uint64(1) << (who % WORD).astype(np.uint64))
        return history


def bits(table: Array) -> Array:
    """Truth, rows × people (a multiple of 64), as bits: rows × words; the first person is the lowest bit."""
    words: Array = np.packbits(table, axis=1, bitorder="little").view("<u8")
    return words


def ones(words: Array) -> Array:
    """How many bits are set in each row."""
    counted: Array = np.bitwise_count(words).sum(axis=1, dtype=np.int64)
    return counted
