"""How much a month, and how many months: reckoned by hand, and what must hold for any sum."""

from datetime import date
from decimal import Decimal

import pytest

from remittances.plan.count import a_month, months_to_pay_back, months_until, percent_of

TODAY = date(2026, 11, 22)


@pytest.mark.parametrize(
    ("by", "months"),
    [("2026-11-22", 1), ("2026-12-21", 1), ("2026-12-22", 1), ("2027-01-21", 1), ("2027-01-22", 2), ("2027-11-22", 12), ("2028-02-29", 15)],
)
def test_whole_months_and_at_least_one(by, months):
    assert months_until(date.fromisoformat(by), TODAY) == months


def test_worked_by_hand():
    assert a_month(Decimal("144000"), 7) == 20572  # 20 571.43 seven times would leave one hundredth
    assert a_month(Decimal("0.01"), 12) == 1
    assert months_to_pay_back(Decimal(30_000), Decimal(12_000)) == 3
    assert months_to_pay_back(Decimal(24_000), Decimal(12_000)) == 2
    assert percent_of(Decimal("999.99"), Decimal(1000)) == 99


@pytest.mark.parametrize("left", ["0.01", "1", "999.99", "144000", "99999999999.99"])
@pytest.mark.parametrize("months", [1, 2, 7, 12, 359])
def test_so_much_a_month_is_enough_and_no_unit_too_much(left, months):
    each = a_month(Decimal(left), months)
    assert each * months >= Decimal(left) > (each - 1) * months
    assert months_to_pay_back(Decimal(left), each) <= months
