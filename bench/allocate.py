"""Stage 2 on a large made-up market, against two simpler ways to make shortlists, each as a ratio:

    .venv/bin/python -m bench.allocate                      # 49 000 people, 5 000 vacancies: 250 000 and 2.4 million edges
    .venv/bin/python -m bench.allocate --people 5000 --vacancies 500

naive: everybody is proposed for the five vacancies with most points. greedy: pair by pair, most points first, while there is room.
Time and memory are of a process of its own for each size. That the optimum is one is proved from the result alone (`is_best`).
"""

import argparse
import resource
import time
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from multiprocessing import get_context

import numpy as np
from numpy.typing import NDArray

from matching.scoring.allocate import allocate

Chosen = NDArray[np.bool_]
Wholes = NDArray[np.int64]


@dataclass(frozen=True)
class Market:
    """What `allocate` takes, and the caps and worths that follow from it."""

    edges: NDArray[np.int32]
    points: Wholes
    seats_left: Wholes
    open_by_candidate: Wholes
    open_by_vacancy: Wholes
    waits: Wholes
    minimum: int = 3

    @property
    def takes(self) -> Wholes:
        return np.maximum(5 - self.open_by_candidate, 0)

    @property
    def cap(self) -> Wholes:
        return np.maximum(3 * self.seats_left - self.open_by_vacancy, 0)

    @property
    def short(self) -> Wholes:
        return np.minimum(self.cap, np.maximum(self.minimum, self.seats_left))

    @property
    def first(self) -> Wholes:
        """What it is worth that a candidate gets a proposal at all."""
        above_all = 10_000 * (len(np.unique(self.edges[:, 0])) + 1)
        return np.where(self.open_by_candidate == 0, above_all * (1 + np.minimum(self.waits, 10)), 0)

    def allocate(self) -> Chosen:
        return allocate(
            self.edges, self.points, self.seats_left, self.open_by_candidate, self.open_by_vacancy, self.waits, minimum=self.minimum
        )

    def loads(self, chosen: Chosen) -> tuple[Wholes, Wholes]:
        """Proposals of each candidate, of each vacancy."""
        return (
            np.bincount(self.edges[chosen, 0], minlength=len(self.waits)),
            np.bincount(self.edges[chosen, 1], minlength=len(self.seats_left)),
        )

    def served(self, chosen: Chosen) -> int:
        """People with no open proposal who got one."""
        return int(((self.loads(chosen)[0] > 0) & (self.open_by_candidate == 0)).sum())

    def over(self, chosen: Chosen) -> int:
        """Proposals beyond what vacancies bear."""
        return int(np.maximum(self.loads(chosen)[1] - self.cap, 0).sum())


