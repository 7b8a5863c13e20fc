"""The comparison that page and API show: the newest price of every listed service between two countries, the best for the family first."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from enum import StrEnum

from portal.money.amounts import CENT, Currency
from portal.money.rates import MidRate, MidRates, mid_rates
from remittances.compare import Price, Transfer, receive, send, transfer_of, up
from remittances.models import Quote, TransferService

CURRENCY = {"RU": "RUB", "KZ": "KZT", "TJ": "TJS", "KG": "KGS", "UZ": "UZS"}


RPW_AMOUNTS = (Decimal(200), Decimal(500))  # US dollars, of which the World Bank asks what it costs to send them


class Direction(StrEnum):
    PAY = "pay"  # the sum is what the sender pays in all, fee included
    RECEIVE = "receive"  # the sum is what has to arrive, in the money of home


class Standing(StrEnum):
    """What can be said of an offer, in the order in which offers stand."""

    COMPARED = "compared"
    OLD = "old"  # compared, but the price may have changed since
    NO_MID_RATE = "no-mid-rate"  # it is known what arrives, not what is lost
    NO_HOME_SUM = "no-home-sum"  # paid out in a foreign currency that has no day rate
    TOO_LITTLE = "too-little"  # the fee eats the whole sum
    OUT_OF_LIMITS = "out-of-limits"  # the service sends only more, or only less


_PLACES = {standing: place for place, standing in enumerate(Standing)}


@dataclass(frozen=True, slots=True)
class Offer:
    """`transfer` is None where none can be worked out. `at_home` is what arrives, in the money of home: at the middle rate if paid out in another.

    `of_dollars` are transfers of `RPW_AMOUNTS`; None where there is no rate of the dollar or the service does not send the sum.
    """

    quote: Quote
    standing: Standing
    transfer: Transfer | None
    mid: MidRate | None
    at_home: Decimal | None
    is_old: bool
    of_dollars: tuple[Transfer | None, ...]

    @property
    def costs(self) -> tuple[Decimal | None, ...]:
        """Of `RPW_AMOUNTS`, in per cent as the World Bank publishes it; None also without a middle rate."""
        return tuple(transfer.total_cost_pct if transfer else None for transfer in self.of_dollars)


@dataclass(frozen=True, slots=True)
class Comparison:
    """`amount` is in `currency` when the sender names it, in `home_currency` when the family's sum is named. `mid` is today's middle rate.

    `promotions`, prices of a first transfer or of a few days, are in no order of price: they stand by name.
    """

    sends_from: str
    sends_to: str
    direction: Direction
    amount: Decimal
    mid: MidRate | None
    offers: list[Offer]
    promotions: list[Offer]

    def only(self, fits: Callable[[TransferService], bool]) -> "Comparison":
        """Of the services that fit."""
        offers, promotions = ([offer for offer in each if fits(offer.quote.service)] for each in (self.offers, self.promotions))
        return replace(self, offers=offers, promotions=promotions)

    @property
    def currency(self) -> str:
        return CURRENCY[self.sends_from]

    @property
    def home_currency(self) -> str:
        return CURRENCY[self.sends_to]

    @property
    def best(self) -> Offer | None:
        """The first, unless its price is old or must still be changed into the money of home at a rate that nobody knows."""
        first = self.offers[0] if self.offers else None
        is_sure = first and first.standing == Standing.COMPARED and first.quote.service.payout_currency == self.home_currency
        return first if is_sure else None


def compare_quotes(sends_from: str, sends_to: str, amount: Decimal, direction: Direction, today: date) -> Comparison:
    """Two queries. `amount` is positive, in hundredths.

    Each price is held against the middle rate of the day on which it was seen. Most money received comes first, or least paid when the
    family's sum is named; then prices seen more than a week ago, then what cannot be held against a middle rate, last what cannot send.
    """
    pair = Quote.objects.listed(today).filter(service__sends_from=sends_from, service__sends_to=sends_to)
    quotes = list(pair.newest_of_each_kind(today))
    rates = mid_rates(min((quote.observed_on for quote in quotes), default=today), today)
    paid_in, home = CURRENCY[sends_from], CURRENCY[sends_to]
    found = [offer_of(quote, amount, direction, rates, paid_in, home, today) for quote in quotes]
    offers = sorted((offer for offer in found if not offer.quote.is_promotion), key=lambda offer: _place(offer, direction))
    promotions = sorted((offer for offer in found if offer.quote.is_promotion), key=lambda offer: _name(offer.quote))
    return Comparison(sends_from, sends_to, direction, amount, rates.of(paid_in, home, today), offers, promotions)


def offer_of(quote: Quote, amount: Decimal, direction: Direction, rates: MidRates, paid_in: str, home: str, today: date) -> Offer:
    """No query. What the quote gives for the sum, held against the middle rates of the day on which it was seen."""
    paid_out = quote.service.payout_currency
    mid, to_home = rates.of(paid_in, paid_out, quote.observed_on), rates.of(paid_out, home, quote.observed_on)
    is_old = today - quote.observed_on > Quote.OLD_AFTER
    price, mid_value = price_of(quote), mid.value if mid else None
    if direction == Direction.PAY:
        transfer = send(amount, price, mid_value)
    else:
        transfer = receive(up(amount / to_home.value), price, mid_value) if to_home else None
    is_out = transfer is not None and not quote.service.sends(transfer.sending)
    transfer = None if is_out else transfer
    at_home = (transfer.received * to_home.value).quantize(CENT) if transfer and to_home else None
    if to_home is None:
        standing = Standing.NO_HOME_SUM
    elif transfer is None:
        standing = Standing.OUT_OF_LIMITS if is_out else Standing.TOO_LITTLE
    elif mid is None:
        standing = Standing.NO_MID_RATE
    else:
        standing = Standing.OLD if is_old else Standing.COMPARED
    dollar = rates.of(Currency.USD, paid_in, quote.observed_on)
    sendings = [(usd * dollar.value).quantize(CENT) for usd in RPW_AMOUNTS] if dollar else []
    of_dollars = [transfer_of(sending, price, mid_value) if quote.service.sends(sending) else None for sending in sendings]
    return Offer(quote, standing, transfer, mid, at_home, is_old, tuple(of_dollars or [None for _usd in RPW_AMOUNTS]))


def price_of(quote: Quote) -> Price:
    """`quote` comes from `newest()` or `with_fees()`."""
    return Price(quote.fee_fixed, quote.fee_percent, quote.fee_added, quote.rate, quote.fees)  # type: ignore[attr-defined]


def _place(offer: Offer, direction: Direction) -> tuple[int, Decimal, int, tuple[str, int]]:
    """Equal sums: the quicker service first, then by name, so that two readers see one order."""
    paid, at_home = offer.transfer.paid if offer.transfer else Decimal(0), offer.at_home or Decimal(0)
    order = paid if direction == Direction.RECEIVE else -at_home
    return _PLACES[offer.standing], order, offer.quote.service.minutes, _name(offer.quote)


def _name(quote: Quote) -> tuple[str, int]:
    return quote.service.provider.name, quote.service_id
