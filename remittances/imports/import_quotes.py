"""Taking in a table of prices: all of it or nothing, and nothing that stands already."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from itertools import islice
from typing import Any, BinaryIO

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from portal.accounts.models import User
from remittances import rules
from remittances.compare import Price
from remittances.imports.problems import Fault, Faults, ImportProblem
from remittances.imports.quote_rows import COLUMNS, MAY_LACK, SERVICE, PriceRow
from remittances.imports.read_sheets import Row, read_csv
from remittances.models import FeeBand, Quote, TransferService
from remittances.outliers import why_strange

State = Quote.State
MOST_ROWS = 5000

Way = tuple[str, ...]  # the values of `SERVICE`
Key = tuple[int, date, bool]  # a service has one price a day, and one promotional price


@dataclass(slots=True)
class Counts:
    """Of prices. `held` are new and wait for a second person."""

    added: int = 0
    changed: int = 0
    unchanged: int = 0
    held: int = 0


@dataclass(frozen=True, slots=True)
class Found:
    """A row that can be taken in."""

    service: TransferService
    values: dict[str, Any]
    bands: list[tuple[Decimal, ...]]

    @property
    def key(self) -> Key:
        return self.service.pk, self.values["observed_on"], self.values["is_promotion"]

    @property
    def price(self) -> Price:
        values = self.values
        return Price(values["fee_fixed"], values["fee_percent"], values["fee_added"], values["rate"], self.bands)

    def stands_in(self, quote: Quote) -> bool:
        bands = [tuple(band) for band in quote.fees]  # type: ignore[attr-defined]
        return bands == self.bands and all(getattr(quote, name) == value for name, value in self.values.items())


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
    accepted = next((quote for quote in standing if quote.state == State.ACCEPTED), None)
    waiting = next((quote for quote in standing if quote.state == State.HELD and quote.observed_by_id == (by and by.pk)), None)
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


def read_quotes(file: BinaryIO, today: date) -> list[Found]:
    """Raises `ImportProblem` with whatever is wrong anywhere in the file."""
    faults, rows = Faults(), read_csv(file)
    _number, headings = next(rows, (1, ()))
    columns = [heading.strip().casefold() for heading in headings]
    _check_headings(columns, faults)
    faults.refuse()
    filled = list(islice(((number, cells) for number, cells in rows if any(cell.strip() for cell in cells)), MOST_ROWS + 1))
    if not filled:
        raise ImportProblem(Fault(None, "", _("There is no price in this file.")))
    if len(filled) > MOST_ROWS:
        raise ImportProblem(Fault(None, "", _("This file is too long: it may have %(most)d prices.") % {"most": MOST_ROWS}))
    found = list(_found(filled, columns, today, faults))
    faults.refuse()
    return found


def _check_headings(columns: list[str], faults: Faults) -> None:
    for column in COLUMNS:
        if column not in columns and column not in MAY_LACK:
            faults.add(Fault(1, column, _("This column is missing.")))
    for place, column in enumerate(columns):
        if column not in COLUMNS:
            faults.add(Fault(1, column, _("We do not know this column.")))
        elif column in columns[:place]:
            faults.add(Fault(1, column, _("This column stands here twice.")))


def _found(rows: Iterable[Row], columns: list[str], today: date, faults: Faults) -> Iterator[Found]:
    services = {_way(service): service for service in TransferService.objects.select_related("provider").order_by("pk")}
    providers = {way[0] for way in services}
    seen: dict[Key, int] = {}
    for number, cells in rows:
        if len(cells) > len(columns):
            faults.add(Fault(number, "", _("This row has more cells than there are columns.")))
            continue
        told = dict(zip(columns, (cell.strip() for cell in cells), strict=False))
        way = tuple(told.get(name, "") for name in SERVICE)
        service, form = services.get(way), PriceRow(told, today)
        if way[0] not in providers:
            faults.add(Fault(number, "provider", _("No provider is called so here. Take its short name from our list.")))
        elif service is None:
            faults.add(
                Fault(
                    number, ", ".join(SERVICE[1:]), _("This provider has no such service. Look at both countries, both ways and the money.")
                )
            )
        for column, sentences in form.errors.items():
            faults.add(Fault(number, column, str(sentences[0])))
        if service is None or not form.is_valid():
            continue
        found = Found(service, form.values(), list(form.bands()))
        ended = service.licence_valid_to
        if ended and ended < found.values["observed_on"]:
            sentence = _("The licence of this service ended on %(day)s, before this price was seen.") % {"day": date_format(ended)}
            faults.add(Fault(number, "provider", sentence))
        elif found.key in seen:
            faults.add(Fault(number, "", _("Row %(row)d has a price of the same service and day.") % {"row": seen[found.key]}))
        else:
            seen[found.key] = number
            yield found


def _way(service: TransferService) -> Way:
    return service.provider.slug, service.sends_from_id, service.sends_to_id, service.pay_in, service.pay_out, service.payout_currency
