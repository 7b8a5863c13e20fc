"""How many months until a sum is saved."""

from dataclasses import dataclass
from decimal import Decimal

from remittances.tools.rounding import DoesNotFit, half_up

MOST_MONTHS = 600
STEPS = 12  # of the picture


@dataclass(frozen=True, slots=True)
class Goal:
    """`path`: what is saved at the start and after each twelfth of the time."""

    months: Decimal
    paid: Decimal
    earned: Decimal
    total: Decimal
    path: tuple[Decimal, ...]


def goal(*, target: Decimal, saved: Decimal, monthly: Decimal, interest: Decimal) -> Goal:
    """Each month: balance * interest / 12 is added, rounded to hundredths as a bank books it, then the month's sum. `interest` is per cent
    a year. Raises `DoesNotFit` when it takes more than fifty years.
    """
    balances = [saved]
    while balances[-1] < target:
        if len(balances) > MOST_MONTHS:
            raise DoesNotFit("monthly", "never")
        balances.append(balances[-1] + half_up(balances[-1] * interest / 1200) + monthly)
    months, total = len(balances) - 1, balances[-1]
    paid = saved + monthly * months
    path = tuple(balances[months * step // STEPS] for step in range(STEPS + 1))
    return Goal(months=Decimal(months), paid=paid, earned=total - paid, total=total, path=path)
