"""Putting a service on the list that people see, and taking it off. Each time stays on record with its reason."""

from datetime import date, datetime

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Max
from django.utils.timezone import localdate

from portal.accounts.models import User
from portal.organisations.find_hits import wait_for_import
from portal.organisations.models import SanctionEntry
from remittances import rules
from remittances.find_hits import look_up
from remittances.models import ListingEvent, ProviderHit, TransferService


class NotListable(Exception):
    """`why`: sentences, in English, for the console."""

    def __init__(self, why: list[str]) -> None:
        super().__init__(" ".join(why))
        self.why = why


def days_of_lists() -> dict[str, str]:
    """Of each sanctions list that was ever imported the day of its newest file."""
    days = SanctionEntry.objects.order_by("list").values_list("list").annotate(Max("generated_on"))
    return {code: day.isoformat() for code, day in days}


def imported_lists() -> str:
    named = ", ".join(f"{SanctionEntry.List(code).label} of {day}" for code, day in days_of_lists().items())
    return f"Imported are: {named or 'none'}."


def list_service(service: TransferService, reason: str, licence_checked_on: date, *, by: User, now: datetime) -> ListingEvent:
    """Also for one that is listed and was looked at again. The same words twice are one event.

    Raises `NotListable`, `PermissionDenied` for whoever is no operator. A hit that is found on the way stays.
    """
    with transaction.atomic():
        wait_for_import()
        locked = lock(service, by)
        why = why_not_listable(locked, reason, licence_checked_on, now)
        if not why:
            return _record(locked, True, reason, by, now, lists_of=days_of_lists(), licence_checked_on=licence_checked_on)
    raise NotListable(why)


@transaction.atomic
def unlist_service(service: TransferService, reason: str, *, by: User, now: datetime) -> ListingEvent:
    """From this moment no page and no API shows it or its prices. Raises `NotListable` without a reason, `PermissionDenied`."""
    locked = lock(service, by)
    if not reason.strip():
        raise NotListable(["Write the reason."])
    return _record(locked, False, reason, by, now)


def lock(service: TransferService, by: User) -> TransferService:
    if not rules.can_list(by):
        raise PermissionDenied
    return TransferService.objects.select_for_update(of=["self"]).select_related("provider").get(pk=service.pk)


def why_not_listable(locked: TransferService, reason: str, licence_checked_on: date, now: datetime) -> list[str]:
    """All that is in the way, and still when it is listed: the caller has waited for imports, then locked the row. Looks the provider up."""
    look_up(locked.provider, now)
    today, days = localdate(now), days_of_lists()
    missing = [code.label for code in SanctionEntry.List if code not in days]
    hits = ProviderHit.objects.blocking(today).filter(provider=locked.provider).select_related("entry")
    found = {
        "Write the reason.": not reason.strip(),
        "Write the licence, and where the register says so.": not (locked.licence and locked.licence_source),
        f"The licence ended on {locked.licence_valid_to}.": locked.licence_valid_to is not None and locked.licence_valid_to < today,
        "The licence cannot have been looked at on a day to come.": licence_checked_on > today,
        f"Import the sanctions lists first: {', '.join(map(str, missing))}. {imported_lists()}": bool(missing),
    }
    stopped = [f"A sanctions list stops the provider: {hit.entry.get_list_display()}, {hit.name}. Decide that hit first." for hit in hits]
    return [sentence for sentence, is_so in found.items() if is_so] + stopped


def _record(locked: TransferService, is_listed: bool, reason: str, by: User, now: datetime, **looked_at: object) -> ListingEvent:
    event = ListingEvent(service=locked, is_listed=is_listed, reason=reason.strip(), by=by, at=now, **looked_at)
    last = locked.listing_events.first()
    if last is not None and _says(last) == _says(event) and locked.is_listed == is_listed:
        return last
    locked.is_listed = is_listed
    locked.save(update_fields=["is_listed"])
    event.save()
    return event


def _says(event: ListingEvent) -> tuple[object, ...]:
    return event.is_listed, event.reason, event.licence_checked_on, event.lists_of
