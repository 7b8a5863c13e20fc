"""Wages made comparable inside the database: in hand, a month. The same sums as matching/wages.py, for filters and orders over all vacancies."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal

from django.db.models import Case, DecimalField, F, Subquery, Value, When
from django.db.models.expressions import Combinable, Expression
from django.db.models.functions import Coalesce

from matching.wages import HOURS_A_MONTH, income_tax_code, numbers_on
from portal.money.amounts import Currency, WageBasis, WagePeriod
from portal.money.models import DayRate
from portal.places.corridors import DESTINATIONS

NUMBER = DecimalField(max_digits=30, decimal_places=10)


def month_in_hand(day: date) -> Combinable:
    """In the vacancy's own currency. A tax that is not known takes nothing."""
    times = Case(
        When(wage_period=WagePeriod.HOUR, then=Value(HOURS_A_MONTH)),
        When(wage_period=WagePeriod.SHIFT, then=F("shifts_a_month")),
        default=Value(1),
        output_field=NUMBER,
    )
    left = Case(
        *[When(wage_basis=WageBasis.GROSS, region__country=country, then=1 - _tax(country, day) / 100) for country in DESTINATIONS],
        default=Value(Decimal(1)),
        output_field=NUMBER,
    )
    return F("wage_amount") * times * left


def month_in_dollars(day: date, rates: Mapping[str, DayRate]) -> Combinable:
    """Null where the currency has no rate."""
    per_dollar = Case(
        When(wage_currency=Currency.USD, then=Value(Decimal(1))),
        *[When(wage_currency=currency, then=Value(rate.rate)) for currency, rate in sorted(rates.items())],
        output_field=NUMBER,
    )
    return month_in_hand(day) / per_dollar


def _tax(country: str, day: date) -> Expression:
    """Asked once for all rows."""
    number = numbers_on(day).filter(code=income_tax_code(country)).order_by("pk").values("number_then")[:1]
    return Coalesce(Subquery(number, output_field=NUMBER), Value(Decimal(0)), output_field=NUMBER)
