"""How a class goes on: it is written, taken over by a colleague, called off or closed."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction

from orientation.classes.codes import new_class_code
from orientation.classes.notices import ClassCalledOff
from orientation.classes.seats import check_goes_on, own_locked
from orientation.classes.sentences import HAS_BEGUN, NOT_YET, NotPossible
from orientation.models import ClassSession
from orientation.models.classes import teaching_places
from portal.accounts.models import User
from portal.organisations.models import Organisation
from portal.outbox.tell import tell


@transaction.atomic
def start_class(organisation: Organisation, values: Mapping[str, Any], by: User, now: datetime) -> ClassSession:
    if not teaching_places(by, now.date()).filter(pk=organisation.pk).exists():
        raise PermissionDenied
    return ClassSession.objects.create(organisation=organisation, trainer=by, code=new_class_code(), created_at=now, **values)


@transaction.atomic
def take_over(session: ClassSession, by: User, now: datetime) -> None:
    session = own_locked(session, by, now)
    check_goes_on(session)
    session.trainer = by
    session.save(update_fields=["trainer"])


@transaction.atomic
def call_off(session: ClassSession, by: User, now: datetime) -> None:
    """Before it begins. Whoever has a place and an account is told; once more tells nobody."""
    session = own_locked(session, by, now)
    if session.called_off_at:
        return
    check_goes_on(session)
    if session.starts_at <= now:
        raise NotPossible(HAS_BEGUN)
    session.called_off_at = now
    session.save(update_fields=["called_off_at"])
    for seat in session.learners.filter(left_at=None, user__isnull=False).select_related("user"):
        tell(seat.user, ClassCalledOff(session), now)


@transaction.atomic
def close(session: ClassSession, by: User, now: datetime) -> None:
    """The trainer has finished: nothing of it changes any more, and names without an account leave 90 days later."""
    session = own_locked(session, by, now)
    if session.closed_at:
        return
    check_goes_on(session)
    if session.starts_at > now:
        raise NotPossible(NOT_YET)
    session.closed_at = now
    session.save(update_fields=["closed_at"])
