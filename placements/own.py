"""What the use cases of a worker share: the placement that is theirs, held until the end of the transaction."""

from django.utils.translation import gettext as _

from matching.models import Match, State
from matching.move import NotAllowed, NotPossible, locked
from placements.models import CheckIn, Placement
from portal.accounts.models import User

SINCE_AGREED = (State.AGREED, State.PLACED, State.ENDED)


def hold_match(match: Match, by: User) -> Match:
    """Raises `NotAllowed` for anybody but the worker: nobody answers for another here, staff neither."""
    match = locked(match)
    if match.candidate.user_id != by.pk:
        raise NotAllowed
    if match.state not in SINCE_AGREED:
        raise NotPossible(_("This is not possible any more."))
    return match


def hold_placement(match: Match, by: User) -> Placement:
    """Of whoever has left."""
    hold_match(match, by)
    known = ("match__vacancy__region", "match__vacancy__employer", "match__candidate")
    placement = Placement.objects.select_for_update(of=("self",)).select_related(*known).left().filter(match=match).first()
    if placement is None:
        raise NotPossible(_("This is not possible any more."))
    return placement


def hold_check_in(check_in: CheckIn, by: User) -> CheckIn:
    """With its placement, as they are now; locks are taken from the match downwards."""
    placement = hold_placement(check_in.placement.match, by)
    standing = CheckIn.objects.select_for_update(of=("self",)).get(pk=check_in.pk)
    standing.placement = placement
    return standing
