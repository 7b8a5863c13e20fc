"""Stage 2 on the made-up market of bench/allocate.py: time, memory, and a proof of the optimum; against two simpler ways."""

from dataclasses import dataclass

from bench import allocate
from bench.harness import Line, Sizes, in_own_process, peak_mb, spent

REACH = ((300_000, 2, None), (3_000_000, 12, 1024))  # up to so many edges: seconds, MB


@dataclass(frozen=True)
class Chosen:
    edges: int
    seconds: float
    peak: float
    is_best: bool
    served: dict[str, int]
    points: dict[str, int]
    over: dict[str, float]


def measure(sizes: Sizes) -> list[Line]:
    return [line for a_vacancy, a_candidate in sizes.edges for line in lines(sizes, a_vacancy, a_candidate)]


def lines(sizes: Sizes, a_vacancy: int, a_candidate: int) -> list[Line]:
    found = in_own_process(choose, sizes.people, sizes.vacancies, a_vacancy, a_candidate)
    seconds, mb = next((seconds, mb) for edges, seconds, mb in REACH if found.edges <= edges)
    proof = "the optimum, proved" if found.is_best else "NOT the optimum"
    reached = found.is_best and found.seconds <= seconds and (mb is None or found.peak <= mb)
    facts = {"s a million edges": found.seconds / found.edges * 1e6, "MB a million edges": found.peak / found.edges * 1e6}
    simpler = "; ".join(
        f"{name} serves {found.served[name]:,} and is {found.over[name]:.0%} over caps" for name in ("greedy", "the naive top 5")
    )
    share = found.points["allocate"] / found.points["greedy"]
    return [
        Line(
            f"stage 2, {found.edges:,} edges",
            f"{found.seconds:.2f} s CPU, {found.peak:,.0f} MB, {proof}",
            f"≤ {seconds} s" + (f", {mb:,} MB" if mb else ""),
            reached,
            facts,
        ),
        Line(f"… people served: {found.served['allocate']:,}", f"{simpler}; {share:.1%} of greedy's points"),
    ]


def choose(people: int, vacancies: int, a_vacancy: int, a_candidate: int) -> Chosen:
    allocate.market(100, 10, 5, 0).allocate()  # the solver is loaded
    given = allocate.market(people, vacancies, a_vacancy, a_candidate)
    took, best = spent(given.allocate)
    peak = peak_mb()
    ways = {"allocate": best, "greedy": allocate.greedy(given), "the naive top 5": allocate.naive(given)}
    return Chosen(
        edges=len(given.edges),
        seconds=took.cpu,
        peak=peak,
        is_best=allocate.is_best(given, best),
        served={name: given.served(chosen) for name, chosen in ways.items()},
        points={name: int(given.points[chosen].sum()) for name, chosen in ways.items()},
        over={name: given.over(chosen) / max(1, int(chosen.sum())) for name, chosen in ways.items()},
    )
