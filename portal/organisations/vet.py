"""Vetting: a person outside the organisation has looked at its papers."""

from datetime import datetime

from django.core.exceptions import PermissionDenied
from django.db import transaction

from portal import hooks
from portal.accounts.models import User
from portal.organisations import rules
from portal.organisations.find_hits import look_up
from portal.organisations.models import Organisation


@transaction.atomic
def vet(organisation: Organisation, *, by: User, now: datetime) -> None:
    """Note who vetted it and when; vetting again changes nothing."""
    if not rules.can_vet(by, organisation):
        raise PermissionDenied
    locked = Organisation.objects.select_for_update().get(pk=organisation.pk)
    if locked.vetted_at is None:
        locked.vetted_at, locked.vetted_by = now, by
        locked.save(update_fields=["vetted_at", "vetted_by"])
        look_up(locked, now)
        for step in hooks.vetting_changed:
            step(locked, now)


@transaction.atomic
def unvet(organisation: Organisation, *, by: User, now: datetime) -> None:
    if not rules.can_vet(by, organisation):
        raise PermissionDenied
    Organisation.objects.filter(pk=organisation.pk).update(vetted_at=None, vetted_by=None)
    for step in hooks.vetting_changed:
        step(organisation, now)
