"""Vacancies prepared for the fast engine: shares of each, and its distinct demands, numbered. Does not depend on people; can be kept warm."""

from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from matching.scoring.fits import BY_GROUP, skill_weight
from matching.scoring.order import vacancy_ranks
from matching.scoring.routes import Routes, Ways
from matching.scoring.sides import dropped, scaled
from matching.scoring.tables import Asked, Vacancy, VacancyTable
from matching.scoring.weights import Weights
from matching.scoring.whole import FULL, split

Array = NDArray[Any]
PART = 8192  # vacancies: bounds the memory that a block of people takes


class Way(NamedTuple):
    """What the law asks about a vacancy; `since`: a day, an ordinal, on which all routes are as on its start."""

    country: str
    region: str
    activities: tuple[str, ...]
    on_file: tuple[str, ...]
    since: int


class SkillList(NamedTuple):
    """The skills that vacancies list, vacancy j those from start[j] to start[j + 1]."""

    start: Array
    skill: Array  # int64 id
    level: Array
    share: Array  # of 10 000
    weight: Array  # w · k
    credit: Array  # what another skill of its group earns


class Credits(NamedTuple):
    """What the groups of essential skills earn by standing in for them, each group once a vacancy."""

    vacancy: Array  # in order
    group: Array  # place in `groups`
    credit: Array
    groups: list[int]


@dataclass(frozen=True, slots=True, eq=False)
class Numbered:
    """Distinct demands, and which of them each vacancy has."""

    of: Array
    distinct: Any  # a list, or an array in order

    @classmethod
    def from_values(cls, values: Iterable[Hashable]) -> "Numbered":
        places: dict[Hashable, int] = {}
        of = np.array([places.setdefault(value, len(places)) for value in values], dtype=np.int64)
        return cls(of, list(places))

    @classmethod
    def sorted(cls, values: Sequence[int]) -> "Numbered":
        distinct, of = np.unique(np.array(values, dtype=np.int64), return_inverse=True)
        return cls(of, distinct)


class Part:
    """Some vacancies, from row `first` on."""

    def __init__(self, rows: Sequence[Vacancy], first: int, weights: Weights, routes: Routes, on: date) -> None:
        self.first, self.rows, self.routes = first, rows, routes
        self.starts = [max(row.starts_on, on).toordinal() for row in rows]
        shares = [_fits_shares(tuple(weights.fits.items()), dropped(row)) for row in rows]
        self.share = {code: np.array([of.get(code, 0) for of in shares], dtype=np.int64) for code in "EOCXL"}
        self.nothing_asked = np.array([not of for of in shares], dtype=bool)
        self.entry = np.array([row.entry for row in rows], dtype=bool)
        self.months = np.array([row.experience_months for row in rows], dtype=np.int64)
        self.essential = _listed([row.essential for row in rows], self.share["E"], weights, has_credit=True)
        self.optional = _listed([row.optional for row in rows], self.share["O"], weights, has_credit=False)
        self.credits = _credits(self.essential, weights)
        self.suits = scaled(weights.suits)
        self.jobs = Numbered.from_values(row.occupation for row in rows)
        self.isco = np.array([int(weights.taxonomy.code(job)) for job in self.jobs.distinct], dtype=np.int64)
        self.order = np.argsort(self.jobs.of, kind="stable")
        self.wages = Numbered.sorted([row.wage for row in rows])
        self.places = Numbered.from_values((row.country, row.region) for row in rows)
        self.conditions = Numbered.from_values(row.conditions for row in rows)
        self.condition_codes = sorted({code for met in self.conditions.distinct for code in met})
        self.meets = np.array([[code in met for code in self.condition_codes] for met in self.conditions.distinct], dtype=np.float32)
        self.start_days = Numbered.from_values(self.starts)
        self.languages = Numbered.from_values(
            (tuple(sorted(row.languages.items())), share) for row, share in zip(rows, self.share["L"].tolist(), strict=True)
        )
        with_start = list(zip(rows, self.starts, strict=True))
        self.licences = Numbered.from_values(
            (tuple(sorted({*row.licences})), row.country, start if row.licences else 0) for row, start in with_start
        )
        self.certificates = Numbered.from_values(
            (tuple(sorted({*row.certificates})), start if row.certificates else 0) for row, start in with_start
        )
        since = {start: routes.unchanged_since(date.fromordinal(start)) for start in self.start_days.distinct}
        self.ways = Numbered.from_values(
            Way(row.country, row.region, row.activities, row.on_file, since[start]) for row, start in with_start
        )
        self.papers = Numbered.from_values(zip(self.ways.of.tolist(), self.starts, strict=True))
        self.paper_way, self.paper_start = np.array(self.papers.distinct, dtype=np.int64).reshape(-1, 2).T
        self.closed = {
            "danger": np.array([row.blocked == "danger" for row in rows], dtype=bool),
            "employer": np.array([row.blocked == "employer" for row in rows], dtype=bool),
            "vacancy": np.array([row.blocked == "vacancy" or row.seats_left <= 0 for row in rows], dtype=bool),
        }
        self._ways: dict[str, list[Ways]] = {}
        self._recognised: dict[tuple[str, str], Array] = {}

    def ways_of(self, origin: str) -> list[Ways]:
        """How citizens of `origin` may work under each distinct way."""
        if origin not in self._ways:
            self._ways[origin] = [self.routes.ways(origin, way, date.fromordinal(way.since)) for way in self.ways.distinct]
        return self._ways[origin]

    def recognised(self, category: str, issuing: str) -> Array:
        """For each distinct demand of licences, whether one of this category serves there if it was issued there."""
        key = (category, issuing)
        if key not in self._recognised:
            self._recognised[key] = np.array(
                [
                    category in asked and self.routes.recognises(category, issuing, country, date.fromordinal(start))
                    for asked, country, start in self.licences.distinct
                ],
                dtype=bool,
            )
        return self._recognised[key]

    def __len__(self) -> int:
        return len(self.rows)


