"""What a loan costs in all, and a year.

The effective annual rate is the one at which the payments are worth what was handed out: the monthly rate r with
borrowed - fee = sum of payment / (1 + r)^k, then (1 + r)^12 - 1 (actuarial method: Regulation Z, Appendix J,
https://www.consumerfinance.gov/rules-policy/regulations/1026/j/).
"""

from dataclasses import dataclass
from decimal import Decimal

from remittances.tools.rounding import TENTH, DoesNotFit, half_up

FINE = Decimal("0.000001")  # the steps of the monthly rate
HIGHEST = 1_000_000  # steps: 100 % a month
KEPT = Decimal("1E-8")  # of the balance, while it is followed


@dataclass(frozen=True, slots=True)
class Loan:
    """`of_1000`: the cost of each 1,000 borrowed. `yearly`: per cent; None above 100 % a month."""

    borrowed: Decimal
    back: Decimal
    cost: Decimal
    of_1000: Decimal
    yearly: Decimal | None


def loan(*, borrowed: Decimal, fee: Decimal, payment: Decimal, months: Decimal) -> Loan:
    """`fee` is paid at the start or kept by the lender, `payment` at the end of each of the `months`. Raises `DoesNotFit`."""
    if fee >= borrowed:
        raise DoesNotFit("fee", "fee")
    back = payment * months + fee
    if back < borrowed:
        raise DoesNotFit("payment", "too-little")
    cost = back - borrowed
    return Loan(borrowed, back, cost, half_up(cost * 1000 / borrowed), yearly_rate(borrowed - fee, payment, int(months)))


def yearly_rate(received: Decimal, payment: Decimal, months: int) -> Decimal | None:
    """The lowest monthly rate in steps of a millionth that is not paid off, by halving."""
    low, high = 0, HIGHEST
    if not _is_left(received, payment, months, HIGHEST * FINE):
        return None
    while high - low > 1:
        middle = (low + high) // 2
        if _is_left(received, payment, months, middle * FINE):
            high = middle
        else:
            low = middle
    return half_up(((1 + low * FINE) ** 12 - 1) * 100, TENTH)


def _is_left(received: Decimal, payment: Decimal, months: int, rate: Decimal) -> bool:
    """Whether something is still owed after the last payment. A debt that does not shrink never ends."""
    owed = received
    for _month in range(months):
        before, owed = owed, half_up(owed * (1 + rate), KEPT) - payment
        if owed <= 0:
            return False
        if owed >= before:
            return True
    return True
