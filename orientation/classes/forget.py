"""What a class forgets, what it tells a person about themself, and what it gives to whoever signs in on their phone."""

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

from django.db.models.functions import Coalesce
from django.utils.translation import gettext as _

from orientation.classes.show import show_classes, when_of
from orientation.models import ClassLearner, ClassSession
from portal.accounts.export import moment
from portal.accounts.models import User

NAMES_KEPT = timedelta(days=90)  # after the class was closed, called off, or is over and nobody has closed it


def forget_names(now: datetime) -> int:
    """Of learners without an account; their number stays for the class's counts. Returns how many."""
    seats = ClassLearner.objects.filter(user=None).exclude(name="")
    old = seats.alias(ended=Coalesce("session__closed_at", "session__called_off_at", "session__ends_at")).filter(ended__lt=now - NAMES_KEPT)
    return ClassLearner.objects.filter(pk__in=old.order_by().values("pk")).update(name="")


def adopt_seats(user: User, device: UUID | None, now: datetime) -> None:
    """A phone's places become its owner's; where they have one in the class already, that one counts. On hooks.signed_in.

    The place gets another device: the next person on this phone is somebody else.
    """
    if device is None:
        return
    seats = ClassLearner.objects.filter(user=None, device=device).order_by("pk")
    list(ClassSession.objects.select_for_update().filter(pk__in=seats.values("session").order_by()).order_by("pk"))  # held, as in seats.py
    own = {seat.session_id: seat for seat in ClassLearner.objects.filter(user=user)}
    for seat in seats:
        mine = own.get(seat.session_id)
        if mine is None:
            seat.user, seat.device = user, uuid4()
            seat.save(update_fields=["user", "device"])
            continue
        if seat.left_at is None:
            mine.left_at = None
        if mine.attended_at is None:
            mine.attended_at, mine.attended_by = seat.attended_at, seat.attended_by
        mine.save(update_fields=["attended_at", "attended_by", "left_at"])
        seat.delete()


def export_classes(user: User) -> dict[str, Any]:
    """On hooks.export_person."""
    seats = list(
        ClassLearner.objects.filter(user=user)
        .select_related("session__organisation", "session__region")
        .order_by("-session__starts_at", "pk")
    )
    if not seats:
        return {}
    shown = show_classes(seat.session for seat in seats)
    return {
        _("Classes"): [
            {
                _("Course"): each.title,
                _("Place"): f"{seat.session.organisation}, {seat.session.place}",
                _("When"): when_of(seat.session),
                _("Number"): seat.number,
                _("Name"): seat.name,
                _("Asked"): moment(seat.signed_up_at),
                _("You took part"): moment(seat.attended_at) if seat.attended_at else _("No"),
            }
            for seat, each in zip(seats, shown, strict=True)
        ]
    }
