"""Small tables, distinct demand of vacancies × distinct kind of people: the points of each component, and whom it puts out.

Each is the formula of fits.py, suits.py and eligibility.py over arrays, in the same whole numbers. `Lookup.columns` spreads a table over a run
of people. Points are uint16, already times the component's share.
"""

from collections.abc import Callable
from typing import Any

import numpy as np
from numpy.typing import NDArray

from matching.scoring import suits
from matching.scoring.columns import LAST_DAY
from matching.scoring.eligibility import LATEST
from matching.scoring.fits import LEVEL_MISSING
from matching.scoring.openings import Part
from matching.scoring.people import ABSENT, People, number
from matching.scoring.routes import ALL
from matching.scoring.tables import ACCEPTED, EXCLUDED, WANTED
from matching.scoring.whole import FULL

Array = NDArray[Any]
Make = Callable[[Array], tuple[Array, ...]]
KEPT = 1 << 25  # cells: a larger table is made anew for each run of people
NO_WAY, MOST_DAYS = -1, 4_000  # a route takes at most 3 650 lead days
AVAILABILITY = np.array([suits.availability_value(days) for days in range(suits.TOO_LATE + 1)])
LANGUAGE_MISSING = np.array([max(0, FULL - LEVEL_MISSING * missing) for missing in range(7)])
COUNTRY_VALUES = {WANTED: suits.WANTED_COUNTRY, ACCEPTED: suits.ACCEPTED_COUNTRY, EXCLUDED: 0, ABSENT: suits.OTHER_COUNTRY}
COUNTRY_VALUE = np.array([COUNTRY_VALUES[wish] for wish in (EXCLUDED, ACCEPTED, WANTED, ABSENT)])  # ABSENT is the last place, too


class Lookup:
    """`make` gives the tables for some kinds, by their numbers; `of` is the kind of each person."""

    def __init__(self, of: Array, kinds: int, distinct: int, make: Make) -> None:
        self.of, self.make = of, make
        self.tables = make(np.arange(kinds)) if kinds * distinct <= KEPT and kinds < len(of) else None

    def columns(self, first: int, last: int, spread: Callable[[Array, Array], Array]) -> tuple[Array, ...]:
        """Distinct demands × people `first` to `last`."""
        of = self.of[first:last]
        return self.make(of) if self.tables is None else tuple(spread(table, of) for table in self.tables)

    def of_kinds(self, first: int, last: int) -> tuple[Array, Array]:
        """The only table as it is, and the kind of each person."""
        of = self.of[first:last]
        table, of = (self.make(of)[0], np.arange(len(of))) if self.tables is None else (self.tables[0], of)
        return table, of.astype(np.uint32)


