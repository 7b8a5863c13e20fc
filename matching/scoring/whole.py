"""Whole-number arithmetic. A full score is 10 000; floats stay in the two tables that are computed once."""

from collections.abc import Sequence
from datetime import date
from math import isqrt

FULL = 10_000


def half_even(numerator: int, denominator: int) -> int:
    """numerator / denominator to the nearest whole number, a half to the even one. `denominator` > 0."""
    whole, rest = divmod(numerator, denominator)
    return whole + (2 * rest > denominator or (2 * rest == denominator and whole % 2 == 1))


def split(total: int, weights: Sequence[int]) -> tuple[int, ...]:
    """`total` in whole shares proportional to `weights` that sum to `total`: largest remainder, ties in the order of listing.

    Weights are at least 0; of no weights, or only zeros, there are no shares to give: all 0.
    """
    whole = sum(weights)
    if not whole:
        return (0,) * len(weights)
    shares = [total * weight // whole for weight in weights]
    by_remainder = sorted(range(len(weights)), key=lambda i: -(total * weights[i] % whole))  # sorted() keeps the order of equals
    for i in by_remainder[: total - sum(shares)]:
        shares[i] += 1
    return tuple(shares)


def points_of(fits: int, suits: int) -> int:
    """The rounded geometric mean of the two sides, 0..10 000: for showing. Lists are ordered by the product itself."""
    return (isqrt(4 * fits * suits) + 1) // 2


def months_between(earlier: date, later: date) -> int:
    """Whole calendar months; 0 where `earlier` is not before `later`."""
    months = (later.year - earlier.year) * 12 + later.month - earlier.month - (later.day < earlier.day)
    return max(0, months)
