"""The fast engine: the reference's answers, bit for bit. docs/scoring.md tells how.

Vacancies are taken in parts, people in runs of blocks; threads share the runs. What comes out depends on none of these.
"""

import os
from collections.abc import Collection
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from importlib.util import find_spec
from itertools import count
from typing import Any, Literal, NamedTuple

import numpy as np
from numpy.typing import NDArray

from matching.scoring import numpy_kernel
from matching.scoring.columns import CandidateColumns
from matching.scoring.eligibility import REASONS
from matching.scoring.errors import BadValue
from matching.scoring.join import Demand, join, told_values
from matching.scoring.masks import Counts, Tables
from matching.scoring.openings import Openings, Part
from matching.scoring.order import MOST_ROWS
from matching.scoring.people import WORD, People
from matching.scoring.products import Listed, Lists, listed, lists, merged, points_of, unpacked
from matching.scoring.records import refused_ids
from matching.scoring.routes import Routes
from matching.scoring.tables import CandidateTable, VacancyTable
from matching.scoring.weights import Weights
from matching.scoring.whole import FULL

Array = NDArray[Any]
Candidates = CandidateTable | CandidateColumns | People
Vacancies = VacancyTable | Openings
Path = Literal["numpy", "compiled"]
CELLS = 1 << 25  # of the columns of one run of people
WORTH_COMPILING = 3_000_000  # pairs; and vacancies, each of which costs NumPy a tenth of a millisecond
WORTH_COMPILING_EACH = 1_000


@dataclass(frozen=True, slots=True, eq=False)
class Ranking:
    """As reference.Ranking, in arrays. rows int32; points, fits, suits uint16; tier uint8: n × top. failed, only, unanswered, eligible int64."""

    rows: Array
    points: Array
    tier: Array
    fits: Array
    suits: Array
    reasons: tuple[str, ...]
    failed: Array
    only: Array
    unanswered: Array
    eligible: Array


class PairScores(NamedTuple):
    """Of given pairs, in their order: points and the totals of both sides (uint16), the tier that each would have (uint8), and whether
    it passes stage 0 (bool)."""

    points: Array
    fits: Array
    suits: Array
    tier: Array
    eligible: Array


def rank(
    candidates: Candidates,
    vacancies: Vacancies,
    weights: Weights,
    routes: Routes,
    *,
    on: date,
    top: int,
    refused: Collection[tuple[int, int]] | Array = (),
    per: Literal["vacancy", "candidate"] = "vacancy",
    gate: bool = False,
    path: Path | None = None,
    threads: int | None = None,
) -> Ranking:
    """As reference.rank. Either side may be prepared (People, Openings), candidates may be columns; `refused` may be an int64 array, n × 2.

    `path` and `threads` change the time that it takes, nothing else; without them the engine chooses. Raises BadValue where a side was
    prepared for other weights, routes or another day, or has more than 4 194 304 rows.
    """
    if per not in ("vacancy", "candidate"):
        raise BadValue(f"per is vacancy or candidate, not {per!r}.")
    tops = (top, 0) if per == "vacancy" else (0, top)
    match = _Match(candidates, vacancies, weights, routes, on, refused, path, threads)
    return match.rank(*tops, gate=gate)[per == "candidate"]


def rank_both(
    candidates: Candidates,
    vacancies: Vacancies,
    weights: Weights,
    routes: Routes,
    *,
    on: date,
    top: int,
    top_candidate: int,
    refused: Collection[tuple[int, int]] | Array = (),
    gate: bool = True,
    path: Path | None = None,
    threads: int | None = None,
) -> tuple[Ranking, Ranking]:
    """Both directions in one pass: the best `top` candidates of every vacancy, the best `top_candidate` vacancies of every candidate."""
    return _Match(candidates, vacancies, weights, routes, on, refused, path, threads).rank(top, top_candidate, gate=gate)


def score_pairs(
    candidates: Candidates,
    vacancies: Vacancies,
    pairs: Array,
    weights: Weights,
    routes: Routes,
    *,
    on: date,
    refused: Collection[tuple[int, int]] | Array = (),
    path: Path | None = None,
    threads: int | None = None,
) -> PairScores:
    """Stage 1 of given pairs: as reference.compare, whether or not they pass stage 0.

    `pairs`: whole numbers, n × 2, (row of the candidate, row of the vacancy). Raises BadValue for a row that is not there.
    """
    pairs = np.asarray(pairs)
    if pairs.size == 0:
        pairs = np.empty((0, 2), dtype=np.int64)
    if pairs.ndim != 2 or pairs.shape[1] != 2 or pairs.dtype.kind not in "iu":
        raise BadValue("pairs are two whole numbers each: rows of a candidate and a vacancy.")
    match = _Match(candidates, vacancies, weights, routes, on, refused, path, threads)
    if len(pairs) and (pairs.min() < 0 or (pairs.max(axis=0) >= (len(match.people), len(match.openings))).any()):
        raise BadValue("A pair names a row that is not there.")
    return match.score(pairs.astype(np.int64))


