"""The first signature under an organisation's checklist."""

from datetime import datetime

from django.core.exceptions import PermissionDenied
from django.db import transaction

from portal.accounts.models import User
from portal.organisations import rules
from portal.organisations.checklist import answers_of, gaps, newest
from portal.organisations.models import Organisation
from portal.organisations.vet import NotVettable, changed


@transaction.atomic
def sign_check(organisation: Organisation, *, by: User, now: datetime, written_at: datetime | None = None) -> None:
    """Signed once it stays with who signed it. `written_at`: the time of the newest answer, as the page showed it. Raises `NotVettable`."""
    if not rules.can_vet(by, organisation):
        raise PermissionDenied
    locked = Organisation.objects.select_for_update().get(pk=organisation.pk)
    if locked.checked_at is not None:
        return
    answers = answers_of(locked)
    if written_at is not None and written_at != newest(answers):
        raise NotVettable([changed()])
    if found := gaps(locked, answers, now.date()):
        raise NotVettable(found)
    locked.checked_at, locked.checked_by = now, by
    locked.save(update_fields=["checked_at", "checked_by"])
