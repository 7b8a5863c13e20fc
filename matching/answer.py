"""The candidate answers what the agency has approved."""

from datetime import datetime

from matching.models import Match, State
from matching.move import move
from portal.accounts.models import User


def accept(match: Match, by: User, now: datetime) -> Match:
    """The employer may now see who it is."""
    return move(match, State.ACCEPTED, by, now)


def turn_down(match: Match, by: User, now: datetime, reason: str, note: str = "") -> Match:
    return move(match, State.TURNED_DOWN, by, now, reason, note)
