"""Which check-in a worker may answer now."""

from datetime import datetime

from matching.models import State
from placements.models import CheckIn, Placement
from portal.places.days import legal_day


def newest_due(placement: Placement, now: datetime) -> CheckIn | None:
    """The newest that is due, if it is not answered; what it has overtaken is not asked any more."""
    today = legal_day(now, placement.match.vacancy.region)
    newest = max((row for row in placement.check_ins.all() if row.due_on <= today), key=lambda row: row.month, default=None)
    return newest if newest is not None and newest.answered_at is None and may_answer(newest, placement, now) else None


def unsaid(placement: Placement) -> list[CheckIn]:
    """Something is wrong, and the worker has not said yet who may know."""
    return [row for row in placement.check_ins.all() if row.needs_help and row.said_at is None]


def may_answer(row: CheckIn, placement: Placement, now: datetime) -> bool:
    """When it is due. Whoever is not there any more still answers what they were asked."""
    is_due = row.due_on <= legal_day(now, placement.match.vacancy.region)
    return is_due and (placement.match.state == State.PLACED or row.asked_at is not None)
