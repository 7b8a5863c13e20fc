"""Finding whose name stands on a sanctions list. A hit stops an organisation until a person has decided."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import date, datetime

from django.db import connection, transaction
from django.db.models import Q, QuerySet

from portal import hooks
from portal.organisations.fold import fold
from portal.organisations.models import Organisation, SanctionEntry, SanctionHit


@transaction.atomic
def look_up(organisation: Organisation, now: datetime) -> int:
    """Compare one that is new, renamed or to be vetted with the lists. Returns how many hits are new."""
    wait_for_import()
    with tell_of_changes(now):
        return find_hits(Organisation.objects.filter(pk=organisation.pk), now)


def wait_for_import() -> None:
    """Until the end of the transaction no import runs: whoever looks a name up, or an import, finds what the other has written.

    Before any lock on rows: an import holds the table while it writes hits that point to them.
    """
    with connection.cursor() as cursor:
        cursor.execute("LOCK TABLE organisations_sanctionentry IN ROW EXCLUSIVE MODE")


def find_hits(organisations: QuerySet[Organisation], now: datetime) -> int:
    """Write a hit for each entry that one of an organisation's names agrees with. A hit that stands keeps its verdict.

    Returns how many hits are new; telling others is the caller's.
    """
    standing = set(SanctionHit.objects.order_by("pk").values_list("entry", "organisation"))
    new = [
        SanctionHit(entry=entry, organisation_id=pk, name=name, found_at=now)
        for entry, pk, name in agreeing(organisations.order_by("pk").values_list("pk", "name"), now.date())
        if (entry.pk, pk) not in standing
    ]
    SanctionHit.objects.bulk_create(new)
    return len(new)


def agreeing(names: Iterable[tuple[int, str]], day: date) -> Iterator[tuple[SanctionEntry, int, str]]:
    """(entry, key, listed name) for each entry with which a name of the key agrees; once for an entry and a key. `names`: (key, name) pairs.

    Ships and aircraft are left out: nobody we know is one.
    """
    called = defaultdict[str, list[int]](list)
    for key, name in names:
        called[fold(name)].append(key)
    called.pop("", None)
    entries = SanctionEntry.objects.filter(Q(delisted_on=None) | Q(delisted_on__gt=day), folded__overlap=list(called))
    for entry in entries.exclude(kind=SanctionEntry.Kind.OBJECT).order_by("pk"):
        found: dict[int, str] = {}
        for name in entry.names:
            for key in called.get(fold(name), ()):
                found.setdefault(key, name)
        yield from ((entry, key, name) for key, name in found.items())


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
