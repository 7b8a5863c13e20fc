"""A table of prices as rows that can be taken in, or everything that is wrong with it."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import islice
from typing import Any, BinaryIO

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from remittances.compare import Price
from remittances.imports.problems import Fault, Faults, ImportProblem
from remittances.imports.quote_rows import COLUMNS, MAY_LACK, SERVICE, PriceRow
from remittances.imports.read_sheets import Row, read_csv
from remittances.models import Quote, TransferService

MOST_ROWS = 2000

Way = tuple[str, ...]  # the values of `SERVICE`
Key = tuple[int, date, bool]  # a service has one price a day, and one promotional price


@dataclass(frozen=True, slots=True)
class Found:
    """A row of which nothing is wrong."""

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


def read_quotes(file: BinaryIO, today: date) -> list[Found]:
    """Raises `ImportProblem` with what is wrong anywhere in the file."""
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
            sentence = _("This provider has no such service. Look at both countries, both ways and the money.")
            faults.add(Fault(number, ", ".join(SERVICE[1:]), sentence))
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