def market(people: int, vacancies: int, a_vacancy: int, a_candidate: int, seed: int = 1) -> Market:
    """Trades lie on a ring. A vacancy has edges to `a_vacancy` people near its own, a candidate to `a_candidate` vacancies near theirs.
    People are spread evenly, vacancies are not: there is want here and plenty there."""
    random = np.random.default_rng(seed)
    at = np.sort(random.random(people)), np.sort(random.beta(2, 2, vacancies))

    def near(side: int, count: int) -> Wholes:
        """For each row of a side `count` rows of the other, near in trade."""
        other, each = at[1 - side], np.repeat(at[side], count)
        return np.searchsorted(other, (each + random.normal(0, 0.01, len(each))) % 1) % len(other)

    by_vacancy = near(1, a_vacancy), np.repeat(np.arange(vacancies), a_vacancy)
    by_candidate = np.repeat(np.arange(people), a_candidate), near(0, a_candidate)
    keys = np.unique(np.concatenate([by_vacancy[0], by_candidate[0]]) * vacancies + np.concatenate([by_vacancy[1], by_candidate[1]]))
    edges = np.stack([keys // vacancies, keys % vacancies], axis=1)
    away = np.abs(at[0][edges[:, 0]] - at[1][edges[:, 1]])
    return Market(
        edges=edges.astype(np.int32),
        points=np.clip(9_000 - 60_000 * np.minimum(away, 1 - away) + random.normal(0, 800, len(edges)), 3_500, 10_000).astype(np.int64),
        seats_left=random.integers(1, 12, vacancies),
        open_by_candidate=random.choice([0, 0, 0, 0, 1, 2, 5], people),
        open_by_vacancy=random.integers(0, 6, vacancies),
        waits=random.geometric(0.5, people) - 1,
    )


def naive(given: Market) -> Chosen:
    chosen = np.zeros(len(given.edges), bool)
    order = np.lexsort((-given.points, given.edges[:, 0]))
    people = given.edges[order, 0]
    chosen[order] = np.arange(len(order)) - np.searchsorted(people, people) < 5
    return chosen


def greedy(given: Market) -> Chosen:
    chosen = np.zeros(len(given.edges), bool)
    takes, cap, edges = given.takes.tolist(), given.cap.tolist(), given.edges.tolist()
    for edge in np.argsort(-given.points, kind="stable").tolist():
        i, j = edges[edge]
        if takes[i] and cap[j]:
            takes[i] -= 1
            cap[j] -= 1
            chosen[edge] = True
    return chosen


def is_best(given: Market, chosen: Chosen) -> bool:
    """Whether nothing can be exchanged at a profit, proved with no word of the solver's.

    Every other choice within the caps differs from this one by cycles of exchanges: a proposal more, one less, one more ... A price for
    each candidate and vacancy at which no single step gains anything rules out a cycle that gains (complementary slackness). Prices are
    the least costs of walks (Bellman 1958), which settle unless there is such a cycle.
    """
    people, vacancies = len(given.waits), len(given.seats_left)
    candidate_load, vacancy_load = given.loads(chosen)
    i, j = np.arange(people), people + np.arange(vacancies)
    from_, to = given.edges[:, 0], people + given.edges[:, 1].astype(np.int64)
    outside = people + vacancies
    steps = [  # (where, from, to, cost)
        (~chosen, from_, to, -given.points),
        (chosen, to, from_, given.points),
        (candidate_load < given.takes, outside, i, np.where(candidate_load == 0, -given.first, 0)),
        (candidate_load > 0, i, outside, np.where(candidate_load == 1, given.first, 0)),
        (vacancy_load < given.cap, j, outside, np.where(vacancy_load < given.short, -10_000, 0)),
        (vacancy_load > 0, outside, j, np.where(vacancy_load <= given.short, 10_000, 0)),
    ]
    tails, heads, costs = (np.concatenate([np.broadcast_to(step[place], step[0].shape)[step[0]] for step in steps]) for place in (1, 2, 3))
    order = np.argsort(heads, kind="stable")
    tails, heads, costs = tails[order], heads[order], costs[order]
    starts = np.flatnonzero(np.diff(heads, prepend=-1))
    price = np.zeros(outside + 1, np.int64)
    for _ in range(outside + 2):
        better = np.minimum.reduceat(price[tails] + costs, starts)
        if (better >= price[heads[starts]]).all():
            return True
        price[heads[starts]] = np.minimum(price[heads[starts]], better)
    return False


def measure(people: int, vacancies: int, a_vacancy: int, a_candidate: int) -> str:
    given = market(people, vacancies, a_vacancy, a_candidate)
    started = time.perf_counter(), time.process_time()
    best = given.allocate()
    wall, cpu = time.perf_counter() - started[0], time.process_time() - started[1]
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    lines = [
        f"\n{people:,} people, {vacancies:,} vacancies, {len(given.edges):,} edges: {cpu:.2f} s CPU, {wall:.2f} s, "
        f"{peak:,.0f} MB with the market; the optimum is {'proved' if is_best(given, best) else 'NOT proved'}",
        f"{'':12}{'served':>10}{'':>8}{'points':>14}{'':>8}{'proposals':>12}{'over caps':>11}",
    ]
    for name, chosen in (("allocate", best), ("greedy", greedy(given)), ("naive top 5", naive(given))):
        served, points, proposals, over = given.served(chosen), int(given.points[chosen].sum()), int(chosen.sum()), given.over(chosen)
        ratios = served / given.served(best), points / int(given.points[best].sum())
        lines.append(
            f"{name:12}{served:10,}{ratios[0]:8.3f}{points:14,}{ratios[1]:8.3f}{proposals:12,}{over / proposals:11.1%}",
        )
    return "\n".join(lines)


def main(argv: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--people", type=int, default=49_000)
    parser.add_argument("--vacancies", type=int, default=5_000)
    told = parser.parse_args(argv)
    for a_vacancy, a_candidate in ((52, 0), (50, 64)):
        with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as own:
            print(own.submit(measure, told.people, told.vacancies, a_vacancy, a_candidate).result(), flush=True)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
