"""The part of a person's data that are their courses at training centres: taken along, erased, put together with another profile's."""

from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from matching.models import Candidate
from portal import hooks
from portal.accounts.export import moment
from portal.accounts.models import User
from training.models import SignUp, TrainingOffer
from training.seats import fill_seats, locked, take_seats
from training.show_offer import days_of

State = SignUp.State
FURTHER = [State.LEFT, State.WAITING, State.ABSENT, State.SEATED, State.CAME, State.COMPLETED]


def export_training(user: User) -> dict[str, Any]:
    """On hooks.export_person."""
    rows = SignUp.objects.filter(candidate__user=user).select_related("offer__centre", "offer__region")
    told = [
        {
            _("Course"): str(row.offer),
            _("Training centre"): str(row.offer.centre),
            _("When"): days_of(row.offer),
            _("Asked"): moment(row.asked_at),
            _("State"): row.get_state_display(),
            _("The centre may see my name and phone number."): _("Yes") if row.shows_name else _("No"),
            _("Verified skills"): ", ".join(f"{each.skill}: {each.get_level_display()}" for each in row.verifications.all()),
            _("Reason"): row.taken_back_because,
        }
        for row in rows.prefetch_related("verifications__skill")
    ]
    return {_("Training courses"): told} if told else {}


@hooks.erases("training.SignUp")
def erase_training(user: User, now: datetime) -> None:
    """The seats go to who waits. Whom they marked at work stays marked, under their pseudonym. On hooks.erase_person."""
    own = SignUp.objects.filter(candidate__user=user)
    for offer in TrainingOffer.objects.filter(pk__in=own.order_by().values("offer")).order_by("pk"):
        _drop(locked(offer), own.filter(offer=offer).get(), now)


@hooks.merges("training.SignUp")
def merge_training(keep: Candidate, lose: Candidate, now: datetime) -> None:
    """Of two sign-ups for one course the further one stays. On hooks.merge_candidates."""
    own = {row.offer_id: row for row in SignUp.objects.filter(candidate=keep)}
    for row in SignUp.objects.filter(candidate=lose).select_related("offer").order_by("offer"):
        mine = own.get(row.offer_id)
        if mine is not None:
            further, other = (row, mine) if FURTHER.index(State(row.state)) > FURTHER.index(State(mine.state)) else (mine, row)
            _drop(locked(row.offer), other, now)
            if further == mine:
                continue
        SignUp.objects.filter(pk=row.pk).update(candidate=keep)


def _drop(offer: TrainingOffer, row: SignUp, now: datetime) -> None:
    """Called with the course locked."""
    row.refresh_from_db()
    row.delete()
    if row.state in SignUp.SEAT_HOLDING:
        take_seats(offer, -1)
        fill_seats(offer, now)
