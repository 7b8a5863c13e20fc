"""Safar asks how it is: at the hours that the worker chose, and once each time."""

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Exists, OuterRef

from matching.models import State
from placements.days import ARRIVAL_ASKED_AFTER, ARRIVAL_MISSED_AFTER, is_the_hour
from placements.models import CheckIn, Placement
from placements.notices import OneMinute
from portal.outbox.tell import tell
from portal.places.days import legal_day


def ask_due(now: datetime) -> int:
    """Whoever left two days ago, and whose check-in is due. Returns how many were asked."""
    return _ask_who_left(now) + _ask_check_ins(now)


def _ask_who_left(now: datetime) -> int:
    """Not when a person has to call anyway."""
    waiting = Placement.objects.filter(match__state=State.PLACED, arrived_at=None, arrival_asked_at=None)
    waiting = waiting.filter(left_on__range=(now.date() - ARRIVAL_MISSED_AFTER, now.date() + timedelta(days=1) - ARRIVAL_ASKED_AFTER))
    rows = waiting.select_related("match__vacancy__region").order_by("pk")
    return sum(_ask_arrival(row.pk, now) for row in rows if _may_ask(row, now))


def _ask_check_ins(now: datetime) -> int:
    """Also where the clock stood still for weeks: of several that are due only the newest is asked."""
    later = CheckIn.objects.asked().filter(placement=OuterRef("placement"), month__gt=OuterRef("month")).order_by()
    due = CheckIn.objects.unanswered().filter(~Exists(later), asked_at=None, placement__match__state=State.PLACED)
    due = due.filter(due_on__lte=now.date() + timedelta(days=1))  # some places are there already
    newest: dict[int, CheckIn] = {}
    for row in due.select_related("placement__match__vacancy__region").order_by("placement", "-month"):
        if row.due_on <= legal_day(now, row.placement.match.vacancy.region):
            newest.setdefault(row.placement_id, row)
    return sum(_ask_check_in(row.pk, now) for row in newest.values() if _may_ask(row.placement, now))


def _may_ask(placement: Placement, now: datetime) -> bool:
    return is_the_hour(placement.hours, now, placement.match.vacancy.region)


@transaction.atomic
def _ask_arrival(pk: int, now: datetime) -> bool:
    """Looked at again with the row held: another worker may be at it too."""
    held = Placement.objects.select_for_update(of=("self",)).select_related("match__vacancy__region", "match__candidate__user")
    placement = held.get(pk=pk)
    assert placement.left_on is not None
    is_early = legal_day(now, placement.match.vacancy.region) < placement.left_on + ARRIVAL_ASKED_AFTER
    if is_early or placement.arrived_at or placement.arrival_asked_at:
        return False
    placement.arrival_asked_at = now
    placement.save(update_fields=["arrival_asked_at"])
    _tell(placement, f"arrival-{placement.uid}", now)
    return True


@transaction.atomic
def _ask_check_in(pk: int, now: datetime) -> bool:
    held = CheckIn.objects.select_for_update(of=("self",)).select_related("placement__match__candidate__user")
    row = held.get(pk=pk)
    if row.asked_at or row.answered_at:
        return False
    row.asked_at = now
    row.save(update_fields=["asked_at"])
    _tell(row.placement, f"check-in-{row.uid}", now)
    return True


def _tell(placement: Placement, key: str, now: datetime) -> None:
    """Whoever has no account hears nothing, is silent, and is called."""
    user = placement.match.candidate.user
    if user is not None:
        tell(user, OneMinute(), now, key)
