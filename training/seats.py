"""Who has a seat. Locks are taken in one order: candidates by their keys, then the course, then sign-ups."""

from datetime import datetime

from django.db.models import F
from django.utils.timezone import localdate

from matching.move import NotAllowed, NotPossible
from portal.accounts.models import User
from portal.organisations.rules import is_member
from portal.outbox.tell import tell
from portal.places.days import legal_day
from training.models import SignUp, TrainingOffer, trusted_centres
from training.notices import SeatForYou
from training.sentences import NOT_TRUSTED


def locked(offer: TrainingOffer) -> TrainingOffer:
    """The row as it is now, held until the end of the transaction."""
    return TrainingOffer.objects.select_for_update(of=("self",)).select_related("centre", "region__country").get(pk=offer.pk)


def own_locked(offer: TrainingOffer, by: User) -> TrainingOffer:
    """The same for somebody of the centre."""
    found = locked(offer)
    if not is_member(by, found.centre):
        raise NotAllowed
    return found


def check_trusted(offer: TrainingOffer, now: datetime) -> None:
    if not trusted_centres(localdate(now)).filter(pk=offer.centre_id).exists():
        raise NotPossible(NOT_TRUSTED)


def has_begun(offer: TrainingOffer, now: datetime) -> bool:
    return legal_day(now, offer.region) >= offer.starts_on


def is_over(offer: TrainingOffer, now: datetime) -> bool:
    """From its last day on."""
    return legal_day(now, offer.region) >= offer.ends_on


def take_seats(offer: TrainingOffer, count: int) -> None:
    """Fewer than none gives seats back. Called with the row locked."""
    TrainingOffer.objects.filter(pk=offer.pk).update(seats_taken=F("seats_taken") + count)
    offer.refresh_from_db(fields=["seats_taken"])


def fill_seats(offer: TrainingOffer, now: datetime) -> None:
    """Free seats go to who waits, in the order in which they asked, until the course begins. Called with the row locked."""
    if offer.status not in TrainingOffer.GOING_ON or has_begun(offer, now) or not offer.seats_left:
        return
    for sign_up in list(offer.sign_ups.in_line().select_related("candidate__user")[: offer.seats_left]):
        sign_up.state = SignUp.State.SEATED
        sign_up.save(update_fields=["state"])
        take_seats(offer, 1)
        if sign_up.candidate.user is not None:
            tell(sign_up.candidate.user, SeatForYou(offer), now)
