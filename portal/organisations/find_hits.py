"""Finding organisations whose name stands on a sanctions list. A hit stops an organisation until a person has decided."""

from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime

from django.db import connection, transaction
from django.db.models import Q, QuerySet

from portal import hooks
from portal.organisations.fold import fold
from portal.organisations.models import Organisation, SanctionEntry, SanctionHit


@transaction.atomic
def look_up(organisation: Organisation, now: datetime) -> int:
    """Compare one that is new, renamed or to be vetted with the lists. Returns how many hits are new.

    Waits for an import that is going on: either finds what the other has written.
    """
    with connection.cursor() as cursor:
        cursor.execute("LOCK TABLE organisations_sanctionentry IN ROW EXCLUSIVE MODE")
    with tell_of_changes(now):
        return find_hits(Organisation.objects.filter(pk=organisation.pk), now)


def find_hits(organisations: QuerySet[Organisation], now: datetime) -> int:
    """Write a hit for each entry that one of an organisation's names agrees with. A hit that stands keeps its verdict.

    Ships and aircraft are left out: no organisation is one. Returns how many hits are new; telling others is the caller's.
    """
    called = defaultdict[str, list[int]](list)
    for pk, name in organisations.order_by("pk").values_list("pk", "name"):
        called[fold(name)].append(pk)
    called.pop("", None)
    standing = set(SanctionHit.objects.order_by("pk").values_list("entry", "organisation"))
    entries = SanctionEntry.objects.filter(Q(delisted_on=None) | Q(delisted_on__gt=now.date()), folded__overlap=list(called))
    new = [
        SanctionHit(entry=entry, organisation_id=pk, name=name, found_at=now)
        for entry in entries.exclude(kind=SanctionEntry.Kind.OBJECT).order_by("pk")
        for key, name in {fold(name): name for name in reversed(entry.names)}.items()
        for pk in called.get(key, ())
        if (entry.pk, pk) not in standing
    ]
    once = {(hit.entry_id, hit.organisation_id): hit for hit in new}
    SanctionHit.objects.bulk_create(once.values())
    return len(once)


@contextmanager
def tell_of_changes(now: datetime) -> Iterator[None]:
    """Whatever is done inside: those whom the lists stop now and did not before, or the other way round, are told of."""
    before = _stopped(now)
    yield
    for organisation in Organisation.objects.filter(pk__in=before ^ _stopped(now)).order_by("pk"):
        for step in hooks.sanctions_changed:
            step(organisation, now)


def _stopped(now: datetime) -> set[int]:
    return set(SanctionHit.objects.blocking(now.date()).order_by("pk").values_list("organisation", flat=True))
