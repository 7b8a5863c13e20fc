"""What all measurements share: sizes, clocks, medians of rounds that take turns, processes of their own, and the lines that they report."""

import gc
import os
import platform
import time
from collections.abc import Callable, Mapping
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field
from importlib.metadata import PackageNotFoundError, version
from multiprocessing import get_context
from pathlib import Path
from statistics import median
from typing import Any, TypeVar

T = TypeVar("T")
VERSIONS = ("numpy", "numba", "scipy", "ortools", "sparse-dot-topn", "Django", "psycopg2-binary", "psycopg2")


@dataclass(frozen=True)
class Sizes:
    """How much is measured. `growth` are (people, vacancies); ratios need no size, so the small ones say the same, less exactly.

    `country` is (people, vacancies, matches that people have acted on), `looks` how often each page is opened, `load` (readers, seconds),
    `rpw` rows of Remittance Prices Worldwide (imported from CSV, imported from XLSX, saved one by one);
    `quotes` are (services of the way home that is looked at, services elsewhere, days of prices).
    """

    people: int
    vacancies: int
    sql_vacancies: int
    rounds: int
    growth: tuple[tuple[int, int], ...]
    latencies: int
    workers: tuple[int, int]
    edges: tuple[tuple[int, int], ...]
    seeds: tuple[int, ...]
    country: tuple[int, int, int]
    looks: int
    load: tuple[int, int]
    rpw: tuple[int, int, int]
    quotes: tuple[int, int, int]


FULL = Sizes(
    people=49_000,
    vacancies=5_000,
    sql_vacancies=100,
    rounds=3,
    growth=((5_000, 500), (49_000, 500), (5_000, 5_000), (49_000, 5_000), (98_000, 5_000), (49_000, 10_000), (500_000, 5_000)),
    latencies=200,
    workers=(49_000, 2_000),
    edges=((52, 0), (50, 61)),
    seeds=(1, 2, 3),
    country=(49_000, 5_000, 22_000),
    looks=10,
    load=(50, 60),
    rpw=(300_000, 20_000, 2_000),
    quotes=(200, 713, 1096),
)
SMALL = Sizes(
    people=6_000,
    vacancies=400,
    sql_vacancies=20,
    rounds=3,
    growth=((2_000, 200), (2_000, 800), (8_000, 400), (16_000, 400), (8_000, 800)),
    latencies=30,
    workers=(3_000, 200),
    edges=((52, 0),),
    seeds=(1,),
    country=(4_000, 400, 2_000),
    looks=5,
    load=(10, 15),
    rpw=(20_000, 2_000, 500),
    quotes=(60, 60, 400),
)
TINY = Sizes(
    people=300,
    vacancies=40,
    sql_vacancies=10,
    rounds=1,
    growth=((100, 20), (200, 20), (100, 40)),
    latencies=5,
    workers=(150, 30),
    edges=((10, 0),),
    seeds=(1,),
    country=(200, 40, 120),
    looks=1,
    load=(2, 3),
    rpw=(300, 30, 30),
    quotes=(15, 5, 20),
)


@dataclass(frozen=True)
class Line:
    """One row of the table, with more `details` below it. `reached` is None where no reach is set. `facts` serve bench/paper.py."""

    work: str
    measured: str
    reach: str = ""
    reached: bool | None = None
    facts: Mapping[str, float] = field(default_factory=dict)
    details: str = ""


def ratio_line(
    work: str, ratio: float, detail: str, *, least: float | None = None, most: float | None = None, facts: Mapping[str, float] | None = None
) -> Line:
    """A ratio that should be at least, or at most, so much."""
    measured = f"{_short(ratio)} × ({detail})"
    if least is not None:
        return Line(work, measured, f"≥ {least:g} ×", ratio >= least, facts or {})
    if most is not None:
        return Line(work, measured, f"≤ {most:g} ×", ratio <= most, facts or {})
    return Line(work, measured, facts=facts or {})


def _short(ratio: float) -> str:
    return f"{ratio:,.0f}" if ratio >= 20 else f"{ratio:.1f}" if ratio >= 10 else f"{ratio:.2f}"


@dataclass(frozen=True)
class Spent:
    """Seconds of the clock on the wall, and of processors (all threads of this process)."""

    wall: float
    cpu: float


def spent(work: Callable[[], T]) -> tuple[Spent, T]:
    gc.collect()
    wall, cpu = time.perf_counter(), time.process_time()
    result = work()
    return Spent(time.perf_counter() - wall, time.process_time() - cpu), result


def in_turns(rounds: int, ways: Mapping[str, Callable[[], float]]) -> dict[str, float]:
    """The median of what each way says of itself, over rounds in which all have a turn: a slow moment of the machine meets all alike."""
    found: dict[str, list[float]] = {name: [] for name in ways}
    for _ in range(rounds):
        for name, way in ways.items():
            found[name].append(way())
    return {name: median(values) for name, values in found.items()}


def in_own_process(work: Callable[..., T], *values: Any) -> T:
    """Its result from a process that has done nothing else, so that its memory is its own."""
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as own:
        return own.submit(work, *values).result()


def peak_mb() -> float:
    """The most memory this process ever held. ru_maxrss would count what its parent held before it became a process of its own."""
    status = Path("/proc/self/status").read_text()
    return int(status.split("VmHWM:")[1].split()[0]) / 1024


def machine() -> list[str]:
    """What it was measured on."""
    processor = next((line for line in Path("/proc/cpuinfo").read_text().splitlines() if line.startswith("model name")), "model name: ?")
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    found = []
    for name in VERSIONS:
        try:
            found.append(f"{name} {version(name)}")
        except PackageNotFoundError:
            continue
    return [
        f"{processor.split(':')[1].strip()}, {os.cpu_count()} processors, {memory:.0f} GB, {platform.system()} {platform.release()}",
        f"Python {platform.python_version()}, {', '.join(found)}",
    ]
