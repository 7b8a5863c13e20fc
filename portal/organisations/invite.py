"""A manager brings colleagues in, and takes people off the list."""

from datetime import datetime

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from portal.accounts.models import User
from portal.organisations import rules
from portal.organisations.mailboxes import domain_of
from portal.organisations.models import Membership, Organisation
from portal.organisations.notices import Invited, Removed
from portal.outbox.tell import tell

MOST = 50  # people of one organisation


@transaction.atomic
def invite(organisation: Organisation, email: str, role: str, *, by: User, now: datetime) -> Membership:
    """Whoever is there already stays as they are. Raises `ValidationError` before the vetting, and for a mailbox of another domain."""
    if not rules.is_manager(by, organisation):
        raise PermissionDenied
    locked = Organisation.objects.select_for_update().get(pk=organisation.pk)
    if locked.vetted_at is None:  # a mail to a stranger in the name of a stranger is spam
        raise ValidationError(_("You can invite colleagues after the check."))
    domain = domain_of(by.email)
    if domain_of(email) != domain:
        raise ValidationError(_("Invite mailboxes of your own organisation: they end in @%(domain)s.") % {"domain": domain})
    if locked.memberships.count() >= MOST:
        raise ValidationError(_("An organisation has at most %(most)d people here. Take somebody off the list first.") % {"most": MOST})
    user, _new = User.objects.get_or_create(email=email.lower(), defaults={"language": by.language, "created_at": now})
    membership, is_new = Membership.objects.get_or_create(
        user=user, organisation=locked, defaults={"role": Membership.Role(role), "created_at": now}
    )
    if is_new:
        tell(user, Invited(locked), now)
    return membership


@transaction.atomic
def remove(membership: Membership, *, by: User, now: datetime) -> None:
    """Raises `ValidationError` for the last manager."""
    if not rules.is_manager(by, membership.organisation):
        raise PermissionDenied
    locked = Organisation.objects.select_for_update().get(pk=membership.organisation_id)
    managers = locked.memberships.filter(role=Membership.Role.MANAGER)
    if not managers.exclude(pk=membership.pk).exists():
        raise ValidationError(_("This is the last manager. Invite another manager first."))
    if locked.memberships.filter(pk=membership.pk).delete()[0]:
        tell(membership.user, Removed(locked), now)
