"""Versions of the weights: reading one, and the file in which one travels. propose_weights, try_weights and approve_weights change them."""

from typing import Any

import yaml
from django.utils.functional import Promise

from matching.load_records import load_taxonomy
from matching.models import ScoringWeights, Skill
from matching.scoring import BadWeights, ScoringError, Taxonomy, Weights


class WrongDigest(ScoringError):
    """A stored version whose numbers are not those that were hashed: nothing is scored by it."""


class BadFile(BadWeights):
    PROBLEMS = BadWeights.PROBLEMS | {
        "unreadable": "This is not the YAML or JSON of a weights file.",
        "skill": "There is no skill {part}.",
    }


class NotPossible(Exception):
    """A version cannot be proposed, tried or approved (any more); `why` is the sentence for who asked."""

    def __init__(self, why: Promise | str) -> None:
        super().__init__(str(why))
        self.why = why


def read_weights(row: ScoringWeights, taxonomy: Taxonomy) -> Weights:
    """What the engine takes. Raises WrongDigest, and BadWeights for a row that is no version at all."""
    weights = Weights.from_numbers(row.numbers, taxonomy)
    if weights.digest != row.digest:
        raise WrongDigest(f"The numbers of {row} do not give its digest.")
    return weights


def in_force() -> ScoringWeights | None:
    """The version approved last; none before the first scoring."""
    return ScoringWeights.objects.approved().select_related("proposed_by", "approved_by").first()


def rarity_of_today() -> dict[str, Any]:
    """The part of the numbers that is frozen from the taxonomy."""
    numbers = Weights.default(load_taxonomy()).numbers
    return {"rarity": numbers["rarity"], "usual": numbers["usual"]}


# The file. Skills go by their slugs: a person can read it, and another installation has other ids.

MOST_BYTES = 1_000_000


def to_file(row: ScoringWeights) -> str:
    """The numbers of a version as YAML; `from_file` gives the same numbers back."""
    slugs = dict(Skill.objects.order_by("pk").values_list("pk", "slug"))
    rarity = {slugs.get(int(skill), skill): weight for skill, weight in row.numbers["rarity"].items()}
    numbers = {name: row.numbers[name] for name in ("fits", "suits", "usual")} | {"rarity": dict(sorted(rarity.items()))}
    return f"# Safar, weights {row.digest}\n{yaml.safe_dump(numbers, sort_keys=False)}"


def from_file(content: bytes) -> dict[str, Any]:
    """The numbers in a file, YAML or JSON. Raises BadFile or BadWeights, whatever is in it."""
    if len(content) > MOST_BYTES or b"&" in content or b"*" in content:  # anchors can make a small file a huge one
        raise BadFile("unreadable")
    try:
        numbers = yaml.safe_load(content.decode())
    except (yaml.YAMLError, ValueError, RecursionError):
        raise BadFile("unreadable") from None
    if not isinstance(numbers, dict):
        raise BadFile("unreadable")
    if isinstance(numbers.get("rarity"), dict):
        pks = dict(Skill.objects.order_by("pk").values_list("slug", "pk"))
        for slug in numbers["rarity"]:
            if slug not in pks:
                raise BadFile("skill", part=str(slug)[:60])
        numbers["rarity"] = {str(pks[slug]): weight for slug, weight in numbers["rarity"].items()}
    return Weights.from_numbers(numbers, load_taxonomy()).numbers
