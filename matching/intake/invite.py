"""Inviting the people of a list, and forgetting those who do not answer."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from django.db import IntegrityError, transaction

from matching.intake.agencies import check_agency
from matching.intake.details import Details
from matching.intake.notices import tell_invited
from matching.models import Invitation
from portal.accounts.models import User
from portal.organisations.models import Organisation

UNANSWERED_KEPT = timedelta(days=30)
ANSWERED_KEPT = timedelta(days=365)  # for so long nobody who has said no is asked again


class AlreadyInvited(Exception):
    """A colleague has just invited one of these people."""


@transaction.atomic
def invite(agency: Organisation, people: Sequence[tuple[str, Details]], by: User, now: datetime) -> int:
    """One invitation and one message a phone, all or none. Nobody is a candidate by it. Raises `PermissionDenied`, `AlreadyInvited`."""
    check_agency(agency, by, now)
    invitations = [
        Invitation(agency=agency, phone=phone, details=details.to_json(), invited_by=by, invited_at=now) for phone, details in people
    ]
    try:
        with transaction.atomic():
            Invitation.objects.bulk_create(invitations)
    except IntegrityError:
        raise AlreadyInvited from None
    accounts = {user.phone: user for user in User.objects.filter(phone__in=[row.phone for row in invitations], is_active=True)}
    for invitation in Invitation.objects.filter(pk__in=[row.pk for row in invitations]).select_related("agency").order_by("pk"):
        known = accounts.get(invitation.phone)
        tell_invited(invitation, known if known and known.phone_verified_at else None, now)
    return len(invitations)


def forget_invitations(now: datetime) -> int:
    """Returns how many are gone."""
    old = Invitation.objects.open().filter(invited_at__lte=now - UNANSWERED_KEPT)
    answered = Invitation.objects.filter(answered_at__lte=now - ANSWERED_KEPT)
    return sum(rows.delete()[0] for rows in (old, answered))
