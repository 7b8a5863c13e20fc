"""Taking in a table of prices: all of it or nothing, and nothing that stands already."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime
from typing import BinaryIO

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from portal.accounts.models import User
from remittances import rules
from remittances.imports.read_quotes import Found, Key, read_quotes
from remittances.models import FeeBand, Quote, TransferService
from remittances.outliers import why_strange

State = Quote.State


@dataclass(slots=True)
class Counts:
    """Of prices. `held` are new and wait for a second person."""

    added: int = 0
    changed: int = 0
    unchanged: int = 0
    held: int = 0


@transaction.atomic
def import_quotes(file: BinaryIO, by: User | None, now: datetime) -> Counts:
    """`file` is a CSV with the headings `COLUMNS`; `by` None: whoever runs the server.

    A price that stands already, accepted, held or refused, is left alone; another price of the same day replaces what was accepted. What is
    strange waits for a second person, and what was accepted stands meanwhile. Raises `PermissionDenied`, `ImportProblem`.
    """
    if by is not None and not rules.can_review(by):
        raise PermissionDenied
    rows = read_quotes(file, timezone.localdate(now))
    services = TransferService.objects.filter(pk__in={row.service.pk for row in rows}).order_by("pk")
    list(services.select_for_update(no_key=True))
    standing, counts = _standing(rows), Counts()
    for row in sorted(rows, key=lambda row: row.values["observed_on"]):  # what is strange is held against the days before
        _take_in(row, standing[row.key], by, counts)
    return counts


def _standing(rows: list[Found]) -> dict[Key, list[Quote]]:
    days = {row.values["observed_on"] for row in rows}
    found = defaultdict(list)
    for quote in Quote.objects.filter(service__in={row.service.pk for row in rows}, observed_on__in=days).with_fees().order_by("pk"):
        found[quote.service_id, quote.observed_on, quote.is_promotion].append(quote)
    return found


def _take_in(row: Found, standing: list[Quote], by: User | None, counts: Counts) -> None:
    if any(row.stands_in(quote) for quote in standing):
        counts.unchanged += 1
        return
    by_pk = by.pk if by else None
    accepted = next((quote for quote in standing if quote.state == State.ACCEPTED), None)
    waiting = next((quote for quote in standing if quote.state == State.HELD and quote.observed_by_id == by_pk), None)
    because = why_strange(row.service, row.price, row.values["amount"], row.values["observed_on"])
    quote = (waiting if because else accepted or waiting) or Quote(service=row.service)
    for name, value in row.values.items():
        setattr(quote, name, value)
    quote.observed_by, quote.held_because, quote.is_demo = by, because, False
    quote.state = State.HELD if because else State.ACCEPTED
    quote.decided_by = quote.decided_at = None
    quote.decided_because = ""
    quote.save()
    quote.bands.all().delete()
    FeeBand.objects.bulk_create(
        FeeBand(quote=quote, above=above, fee_fixed=fixed, fee_percent=percent) for above, fixed, percent in row.bands
    )
    if because:
        counts.held += 1
    elif accepted:
        counts.changed += 1
        if waiting:
            waiting.delete()
    else:
        counts.added += 1
