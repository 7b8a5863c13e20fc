"""What of the compiled path works on whole tables: spreading them, the points of wages, and bits of reasons. As numpy_kernel.py says it."""

from typing import Any

import numpy as np
from numba import njit, types
from numba.extending import intrinsic
from numpy.typing import NDArray

from matching.scoring.suits import AT_FLOOR
from matching.scoring.whole import FULL

Array = NDArray[Any]
compiled = njit(nogil=True, cache=True)
TO_WHOLE = 2.0**52


def _lowest(typing: Any, word: Any) -> Any:
    """The place of the lowest bit that is set: one instruction."""
    return types.uint64(types.uint64), lambda context, builder, __, given: builder.cttz(given[0], context.get_constant(types.boolean, 1))


def _ones(typing: Any, word: Any) -> Any:
    """How many bits of a word are set: one instruction."""
    return types.uint64(types.uint64), lambda _, builder, __, arguments: builder.ctpop(arguments[0])


lowest: Any = intrinsic(_lowest)
ones: Any = intrinsic(_ones)


@compiled
def spread(table: Array, of: Array) -> Array:
    """A table, demands × kinds, over people of those kinds."""
    columns = np.empty((len(table), len(of)), dtype=table.dtype)
    for row in range(len(table)):
        values, column = table[row], columns[row]
        for i in range(len(of)):
            column[i] = values[of[i]]
    return columns


@compiled
def wage_points(wage: Array, low: Array, span: Array, share: int, points: Array) -> None:
    """As numpy_kernel.wage_points. Adding 2**52 and taking it away rounds to whole, halves to even."""
    part = np.int32(share)
    for row in range(len(wage)):
        out, given = points[row], wage[row]
        for kind in range(len(low)):
            above = min(max(given - low[kind], 0.0), span[kind])
            value = np.int32((FULL - AT_FLOOR) * above / span[kind] + TO_WHOLE - TO_WHOLE)
            out[kind] = part * (np.int32(AT_FLOOR) + value) // np.int32(FULL)


@compiled
def _copy(one: Array, other: Array, is_both: bool, into: Array) -> None:
    if is_both:
        for word in range(len(into)):
            into[word] = one[word] | other[word]
    else:
        into[:] = one


@compiled
def combine(
    found: Array,
    of: Array,
    own: int,
    under_floor: Array,
    wage: Array,
    exists: Array,
    eligible: Array,
    failed: Array,
    only: Array,
    passes: Array,
) -> None:
    """As numpy_kernel.combine."""
    words = len(exists)
    some, several, mine = (np.empty(words, dtype=np.uint64), np.empty(words, dtype=np.uint64), np.empty(words, dtype=np.uint64))
    for v in range(len(eligible)):
        some[:], several[:] = 0, 0
        for reason in range(of.shape[1]):
            if failed[v, reason] or reason == own:
                _copy(found[of[v, reason]], under_floor[wage[v]], reason == own, mine)
                for word in range(words):
                    several[word] |= some[word] & mine[word]
                    some[word] |= mine[word]
        for reason in range(of.shape[1]):
            if failed[v, reason] or reason == own:
                _copy(found[of[v, reason]], under_floor[wage[v]], reason == own, mine)
                counted = alone = np.uint64(0)
                for word in range(words):
                    counted += ones(mine[word])
                    alone += ones(mine[word] & ~several[word])
                failed[v, reason], only[v, reason] = counted, alone
        for word in range(words):
            some[word] = exists[word] & ~some[word]
        counted = np.uint64(0)
        for word in range(words):
            counted += ones(some[word])
        eligible[v], passes[v] = some, counted
