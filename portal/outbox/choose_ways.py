"""Choosing how each kind of news comes: by SMS, by mail, or on the page of messages only."""

from portal.hooks import Person
from portal.outbox.models import MEMBERS_CHOOSE, WORKERS_CHOOSE, Channel, ChosenWay, Purpose


def choose_ways(user: Person, ways: dict[Purpose, Channel]) -> None:
    """What is not named stays as it was."""
    rows = [ChosenWay(user_id=user.pk, purpose=purpose, channel=channel) for purpose, channel in ways.items()]
    ChosenWay.objects.bulk_create(rows, update_conflicts=True, unique_fields=["user", "purpose"], update_fields=["channel"])


def kinds_for(user: Person) -> list[Purpose]:
    """Which kinds of news somebody may choose a way for: workers sign in by phone, staff and members by mail."""
    kinds = [*(WORKERS_CHOOSE if user.phone else ()), *(MEMBERS_CHOOSE if user.email else ())]
    return list(dict.fromkeys(kinds))
