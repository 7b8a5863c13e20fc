"""Bringing a sanctions list up to date from its file: all of it or nothing. Organisations whose names stand on it are stopped at once."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from itertools import islice
from typing import Any, BinaryIO

from django.db import connection, transaction

from portal import hooks
from portal.organisations.find_hits import find_hits, tell_of_changes
from portal.organisations.fold import fold
from portal.organisations.lists import Listed, ListError, ListFile, eu, seco, un
from portal.organisations.models import Organisation, SanctionEntry

READERS: dict[str, Callable[[BinaryIO], ListFile]] = {"un": un.read, "seco": seco.read, "eu": eu.read}
BATCH = 500
MOST_DELISTED = 0.2  # of the entries in force: more looks like half a file
WRITTEN = ("kind", "name", "names", "folded", "programme", "listed_on", "delisted_on")


@dataclass(slots=True)
class Counts:
    """Of entries. `nameless` have no name to compare and are left out; `hits` are new, of organisations."""

    generated_on: date
    added: int = 0
    changed: int = 0
    unchanged: int = 0
    delisted: int = 0
    nameless: int = 0
    hits: int = 0

    @property
    def read(self) -> int:
        return self.added + self.changed + self.unchanged + self.nameless


@transaction.atomic
def import_sanctions(
    code: str, file: BinaryIO, now: datetime, *, force: bool = False, progress: Callable[[int], None] = lambda read: None
) -> Counts:
    """`code` is one of `READERS`, `progress` hears how many entries are read. The same file again writes nothing.

    Raises `ListError`: the file is broken, of another list, older than the last one, or would delist too much (unless `force`).
    """
    with connection.cursor() as cursor:
        cursor.execute("LOCK TABLE organisations_sanctionentry IN SHARE ROW EXCLUSIVE MODE")  # one import at a time; readers go on
    content = READERS[code](file)
    standing = SanctionEntry.objects.filter(list=code)
    _refuse_older(standing, content.generated_on)
    day = content.generated_on
    before = set(standing.in_force(day).values_list("reference", flat=True))

    with tell_of_changes(now):
        counts, seen, listed = Counts(day), set[str](), set[str]()
        while batch := list(islice(content.entries, BATCH)):
            _refuse_twice(batch, seen)
            _write(code, batch, counts)
            listed |= {entry.reference for entry in batch if entry.delisted_on is None or entry.delisted_on > day}
            progress(counts.read)
        if not seen:
            raise ListError("The file lists nobody.")
        counts.delisted = len(before - listed)
        if counts.delisted > MOST_DELISTED * len(before) and not force:
            raise ListError(
                f"The file would delist {counts.delisted} of {len(before)} entries: is it whole? If it is, import it with --force."
            )
        standing.filter(reference__in=seen).exclude(generated_on=day).update(generated_on=day)
        standing.filter(reference__in=before - seen).update(delisted_on=day)
        counts.hits = find_hits(Organisation.objects.order_by("pk"), now)
    for step in hooks.sanctions_imported:
        step(now)
    return counts


def _refuse_older(standing: Any, day: date) -> None:
    newest = standing.order_by("-generated_on").values_list("generated_on", flat=True).first()
    if newest is not None and day < newest:
        raise ListError(f"The file is of {day}, older than the last one, which is of {newest}: nothing was changed.")


def _refuse_twice(batch: list[Listed], seen: set[str]) -> None:
    for entry in batch:
        if entry.reference in seen:
            raise ListError(f"{entry.reference} stands in the file twice.")
        seen.add(entry.reference)


def _write(code: str, batch: list[Listed], counts: Counts) -> None:
    found = SanctionEntry.objects.filter(list=code, reference__in=[entry.reference for entry in batch]).order_by("pk")
    standing = {entry.reference: entry for entry in found}
    new, changed = [], []
    for values, reference in _values(batch, counts):
        row = standing.get(reference)
        if row is None:
            new.append(SanctionEntry(list=code, reference=reference, generated_on=counts.generated_on, **values))
        elif any(getattr(row, name) != value for name, value in values.items()):
            for name, value in values.items():
                setattr(row, name, value)
            changed.append(row)
        else:
            counts.unchanged += 1
    SanctionEntry.objects.bulk_create(new)
    SanctionEntry.objects.bulk_update(changed, WRITTEN)
    counts.added += len(new)
    counts.changed += len(changed)


def _values(batch: list[Listed], counts: Counts) -> Iterator[tuple[dict[str, Any], str]]:
    for entry in batch:
        names = [name[:500] for name in entry.names]
        if not names:
            counts.nameless += 1
            continue
        folded = sorted({fold(name)[:500] for name in names} - {""})
        values = {"kind": entry.kind, "name": names[0], "names": names, "folded": folded, "programme": entry.programme[:300]}
        yield values | {"listed_on": entry.listed_on, "delisted_on": entry.delisted_on}, entry.reference
