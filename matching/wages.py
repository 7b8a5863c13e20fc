"""Wages made comparable: cents of US dollars, in hand, a month. Taxes and minimums are facts; one that is not known stops nothing."""

from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_EVEN, Decimal
from typing import Any

from django.db.models import Q

from matching.models import Vacancy
from orientation.models import Fact
from portal.money.amounts import Currency, WageBasis, WagePeriod
from portal.money.rates import newest_rates

HOURS_A_MONTH = 165


def income_tax_code(country: str) -> str:
    """The fact that holds a country's income tax in per cent of the wage."""
    return f"{country}-INCOME-TAX"


def minimum_wage_code(region: str) -> str:
    """The fact that holds the least legal wage a month before tax, of a region or of a whole country."""
    return f"{region}-MINIMUM-WAGE"


@dataclass(frozen=True, slots=True)
class DayOfWages:
    """The rates, taxes and minimums of one scoring day, read once for all pairs."""

    rates: dict[str, Decimal]
    facts: dict[str, Decimal]

    def cents(self, amount: Decimal | None, currency: str) -> int | None:
        """Cents of US dollars; None where nothing is stated or the currency has no rate."""
        if amount is None or currency not in self.rates:
            return None
        return int((amount * 100 / self.rates[currency]).quantize(Decimal(1), ROUND_HALF_EVEN))

    def net_cents(self, vacancy: Vacancy) -> int | None:
        """What the vacancy guarantees in hand a month; None where its currency has no rate."""
        amount = month_amount(vacancy)
        if vacancy.wage_basis == WageBasis.GROSS:
            amount *= self._left_after_tax(vacancy)
        return self.cents(amount, vacancy.wage_currency)

    def is_under_minimum(self, vacancy: Vacancy) -> bool:
        """Whether the wage before tax is under the region's legal minimum; False while the minimum is not known."""
        region, country = vacancy.region_id, vacancy.region.country_id
        minimum = self.facts.get(minimum_wage_code(region), self.facts.get(minimum_wage_code(country)))
        currency = vacancy.region.country.currency
        if minimum is None or not {currency, vacancy.wage_currency} <= self.rates.keys():
            return False
        amount = month_amount(vacancy)
        if vacancy.wage_basis == WageBasis.NET:
            amount /= self._left_after_tax(vacancy)
        return amount * self.rates[currency] / self.rates[vacancy.wage_currency] < minimum

    def _left_after_tax(self, vacancy: Vacancy) -> Decimal:
        return 1 - self.facts.get(income_tax_code(vacancy.region.country_id), Decimal(0)) / 100


def month_amount(vacancy: Vacancy) -> Decimal:
    """The guaranteed wage of a published vacancy for a month. Piece work states its guaranteed sum for the month."""
    assert vacancy.wage_amount is not None  # the database holds no published vacancy without
    times = {WagePeriod.HOUR: HOURS_A_MONTH, WagePeriod.SHIFT: vacancy.shifts_a_month or 0}
    return vacancy.wage_amount * times.get(WagePeriod(vacancy.wage_period), 1)


def wages_on(day: date) -> DayOfWages:
    rates = {currency: rate.rate for currency, rate in newest_rates(day).items()} | {str(Currency.USD): Decimal(1)}
    numbers = numbers_on(day).order_by("code").values_list("code", "number_then")
    return DayOfWages(rates, {code: number for code, number in numbers if number is not None})


def numbers_on(day: date) -> Any:
    """Taxes and minimums in force: facts with `number_then`."""
    in_force = Fact.objects.with_number_on(day).filter(
        Q(valid_from=None) | Q(valid_from__lte=day), Q(valid_to=None) | Q(valid_to__gte=day), status=Fact.Status.IN_FORCE
    )
    return in_force.filter(Q(code__endswith="-INCOME-TAX") | Q(code__endswith="-MINIMUM-WAGE"), number__isnull=False)
