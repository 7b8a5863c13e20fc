"""The calculators' arithmetic: worked examples with their sources, then what must hold for all numbers."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from remittances.tools.budget import budget
from remittances.tools.catalogue import BUDGET, LEAVING, TOOLS
from remittances.tools.goal import goal
from remittances.tools.leaving import leaving
from remittances.tools.loan import loan
from remittances.tools.patent import PRICES, TERM, patent
from remittances.tools.rounding import DoesNotFit
from remittances.tools.wage import wage

ZERO, CENT = Decimal(0), Decimal("0.01")
LAW = {
    "RU-FULL-WEEK": Decimal(40),
    "RU-OVERTIME-HOURS": Decimal(2),
    "RU-OVERTIME-FIRST": Decimal(150),
    "RU-OVERTIME-LATER": Decimal(200),
    "RU-PATENT-TAX": Decimal(13),
    "RU-TAX-NONRESIDENT": Decimal(30),
    "KZ-FULL-WEEK": Decimal(40),
    "KZ-OVERTIME": Decimal(150),
    "KZ-WAGE-TAX": Decimal(10),
    "KZ-PENSION-SHARE": Decimal(10),
    "KZ-MIN-WAGE": Decimal(85000),
}
PATENT = {TERM: Decimal(12), PRICES["RU-MOW"]: Decimal(10000)}
FEW = settings(max_examples=25, deadline=None)
sums = some.decimals(min_value=1, max_value=10**9, places=2)


def of(tool, **told):
    """All sums that the calculator asks for; those not told are nothing."""
    names = {field.name for field in tool.fields if field.kind != "currency"}
    return {name: Decimal(str(told.get(name, 0))) for name in names}


def paid(**told):
    whole = {"place": "RU", "status": "patent", "hours": 168, "rate": 80, "overtime": 0, "days": 0, "taken": 0, "came": 0} | told
    return wage(**{name: Decimal(str(value)) if isinstance(value, int | float) else value for name, value in whole.items()}, known=LAW)


def test_cost_over_income_is_that_of_the_indicator():
    """SDG 10.7.1, https://worldbank.github.io/sdg-metadata/metadata/en/10-7-1: cost / monthly income."""
    found = leaving(**of(LEAVING, papers=25000, permit=10000, travel=12000, lodging=15000, agency=30000, wage=60000, living=40000))
    assert (found.cost, found.state, found.way, found.others) == (92000, 35000, 27000, 30000)
    assert (found.months, found.weeks, found.lived_months) == (Decimal("1.5"), 7, Decimal("4.6"))
    assert leaving(**of(LEAVING, papers=5, wage=10, living=10)).lived_months is None


def test_a_month_for_two_homes():
    found = budget(**of(BUDGET, income=70000, room=12000, food=15000, papers=10000, home_food=2500, home_income=500, thousand="114.10"))
    assert (found.spent, found.left, found.needed) == (37000, 33000, 2000)
    assert found.send == Decimal("17528.49")  # 2 000 / 0.1141 = 17 528.483…, and enough must arrive
    assert (found.saved, found.saved_a_year) == (Decimal("15471.51"), Decimal("185658.12"))
    assert budget(**of(BUDGET, income=100, home_income=50, thousand=1000)).send == 0


@pytest.mark.parametrize(
    ("borrowed", "payment", "months", "rate"),
    [
        # Regulation Z, Appendix J (c)(1): 5,000 advanced, 24 payments of 230, annual percentage rate 9.69 %: (1 + 0.0969 / 12)^12 - 1
        ("5000", "230", 24, "10.1"),
        # 1 % a month: 1,000 back in 12 annuities of 88.85. (1.01)^12 - 1 = 12.68 %
        ("1000", "88.85", 12, "12.7"),
        ("1200", "100", 12, "0.0"),
    ],
)
def test_effective_annual_rate(borrowed, payment, months, rate):
    found = loan(borrowed=Decimal(borrowed), fee=ZERO, payment=Decimal(payment), months=Decimal(months))
    assert found.yearly == Decimal(rate)
    assert found.back == Decimal(payment) * months


