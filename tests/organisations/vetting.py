"""Vetting in tests: by the same use cases, with the same two people."""

from datetime import date, datetime, timedelta

from portal.accounts.models import User
from portal.organisations.checklist import items_for
from portal.organisations.models import Organisation
from portal.organisations.sign_check import sign_check
from portal.organisations.vet import vet
from portal.organisations.write_answers import Found, write_answers


def all_right(organisation: Organisation, **ends: date) -> list[Found]:
    return [Found(item.code, "pass", "Seen", "", ends.get(item.code)) for item in items_for(organisation.kind)]


def vet_by_two(organisation: Organisation, cast: dict[str, User], now: datetime, **ends: date) -> Organisation:
    """Timur writes and signs, Gulnora signs second, a minute after the other."""
    write_answers(organisation, all_right(organisation, **ends), by=cast["timur"], now=now)
    sign_check(organisation, by=cast["timur"], now=now)
    vet(organisation, by=cast["gulnora"], now=now + timedelta(minutes=1))
    organisation.refresh_from_db()
    return organisation
