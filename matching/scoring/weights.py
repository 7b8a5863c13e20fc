"""The frozen numbers of the score: what each component weighs, and how rare each skill is."""

import json
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256
from math import log
from statistics import median
from typing import Any, Self

from matching.scoring.taxonomy import Taxonomy
from matching.scoring.whole import half_even

FITS = {"E": 40, "O": 10, "C": 25, "X": 15, "L": 10}
SUITS = {"W": 35, "G": 25, "D": 20, "A": 10, "K": 10}


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
        """A stored version: what `numbers` gave. Nothing is computed anew from `taxonomy`, which serves groups, codes and ladders."""
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


def _rarity(occupations: int, holding: int) -> int:
    return round(1000 * (1 + log((occupations + 1) / (holding + 1))) ** 2)


def _median(values: list[int]) -> int:
    """A half is rounded to even. Where no list holds a skill, all weigh the same."""
    return half_even(int(2 * median(values)), 2) if values else 1000
