"""Vetting: two people outside the organisation have looked at it, and the second one says so here."""

from datetime import datetime

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _

from portal import hooks
from portal.accounts.models import User
from portal.organisations import rules
from portal.organisations.checklist import answers_of, gaps
from portal.organisations.find_hits import look_up
from portal.organisations.models import Organisation
from portal.organisations.notices import TakenBack, Vetted
from portal.organisations.tell_members import tell_members


class NotVettable(Exception):
    """`why`: sentences."""

    def __init__(self, why: list[str]) -> None:
        super().__init__("; ".join(why))
        self.why = why


def changed() -> str:
    return _("The checklist has changed since you read it. Read it again; then somebody signs it first.")


@transaction.atomic
def vet(organisation: Organisation, *, by: User, now: datetime, read_as: datetime | None = None) -> None:
    """The second signature. `read_as`: the time of the first one, as the page showed it. Signing again changes nothing."""
    if not rules.can_vet(by, organisation):
        raise PermissionDenied
    locked = Organisation.objects.select_for_update().get(pk=organisation.pk)
    if locked.is_signed_twice:
        return
    if locked.checked_at is None or read_as not in (None, locked.checked_at):
        raise NotVettable([changed()])
    if locked.checked_by_id == by.pk:
        raise NotVettable([_("You have signed first. Another person has to sign second.")])
    if found := gaps(locked, answers_of(locked), now.date()):
        raise NotVettable(found)
    locked.vetted_at, locked.vetted_by, locked.asked, locked.replied = now, by, "", ""
    locked.save(update_fields=["vetted_at", "vetted_by", "asked", "replied"])
    look_up(locked, now)
    for step in hooks.vetting_changed:
        step(locked, now)
    tell_members(locked, Vetted(locked), now)


@transaction.atomic
def unvet(organisation: Organisation, *, by: User, now: datetime, because: str = "") -> None:
    """`because` is what the organisation reads: what it has to put right."""
    if not rules.can_vet(by, organisation):
        raise PermissionDenied
    take_back(Organisation.objects.select_for_update().get(pk=organisation.pk), now, because.strip())


def take_back(locked: Organisation, now: datetime, because: str = "") -> None:
    """Both signatures go. For callers that hold the row."""
    was_vetted = locked.vetted_at is not None
    locked.vetted_at = locked.vetted_by = locked.checked_at = locked.checked_by = None
    locked.asked, locked.replied = because or locked.asked, "" if because else locked.replied
    locked.save(update_fields=["vetted_at", "vetted_by", "checked_at", "checked_by", "asked", "replied"])
    for step in hooks.vetting_changed:
        step(locked, now)
    if was_vetted:
        tell_members(locked, TakenBack(locked), now)
