"""Calls that operators have to make, because a worker has not answered; and that they need not make any more."""

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Exists, OuterRef

from matching.models import State
from placements.days import ARRIVAL_MISSED_AFTER, SILENT_AFTER
from placements.models import CallTask, CheckIn, Placement
from portal.places.days import legal_day

Reason = CallTask.Reason


def open_calls(now: datetime) -> int:
    """For whoever has not said in seven days that they have arrived, or left two check-ins without an answer. Returns how many are new."""
    calls = CallTask.objects.order_by()
    tomorrow = now.date() + timedelta(days=1)  # some places are there already
    late = Placement.objects.filter(match__state=State.PLACED, arrived_at=None, left_on__lte=tomorrow - ARRIVAL_MISSED_AFTER)
    late = late.exclude(Exists(calls.filter(placement=OuterRef("pk"), reason=Reason.NO_ARRIVAL)))
    silent = CheckIn.objects.asked().unanswered().filter(placement__match__state=State.PLACED, month__gt=1)
    silent = silent.filter(asked_at__lte=now - SILENT_AFTER)
    silent = silent.exclude(Exists(calls.filter(check_in=OuterRef("pk"), reason=Reason.SILENT)))
    opened = sum(_open_no_arrival(pk, now) for pk in list(late.order_by("pk").values_list("pk", flat=True)))
    return opened + sum(_open_silent(row, now) for row in list(silent.order_by("placement", "month")))


@transaction.atomic
def _open_no_arrival(pk: int, now: datetime) -> bool:
    """Looked at again with the row held: the worker may have answered meanwhile, or another sweep have been here."""
    placement = Placement.objects.select_for_update(of=("self",)).select_related("match__vacancy__region").get(pk=pk)
    assert placement.left_on is not None
    if placement.arrived_at is not None or legal_day(now, placement.match.vacancy.region) < placement.left_on + ARRIVAL_MISSED_AFTER:
        return False
    if placement.calls.filter(reason=Reason.NO_ARRIVAL).exists():
        return False
    open_call(placement, Reason.NO_ARRIVAL, None, now)
    return True


@transaction.atomic
def _open_silent(check_in: CheckIn, now: datetime) -> bool:
    """The two that were asked last. One that time has overtaken was never asked."""
    placement = Placement.objects.select_for_update().get(pk=check_in.placement_id)
    newest = list(placement.check_ins.asked().order_by("-month")[:2])
    if len(newest) < 2 or newest[0] != check_in or any(row.answered_at for row in newest):
        return False
    if placement.calls.filter(reason=Reason.SILENT, check_in=check_in).exists():
        return False
    open_call(placement, Reason.SILENT, check_in, now)
    return True


def open_call(placement: Placement, reason: str, check_in: CheckIn | None, now: datetime) -> None:
    """One that is open already is about the newest check-in from now on. The caller holds the placement."""
    call = placement.calls.open().filter(reason=reason).first() or CallTask(placement=placement, reason=reason, opened_at=now)
    call.check_in = check_in
    call.save()


def close_unneeded(placement: Placement, now: datetime) -> None:
    """The worker has answered: nobody has to call to ask."""
    unneeded = placement.calls.open().filter(reason__in=(Reason.NO_ARRIVAL, Reason.SILENT))
    unneeded.update(done_at=now, outcome=CallTask.Outcome.ANSWERED)
