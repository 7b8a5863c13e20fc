"""A country's size on paper: 4 000 000 people × 100 000 vacancies, reckoned from what was measured (`Line.facts`), never run."""

from collections.abc import Iterable, Mapping

from bench.harness import Line
from matching.lease import LEASE
from matching.score import BLOCK
from matching.scoring.order import MOST_ROWS
from matching.suggestions import LIST

PEOPLE, VACANCIES = 4_000_000, 100_000
WORKERS = (8, 32)
BYTES_A_PLACE = 12  # of a list: its key and both sides
CHANGED = 0.05  # of the rows, from one day to the next
NEEDED = {"ns a pair", "ns a pair of a block", "MB a thousand people"}


def facts_of(lines: Iterable[Line]) -> dict[str, float]:
    """All facts of a run; of two lines with the same one the later, larger case counts."""
    return {name: value for line in lines for name, value in line.facts.items()}


def page(facts: Mapping[str, float]) -> str:
    """Markdown. What was not measured in this run is left out; empty where growth was not."""
    if not facts.keys() >= NEEDED:
        return ""
    return f"### {PEOPLE:,} people × {VACANCIES:,} vacancies, on paper\n\n" + "\n".join(f"- {line}" for line in _lines(facts))


def _lines(facts: Mapping[str, float]) -> Iterable[str]:
    pairs = PEOPLE * VACANCIES
    cpu = pairs * facts["ns a pair of a block"] / 1e9
    whole = pairs * facts["ns a pair"] / 1e9 + (PEOPLE + VACANCIES) * max(0.0, facts["µs a row"]) / 1e6
    minutes = ", ".join(f"{cpu / 60 / workers:.0f} minutes on {workers}" for workers in WORKERS)
    yield (
        f"**Time.** {pairs / 1e9:.0f} thousand million pairs at {facts['ns a pair of a block']:.1f} ns, what a block of a run costs: "
        f"{cpu / 3600:.1f} hours of one processor. Blocks share nothing but the database: {minutes}. Larger blocks cost less: all at once "
        f"{whole / 3600:.1f} hours."
    )
    blocks = -(-VACANCIES // BLOCK)
    yield (
        f"**Tasks.** {blocks:,} blocks of {BLOCK} vacancies, {cpu / blocks:.0f} s each on one processor. A lease is {LEASE.seconds} s: "
        + ("it must grow, or blocks must shrink." if cpu / blocks > LEASE.seconds else "it holds.")
    )
    gb = (PEOPLE / 1000 * facts["MB a thousand people"] + BLOCK / 1000 * max(0.0, facts["MB a thousand vacancies"])) / 1024
    yield (
        f"**Memory.** {facts['MB a thousand people']:.1f} MB a thousand people: {gb:.0f} GB for each process that holds everybody. "
        "Threads of one process share it; a second process does not."
    )
    if "s to load a thousand people" in facts:
        seconds = PEOPLE / 1000 * facts["s to load a thousand people"]
        yield f"**Reading.** Everybody by COPY: {seconds / 60:.0f} minutes once a worker, then only who has changed."
    rows = VACANCIES * LIST
    yield f"**Rows.** {rows:,} suggestions stand in the database; where {CHANGED:.0%} change, a night writes {rows * CHANGED:,.0f} of them."
    if "s to compare a thousand rows" in facts:
        fresh, again = (rows / 1000 * facts[f"s to {name}"] / 60 for name in ("write a thousand new rows", "compare a thousand rows"))
        yield f"**Writing.** {fresh:.0f} minutes of the database for the first run, {again:.0f} for each later one, spread over the blocks."
    if "s a million edges" in facts:
        edges = (rows + PEOPLE * LIST) / 1e6
        minutes_of_flow, gb_of_flow = edges * facts["s a million edges"] / 60, edges * facts["MB a million edges"] / 1024
        yield (
            f"**Stage 2.** Up to {edges:.0f} million edges. At the measured {facts['s a million edges']:.1f} s and "
            f"{facts['MB a million edges']:,.0f} MB a million, and a flow grows faster than its edges: at least "
            f"{minutes_of_flow:.0f} minutes and {gb_of_flow:.0f} GB in one process."
        )
    yield (
        "**Partitions.** Tables of what people tell (tens of rows a person) by hash of the candidate, matches by hash of the vacancy, "
        "so that a block's MERGE meets one partition. Runs' blocks need none."
    )
    lists_gb = PEOPLE * LIST * BYTES_A_PLACE / 2**30
    yield (
        "**What breaks first** is the step of shortlists: one task in one process, which ranks both directions once more "
        f"({whole / 60:.0f} minutes on one processor, {lists_gb:.1f} GB for candidates' lists) and then lets one flow run. What one would do: "
        "blocks keep their lists of candidates, too, and the step merges them by the order, which is total; and the flow falls apart "
        "into regions that share no edge (country of destination, legal route), a flow each, which is exact. Next is the memory of a "
        "worker: people are cut into shares, each worker ranks its share, and lists are merged by the same order: exact again. Then the "
        f"order's own bits: a rank has 22, for {MOST_ROWS:,} rows, and more is a typed error today; the key must grow before the people do."
    )
