"""Day rates: what a sum of one currency is in another on a day."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from portal.money.amounts import Currency
from portal.money.models import DayRate


class NoRate(LookupError):
    """No rate of the currency on or before the day."""


def newest_rates(on: date) -> dict[str, DayRate]:
    """By currency the rate of `on`, or of the last day before it that has one: one query for a page with many sums."""
    return {rate.currency: rate for rate in DayRate.objects.filter(day__lte=on).order_by("currency", "-day").distinct("currency")}


def rounded(rate: Decimal, digits: int = 5) -> Decimal:
    """To five significant digits: what a rate is written with where nobody reckons with it."""
    return round(rate, digits - 1 - rate.adjusted())


@dataclass(frozen=True, slots=True)
class MidRate:
    """Units of one currency for one of another at the middle of the market: `value`, the `day` it is of, and who published it."""

    value: Decimal
    day: date
    sources: tuple[str, ...] = ()


class MidRates:
    """Middle rates of a span of days, across the dollar. `mid_rates()` reads them."""

    REACH = timedelta(days=5)

    def __init__(self, rates: Iterable[DayRate]) -> None:
        self._rates = {(rate.day, rate.currency): rate for rate in rates}

    def of(self, source: str, target: str, on: date) -> MidRate | None:
        """Of `on`, else of the last day before it on which both currencies have a rate, at most `REACH` back; None when there is none."""
        if source == target:
            return MidRate(Decimal(1), on)
        sides = [currency for currency in (source, target) if currency != Currency.USD]
        for back in range(self.REACH.days + 1):
            day = on - timedelta(days=back)
            found = [rate for currency in sides if (rate := self._rates.get((day, currency)))]
            if len(found) == len(sides):
                per_dollar = {rate.currency: rate.per_usd for rate in found}
                value = per_dollar.get(target, Decimal(1)) / per_dollar.get(source, Decimal(1))
                return MidRate(value, day, tuple(dict.fromkeys(rate.source for rate in found)))
        return None


def mid_rates(first: date, last: date) -> MidRates:
    """For the days from `first` to `last`: one query."""
    return MidRates(DayRate.objects.filter(day__range=(first - MidRates.REACH, last)))
