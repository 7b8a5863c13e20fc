"""What the pages of prices print, in the reader's language."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _

from orientation.reading import country_names
from portal.money.formats import currency_word, format_percent, format_rate
from remittances.models import Quote, TransferService
from remittances.quotes import CURRENCY
from remittances.show import exact

BESIDE = 4  # prices beside one that waits


def way_of(service: TransferService) -> str:
    return f"{service.get_pay_in_display()} → {service.get_pay_out_display()}, {currency_word(service.payout_currency)}"


def corridor_of(service: TransferService) -> str:
    names = country_names()
    return f"{names[service.sends_from_id]} → {names[service.sends_to_id]}"


def fee_of(quote: Quote) -> str:
    currency = CURRENCY[quote.service.sends_from_id]
    parts = [exact(quote.fee_fixed, currency)] if quote.fee_fixed else []
    parts += [format_percent(quote.fee_percent)] if quote.fee_percent else []
    if not parts:
        return _("No fee")
    return f"{' + '.join(parts)}, {_('on top of the sum') if quote.fee_added else _('out of the sum')}"


def rate_of(quote: Quote) -> str:
    return format_rate(quote.rate, CURRENCY[quote.service.sends_from_id], quote.service.payout_currency)


@dataclass(frozen=True, slots=True)
class Row:
    """A price as a line of a table."""

    quote: Quote
    rate: str
    fee: str


def rows_of(quotes: Iterable[Quote]) -> list[Row]:
    return [Row(quote, rate_of(quote), fee_of(quote)) for quote in quotes]


@dataclass(frozen=True, slots=True)
class Held:
    """A price that waits, and the last accepted ones of its service."""

    quote: Quote
    corridor: str
    way: str
    amount: str
    row: Row
    before: list[Row]
    is_own: bool


def held_of(quote: Quote, reader: int) -> Held:
    service = quote.service
    accepted = service.quotes.filter(state=Quote.State.ACCEPTED, observed_on__lte=quote.observed_on).order_by(
        "-observed_on", "is_promotion"
    )
    before = rows_of(accepted.select_related("service")[:BESIDE])
    amount = exact(quote.amount, CURRENCY[service.sends_from_id]) if quote.amount else "–"
    [row] = rows_of([quote])
    return Held(quote, corridor_of(service), way_of(service), amount, row, before, quote.observed_by_id == reader)
