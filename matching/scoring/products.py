"""Lists as arrays, while they are made and when they are done: keys that sort, and what goes with them."""

from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from matching.scoring.order import A_POINTS, B_POINTS, LEAST_PRODUCT, RANK_BITS

Array = NDArray[Any]
NOBODY = -1
UNREACHABLE = 2**31 - 1
OWNERS = 1 << 14  # whose lists are read at a time


def least_product(points: int) -> int:
    """The least product of the two sides that shows as so many points: (isqrt(4 p) + 1) // 2 >= points."""
    return -(-((2 * points - 1) ** 2) // 4)


A_PRODUCT, B_PRODUCT = least_product(A_POINTS), least_product(B_POINTS)


class Lists(NamedTuple):
    """The best so far of n owners. An owner's places are a heap, the least first, until they are sorted; `limit` is the product below which nothing is wanted."""

    keys: Array  # int64, n × top: product, E, rank; NOBODY where the place is free
    sides: Array  # int32, n × top: U_e, U_m and tier in 14, 14 and 2 bits
    limit: Array  # int32, n


def lists(owners: int, top: int, *, gate: bool) -> Lists:
    limit = UNREACHABLE if not top else LEAST_PRODUCT if gate else 0
    return Lists(np.full((owners, top), NOBODY, np.int64), np.zeros((owners, top), np.int32), np.full(owners, limit, np.int32))


def merged(parts: list[Lists]) -> Lists:
    """The best of the same owners' lists, best first, which hold different people."""
    if len(parts) == 1:
        return parts[0]
    top = parts[0].keys.shape[1]
    keys, sides = (np.concatenate(found, axis=1) for found in ([part.keys for part in parts], [part.sides for part in parts]))
    order = np.argsort(-keys, axis=1)[:, :top]
    return Lists(np.take_along_axis(keys, order, axis=1), np.take_along_axis(sides, order, axis=1), parts[0].limit)


class Listed(NamedTuple):
    """The lists of one side, best first, n × top: as in reference.Ranking."""

    rows: Array
    points: Array
    tier: Array
    fits: Array
    suits: Array


def listed(found: Lists, by_rank: Array) -> Listed:
    """`found` is best first. `by_rank`: the row of the other side that stands at each rank."""
    shape, last_rank = found.keys.shape, (1 << RANK_BITS) - 1
    rows, tier = np.full(shape, NOBODY, dtype=np.int32), np.zeros(shape, dtype=np.uint8)
    points, fits, suits = (np.zeros(shape, dtype=np.uint16) for _ in range(3))
    for first in range(0, len(rows), OWNERS):
        here = slice(first, first + OWNERS)
        owner, place = np.nonzero(found.keys[here] != NOBODY)
        at = (owner + first, place)
        rows[at] = by_rank[last_rank - (found.keys[at] & last_rank)]
        fits[at], suits[at], tier[at] = unpacked(found.sides[at])
        points[here] = points_of(fits[here], suits[here])
    return Listed(rows, points, tier, fits, suits)


def unpacked(sides: Array) -> tuple[Array, Array, Array]:
    """(U_e, U_m, tier)."""
    return (sides >> 16).astype(np.uint16), ((sides >> 2) & 0x3FFF).astype(np.uint16), (sides & 3).astype(np.uint8)


def points_of(fits: Array, suits: Array) -> Array:
    """As whole.points_of. The root of a whole number below 2**52 is rounded right, so cutting it off is exact."""
    root = np.sqrt(4.0 * fits * suits).astype(np.int64)
    return ((root + 1) // 2).astype(np.uint16)
