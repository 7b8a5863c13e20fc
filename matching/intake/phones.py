"""Whose phone may stand in a profile that staff write: nobody's who works with Safar, and no number collects people."""

from collections.abc import Iterable

from django.db import connection
from django.db.models import F, Q

from matching.models import Candidate
from portal.accounts.models import User
from portal.support.models import ContactPhone

MOST = 3  # a family may share a phone
ONE_PHONE = 730_305  # advisory locks, with the number


class PhoneRefused(ValueError):
    """Which of the reasons it is stays untold: it would say whose number this is."""


def refused_phones(phones: Iterable[str]) -> set[str]:
    """Numbers of staff and of members of organisations, help numbers, and those that `MOST` candidates have already."""
    phones = list(phones)
    staff = User.objects.filter(Q(memberships__isnull=False) | Q(is_staff=True), phone__in=phones).values_list("phone", flat=True)
    help_lines = ContactPhone.objects.filter(number__in=phones).values_list("number", flat=True)
    held: dict[str, int] = {}
    candidates = Candidate.objects.filter(Q(phone__in=phones) | Q(user__phone__in=phones)).order_by()
    for own, account in candidates.values_list("phone", F("user__phone")):
        number = account or own
        held[number] = held.get(number, 0) + 1
    return {*staff, *help_lines, *(phone for phone, count in held.items() if count >= MOST)}


def hold_phone(phone: str) -> None:
    """Two who register the same number at once do so one after the other. To the end of the transaction."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s, hashtext(%s))", [ONE_PHONE, phone])


def check_phone(phone: str) -> None:
    """Raises `PhoneRefused`. The caller's transaction holds the number from now on."""
    hold_phone(phone)
    if refused_phones([phone]):
        raise PhoneRefused
