"""The cast of the demo as rows."""

from datetime import datetime

from django.contrib.auth.models import Group
from django.db import transaction

from portal.accounts.cast import ORGANISATIONS, PEOPLE, Person
from portal.accounts.groups import sync_groups
from portal.accounts.models import User
from portal.organisations.models import Membership, Organisation


@transaction.atomic
def seed_cast(now: datetime) -> None:
    """People, groups, organisations, memberships. Twice is the same as once; what somebody changed in the demo stays."""
    sync_groups()
    users = {key: seed_person(person, now) for key, person in PEOPLE.items()}
    for key, entry in ORGANISATIONS.items():
        organisation, _created = Organisation.objects.get_or_create(
            name=entry.name, kind=entry.kind, country_id=entry.country, defaults={"vetted_at": now, "vetted_by": users["timur"]}
        )
        for person in PEOPLE.values():
            if person.organisation == key:
                Membership.objects.get_or_create(user=users[person.key], organisation=organisation, defaults={"role": person.role})


def seed_person(person: Person, now: datetime) -> User:
    user: User
    user, _created = User.objects.get_or_create(
        phone=person.phone,
        email=person.email,
        defaults={"language": person.language, "phone_verified_at": now if person.phone else None, "is_staff": bool(person.group)},
    )
    if person.group:
        user.groups.add(Group.objects.get(name=person.group))
    return user
