"""Day rates: what a sum of one currency is in another on a day."""

from datetime import date
from decimal import Decimal

from portal.money.amounts import Currency, Money
from portal.money.models import DayRate


class NoRate(LookupError):
    """No rate of the currency on or before the day."""


def per_usd(currency: str, on: date) -> Decimal:
    """Units of `currency` a dollar on `on`, or on the last day before it that has a rate."""
    if currency == Currency.USD:
        return Decimal(1)
    rate = DayRate.objects.filter(currency=currency, day__lte=on).order_by("-day").first()
    if rate is None:
        raise NoRate(f"No rate of {currency} on or before {on}.")
    return rate.per_usd


def convert(money: Money, to: str, on: date) -> Money:
    """`money` in the currency `to` by the day rates of `on`, across the dollar, half to even. Raises `NoRate`."""
    if money.currency == to:
        return money
    return Money(money.amount * per_usd(to, on) / per_usd(money.currency, on), to)


def newest_rates(on: date) -> dict[str, DayRate]:
    """By currency the rate of `on`, or of the last day before it that has one: one query for a page with many sums."""
    return {rate.currency: rate for rate in DayRate.objects.filter(day__lte=on).order_by("currency", "-day").distinct("currency")}
