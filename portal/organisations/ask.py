"""Who checks an organisation asks it for something; its managers reply."""

from datetime import datetime

from django.core.exceptions import PermissionDenied
from django.db import transaction

from portal.accounts.models import User
from portal.organisations import rules
from portal.organisations.models import Organisation
from portal.organisations.notices import Asked
from portal.organisations.tell_members import tell_members


@transaction.atomic
def ask(organisation: Organisation, what: str, *, by: User, now: datetime) -> None:
    """The newest question replaces the one before; its reply is asked for anew. Raises `ValueError` without words."""
    if not rules.can_vet(by, organisation):
        raise PermissionDenied
    if not what.strip():
        raise ValueError("A question has words.")
    locked = Organisation.objects.select_for_update().get(pk=organisation.pk)
    locked.asked, locked.replied = what.strip(), ""
    locked.save(update_fields=["asked", "replied"])
    tell_members(locked, Asked(locked), now)


@transaction.atomic
def reply(organisation: Organisation, words: str, *, by: User) -> None:
    if not rules.is_manager(by, organisation):
        raise PermissionDenied
    if not words.strip():
        raise ValueError("A reply has words.")
    locked = Organisation.objects.select_for_update().get(pk=organisation.pk)
    locked.replied = words.strip()
    locked.save(update_fields=["replied"])
