"""Proposing a version of the weights."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from matching.load_records import load_taxonomy
from matching.models import ScoringWeights
from matching.scoring import Weights
from matching.weights import NotPossible
from portal.accounts.models import User


class AlreadyThere(NotPossible):
    """A version has a digest of its own: the same numbers are the same version."""

    def __init__(self, row: ScoringWeights) -> None:
        super().__init__(_("A version with these numbers exists already."))
        self.row = row


@transaction.atomic
def propose(numbers: Mapping[str, Any], *, by: User, note: str, now: datetime) -> ScoringWeights:
    """Keep `numbers` as a version that nobody has approved. Raises BadWeights, and AlreadyThere with the version that has them."""
    weights = Weights.from_numbers(numbers, load_taxonomy())
    row, is_new = ScoringWeights.objects.get_or_create(
        digest=weights.digest, defaults={"numbers": weights.numbers, "note": note, "created_at": now, "proposed_by": by}
    )
    if not is_new:
        raise AlreadyThere(row)
    return row
