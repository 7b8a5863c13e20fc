"""Arithmetic of the score: rounding, shares, points, months, and the two tables that are computed once."""

from datetime import date
from decimal import Decimal, localcontext
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from matching.scoring.fits import FADING
from matching.scoring.whole import half_even, months_between, points_of, split


@pytest.mark.parametrize(
    ("numerator", "denominator", "whole"), [(5, 2, 2), (7, 2, 4), (20_000, 3, 6667), (10_000, 3, 3333), (0, 7, 0), (-5, 2, -2), (-7, 2, -4)]
)
def test_a_half_goes_to_the_even_number(numerator, denominator, whole):
    assert half_even(numerator, denominator) == whole


@given(st.integers(-(10**15), 10**15), st.integers(1, 10**9))
def test_rounds_as_python_rounds_fractions(numerator, denominator):
    assert half_even(numerator, denominator) == round(Fraction(numerator, denominator))


def test_shares_by_largest_remainder():
    # E 40, C 25, X 15, L 10 of 90: 4444.4, 2777.8, 1666.7, 1111.1; two are left for the largest remainders, C and X
    assert split(10_000, [40, 25, 15, 10]) == (4444, 2778, 1667, 1111)


def test_equal_remainders_go_in_the_order_of_listing():
    assert split(10_000, [1, 1, 1]) == (3334, 3333, 3333)
    assert split(4444, [7] * 5) == (889, 889, 889, 889, 888)


def test_nothing_to_share_among():
    assert split(10_000, []) == ()
    assert split(10_000, [0, 0]) == (0, 0)


@given(st.integers(0, 10_000), st.lists(st.integers(1, 10**6), min_size=1, max_size=40))
def test_shares_sum_to_the_whole_and_miss_by_less_than_one(total, weights):
    shares = split(total, weights)
    assert sum(shares) == total
    assert all(abs(Fraction(total * weight, sum(weights)) - share) < 1 for weight, share in zip(weights, shares, strict=True))


@pytest.mark.parametrize(
    ("fits", "suits", "points"), [(10_000, 10_000, 10_000), (10_000, 7300, 8544), (10_000, 8300, 9110), (0, 10_000, 0), (1, 2, 1)]
)
def test_points_are_the_rounded_root_of_the_product(fits, suits, points):
    assert points_of(fits, suits) == points


@pytest.mark.parametrize(
    ("earlier", "later", "months"),
    [
        (date(2026, 10, 21), date(2026, 11, 21), 1),
        (date(2026, 10, 22), date(2026, 11, 21), 0),
        (date(2025, 11, 21), date(2026, 11, 20), 11),
        (date(2026, 12, 1), date(2026, 11, 21), 0),
    ],
)
def test_months_are_whole_calendar_months(earlier, later, months):
    assert months_between(earlier, later) == months


def test_the_table_of_fading_is_what_exact_arithmetic_gives():
    with localcontext(prec=60):
        exact = [10_000 * (Decimal(month) / 120 * -Decimal(2).ln()).exp() for month in range(721)]
    for month, (stored, value) in enumerate(zip(FADING, exact, strict=True)):
        if month % 120:
            assert stored == int(value.to_integral_value())
            assert abs(value % 1 - Decimal("0.5")) > Decimal("0.00001")  # so near a half that a float might round another way: none
        else:
            assert stored == round(Fraction(10_000, 2 ** (month // 120)))  # 312.5 at fifty years, which a float holds exactly
    assert (FADING[0], FADING[120], FADING[720]) == (10_000, 5000, 156)
