"""How time and memory of stage 1, both directions, grow with people and vacancies. Each size has a process of its own."""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import product

import numpy as np

from bench.harness import Line, Sizes, Spent, in_own_process, in_turns, peak_mb, ratio_line, spent
from bench.synthetic import market
from matching.scoring import rank, rank_both
from matching.scoring.people import People

TOP, TOP_CANDIDATE = 50, 20
MOST_MEMORY = 1024  # MB


@dataclass(frozen=True)
class Grown:
    """One size: seconds of processors and of the clock, MB at the most."""

    people: int
    vacancies: int
    cpu: float
    wall: float
    peak: float

    @property
    def pairs(self) -> int:
        return self.people * self.vacancies

    @property
    def rows(self) -> int:
        return self.people + self.vacancies


@dataclass(frozen=True)
class Fit:
    """seconds = a · pairs + b · rows + c, by least squares of relative errors; `residuals` are relative, in the order of the sizes."""

    a: float
    b: float
    c: float
    residuals: tuple[float, ...]

    def seconds(self, people: int, vacancies: int) -> float:
        return self.a * people * vacancies + self.b * (people + vacancies) + self.c


def fit(grown: Iterable[Grown]) -> Fit:
    sizes = list(grown)
    terms = np.array([[one.pairs, one.rows, 1] for one in sizes], dtype=float)
    seconds = np.array([one.cpu for one in sizes])
    scale = terms.max(axis=0)  # so that pairs and 1 are of one magnitude
    found, *_ = np.linalg.lstsq(terms / scale / seconds[:, None], np.ones(len(sizes)), rcond=None)
    a, b, c = (found / scale).tolist()
    return Fit(a, b, c, tuple((terms @ (found / scale) / seconds - 1).tolist()))


def grow(sizes: Sizes) -> list[Grown]:
    return [in_own_process(one_size, people, vacancies, sizes.rounds) for people, vacancies in sizes.growth]


def one_size(people: int, vacancies: int, rounds: int) -> Grown:
    """Median of some rounds, after a small market has had everything compiled."""
    warm_up()
    columns, openings, weights, routes, day = market(people, vacancies, seed=1)
    walls: list[float] = []

    def work() -> float:
        took: Spent
        took, _ = spent(
            lambda: rank_both(columns, openings, weights, routes, on=day, top=TOP, top_candidate=TOP_CANDIDATE, path="compiled")
        )
        walls.append(took.wall)
        return took.cpu

    cpu = in_turns(rounds, {"both": work})["both"]
    return Grown(people, vacancies, cpu, float(np.median(walls)), peak_mb())


def one_block(people: int, vacancies: int, rounds: int) -> float:
    """Nanoseconds a pair of a run's block: people are prepared, vacancies are not."""
    warm_up()
    columns, openings, weights, routes, day = market(people, vacancies, seed=1)
    prepared = People(columns, weights, day)

    def work() -> float:
        took, _ = spent(lambda: rank(prepared, openings, weights, routes, on=day, top=TOP, gate=True, path="compiled"))
        return took.cpu / people / vacancies * 1e9

    return in_turns(rounds, {"block": work})["block"]


def warm_up() -> None:
    columns, openings, weights, routes, day = market(100, 20, seed=1)
    rank_both(columns, openings, weights, routes, on=day, top=TOP, top_candidate=TOP_CANDIDATE, path="compiled")


def lines(grown: list[Grown]) -> list[Line]:
    by_size = {(one.people, one.vacancies): one for one in grown}
    found = []
    for (people, vacancies), (times, what) in product(by_size, (((2, 1), "candidates"), ((1, 2), "vacancies"))):
        double = by_size.get((people * times[0], vacancies * times[1]))
        if double:
            before = by_size[people, vacancies]
            detail = f"{before.cpu:.2f} s and {double.cpu:.2f} s CPU, from {people:,} × {vacancies:,}"
            found.append(ratio_line(f"doubling {what}", double.cpu / before.cpu, detail, most=2.1))
    best = fit(grown)
    for one, residual in zip(grown, best.residuals, strict=True):
        measured = (
            f"{one.cpu:.2f} s CPU, {one.wall:.2f} s, {one.cpu / one.pairs * 1e9:.2f} ns a pair, {one.peak:,.0f} MB, fit {residual:+.0%}"
        )
        is_bounded = (one.people, one.vacancies) == (49_000, 5_000)
        reach = ("< 1 GB", one.peak < MOST_MEMORY) if is_bounded else ("", None)
        found.append(Line(f"both directions, {one.people:,} × {one.vacancies:,}", measured, *reach))
    text = f"{best.a * 1e9:.2f} ns · pairs + {best.b * 1e6:.1f} µs · (people + vacancies) + {best.c * 1e3:.0f} ms"
    facts = {"ns a pair": best.a * 1e9, "µs a row": best.b * 1e6, **memory(grown)}
    return [*found, Line("fit of the CPU time", text, facts=facts)]


def memory(grown: list[Grown]) -> dict[str, float]:
    """What a process holds at the most: so much at least, and for each thousand people and vacancies."""
    terms = np.array([[1, one.people / 1000, one.vacancies / 1000] for one in grown])
    found, *_ = np.linalg.lstsq(terms, np.array([one.peak for one in grown]), rcond=None)
    return dict(zip(("MB", "MB a thousand people", "MB a thousand vacancies"), found.tolist(), strict=True))


def measure(sizes: Sizes) -> list[Line]:
    from matching.score import BLOCK  # needs Django, which the processes of their own do not have

    ns = in_own_process(one_block, sizes.people, BLOCK, sizes.rounds)
    block = Line(
        f"a block of a run: {sizes.people:,} people, prepared, × {BLOCK}", f"{ns:.1f} ns a pair", facts={"ns a pair of a block": ns}
    )
    return [*lines(grow(sizes)), block]