def test_what_is_no_loan():
    found = loan(borrowed=Decimal(10000), fee=Decimal(200), payment=Decimal(1400), months=Decimal(10))
    assert (found.borrowed, found.back, found.cost, found.of_1000) == (10000, 14200, 4200, 420)
    assert loan(borrowed=Decimal(100), fee=ZERO, payment=Decimal(1000), months=Decimal(3)).yearly is None
    with pytest.raises(DoesNotFit, match="fee"):
        loan(borrowed=Decimal(100), fee=Decimal(100), payment=Decimal(100), months=Decimal(3))
    with pytest.raises(DoesNotFit, match="too-little"):
        loan(borrowed=Decimal(100), fee=ZERO, payment=Decimal(10), months=Decimal(3))


def test_months_to_a_goal():
    """Without interest a division; with 1 % a month twelve deposits of 100 are 1,268.25 (annuity: 100 * (1.01^12 - 1) / 0.01)."""
    found = goal(target=Decimal(1000), saved=Decimal(150), monthly=Decimal(100), interest=ZERO)
    assert (found.months, found.total, found.paid, found.earned) == (9, 1050, 1050, 0)
    assert (found.path[0], found.path[-1], len(found.path)) == (150, 1050, 13)
    found = goal(target=Decimal("1268.2"), saved=ZERO, monthly=Decimal(100), interest=Decimal(12))
    assert found.months == 12 and abs(found.total - Decimal("1268.25")) <= 2 * CENT
    with pytest.raises(DoesNotFit, match="never"):
        goal(target=Decimal(10**9), saved=ZERO, monthly=Decimal(1), interest=ZERO)
    assert goal(target=Decimal(5), saved=Decimal(7), monthly=CENT, interest=ZERO).months == 0


def test_days_of_a_patent():
    """Tax Code of Russia, article 227.1: paid before the day on which the month begins."""
    found = patent(region="RU-MOW", price=ZERO, first=date(2026, 8, 31), until=date(2027, 3, 15), known=PATENT)
    assert (found.months, found.total, found.next_year, found.ends, found.uncovered) == (7, 70000, 2, date(2027, 3, 30), 0)
    assert found.pay_by[:3] == (date(2026, 8, 30), date(2026, 9, 29), date(2026, 10, 30)) and found.pay_by[-1] == date(2027, 2, 27)
    longer = patent(region="other", price=Decimal(500), first=date(2026, 1, 1), until=date(2027, 1, 11), known=PATENT)
    assert (longer.months, longer.price, longer.ends, longer.uncovered) == (12, 500, date(2026, 12, 31), 11)
    for told, reason in (({"region": "other"}, "price"), ({"until": date(2026, 1, 1)}, "before"), ({"known": {}}, "unknown")):
        with pytest.raises(DoesNotFit, match=reason):
            patent(**{"region": "RU-MOW", "price": ZERO, "first": date(2026, 8, 31), "until": date(2027, 3, 15), "known": PATENT} | told)


def test_wages_of_a_month():
    """A textbook on audits of pay, https://usr.bibliboba.online/books/audit-raschetov-s-personalom/p/14: 168 hours at 80 roubles and four
    hours of overtime in one day are 13,440 + 240 + 320 = 14,000.
    """
    found = paid(overtime=4, days=1, came=10000, taken=1000)
    assert (found.usual, found.extra, found.gross, found.lowest) == (13440, 560, 14000, None)
    assert (found.tax, found.due, found.missing, found.unexplained) == (1820, 12180, 2180, 1180)
    assert paid(overtime=4, days=2).extra == 480  # two first hours each day
    assert paid(status="other").tax == 4032


