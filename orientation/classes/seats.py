"""Who has a place. The class is locked first, so that the last place goes to one person."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID, uuid4

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Max

from orientation.certify import is_name
from orientation.classes.sentences import FULL, IS_CALLED_OFF, IS_CLOSED, NAME, NOT_TODAY, NOT_YET, OVER, NotPossible
from orientation.learners import Learner
from orientation.models import ClassLearner, ClassSession
from portal.accounts.models import User
from portal.places.days import legal_day

Way = ClassLearner.Way
LAST_NUMBER = 999


def locked(session: ClassSession) -> ClassSession:
    """The row as it is now, held until the end of the transaction."""
    return (
        ClassSession.objects.select_for_update(of=("self",)).select_related("organisation", "region", "edition__course").get(pk=session.pk)
    )


def own_locked(session: ClassSession, by: User, now: datetime) -> ClassSession:
    """The same for somebody of its organisation."""
    if not ClassSession.objects.visible_to(by, now.date()).filter(pk=session.pk).exists():
        raise PermissionDenied
    return locked(session)


def check_goes_on(session: ClassSession) -> None:
    if session.called_off_at:
        raise NotPossible(IS_CALLED_OFF)
    if session.closed_at:
        raise NotPossible(IS_CLOSED)


def is_its_day(session: ClassSession, now: datetime) -> bool:
    return legal_day(session.starts_at, session.region) <= legal_day(now, session.region) <= legal_day(session.ends_at, session.region)


def has_come(session: ClassSession, now: datetime) -> bool:
    """From its day on."""
    return legal_day(now, session.region) >= legal_day(session.starts_at, session.region)


def read_name(typed: str) -> str:
    """A name as it goes on a certificate, or ""; raises `NotPossible`."""
    name = " ".join(typed.split())
    if name and not is_name(name):
        raise NotPossible(NAME)
    return name


def learner_in(seat: ClassLearner) -> Learner:
    """Whose learning is recorded from this seat."""
    return Learner(seat.user, None) if seat.user is not None else Learner(None, seat.device)


def seat_of(session: ClassSession, learner: Learner) -> ClassLearner | None:
    """The learner's, also one that they have left; no query for an unknown learner."""
    if learner.user is not None:
        return session.learners.filter(user=learner.user).first()
    return session.learners.filter(user=None, device=learner.device).first() if learner.device else None


@dataclass(frozen=True, slots=True)
class Newcomer:
    """Somebody on the trainer's list gets a device of their own, which is no phone's."""

    user: User | None
    device: UUID
    name: str = ""

    @classmethod
    def of(cls, learner: Learner, name: str = "") -> "Newcomer":
        return cls(learner.user, learner.device or uuid4(), name)


def take_seat(session: ClassSession, newcomer: Newcomer, standing: ClassLearner | None, now: datetime) -> ClassLearner:
    """A free place, or the one that they have. Called with the class locked; raises `NotPossible`."""
    check_goes_on(session)
    if standing is not None and standing.left_at is None:
        if newcomer.name and newcomer.name != standing.name:
            standing.name = newcomer.name
            standing.save(update_fields=["name"])
        return standing
    if session.learners.filter(left_at=None).count() >= session.seats:
        raise NotPossible(FULL)
    if standing is not None:
        standing.left_at, standing.name = None, newcomer.name
        standing.save(update_fields=["left_at", "name"])
        return standing
    number = (session.learners.aggregate(last=Max("number"))["last"] or 0) + 1
    if number > LAST_NUMBER:
        raise NotPossible(FULL)
    return session.learners.create(number=number, name=newcomer.name, user=newcomer.user, device=newcomer.device, signed_up_at=now)


@transaction.atomic
def sign_up(session: ClassSession, learner: Learner, name: str, now: datetime) -> ClassLearner:
    """A place in a coming class. Once more changes only the name. Raises `NotPossible`."""
    name = read_name(name)
    session = locked(session)
    if session.ends_at <= now:
        raise NotPossible(OVER)
    return take_seat(session, Newcomer.of(learner, name), seat_of(session, learner), now)


@transaction.atomic
def leave(session: ClassSession, learner: Learner, now: datetime) -> None:
    """The place is free again, and the name goes. Once more changes nothing; whoever has come stays on the list."""
    session = locked(session)
    seat = seat_of(session, learner)
    if seat is not None:
        _free(seat, now)


@transaction.atomic
def take_off(session: ClassSession, number: int, by: User, now: datetime) -> None:
    """The trainer frees the place of somebody who will not come."""
    session = own_locked(session, by, now)
    check_goes_on(session)
    if seat := session.learners.filter(number=number).first():
        _free(seat, now)


def _free(seat: ClassLearner, now: datetime) -> None:
    if seat.left_at is None and seat.attended_at is None:
        seat.left_at, seat.name = now, ""
        seat.save(update_fields=["left_at", "name"])


@transaction.atomic
def add_learner(session: ClassSession, name: str, by: User, now: datetime) -> ClassLearner:
    """Somebody who stands in the room, by the name that they say. Raises `NotPossible`."""
    name = read_name(name)
    if not name:
        raise NotPossible(NAME)
    session = own_locked(session, by, now)
    if not has_come(session, now):
        raise NotPossible(NOT_YET)
    seat = take_seat(session, Newcomer(None, uuid4(), name), None, now)
    _attend(seat, Way.LIST, now)
    return seat


@transaction.atomic
def attend_by_phone(session: ClassSession, learner: Learner, name: str, now: datetime) -> ClassLearner:
    """Somebody who has scanned the trainer's code; without a place they take one. Sent twice or late on the day, it counts once."""
    name = read_name(name)
    session = locked(session)
    if not is_its_day(session, now):
        raise NotPossible(NOT_TODAY)
    seat = take_seat(session, Newcomer.of(learner, name), seat_of(session, learner), now)
    _attend(seat, Way.QR, now)
    return seat


@transaction.atomic
def mark_attendance(session: ClassSession, came: set[int], not_came: set[int], by: User, now: datetime) -> None:
    """By numbers: only what the trainer has changed on the list, so that a phone that told us meanwhile is not undone."""
    session = own_locked(session, by, now)
    check_goes_on(session)
    if not has_come(session, now):
        raise NotPossible(NOT_YET)
    for seat in session.learners.filter(number__in=came, left_at=None):
        _attend(seat, Way.LIST, now)
    session.learners.filter(number__in=not_came).update(attended_at=None, attended_by="")


def _attend(seat: ClassLearner, way: Way, now: datetime) -> None:
    if seat.attended_at is None:
        seat.attended_at, seat.attended_by = now, way
        seat.save(update_fields=["attended_at", "attended_by"])