class Openings:
    """`vacancies` prepared for one version of the weights, the law, and the scoring day. Raises UnknownOccupation."""

    def __init__(self, vacancies: VacancyTable, weights: Weights, routes: Routes, on: date, *, part: int = PART) -> None:
        self.vacancies, self.weights, self.routes, self.on = vacancies, weights, routes, on
        rows = vacancies.rows
        for occupation in sorted({row.occupation for row in rows}):
            weights.taxonomy.code(occupation)
        self.id = np.array([row.id for row in rows], dtype=np.int64)
        self.rank = np.array(vacancy_ranks(rows), dtype=np.int32)
        self.by_rank = np.argsort(self.rank).astype(np.int32)
        self.parts = [Part(rows[first : first + part], first, weights, routes, on) for first in range(0, len(rows), part)]

    def __len__(self) -> int:
        return len(self.vacancies)


@lru_cache(maxsize=256)
def _fits_shares(weights: tuple[tuple[str, int], ...], dropped: frozenset[str]) -> dict[str, int]:
    return scaled({code: weight for code, weight in weights if code not in dropped})


def _listed(lists: list[tuple[Asked, ...]], shares: Array, weights: Weights, *, has_credit: bool) -> SkillList:
    split_up: list[int] = []
    weigh: list[int] = []
    for asked, share in zip(lists, shares.tolist(), strict=True):
        mine = [skill_weight(one, weights) for one in asked]
        weigh += mine
        split_up += split(share, mine)
    flat = [one for asked in lists for one in asked]
    share = np.array(split_up, dtype=np.int64)
    stands_in = np.array([has_credit and bool(weights.taxonomy.stand_ins(one.skill)) for one in flat], dtype=bool)
    return SkillList(
        start=np.concatenate(([0], np.cumsum([len(asked) for asked in lists], dtype=np.int64))),
        skill=np.array([one.skill for one in flat], dtype=np.int64),
        level=np.array([one.level for one in flat], dtype=np.int64),
        share=share,
        weight=np.array(weigh, dtype=np.int64),
        credit=np.where(stands_in, share * BY_GROUP // FULL, 0),
    )


def _credits(essential: SkillList, weights: Weights) -> Credits:
    some = np.flatnonzero(essential.credit)
    groups = Numbered.from_values(weights.taxonomy.group[skill] for skill in essential.skill[some].tolist())
    vacancy = np.searchsorted(essential.start, some, side="right") - 1
    keys, at = np.unique(vacancy * max(1, len(groups.distinct)) + groups.of, return_inverse=True)
    credit = np.zeros(len(keys), dtype=np.int64)
    np.add.at(credit, at, essential.credit[some])
    return Credits(keys // max(1, len(groups.distinct)), keys % max(1, len(groups.distinct)), credit, groups.distinct)