def test_the_lowest_wage_counts_by_hours_and_overtime_comes_on_top():
    found = paid(place="KZ", status="union", hours=88, rate=100, overtime=2, days=1)
    assert found.lowest == Decimal("43153.85")  # 85 000 * 88 * 12 / (40 * 52)
    assert (found.usual, found.extra, found.gross) == (8800, 300, Decimal("43453.85"))
    assert found.tax == Decimal("8690.77")
    assert paid(place="KZ", hours=400, rate=1).lowest == 85000
    with pytest.raises(DoesNotFit, match="days"):
        paid(overtime=1)
    with pytest.raises(DoesNotFit, match="unknown"):
        paid(status="union")


@FEW
@given(sums, sums, sums)
def test_more_cost_never_takes_fewer_weeks_and_a_better_wage_never_more(cost, more, wages):
    base, dearer = (leaving(**of(LEAVING, papers=each, wage=wages)) for each in (cost, cost + more))
    richer = leaving(**of(LEAVING, papers=cost, wage=wages + more))
    assert base.weeks <= dearer.weeks and richer.weeks <= base.weeks
    assert (base.weeks - 1) * wages * 12 < cost * 52 <= base.weeks * wages * 12


@FEW
@given(sums, some.integers(1, 60), some.decimals(0, 1, places=2), some.decimals(0, 1, places=2))
def test_a_dearer_loan_never_has_a_lower_rate(borrowed, months, share, fee_share):
    payment, fee = ((borrowed / months) * (1 + share)).quantize(CENT) + CENT, (borrowed * fee_share / 2).quantize(CENT)
    base = loan(borrowed=borrowed, fee=ZERO, payment=payment, months=Decimal(months))
    assert base.cost >= 0 and base.back == base.borrowed + base.cost
    if fee < borrowed:
        dearer = loan(borrowed=borrowed, fee=fee, payment=payment, months=Decimal(months))
        assert dearer.cost == base.cost + fee
        assert dearer.yearly is None or (base.yearly is not None and dearer.yearly >= base.yearly)


@FEW
@given(some.integers(1, 10**6), some.integers(0, 10**6), some.integers(0, 100))
def test_interest_and_savings_never_make_a_goal_later(target, saved, interest):
    monthly = Decimal(target) / 40 + 1
    base, more = (goal(target=Decimal(target), saved=Decimal(saved), monthly=monthly, interest=Decimal(each)) for each in (0, interest))
    assert more.months <= base.months and more.total >= target and more.paid + more.earned == more.total
    assert list(more.path) == sorted(more.path)


@FEW
@given(some.dates(date(2000, 1, 1), date(2099, 1, 1)), some.integers(0, 800))
def test_a_patent_is_paid_for_each_day_until_the_contract_ends(first, days):
    until = first + timedelta(days=days)
    found = patent(region="RU-MOW", price=ZERO, first=first, until=until, known=PATENT)
    assert list(found.pay_by) == sorted(set(found.pay_by)) and len(found.pay_by) == found.months <= 12
    assert found.ends >= until or (found.months == 12 and found.uncovered == (until - found.ends).days)
    assert found.pay_by[0] < first and found.pay_by[-1] < until


@FEW
@given(some.integers(1, 300), some.integers(0, 100), some.integers(1, 31))
def test_more_hours_are_never_paid_less(hours, overtime, days):
    base = paid(hours=hours, overtime=overtime, days=days)
    assert paid(hours=hours + 1, overtime=overtime, days=days).due >= base.due
    assert paid(hours=hours, overtime=overtime + 1, days=days).due > base.due
    assert base.extra >= overtime * 80 * Decimal("1.5") and base.due + base.tax == base.gross


def test_each_calculator_shows_what_it_works_out():
    assert list(TOOLS) == ["leaving", "budget", "goal", "loan", "patent", "wage"]
    assert all(len({field.name for field in tool.fields}) == len(tool.fields) for tool in TOOLS.values())
