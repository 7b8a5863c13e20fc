"""What comes first, what may be proposed, and which tier it is."""

from collections.abc import Sequence
from datetime import date

from matching.scoring.tables import Candidate, Vacancy
from matching.scoring.whole import FULL

LEAST_PRODUCT = 3_500**2
LEAST_EXACT = 3_000
LEAST_OCCUPATION = 6_000
TIER_A, TIER_B, TIER_C, NO_TIER = 1, 2, 3, 0
ESSENTIAL_BITS, RANK_BITS = 14, 22
MOST_ROWS = 1 << RANK_BITS
A_POINTS, A_EXACT, B_POINTS = 7_000, 7_000, 5_000


def candidate_ranks(rows: Sequence[Candidate]) -> tuple[int, ...]:
    """Place of each row among equals: who was not proposed for longest (never: before all), then who registered first, then id."""
    order = sorted(range(len(rows)), key=lambda i: (rows[i].last_proposed_on or date.min, rows[i].registered_on, rows[i].id))
    return _places(order)


def vacancy_ranks(rows: Sequence[Vacancy]) -> tuple[int, ...]:
    """Place of each row among equals: what starts first, then id."""
    return _places(sorted(range(len(rows)), key=lambda j: (rows[j].starts_on, rows[j].id)))


def _places(order: Sequence[int]) -> tuple[int, ...]:
    places = [0] * len(order)
    for place, row in enumerate(order):
        places[row] = place
    return tuple(places)


def order_key(product: int, essential: int, rank: int) -> int:
    """One whole number that sorts a list, the greatest first: 27 bits of product, 14 of E, 22 of rank (a low rank is better)."""
    return product << (ESSENTIAL_BITS + RANK_BITS) | essential << RANK_BITS | (MOST_ROWS - 1 - rank)


def essential_of(earned: int, share: int) -> int:
    """E of a pair: what its skills earned of E's share, 0..10 000; full where E is dropped (share 0)."""
    return FULL * earned // share if share else FULL


def is_proposable(product: int, exact: int | None, occupation: int, *, entry: bool) -> bool:
    """`exact` is E₀, None where E is dropped; `occupation` is C."""
    return product >= LEAST_PRODUCT and (entry or exact is None or exact >= LEAST_EXACT or occupation >= LEAST_OCCUPATION)


def tier_of(points: int, exact: int | None) -> int:
    """Of a proposable pair. C is for who can be trained."""
    if points >= A_POINTS and (exact is None or exact >= A_EXACT):
        return TIER_A
    return TIER_B if points >= B_POINTS else TIER_C
