"""What a match's moves mean for its placement."""

from datetime import datetime

from matching.models import Match, MatchEvent, State
from placements.days import AFTER, due_on
from placements.models import CheckIn, Placement
from portal.places.days import legal_day

OVER = (State.WITHDRAWN, State.EXPIRED, State.REFUSED)


def follow_match(match: Match, event: MatchEvent, now: datetime) -> None:
    """Whoever leaves is asked from then on. Where nobody leaves, what was said about a person of trust goes. On hooks.match_moved."""
    if event.after == State.PLACED:
        placement, _is_new = Placement.objects.get_or_create(match=match)
        placement.left_on = legal_day(now, match.vacancy.region)
        placement.save(update_fields=["left_on"])
        CheckIn.objects.bulk_create(CheckIn(placement=placement, month=month, due_on=due_on(placement.left_on, month)) for month in AFTER)
    elif event.after in OVER:
        Placement.objects.filter(match=match, left_on=None).delete()
