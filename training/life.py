"""How a course goes on: a draft is opened, closed to new people, done, or called off. Each step is the centre's."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from matching.move import NotPossible
from portal.accounts.models import User
from training.models import SignUp, TrainingOffer
from training.notices import CourseCalledOff, tell_learners
from training.seats import check_trusted, has_begun, is_over, own_locked
from training.sentences import FROM_LAST_DAY, NOT_ANY_MORE, STAYS, TOO_EARLY

Status = TrainingOffer.Status
BEFORE = {  # from which states one comes to a state
    Status.OPEN: (Status.DRAFT, Status.CLOSED),
    Status.CLOSED: (Status.OPEN,),
    Status.DONE: (Status.OPEN, Status.CLOSED),
    Status.CALLED_OFF: (Status.DRAFT, Status.OPEN, Status.CLOSED),
}


def open_offer(offer: TrainingOffer, by: User, now: datetime) -> TrainingOffer:
    """Everybody sees it, and people with a profile sign up."""
    return _step(offer, Status.OPEN, by, now)


def close_offer(offer: TrainingOffer, by: User, now: datetime) -> TrainingOffer:
    """Nobody new; who waits still comes in where a seat is free."""
    return _step(offer, Status.CLOSED, by, now)


def finish_offer(offer: TrainingOffer, by: User, now: datetime) -> TrainingOffer:
    """From its last day on, once it is said of everybody whether they came."""
    return _step(offer, Status.DONE, by, now)


def call_off(offer: TrainingOffer, by: User, now: datetime) -> TrainingOffer:
    """Everybody on it is told. Not after it has begun: then it is marked who came."""
    return _step(offer, Status.CALLED_OFF, by, now)


@transaction.atomic
def _step(offer: TrainingOffer, to: Status, by: User, now: datetime) -> TrainingOffer:
    offer = own_locked(offer, by)
    if offer.status == to:  # a colleague was faster, or it came twice
        return offer
    if offer.status not in BEFORE[to]:
        raise NotPossible(NOT_ANY_MORE)
    if to == Status.OPEN:
        check_trusted(offer, now)
    if to == Status.DONE:
        _check_marked(offer, now)
    elif offer.status != Status.DRAFT and has_begun(offer, now):
        raise NotPossible(STAYS)
    elif to == Status.OPEN and has_begun(offer, now):
        raise NotPossible(TOO_EARLY)
    if to == Status.CALLED_OFF:
        tell_learners(offer, CourseCalledOff(offer), now)
    offer.status = to
    offer.save(update_fields=["status"])
    return offer


def _check_marked(offer: TrainingOffer, now: datetime) -> None:
    if not is_over(offer, now):
        raise NotPossible(FROM_LAST_DAY)
    if offer.sign_ups.filter(state=SignUp.State.SEATED).exists():
        raise NotPossible(_("Say first of everybody whether they came."))
