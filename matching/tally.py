"""What a run has counted and how long it took, kept on its row."""

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from time import perf_counter

from matching.models import ScoringRun


@dataclass(slots=True)
class Tally:
    """`counts` and `timings` (milliseconds of work) are those of ScoringRun; `reasons` are pairs that failed, by code."""

    counts: Counter[str] = field(default_factory=Counter)
    reasons: Counter[str] = field(default_factory=Counter)
    timings: Counter[str] = field(default_factory=Counter)

    @contextmanager
    def timed(self, what: str) -> Iterator[None]:
        start = perf_counter()
        yield
        self.timings[what] += round(1000 * (perf_counter() - start))

    def add(self, other: "Tally") -> None:
        self.counts.update(other.counts)
        self.reasons.update(other.reasons)
        self.timings.update(other.timings)

    def add_to(self, run: ScoringRun) -> None:
        """The caller has locked the row, or made it, and saves it."""
        counts = dict(run.counts)
        reasons = counts.pop("reasons", {})
        known = Tally(Counter(counts), Counter(reasons), Counter(run.timings))
        known.add(self)
        run.counts, run.timings = {**known.counts, "reasons": dict(known.reasons)}, dict(known.timings)
