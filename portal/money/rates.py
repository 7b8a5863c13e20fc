"""Day rates: what a sum of one currency is in another on a day."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from django.utils.translation import gettext as _

from portal.money.amounts import Currency
from portal.money.models import DayRate


class NoRate(LookupError):
    """No rate of the currency on or before the day."""


def newest_rates(on: date) -> dict[str, DayRate]:
    """By currency its price of a dollar on `on`, or of the last day before it that has one: one query for a page with many sums."""
    of_dollar = DayRate.objects.filter(base=Currency.USD, day__lte=on)
    return {rate.currency: rate for rate in of_dollar.order_by("currency", "-day").distinct("currency")}


def rounded(rate: Decimal, digits: int = 5) -> Decimal:
    """To five significant digits: what a rate is written with where nobody reckons with it."""
    return round(rate, digits - 1 - rate.adjusted())


@dataclass(frozen=True, slots=True)
class MidRate:
    """Units of one currency for one of another at the middle of the market: `value`, the `day` it is of, and who published it."""

    value: Decimal
    day: date
    sources: tuple[str, ...] = ()

    @property
    def publishers(self) -> str:
        """For readers: a bank's name in their language, whatever somebody has typed as it stands."""
        return ", ".join(_(source) for source in self.sources if source)


class MidRates:
    """Middle rates of a span of days. `mid_rates()` reads them.

    Of a day comes first what the bank of the currency paid out says of the pair, then what the other bank says of it, then the two banks'
    prices of a dollar.
    """

    REACH = timedelta(days=5)

    def __init__(self, rates: Iterable[DayRate]) -> None:
        self._rates = {(rate.day, rate.currency, rate.base): rate for rate in rates}

    def of(self, source: str, target: str, on: date) -> MidRate | None:
        """Of `on`, else of the last day before it that has one, at most `REACH` back; None when there is none."""
        if source == target:
            return MidRate(Decimal(1), on)
        days = (on - timedelta(days=back) for back in range(self.REACH.days + 1))
        return next((found for day in days if (found := self._of_day(source, target, day))), None)

    def _of_day(self, source: str, target: str, day: date) -> MidRate | None:
        if direct := self._rates.get((day, target, source)):
            return MidRate(direct.rate, day, (direct.source,))
        if turned := self._rates.get((day, source, target)):
            return MidRate(1 / turned.rate, day, (turned.source,))
        paid_out, paid_in = self._rates.get((day, target, Currency.USD)), self._rates.get((day, source, Currency.USD))
        if paid_out is None or paid_in is None:
            return None
        return MidRate(paid_out.rate / paid_in.rate, day, tuple(dict.fromkeys([paid_in.source, paid_out.source])))


def mid_rates(first: date, last: date) -> MidRates:
    """For the days from `first` to `last`: one query."""
    return MidRates(DayRate.objects.filter(day__range=(first - MidRates.REACH, last)))
