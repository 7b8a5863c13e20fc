"""Inviting the people of a list, and forgetting those who do not answer."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from django.conf import settings
from django.db import IntegrityError, transaction

from matching.intake.agencies import check_agency
from matching.intake.details import Details
from matching.intake.notices import tell_invited
from matching.models import Invitation
from portal.accounts.models import User
from portal.organisations.models import Organisation

UNANSWERED_KEPT = timedelta(days=30)
ANSWERED_KEPT = timedelta(days=365)  # for so long nobody who has said no is asked again


class TooManyToday(Exception):
    """`args[0]`: how many the agency may still invite."""


class AlreadyInvited(Exception):
    """A colleague has just invited one of these people."""


@transaction.atomic
def invite(agency: Organisation, people: Sequence[tuple[str, Details]], by: User, now: datetime) -> int:
    """One invitation and one message a phone, all or none. Nobody is a candidate by it.

    Raises `PermissionDenied`, `AlreadyInvited`, `TooManyToday`.
    """
    check_agency(agency, by, now)
    Organisation.objects.select_for_update(no_key=True).only("pk").get(pk=agency.pk)  # two lists at once are counted one after the other
    if len(people) > (left := left_today(agency, now)):
        raise TooManyToday(left)
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


def left_today(agency: Organisation, now: datetime) -> int:
    """How many more the agency may invite, counted over the last day and night."""
    lately = Invitation.objects.filter(agency=agency, invited_at__gt=now - timedelta(days=1)).count()
    return max(0, settings.INVITATIONS_A_DAY - lately)


def forget_invitations(now: datetime) -> int:
    """Returns how many are gone."""
    old = Invitation.objects.open().filter(invited_at__lte=now - UNANSWERED_KEPT)
    answered = Invitation.objects.filter(answered_at__lte=now - ANSWERED_KEPT)
    return sum(rows.delete()[0] for rows in (old, answered))
