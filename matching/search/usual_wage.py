"""The usual wage of an occupation where somebody looks: from our own open vacancies, or nothing where they are few."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from statistics import quantiles

from django.utils.translation import gettext as _

from matching.models import Vacancy
from matching.search.in_hand import month_in_hand
from portal.money.amounts import Currency, Money
from portal.money.formats import format_money
from portal.money.models import DayRate
from portal.places.models import Region

FEWEST_VACANCIES, FEWEST_EMPLOYERS = 10, 3


@dataclass(frozen=True, slots=True)
class UsualWage:
    """In hand, a month, in the money of the country: `middle`, and from where to where the middle half of the vacancies is."""

    low: Money
    middle: Money
    high: Money
    vacancies: int
    employers: int
    is_whole_country: bool

    @property
    def middle_text(self) -> str:
        return format_money(self.middle)

    @property
    def half_text(self) -> str:
        return _("Half of them pay from %(low)s to %(high)s.") % {"low": format_money(self.low), "high": format_money(self.high)}


def usual_wage(occupation: int, region: Region, day: date, rates: Mapping[str, DayRate]) -> UsualWage | None:
    """Of the region, else of its country; None where neither has ten vacancies of three employers. One query.

    A wage in another currency counts by the day rate, and not at all where there is none.
    """
    own = region.country.currency
    found = Vacancy.objects.open_on(day).filter(occupation=occupation, region__country=region.country_id).annotate(hand=month_in_hand(day))
    rows = list(found.order_by("pk").values_list("region_id", "employer_id", "wage_currency", "hand"))
    wages = [(place, employer, wage) for place, employer, currency, hand in rows if (wage := _in(own, hand, currency, rates)) is not None]
    here = [row for row in wages if row[0] == region.code]
    for part in (here, wages):
        employers = len({employer for _, employer, _ in part})
        if len(part) >= FEWEST_VACANCIES and employers >= FEWEST_EMPLOYERS:
            low, middle, high = (Money(_rounded(value), own) for value in quantiles([wage for *_, wage in part], n=4, method="inclusive"))
            return UsualWage(low, middle, high, len(part), employers, part is not here)
    return None


def _in(own: str, amount: Decimal, currency: str, rates: Mapping[str, DayRate]) -> Decimal | None:
    if currency == own:
        return amount
    per_dollar = {code: rate.rate for code, rate in rates.items()} | {str(Currency.USD): Decimal(1)}
    if not {own, currency} <= per_dollar.keys():
        return None
    return amount * per_dollar[own] / per_dollar[currency]


def _rounded(amount: Decimal) -> Decimal:
    """Three figures say enough."""
    return round(amount, 2 - amount.adjusted())
