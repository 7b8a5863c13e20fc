"""The cast of the demo as rows."""

from datetime import datetime, timedelta

from django.contrib.auth.models import Group
from django.db import transaction

from portal.accounts.cast import ORGANISATIONS, PEOPLE, Person
from portal.accounts.groups import sync_groups
from portal.accounts.models import User
from portal.organisations.models import Membership, Organisation

# Before the seeding: organisations and people stand longer than anything they did.
FOUNDED, JOINED = timedelta(days=150), timedelta(days=31)


@transaction.atomic
def seed_cast(now: datetime) -> None:
    """People, groups, organisations, memberships. Twice is the same as once; what somebody changed in the demo stays."""
    sync_groups()
    users = {key: seed_person(person, now) for key, person in PEOPLE.items()}
    for key, entry in ORGANISATIONS.items():
        known = {"created_at": now - FOUNDED, "vetted_at": now - FOUNDED, "vetted_by": users["timur"]}
        organisation, _created = Organisation.objects.get_or_create(
            name=entry.name, kind=entry.kind, country_id=entry.country, defaults=known
        )
        for person in PEOPLE.values():
            if person.organisation == key:
                Membership.objects.get_or_create(user=users[person.key], organisation=organisation, defaults={"role": person.role})


def seed_person(person: Person, now: datetime) -> User:
    user: User
    known = {"language": person.language, "is_staff": bool(person.group), "created_at": now - JOINED}
    known |= {"phone_verified_at": now - JOINED if person.phone else None}
    user, _created = User.objects.get_or_create(phone=person.phone, email=person.email, defaults=known)
    if person.group:
        user.groups.add(Group.objects.get(name=person.group))
    return user
