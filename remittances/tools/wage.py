"""What should have come for a month's hours, against what came. Every share and every lowest wage is a fact's number.

Russia: Labour Code, article 152 (overtime), 133 (lowest wage); Tax Code, article 224. Kazakhstan: Labour Code, article 108.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from remittances.tools.rounding import DoesNotFit, half_up

LOWEST = {"RU-MOW": "RU-MIN-WAGE-MOW", "RU-SPE": "RU-MIN-WAGE-SPE", "RU": "RU-MIN-WAGE", "KZ": "KZ-MIN-WAGE"}  # place → its fact
FULL_WEEK = {"RU": "RU-FULL-WEEK", "KZ": "KZ-FULL-WEEK"}
FIRST_HOURS = {"RU": "RU-OVERTIME-HOURS"}  # how many of a day's hours count as the first
FIRST_SHARE = {"RU": "RU-OVERTIME-FIRST", "KZ": "KZ-OVERTIME"}
LATER_SHARE = {"RU": "RU-OVERTIME-LATER", "KZ": "KZ-OVERTIME"}
TAXES = {  # what is taken of the whole wage
    "RU": {"patent": ["RU-PATENT-TAX"], "union": ["EAEU-TAX"], "other": ["RU-TAX-NONRESIDENT"]},
    "KZ": {"patent": ["KZ-WAGE-TAX"], "union": ["KZ-WAGE-TAX", "KZ-PENSION-SHARE"], "other": ["KZ-WAGE-TAX"]},
}
STATUSES = ("patent", "union", "other")


@dataclass(frozen=True, slots=True)
class Wage:
    """`lowest`: by law for these hours, None where it is not known. `missing`: below zero when more came. `unexplained`: without `taken`."""

    usual: Decimal
    lowest: Decimal | None
    extra: Decimal
    gross: Decimal
    tax: Decimal
    due: Decimal
    missing: Decimal
    unexplained: Decimal


def wage(
    *,
    place: str,
    status: str,
    hours: Decimal,
    rate: Decimal,
    overtime: Decimal,
    days: Decimal,
    taken: Decimal,
    came: Decimal,
    known: Mapping[str, Decimal],
) -> Wage:
    """usual = hours * rate, not less than the lowest wage for a full month * hours / (full week * 52 / 12), at most once;
    extra = rate * (first hours * share + later hours * share), the overtime spread evenly over `days`, which gives the least;
    due = (usual + extra) * (1 - taxes). Raises `DoesNotFit`.
    """
    country = place[:2]
    taxes = TAXES[country][status]
    needed = [*taxes, FULL_WEEK[country], FIRST_SHARE[country], LATER_SHARE[country], *([FIRST_HOURS[country]] if country == "RU" else [])]
    if any(code not in known for code in needed):
        raise DoesNotFit("place", "unknown")
    if overtime and not days:
        raise DoesNotFit("days", "days")
    usual = half_up(hours * rate)
    month = known[FULL_WEEK[country]] * 52
    lowest = half_up(known[LOWEST[place]] * min(hours * 12, month) / month) if LOWEST[place] in known else None
    first = min(overtime, known[FIRST_HOURS[country]] * days) if country in FIRST_HOURS else overtime
    weighed = first * known[FIRST_SHARE[country]] + (overtime - first) * known[LATER_SHARE[country]]
    extra = half_up(rate * weighed / 100)
    gross = max(usual, lowest or Decimal(0)) + extra
    tax = half_up(gross * sum(known[code] for code in taxes) / 100)
    due = gross - tax
    return Wage(usual, lowest, extra, gross, tax, due, missing=due - came, unexplained=due - came - taken)
