"""A month's money of two households: the one abroad and the one at home, each in its own currency."""

from dataclasses import dataclass
from decimal import Decimal

from remittances.tools.rounding import up


@dataclass(frozen=True, slots=True)
class Budget:
    """`needed` and `thousand` are in the money of home, all else in that of the wage. Below zero: so much is missing."""

    spent: Decimal
    left: Decimal
    needed: Decimal
    send: Decimal
    saved: Decimal
    saved_a_year: Decimal
    thousand: Decimal


def budget(
    *,
    income: Decimal,
    room: Decimal,
    food: Decimal,
    transport: Decimal,
    papers: Decimal,
    other: Decimal,
    home_income: Decimal,
    home_food: Decimal,
    home_school: Decimal,
    home_debt: Decimal,
    home_other: Decimal,
    thousand: Decimal,
) -> Budget:
    """`thousand`: what 1,000 of the wage's money are in the money of home. What has to be sent is rounded up, so that enough arrives."""
    spent = room + food + transport + papers + other
    needed = max(home_food + home_school + home_debt + home_other - home_income, Decimal(0))
    send = up(needed * 1000 / thousand)
    saved = income - spent - send
    return Budget(spent=spent, left=income - spent, needed=needed, send=send, saved=saved, saved_a_year=saved * 12, thousand=thousand)
