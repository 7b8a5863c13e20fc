"""The employer chooses among those who have accepted. A selection takes a seat."""

from datetime import datetime

from matching.models import Match, State
from matching.move import move
from portal.accounts.models import User


def select(match: Match, by: User, now: datetime) -> Match:
    return move(match, State.SELECTED, by, now)


def reject(match: Match, by: User, now: datetime, reason: str, note: str = "") -> Match:
    return move(match, State.REJECTED, by, now, reason, note)
