"""The frozen numbers of the score: what each component weighs, and how rare each skill is."""

import json
import re
from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from hashlib import sha256
from math import log
from statistics import median
from typing import Any, Self

from matching.scoring.errors import BadWeights
from matching.scoring.taxonomy import Taxonomy
from matching.scoring.whole import half_even

FITS = {"E": 40, "O": 10, "C": 25, "X": 15, "L": 10}
SUITS = {"W": 35, "G": 25, "D": 20, "A": 10, "K": 10}
SIDE = 100  # what the weights of a side sum to
MOST_RARE = 1_000_000  # more than any number of occupations gives


@dataclass(frozen=True, slots=True)
class Weights:
    """One version of the weights. `rarity` gives a skill's w; a skill without one weighs `usual`, the median."""

    taxonomy: Taxonomy
    fits: Mapping[str, int]
    suits: Mapping[str, int]
    rarity: Mapping[int, int]
    usual: int

    @classmethod
    def default(cls, taxonomy: Taxonomy) -> Self:
        """Today's weights, with the rarity of skills in `taxonomy` frozen: w = round(1000 · (1 + ln((N+1)/(df+1)))²).

        N is the number of occupations in `essential`, df how many of their lists hold the skill. A variant of the inverse document
        frequency of text search (Spärck Jones 1972): a skill that few occupations ask for says more about who can do the job.
        """
        found = Counter(skill for skills in taxonomy.essential.values() for skill in skills)
        occupations = len(taxonomy.essential)
        rarity = {skill: _rarity(occupations, found[skill]) for skill in sorted(found)}
        return cls(taxonomy, FITS, SUITS, rarity, _median(list(rarity.values())))

    @classmethod
    def from_numbers(cls, numbers: Mapping[str, Any], taxonomy: Taxonomy) -> Self:
        """A stored version: what `numbers` gave. Nothing is computed anew from `taxonomy`, which serves groups, codes and ladders.

        Raises BadWeights where a part is missing or unknown, a side does not sum to 100, or a number is not whole and at least 1:
        a side of which only components that weigh nothing apply could not be full.
        """
        _check(numbers)
        rarity = {int(skill): weight for skill, weight in numbers["rarity"].items()}
        return cls(taxonomy, dict(numbers["fits"]), dict(numbers["suits"]), rarity, numbers["usual"])

    @property
    def numbers(self) -> dict[str, Any]:
        """All that makes this version, fit for JSON."""
        rarity = {str(skill): self.rarity[skill] for skill in sorted(self.rarity)}
        return {"fits": dict(self.fits), "suits": dict(self.suits), "rarity": rarity, "usual": self.usual}

    @property
    def digest(self) -> str:
        """SHA-256 of `numbers`, 64 hexadecimal digits."""
        return sha256(json.dumps(self.numbers, sort_keys=True, separators=(",", ":")).encode()).hexdigest()

    def weight(self, skill: int) -> int:
        return self.rarity.get(skill, self.usual)


def _check(numbers: Any) -> None:
    _check_names(numbers, ("fits", "suits", "rarity", "usual"), "")
    for name, codes in (("fits", FITS), ("suits", SUITS)):
        side = numbers[name]
        _check_names(side, codes, name)
        for code in codes:
            _check_whole(side[code], f"{name} {code}", SIDE)
        if (total := sum(side.values())) != SIDE:
            raise BadWeights("sum", part=name, total=total)
    rarity = numbers["rarity"]
    if not isinstance(rarity, Mapping):
        raise BadWeights("kind", part="rarity")
    for skill, weight in rarity.items():
        if not (isinstance(skill, str) and _ID.fullmatch(skill)):
            raise BadWeights("unknown", part=f"rarity {_short(skill)}")
        _check_whole(weight, f"rarity {skill}", MOST_RARE)
    _check_whole(numbers["usual"], "usual", MOST_RARE)


_ID = re.compile("0|[1-9][0-9]{0,18}")


def _check_names(numbers: Any, names: Collection[str], part: str) -> None:
    """Exactly these."""
    if not isinstance(numbers, Mapping):
        raise BadWeights("kind", part=part or "the whole")
    for name in names:
        if name not in numbers:
            raise BadWeights("missing", part=f"{part} {name}".strip())
    for name in numbers:
        if name not in names:
            raise BadWeights("unknown", part=f"{part} {_short(name)}".strip())


def _check_whole(value: Any, part: str, most: int) -> None:
    if type(value) is not int or not 1 <= value <= most:  # True is an int, too
        raise BadWeights("whole", part=part, least=1, most=most, value=_short(value))


def _short(value: Any) -> str:
    if isinstance(value, int) and abs(value) > 10**18:  # Python refuses to write very long numbers
        return "…"
    return str(value)[:40]


def _rarity(occupations: int, holding: int) -> int:
    return round(1000 * (1 + log((occupations + 1) / (holding + 1))) ** 2)


def _median(values: list[int]) -> int:
    """A half is rounded to even. Where no list holds a skill, all weigh the same."""
    return half_even(int(2 * median(values)), 2) if values else 1000
