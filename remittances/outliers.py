"""Whether a price is so unlike those before it that a second person looks at it before anybody sees it."""

from collections.abc import Iterable
from datetime import date, timedelta
from decimal import Decimal
from statistics import median

from portal.money.rates import MidRates, mid_rates
from remittances.ask import PAID
from remittances.compare import Price, send
from remittances.models import Quote, TransferService
from remittances.quotes import CURRENCY, price_of

FARTHEST = 30  # per cent: a rate farther than this from the middle rate is turned upside down, or has lost a zero
DEVIATIONS = 3
LEAST_SPREAD = Decimal("0.5")  # points: a price list that never changed may change a little
FEWEST = 5  # prices from which a median says something
OWN = timedelta(days=90)


def why_strange(service: TransferService, price: Price, amount: Decimal | None, day: date) -> str:
    """A sentence for staff, in English; "" when nothing is strange, or when there is no middle rate to hold the price against.

    What is compared is the total cost by the World Bank's method, for `amount` or else the corridor's usual sum: with the median of this
    service's own prices of the ninety days before, or, where those are few, of the corridor's services of the month before. Strange is what
    lies more than three median absolute deviations away, and always what is too far from the middle rate. Three queries.
    """
    amount, rates = amount or PAID[service.sends_from_id], mid_rates(day - OWN, day)
    transfer = send(amount, price, None)
    if transfer is None:
        return "The fee eats the whole sum."
    cost = _cost(service, price, amount, day, rates)
    if cost is None:
        return ""
    if abs(cost) > FARTHEST:
        return f"It costs {cost:.2f}% in all, more than {FARTHEST}% away from the middle rate: is the rate turned upside down?"
    own = Quote.objects.filter(service=service, state=Quote.State.ACCEPTED, is_promotion=False).select_related("service").with_fees()
    costs = _costs(own.filter(observed_on__range=(day - OWN, day - timedelta(days=1))), amount, rates)
    if len(costs) >= FEWEST:
        return _far_from(cost, costs, "this service's own prices")
    corridor = Quote.objects.listed(day).filter(service__sends_from=service.sends_from_id, service__sends_to=service.sends_to_id)
    costs = _costs(corridor.exclude(service=service).newest(day), amount, rates)
    return _far_from(cost, costs, "the corridor's services") if len(costs) >= FEWEST else ""


def _far_from(cost: Decimal, costs: list[Decimal], called: str) -> str:
    middle = median(costs)
    spread = max(DEVIATIONS * median(abs(other - middle) for other in costs), LEAST_SPREAD)
    if abs(cost - middle) <= spread:
        return ""
    return f"It costs {cost:.2f}% in all; {len(costs)} of {called} have a median of {middle:.2f}%, give or take {spread:.2f}."


def _costs(quotes: Iterable[Quote], amount: Decimal, rates: MidRates) -> list[Decimal]:
    found = (_cost(quote.service, price_of(quote), amount, quote.observed_on, rates) for quote in quotes)
    return [cost for cost in found if cost is not None]


def _cost(service: TransferService, price: Price, amount: Decimal, day: date, rates: MidRates) -> Decimal | None:
    mid = rates.of(CURRENCY[service.sends_from_id], service.payout_currency, day)
    transfer = send(amount, price, mid.value) if mid else None
    return transfer.total_cost_pct if transfer else None
