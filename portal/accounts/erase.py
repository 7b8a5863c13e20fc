"""Erasing a person: every app forgets its part, the emptied row stays as the pseudonym of events and audit."""

from datetime import datetime

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.db import transaction

from portal import hooks
from portal.accounts.models import Consent, Submission, User, unusable_password


@transaction.atomic
def erase_everything(user: User, now: datetime) -> None:
    for step in hooks.erase_person:
        step(user, now)


@hooks.erases("accounts.Consent", "accounts.Submission", "account.EmailAddress", "mfa.Authenticator")
def erase_account(user: User, now: datetime) -> None:
    """The new password mark ends the sessions on every phone."""
    Consent.objects.filter(user=user).delete()
    Submission.objects.filter(actor=user).update(actor=None)
    EmailAddress.objects.filter(user=user).delete()
    Authenticator.objects.filter(user=user).delete()
    person = User.objects.select_for_update().get(pk=user.pk)
    person.groups.clear()
    person.user_permissions.clear()
    person.phone = person.email = person.phone_verified_at = person.last_login = None
    person.is_active = person.is_staff = person.is_superuser = False
    person.password = unusable_password()
    person.erased_at = now
    person.save()
