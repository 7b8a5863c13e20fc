"""A person takes a place on a course, or leaves it again."""

from datetime import datetime

from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from matching.models import Candidate
from matching.move import NotAllowed, NotPossible
from matching.profile import lock
from portal.organisations.rules import is_member
from training.models import SignUp, TrainingOffer
from training.seats import fill_seats, has_begun, locked, take_seats
from training.sentences import NOT_ANY_MORE, NOT_OPEN

State = SignUp.State


@transaction.atomic
def sign_up(offer: TrainingOffer, candidate: Candidate, shows_name: bool, now: datetime) -> SignUp:
    """A seat where one is free, else the end of the waiting list. Once more changes only what the centre may see. Raises `NotPossible`."""
    candidate = lock(candidate)
    if candidate.user is None:
        raise NotAllowed
    offer = locked(offer)
    standing = offer.sign_ups.filter(candidate=candidate).first()
    if standing is not None and standing.state != State.LEFT:
        if standing.shows_name != shows_name:
            standing.shows_name = shows_name
            standing.save(update_fields=["shows_name"])
        return standing
    if has_begun(offer, now) or not TrainingOffer.objects.open_on(localdate(now)).filter(pk=offer.pk).exists():
        raise NotPossible(NOT_OPEN)
    if is_member(candidate.user, offer.centre):
        raise NotPossible(_("You belong to this centre: it cannot verify your own skills."))
    is_free = offer.seats_left > 0  # a free seat is never kept from who waits: see fill_seats()
    values = {"state": State.SEATED if is_free else State.WAITING, "shows_name": shows_name, "asked_at": now}
    found, _is_new = SignUp.objects.update_or_create(offer=offer, candidate=candidate, defaults=values)
    if is_free:
        take_seats(offer, 1)
    return found


@transaction.atomic
def leave(mine: SignUp, now: datetime) -> SignUp:
    """The seat goes to the first who waits. Once more changes nothing; whoever has been marked was there. Raises `NotPossible`."""
    offer = locked(mine.offer)
    mine = offer.sign_ups.get(pk=mine.pk)
    if mine.state == State.LEFT:
        return mine
    if mine.state not in (State.SEATED, State.WAITING):
        raise NotPossible(NOT_ANY_MORE)
    had_seat = mine.state == State.SEATED
    mine.state, mine.shows_name = State.LEFT, False
    mine.save(update_fields=["state", "shows_name"])
    if had_seat:
        take_seats(offer, -1)
        fill_seats(offer, now)
    return mine
