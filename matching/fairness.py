"""Whether one group reaches a step less often than another: the four-fifths rule, Fisher's exact test, Holm's correction.

Counts in, verdicts out. Knows nobody's name and no Django.

- Four-fifths rule: a group's rate is compared with the highest rate among the groups of its table; below 4/5 of it is a difference
  (Uniform Guidelines on Employee Selection Procedures, 29 CFR 1607.4 D, 1978). Only groups of at least 30 people are compared, on
  either side, because the rate of a smaller one says little.
- Fisher, The Design of Experiments, 1935: how often chance alone, with the same totals, gives a table no more likely than this one.
- Holm, A simple sequentially rejective multiple test procedure, 1979: many tables are tested at once, and some differ by chance.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby

ENOUGH = 30  # people in a group that is compared
FIFTHS = 4  # of five
CHANCE = 0.05


@dataclass(frozen=True, slots=True)
class Group:
    """How many of a group's `people`, all of whom could, `reached` a step. Groups of one `table` are compared with each other."""

    table: tuple[str, ...]
    name: str
    people: int
    reached: int


@dataclass(frozen=True, slots=True)
class Verdict:
    """Against which group a group was tested (None: not tested), its rate as a share of that group's, and Holm's p of all tests."""

    against: str | None = None
    ratio: float | None = None
    p: float | None = None
    is_different: bool = False


def verdicts(groups: Sequence[Group]) -> list[Verdict]:
    """One for each group, in their order; all tests are one family. The order of the groups changes nothing else."""
    tested = [(group, best) for group, best in _pairs(groups) if group is not best]
    adjusted = dict(zip((group for group, _best in tested), holm([fisher(group, best) for group, best in tested]), strict=True))
    against = dict(tested)
    return [_verdict(group, against[group], adjusted[group]) if group in against else Verdict() for group in groups]


def _pairs(groups: Iterable[Group]) -> Iterable[tuple[Group, Group]]:
    """Each group that is big enough with the one of its table that has the highest rate; of equals the bigger one, then by name."""
    large = sorted((group for group in groups if group.people >= ENOUGH), key=lambda group: (group.table, group.name))
    for _table, rows in groupby(large, key=lambda group: group.table):
        members = list(rows)
        best = members[0]
        for group in members[1:]:
            if (group.reached * best.people, group.people) > (best.reached * group.people, best.people):
                best = group
        if best.reached:
            yield from ((group, best) for group in members)


def _verdict(group: Group, best: Group, p: float) -> Verdict:
    """Whole numbers decide: a rate of exactly four fifths is no difference."""
    is_lower = 5 * group.reached * best.people < FIFTHS * best.reached * group.people
    ratio = group.reached * best.people / (best.reached * group.people)
    return Verdict(best.name, ratio, p, is_lower and p < CHANCE)


def fisher(one: Group, other: Group) -> float:
    """Two-sided p of the two groups' table, reached and not."""
    from scipy.stats import fisher_exact

    table = [[group.reached, group.people - group.reached] for group in (one, other)]
    return float(fisher_exact(table).pvalue)


def holm(chances: Sequence[float]) -> list[float]:
    """p-values as they count when all are looked at: the smallest times how many there are, the next times one fewer, …, at most 1."""
    adjusted = [0.0] * len(chances)
    highest = 0.0
    for tried, place in enumerate(sorted(range(len(chances)), key=lambda place: chances[place])):
        highest = max(highest, min(1.0, (len(chances) - tried) * chances[place]))
        adjusted[place] = highest
    return adjusted