def earned(share: Any, value: Any) -> Array:
    points: Array = (share * value // FULL).astype(np.uint16)
    return points


def half_even(numerator: Array, denominator: Array) -> Array:
    """As whole.half_even: `denominator` > 0."""
    whole, rest = np.divmod(numerator, denominator)
    rounded: Array = whole + ((2 * rest > denominator) | ((2 * rest == denominator) & (whole % 2 == 1)))
    return rounded


def wages(people: People, part: Part, wage_points: Callable[..., None]) -> Lookup:
    """(points of W,). Quotients are floats where that is exact: of two whole numbers below 2**53, one that is no tie is at least
    1 / (2 · span) from one, more than its rounding while span < 2**31.
    """
    wage, share = 20 * part.wages.distinct, part.suits["W"]

    def make(kinds: Array) -> tuple[Array, ...]:
        floor, wish = people.floor[kinds], people.wish[kinds]
        low = np.where(floor >= 0, 20 * floor, 14 * wish)
        span = np.where(wish >= 0, 20 * wish, 25 * floor) - low
        points = np.empty((len(wage), len(kinds)), dtype=np.uint16)
        if max(span.max(initial=0), low.max(initial=0), wage.max(initial=0)) < 1 << 31:
            wage_points(wage.astype(np.float64), low.astype(np.float64), np.maximum(span, 1).astype(np.float64), share, points)
        else:
            above = np.clip(wage[:, None] - low, 0, np.maximum(span, 1))
            points[:] = earned(share, suits.AT_FLOOR + half_even((FULL - suits.AT_FLOOR) * above, np.maximum(span, 1)))
        points[:, span <= 0] = earned(share, np.int64(FULL))
        points[:, (floor < 0) & (wish < 0)] = earned(share, np.int64(suits.NOT_STATED))
        return (points,)

    return Lookup(people.wages, len(people.floor), len(wage), make)


def places(people: People, part: Part) -> Lookup:
    """(points of G, out by `own`)."""
    share = part.suits["G"]
    country = people.wishes.columns_of(country for country, _ in part.places.distinct)
    region = people.regions.columns_of(region for _, region in part.places.distinct)
    has_wish, has_region = ((table != ABSENT).any(axis=1) for table in (people.wishes.table, people.regions.table))

    def make(kinds: Array) -> tuple[Array, ...]:
        wishes, regions = people.place_wishes[kinds], people.place_regions[kinds]
        by_country = people.wishes.table[wishes[None, :], country[:, None]]
        by_region = people.regions.table[regions[None, :], region[:, None]]
        is_out = (by_country == EXCLUDED) | (by_region == EXCLUDED)
        value = np.where(by_region == WANTED, FULL, COUNTRY_VALUE[by_country])
        value = np.where(is_out, 0, value)
        return earned(share, np.where(has_wish[wishes] | has_region[regions], value, suits.NOT_STATED)), is_out

    return Lookup(people.places, len(people.place_wishes), len(part.places.distinct), make)


def conditions(people: People, part: Part) -> Lookup:
    """(points of K,)."""
    told = people.conditions
    met_here = np.zeros((len(part.conditions.distinct), len(told.column) + 1), dtype=np.float32)  # small whole numbers: exact
    met_here[:, told.columns_of(part.condition_codes)] = part.meets
    met_here = met_here[:, :-1]
    has = (told.table[:, :-1] != ABSENT).astype(np.float32)
    most = int(has.sum(axis=1).max(initial=0))
    value = np.array([[half if stated else suits.NOT_STATED for half in _shares_met(stated, most)] for stated in range(most + 1)])
    points = earned(part.suits["K"], value)

    def make(kinds: Array) -> tuple[Array, ...]:
        stated = has[kinds].sum(axis=1).astype(np.int64)
        met = (met_here @ has[kinds].T).astype(np.int64)
        return (points[stated[None, :], met],)

    return Lookup(told.of, len(told.table), len(met_here), make)


def _shares_met(stated: int, most: int) -> list[int]:
    met = np.arange(most + 1)
    return [int(value) for value in half_even(FULL * np.minimum(met, stated), np.full(most + 1, max(1, stated)))]


class Papers:
    """How long papers take: the lead days of each distinct way by citizenship, NO_WAY where there is none."""

    def __init__(self, people: People, part: Part) -> None:
        self.people, self.part = people, part
        self.way, self.start = part.paper_way, part.paper_start
        self.origins, self.origin = np.unique(people.citizenship, return_inverse=True)
        words = people.columns.words
        fewest = [[ways.fewest for ways in part.ways_of(words[code])] for code in self.origins]
        self.lead = np.array([[NO_WAY if days is None else days for days in row] for row in fewest], dtype=np.int64)
        self.points = earned(part.suits["A"], AVAILABILITY)

    def lookup(self) -> tuple[Lookup, Array]:
        """((points of A, no legal way, out by `dates`), the row of it of each distinct demand of papers). Permits held are not in it."""
        some, rows = number(self.start)
        for days in self.lead:
            some, rows = number(rows * MOST_DAYS + days[self.way] - NO_WAY)
        one = np.empty(len(some), dtype=np.int64)  # an example of each
        one[rows] = np.arange(len(rows))
        start, lead = self.start[one][:, None], self.lead[:, self.way[one]]

        def make(kinds: Array) -> tuple[Array, ...]:
            days = lead[self.origin[kinds]].T
            late = days_late(self.people.ready[kinds], np.maximum(days, 0), start)
            return self.points[np.clip(late, 0, suits.TOO_LATE)], days == NO_WAY, late > LATEST.days

        return Lookup(self.people.papers, len(self.people.ready), len(some), make), rows

    def opened(self) -> Array:
        """Distinct demands of papers × kinds of permits: whether such a permit, held, spares its holder the wait."""
        words, kinds = self.people.columns.words, self.people.permit_kinds
        opened = np.zeros((len(self.part.ways.distinct), len(kinds)), dtype=bool)
        for kind, row in enumerate(kinds):
            origin, regime, country, region = (words[code] for code in row)
            for at, (way, ways) in enumerate(zip(self.part.ways.distinct, self.part.ways_of(origin), strict=True)):
                if way.country == country and region in (ALL, way.region):
                    opened[at, kind] = any(held == regime for held, _ in ways.permits)
        return opened[self.way]


def days_late(ready: Array, lead: Any, start: Array) -> Array:
    late: Array = np.minimum(ready + lead, LAST_DAY) - start
    return late


def languages(people: People, part: Part) -> Lookup:
    """(points of L, out by `language`, an answer may lift it)."""
    demands = part.languages.distinct
    slots = max((len(asked) for asked, _ in demands), default=0)
    codes, minimum, target = (np.zeros((slots, len(demands)), dtype=np.int64) for _ in range(3))
    place = people.languages.column
    codes[:] = len(place)  # nobody told it; and with minimum and target 0 nobody needs it
    for demand, (asked, _) in enumerate(demands):
        for slot, (code, (least, full)) in enumerate(asked):
            codes[slot, demand], minimum[slot, demand], target[slot, demand] = place.get(code, len(place)), least, full
    share = np.array([share for _, share in demands], dtype=np.int64)[:, None]

    def make(kinds: Array) -> tuple[Array, ...]:
        missing = np.zeros((len(demands), len(kinds)), dtype=np.int8)
        out, answered_low = np.zeros(missing.shape, dtype=bool), np.zeros(missing.shape, dtype=bool)
        for slot in range(slots):
            told = people.languages.table[kinds[None, :], codes[slot][:, None]]
            level = np.maximum(told, 0)
            missing = np.maximum(missing, target[slot].astype(np.int8)[:, None] - level)
            low = level < minimum[slot].astype(np.int8)[:, None]
            out |= low
            answered_low |= low & (told != ABSENT)
        return earned(share, LANGUAGE_MISSING[missing]), out, out & ~answered_low

    return Lookup(people.languages.of, len(people.languages.table), len(demands), make)


def licences(people: People, part: Part) -> Lookup:
    """(out by `licence`, an answer may lift it)."""
    demands, table = part.licences.distinct, people.licences.table
    of_category: dict[str, list[tuple[int, Array]]] = {}
    for (category, issuing), place in people.licences.column.items():
        serves = part.recognised(category, issuing)
        if serves.any():
            of_category.setdefault(category, []).append((place, serves))
    asked = {category for categories, _, _ in demands for category in categories}
    asks = {category: np.array([category in categories for categories, _, _ in demands], dtype=bool) for category in sorted(asked)}

    def make(kinds: Array) -> tuple[Array, ...]:
        sets, told = people.licence_sets[kinds], people.licence_told[kinds].astype(bool)
        out = np.zeros((len(demands), len(kinds)), dtype=bool)
        for category, asks_it in asks.items():
            has = np.zeros_like(out)
            for place, serves in of_category.get(category, ()):
                has |= serves[:, None] & (table[sets, place] != ABSENT)
            out |= asks_it[:, None] & ~has
        return out, out & ~told

    return Lookup(people.licence_kinds, len(people.licence_sets), len(demands), make)
