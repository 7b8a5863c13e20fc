"""The worker says that they have arrived."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from matching.models import Match, State
from matching.move import NotPossible
from placements.models import Placement
from placements.open_calls import close_unneeded
from placements.own import hold_placement
from portal.accounts.models import User


@transaction.atomic
def arrive(match: Match, by: User, now: datetime) -> Placement:
    """Said twice it is said once. Nobody has to call to ask any more."""
    placement = hold_placement(match, by)
    if placement.match.state != State.PLACED:
        raise NotPossible(_("This is not possible any more."))
    if placement.arrived_at is None:
        placement.arrived_at = now
        placement.save(update_fields=["arrived_at"])
        close_unneeded(placement, now)
    return placement
