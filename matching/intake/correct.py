"""Putting right what was typed wrongly at the start, and what only the desk can change."""

from datetime import date, datetime

from django.db import transaction

from matching.intake.phones import check_phone
from matching.models import Candidate
from matching.profile import change, lock
from matching.register import check_age


@transaction.atomic
def correct_month(candidate: Candidate, born_in: date, now: datetime) -> None:
    """Raises `TooYoung`. Whoever guessed the wrong month begins anew."""
    standing = lock(candidate)
    check_age(standing.citizenship, born_in, now)
    change(standing, now, born_in=born_in)
    standing.missed_claims.all().delete()


@transaction.atomic
def change_phone(candidate: Candidate, phone: str) -> None:
    """Of a candidate without an account. Raises `PhoneRefused`."""
    if candidate.phone == phone:
        return
    check_phone(phone)
    standing = lock(candidate)
    standing.phone = phone
    standing.save(update_fields=["phone"])
    standing.missed_claims.all().delete()
