"""Stage 0 over arrays: one bit a person. A word holds 64 people; reasons are or-ed, and counted by counting bits."""

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from matching.scoring import lookups
from matching.scoring.eligibility import LATEST, REASONS
from matching.scoring.lookups import AVAILABILITY, days_late, earned
from matching.scoring.openings import Part
from matching.scoring.people import WORD, People
from matching.scoring.routes import ALL
from matching.scoring.suits import TOO_LATE

Array = NDArray[Any]
AT = {code: place for place, code in enumerate(REASONS)}


@dataclass(frozen=True, slots=True, eq=False)
class Counts:
    """Of each vacancy of a part and each reason; int64."""

    failed: Array
    only: Array
    unanswered: Array

    @classmethod
    def zeros(cls, vacancies: int) -> "Counts":
        return cls(*(np.zeros((vacancies, len(REASONS)), dtype=np.int64) for _ in range(3)))

    def add(self, other: "Counts", first: int = 0) -> None:
        """`first`: the vacancy that the other's first is."""
        rows = slice(first, first + len(other.failed))
        self.failed[rows] += other.failed
        self.only[rows] += other.only
        self.unanswered[rows] += other.unanswered


@dataclass(frozen=True, slots=True, eq=False)
class Columns:
    """A run of people against a part. Each of points is uint16, distinct demands × people; of each, `rows` says which a vacancy has.

    The points of L, W, G, A, K, in this order. `eligible`: bits, vacancies × words.
    """

    points: tuple[Array, Array, Array, Array, Array]
    rows: tuple[Array, Array, Array, Array, Array]
    eligible: Array
    counts: Counts


class Tables:
    """The small tables of a part against all people, and who was refused; made once, spread for one run of people after the other."""

    def __init__(self, people: People, part: Part, refused: Array) -> None:
        """`refused`: int64, n × 2, rows of people (in order) and rows within the part."""
        self.people, self.part, self.refused = people, part, refused
        self.languages, self.wages, self.places = (look(people, part) for look in (lookups.languages, lookups.wages, lookups.places))
        self.conditions, self.licences = lookups.conditions(people, part), lookups.licences(people, part)
        self.papers, self.paper_row = lookups.papers(people, part)

    def columns(self, first: int, last: int) -> Columns:
        """People `first` to `last`, both multiples of 64; those after the last person are never eligible."""
        people, part = self.people, self.part
        language, language_out, language_ask = self.languages.columns(first, last)
        wage, under_floor = self.wages.columns(first, last)
        place, place_out = self.places.columns(first, last)
        available, no_way, late = self._papers(first, last)
        (kept,) = self.conditions.columns(first, last)
        licence_out, licence_ask = self.licences.columns(first, last)
        certificate_out, certificate_ask = self._certificates(first, last)
        exists = bits((np.arange(first, last) < people.n)[None, :])
        free = ~bits(people.free[None, first:last]) & exists
        starts = np.array(part.start_days.distinct, dtype=np.int64)[:, None]
        once = [  # each reason by the distinct demands of one kind
            ("free", free, np.zeros(len(part), dtype=np.int64)),
            ("age", bits(people.adult_on[None, first:last] > starts) & exists, part.start_days.of),
            ("route", bits(no_way) & exists, self.paper_row),
            ("language", bits(language_out) & exists, part.languages.of),
            ("licence", bits(licence_out) & exists, part.licences.of),
            ("certificate", bits(certificate_out) & exists, part.certificates.of),
            ("dates", bits(late) & exists, self.paper_row),
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
        found["own"] = (bits(place_out)[part.places.of] | bits(under_floor)[part.wages.of]) & exists
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
        return Columns(
            points=(language, wage, place, available, kept),
            rows=(part.languages.of, part.wages.of, part.places.of, self.paper_row, part.conditions.of),
            eligible=~some & exists,
            counts=counts,
        )

    def _papers(self, first: int, last: int) -> tuple[Array, Array, Array]:
        """As the lookup of papers, less the wait for who holds a permit that opens the way."""
        available, no_way, late = self.papers.columns(first, last)
        permits = self.people.permits_of(first, last)
        if not len(permits.who):
            return available, no_way, late
        holds = self._holds(permits)
        way, who = np.nonzero(np.logical_or.reduceat(holds, permits.start, axis=1))
        who = permits.who[permits.start][who]
        start = np.array([way.start for way in self.part.ways.distinct], dtype=np.int64)[way]
        days = days_late(self.people.ready[self.people.papers[first + who]], 0, start)
        available[way, who] = earned(self.part.suits["A"], AVAILABILITY)[np.clip(days, 0, TOO_LATE)]
        late[way, who] = days > LATEST.days
        return available, no_way, late

    def _holds(self, permits: Any) -> Array:
        """Ways × permits that somebody holds: whether it is one of those that open the way to its holder, there and still valid."""
        words, ways = self.people.columns.words, self.part.ways.distinct
        place = {word: number for number, word in enumerate(words)}
        regimes = sorted({words[code] for code in permits.regime})
        origins = np.unique(permits.origin)
        opens = np.zeros((len(ways), len(origins), len(regimes)), dtype=bool)
        for at, origin in enumerate(origins):
            for row, found in enumerate(self.part.ways_of(words[origin])):
                for regime, _ in found.permits:
                    if regime in regimes:
                        opens[row, at, regimes.index(regime)] = True
        regime = np.searchsorted(regimes, [words[code] for code in permits.regime])
        country = np.array([place.get(way.country, -1) for way in ways])[:, None]
        region = np.array([place.get(way.region, -1) for way in ways])[:, None]
        start = np.array([way.start for way in ways])[:, None]
        holds = opens[:, np.searchsorted(origins, permits.origin), regime]
        holds &= (country == permits.country) & ((region == permits.region) | (permits.region == place.get(ALL, -1)))
        holds &= permits.until >= start
        return holds

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
