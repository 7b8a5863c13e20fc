"""When the monthly payments of a Russian patent are due, and what they come to.

A payment counts for a month from the day of the patent, and must be made before that month begins (Tax Code of Russia, article 227.1).
A month ends on the day with the same number, or on the last day of a shorter month.
"""

from calendar import monthrange
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from remittances.tools.rounding import DoesNotFit

DAY = timedelta(days=1)
OTHER = "other"  # a region whose price we do not have
TERM = "RU-PATENT-TERM"
PRICES = {  # region → the fact with its price
    "RU-MOW": "RU-PATENT-FEE-MOW",
    "RU-SPE": "RU-PATENT-FEE-SPE",
    "RU-LEN": "RU-PATENT-FEE-SPE",
    "RU-KDA": "RU-PATENT-FEE-HIGH",
    "RU-NIZ": "RU-PATENT-FEE-NIZ",
    "RU-NVS": "RU-PATENT-FEE-NVS",
    "RU-TUL": "RU-PATENT-FEE-TUL",
    "RU-LIP": "RU-PATENT-FEE-LIP",
    "RU-IRK": "RU-PATENT-FEE-IRK",
    "RU-TYU": "RU-PATENT-FEE-TYU",
    "RU-KAM": "RU-PATENT-FEE-KAM",
    "RU-CE": "RU-PATENT-FEE-LOW",
}


@dataclass(frozen=True, slots=True)
class Patent:
    """`pay_by`: the last day for each payment. `next_year`: how many are for months that begin in a later year, when the price is a new one.
    `uncovered`: days of the contract after the longest time that a patent runs.
    """

    months: Decimal
    price: Decimal
    total: Decimal
    next_year: Decimal
    ends: date
    uncovered: Decimal
    pay_by: tuple[date, ...]


def patent(*, region: str, price: Decimal, first: date, until: date, known: Mapping[str, Decimal]) -> Patent:
    """From the day `first` to `until`, the contract's last; `price` goes before what is known of the region. Raises `DoesNotFit`."""
    term = known.get(TERM)
    if term is None:
        raise DoesNotFit("until", "unknown")
    if until < first:
        raise DoesNotFit("until", "before")
    price = price or known.get(PRICES.get(region, ""), Decimal(0))
    if not price:
        raise DoesNotFit("price", "price")
    months = next((count for count in range(1, int(term)) if after(first, count) > until), int(term))
    begins = [after(first, month) for month in range(months)]
    ends = after(first, months) - DAY
    return Patent(
        months=Decimal(months),
        price=price,
        total=price * months,
        next_year=Decimal(sum(day.year > first.year for day in begins)),
        ends=ends,
        uncovered=Decimal(max((until - ends).days, 0)),
        pay_by=tuple(day - DAY for day in begins),
    )


def after(day: date, months: int) -> date:
    """The day with the same number so many months later, or the last one of that month."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))
