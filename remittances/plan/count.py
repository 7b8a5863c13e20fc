"""The arithmetic of a goal: pure, in `Decimal`."""

from datetime import date
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal


def months_until(by: date, today: date) -> int:
    """Whole months from today to that day, at least one: what is put aside once a month comes together so often."""
    months = (by.year - today.year) * 12 + by.month - today.month - (by.day < today.day)
    return max(months, 1)


def a_month(left: Decimal, months: int) -> Decimal:
    """Whole units, rounded up: so much each month is never too little."""
    return (left / months).to_integral_value(ROUND_CEILING)


def months_to_pay_back(cost: Decimal, monthly_gain: Decimal) -> int:
    return int((cost / monthly_gain).to_integral_value(ROUND_CEILING))


def percent_of(part: Decimal, whole: Decimal) -> int:
    """Rounded down: what is not whole is never 100."""
    return int((part * 100 / whole).to_integral_value(ROUND_FLOOR))