class _Match:
    """One question: two sides, prepared, and how to go about it."""

    def __init__(
        self,
        candidates: Candidates,
        vacancies: Vacancies,
        weights: Weights,
        routes: Routes,
        on: date,
        refused: Collection[tuple[int, int]] | Array,
        path: Path | None,
        threads: int | None,
    ) -> None:
        for side in (candidates, vacancies):
            if len(side) > MOST_ROWS:
                raise BadValue(f"A table has at most {MOST_ROWS} rows, not {len(side)}.")
        self.people, self.openings = _people(candidates, weights, on), _openings(vacancies, weights, routes, on)
        self.kernel = _kernel(path, len(self.people), len(self.openings))
        self.threads = threads or len(os.sched_getaffinity(0))
        self.values = told_values(self.people.told)
        self.refused = _rows_of(refused, self.people.columns.id, self.openings.id)

    def rank(self, top: int, top_candidate: int, *, gate: bool) -> tuple[Ranking, Ranking]:
        if min(top, top_candidate) < 0:
            raise BadValue(f"top is at least 0, not {min(top, top_candidate)}.")
        people, openings = self.people, self.openings
        counts = Counts.zeros(len(openings))
        by_candidate = lists(people.padded, top_candidate, gate=gate)
        by_vacancy = []
        for part in openings.parts:
            of_part = self._rank_part(part, top, by_candidate, gate=gate)
            by_vacancy.append(merged([found for found, _ in of_part]) if of_part else lists(len(part), top, gate=gate))
            for _, counted in of_part:
                counts.add(counted, part.first)
        joined = Lists(*(np.concatenate(arrays) for arrays in zip(lists(0, top, gate=gate), *by_vacancy, strict=False)))
        cut = Lists(*(array[: len(people)] for array in by_candidate))
        self.kernel.sort_lists(cut.keys, cut.sides)
        return _ranking(listed(joined, people.by_rank), counts), _ranking(listed(cut, openings.by_rank), counts)

    def _rank_part(self, part: Part, top: int, by_candidate: Lists, *, gate: bool) -> list[tuple[Lists, Counts]]:
        """What each thread found."""
        people = self.people
        if not len(people):
            return []
        tables, demand = self._tables(part)
        runs = self._runs(part)
        turn = count()

        def work(_: int) -> tuple[Lists, Counts]:
            by_vacancy, counted = lists(len(part), top, gate=gate), Counts.zeros(len(part))
            here = self.kernel.scratch(people.block, len(people.told))
            while (at := next(turn)) < len(runs):
                columns = tables.columns(*runs[at])
                counted.add(columns.counts)
                self.kernel.keep_best(
                    people.postings,
                    self.values,
                    demand,
                    columns.points,
                    columns.rows,
                    columns.wages,
                    self._wants(*runs[at], demand),
                    columns.spared,
                    columns.eligible,
                    people.block,
                    *runs[at],
                    gate,
                    people.rank,
                    by_vacancy,
                    by_candidate,
                    here,
                )
            self.kernel.sort_lists(by_vacancy.keys, by_vacancy.sides)
            return by_vacancy, counted

        return _in_threads(work, min(self.threads, len(runs)))

    def _tables(self, part: Part) -> tuple[Tables, Demand]:
        begin, end = np.searchsorted(self.refused[:, 1], (part.first, part.first + len(part)))
        refused = self.refused[begin:end] - (0, part.first)
        tables = Tables(self.people, part, refused[np.argsort(refused[:, 0], kind="stable")], self.kernel)
        return tables, join(self.people, part, self.openings.rank[part.first : part.first + len(part)])

    def score(self, pairs: Array) -> PairScores:
        people = self.people
        sides, eligible = np.zeros(len(pairs), dtype=np.int32), np.zeros(len(pairs), dtype=bool)
        order = np.lexsort((pairs[:, 0], pairs[:, 1], pairs[:, 0] // people.block))
        for part in self.openings.parts:
            mine = order[(pairs[order, 1] >= part.first) & (pairs[order, 1] < part.first + len(part))]
            if len(mine):
                sides[mine], eligible[mine] = self._score_part(part, pairs[mine] - (0, part.first))
        fits, suits, tier = unpacked(sides)
        return PairScores(points_of(fits, suits), fits, suits, tier, eligible)

    def _score_part(self, part: Part, pairs: Array) -> tuple[Array, Array]:
        """`pairs` by block and vacancy."""
        people = self.people
        sides, eligible = np.zeros(len(pairs), dtype=np.int32), np.zeros(len(pairs), dtype=bool)
        tables, demand = self._tables(part)
        blocks = -(-len(people) // people.block)
        keys = pairs[:, 0] // people.block * len(part) + pairs[:, 1]
        start = np.searchsorted(keys, np.arange(blocks)[:, None] * len(part) + np.arange(len(part) + 1)[None, :])
        who = (pairs[:, 0] % people.block).astype(np.int32)
        runs = [run for run in self._runs(part) if start[(run[1] - 1) // people.block, -1] > start[run[0] // people.block, 0]]
        turn = count()

        def work(_: int) -> None:
            here = self.kernel.scratch(people.block, len(people.told))
            while (at := next(turn)) < len(runs):
                first, last = runs[at]
                columns = tables.columns(first, last)
                mine = slice(start[first // people.block, 0], start[(last - 1) // people.block, -1])
                word, bit = np.divmod(pairs[mine, 0] - first, WORD)
                eligible[mine] = columns.eligible[pairs[mine, 1], word] >> bit.astype(np.uint64) & np.uint64(1)
                self.kernel.read_pairs(
                    people.postings,
                    self.values,
                    demand,
                    columns.points,
                    columns.rows,
                    columns.wages,
                    self._wants(*runs[at], demand),
                    columns.spared,
                    people.block,
                    *runs[at],
                    start,
                    who,
                    sides,
                    here,
                )

        _in_threads(work, min(self.threads, len(runs)))
        return sides, eligible

    def _wants(self, first: int, last: int, demand: Demand) -> Array:
        """The points of D for who is near nothing."""
        return (demand.share_d * self.people.wants[first:last] // FULL).astype(np.uint16)

    def _runs(self, part: Part) -> list[tuple[int, int]]:
        """People from, to: whole blocks, as many as columns may take, and enough runs for the threads."""
        people = self.people
        demands = sum(len(of.distinct) for of in (part.places, part.conditions, part.papers, part.languages))
        share = -(-people.padded // self.threads) if people.padded * len(part) > WORTH_COMPILING else people.padded
        blocks = max(1, min(CELLS // max(1, demands) // people.block, -(-share // people.block)))
        length = blocks * people.block
        return [(first, min(first + length, people.padded)) for first in range(0, people.padded, length)]


def _in_threads(work: Any, threads: int) -> list[Any]:
    if threads <= 1:
        return [work(0)] if threads else []
    with ThreadPoolExecutor(threads) as pool:
        return list(pool.map(work, range(threads)))


def _people(candidates: Candidates, weights: Weights, on: date) -> People:
    if isinstance(candidates, People):
        if candidates.on != on or (candidates.taxonomy is not weights.taxonomy and candidates.taxonomy != weights.taxonomy):
            raise BadValue("These people were prepared for another day or another taxonomy.")
        return candidates
    return People(CandidateColumns.from_table(candidates) if isinstance(candidates, CandidateTable) else candidates, weights, on)


def _openings(vacancies: Vacancies, weights: Weights, routes: Routes, on: date) -> Openings:
    if isinstance(vacancies, Openings):
        same = all(one is other or one == other for one, other in ((vacancies.weights, weights), (vacancies.routes, routes)))
        if vacancies.on != on or not same:
            raise BadValue("These vacancies were prepared for another day, other weights or other routes.")
        return vacancies
    return Openings(vacancies, weights, routes, on)


@lru_cache(maxsize=1)
def _compiled() -> Any:
    """Numba takes a second to load, so it is loaded where it pays, and then stays."""
    from matching.scoring import kernel

    return kernel


def _kernel(path: Path | None, people: int, vacancies: int) -> Any:
    if path not in (None, "numpy", "compiled"):
        raise BadValue(f"path is numpy or compiled, not {path!r}.")
    is_worth = people * vacancies >= WORTH_COMPILING or vacancies >= WORTH_COMPILING_EACH
    if path == "compiled" or (path is None and find_spec("numba") and (is_worth or _compiled.cache_info().currsize)):
        return _compiled()
    return numpy_kernel


def _rows_of(refused: Collection[tuple[int, int]] | Array, people: Array, vacancies: Array) -> Array:
    """Pairs of ids as pairs of rows, int64, n × 2, by the row of the vacancy; ids that are in no table are left out."""
    ids = refused if isinstance(refused, np.ndarray) else np.array(sorted(refused_ids(refused)), dtype=np.int64).reshape(-1, 2)
    if ids.ndim != 2 or ids.shape[1] != 2 or ids.dtype != np.int64:
        raise BadValue("refused are pairs of ids, as an array n × 2 int64.")
    rows = [_row_of(ids[:, side], table) for side, table in enumerate((people, vacancies))]
    found = np.column_stack(rows)[(rows[0] >= 0) & (rows[1] >= 0)]
    return found[np.argsort(found[:, 1], kind="stable")]


def _row_of(ids: Array, table: Array) -> Array:
    """-1 where the table has no such id."""
    if not len(table) or not len(ids):
        return np.full(len(ids), -1)
    order = np.argsort(table, kind="stable")
    at = order[np.minimum(np.searchsorted(table, ids, sorter=order), len(table) - 1)]
    return np.where(table[at] == ids, at, -1)


def _ranking(found: Listed, counts: Counts) -> Ranking:
    return Ranking(*found[:5], REASONS, counts.failed, counts.only, counts.unanswered, counts.eligible)


assert WORD == 64  # the bits of a word
