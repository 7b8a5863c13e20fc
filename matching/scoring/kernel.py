"""The inner loop, compiled: sums of columns, postings of skills, and heaps. It knows no rule. numpy_kernel.py says the same in NumPy.

A vacancy meets a block of people in one pass: `_add_up` leaves both sides of every pair in the scratch, `_keep` or `_read` take from it what
is wanted. Whole numbers only; the lock of the interpreter is free meanwhile, so blocks run in threads.
"""

from typing import Any, NamedTuple

import numpy as np
from numba import njit
from numpy.typing import NDArray

from matching.scoring.join import Demand
from matching.scoring.kernel_tables import combine, lowest, spread, wage_points
from matching.scoring.masks import Spared, Wages
from matching.scoring.order import (
    A_EXACT,
    ESSENTIAL_BITS,
    LEAST_EXACT,
    LEAST_OCCUPATION,
    LEAST_PRODUCT,
    NO_TIER,
    RANK_BITS,
    TIER_A,
    TIER_B,
    TIER_C,
)
from matching.scoring.people import Postings
from matching.scoring.products import A_PRODUCT, B_PRODUCT, Lists
from matching.scoring.taxonomy import STRANGER
from matching.scoring.whole import FULL

__all__ = ["combine", "keep_best", "read_pairs", "scratch", "sort_lists", "spread", "wage_points"]  # as of numpy_kernel

Array = NDArray[Any]
compiled = njit(nogil=True, cache=True)
inlined = njit(nogil=True, inline="always")  # a call would hand over some fifty arrays
PRODUCT_AT, LAST_RANK = ESSENTIAL_BITS + RANK_BITS, (1 << RANK_BITS) - 1


class Scratch(NamedTuple):
    """A block's sums. `skills`: E in the low 16 bits, Σ w · k · exact above. `near`, `hoping`: who has a C or D above a stranger's."""

    fits: Array  # int32: U_e less E
    suits: Array  # int32: U_m
    skills: Array  # int64
    product: Array  # int32
    occupation: Array  # int32: C, 0 a stranger's
    months: Array  # int64: Σ months · C · fading
    wanted: Array  # int32: D, 0 a stranger's
    near: Array
    hoping: Array
    earns: Array  # int64, by code of a posting


WIDE = ("skills", "months", "earns")
SCRATCH = {name: np.int64 if name in WIDE else np.int32 for name in Scratch._fields}


def scratch(block: int, codes: int) -> Scratch:
    return Scratch(**{name: np.zeros(codes if name == "earns" else block, dtype=kind) for name, kind in SCRATCH.items()})


@compiled
def _forget_near(found: tuple[int, int], here: Scratch) -> None:
    for t in range(found[0]):
        here.occupation[here.near[t]] = 0
        here.months[here.near[t]] = 0
    for t in range(found[1]):
        here.wanted[here.hoping[t]] = 0


@inlined
def _find_near(postings: Postings, demand: Demand, block: int, job: int, found: tuple[int, int], here: Scratch) -> tuple[int, int]:
    """Whose jobs and wishes are near an occupation: how many. Forgets those `found` for the one before."""
    _forget_near(found, here)
    near = hoping = 0
    for n in range(demand.near_start[job], demand.near_start[job + 1]):
        held, likeness = demand.near[n], np.int32(demand.near_likeness[n])
        for p in range(postings.job_start[block, held], postings.job_start[block, held + 1]):
            i = postings.job_who[p]
            if here.occupation[i] == 0:
                here.near[near] = i
                near += 1
            here.occupation[i] = max(here.occupation[i], likeness)
            here.months[i] += postings.job_months[p] * likeness
        for p in range(postings.wanted_start[block, held], postings.wanted_start[block, held + 1]):
            i = postings.wanted_who[p]
            if here.wanted[i] == 0:
                here.hoping[hoping] = i
                hoping += 1
            here.wanted[i] = max(here.wanted[i], likeness)
    return near, hoping


@inlined
def _add_up(
    postings: Postings,
    values: tuple[Array, Array],
    demand: Demand,
    points: tuple[Array, ...],
    rows: tuple[Array, ...],
    wages: Wages,
    wants: Array,
    spared: Spared,
    block: int,
    at: int,
    size: int,
    v: int,
    found: tuple[int, int],
    here: Scratch,
) -> None:
    """Both sides of vacancy `v` and the block's `size` people, who stand from `at` in the columns."""
    exact, credited = values
    here_to = at + size
    fits, suits, skills, product = here.fits[:size], here.suits[:size], here.skills[:size], here.product[:size]
    fits[:], skills[:] = 0, 0
    wage, kind = wages.points[wages.row[v]], wages.kind[at:here_to]
    for i in range(size):
        suits[i] = wage[kind[i]]
    want, place = wants[at:here_to], points[1][rows[1][v], at:here_to]
    for i in range(size):  # few arrays a loop: then the compiler does many people at a time
        suits[i] += np.int32(want[i]) + np.int32(place[i])
    available, kept = points[2][rows[2][v], at:here_to], points[3][rows[3][v], at:here_to]
    for i in range(size):
        suits[i] += np.int32(available[i]) + np.int32(kept[i])
    for g in range(demand.group_start[v], demand.group_start[v + 1]):
        credit = demand.group_credit[g]
        for p in range(postings.group_start[block, demand.group[g]], postings.group_start[block, demand.group[g] + 1]):
            here.skills[postings.group_who[p]] += credit
    for s in range(demand.essential_start[v], demand.essential_start[v + 1]):
        first, last = postings.skill_start[block, demand.essential[s]], postings.skill_start[block, demand.essential[s] + 1]
        if first == last:
            continue
        level, share, weight, credit = (
            demand.essential_level[s],
            demand.essential_share[s],
            demand.essential_weight[s],
            demand.essential_credit[s],
        )
        for code in range(len(here.earns)):  # who holds the skill itself has had the group's credit
            here.earns[code] = (weight * exact[level, code] << 16) + share * credited[level, code] // FULL - credit
        for p in range(first, last):
            here.skills[postings.skill_who[p]] += here.earns[postings.skill_code[p]]
    for s in range(demand.optional_start[v], demand.optional_start[v + 1]):
        level, share = demand.optional_level[s], demand.optional_share[s]
        for p in range(postings.skill_start[block, demand.optional[s]], postings.skill_start[block, demand.optional[s] + 1]):
            here.fits[postings.skill_who[p]] += share * exact[level, postings.skill_code[p]] // FULL
    share_c, share_x, asked = demand.share_c[v], demand.share_x[v], FULL * demand.months[v]
    stranger = share_c * STRANGER // FULL
    for t in range(found[0]):
        i = here.near[t]
        earned = share_c * here.occupation[i] // FULL - stranger
        if share_x:
            earned += share_x * min(FULL, here.months[i] // asked) // FULL
        here.fits[i] += earned
    stranger = demand.share_d * STRANGER // FULL
    for t in range(found[1]):
        i = here.hoping[t]
        here.suits[i] += demand.share_d * here.wanted[i] // FULL - stranger
    for t in range(spared.start[spared.row[v]], spared.start[spared.row[v] + 1]):
        i = spared.who[t] - at
        if 0 <= i < size:
            here.suits[i] += spared.points[t]
    language, base = points[0][rows[0][v], at:here_to], np.int32(demand.base[v])
    for i in range(size):
        fits[i] += base + np.int32(language[i])
    for i in range(size):
        fits[i] += np.int32(skills[i] & 0xFFFF)
        product[i] = fits[i] * suits[i]


@compiled
def _weigh(demand: Demand, v: int, i: int, here: Scratch) -> tuple[int, int]:
    """(E, tier) of a pair."""
    essential, exact, weight = here.skills[i] & 0xFFFF, here.skills[i] >> 16, demand.weight[v]
    e = FULL * essential // demand.share_e[v] if demand.share_e[v] else FULL
    product = here.product[i]
    can_build = demand.entry[v] or weight == 0 or exact >= LEAST_EXACT * weight or here.occupation[i] >= LEAST_OCCUPATION
    if product < LEAST_PRODUCT or not can_build:
        return e, NO_TIER
    if product >= A_PRODUCT and (weight == 0 or exact >= A_EXACT * weight):
        return e, TIER_A
    return e, TIER_B if product >= B_PRODUCT else TIER_C


@compiled
def _offer(keys: Array, sides: Array, key: Any, side: Any) -> None:
    """Replace the least of a heap."""
    i, length = 0, len(keys)
    while True:
        child = 2 * i + 1
        if child >= length:
            break
        if child + 1 < length and keys[child + 1] < keys[child]:
            child += 1
        if keys[child] >= key:
            break
        keys[i], sides[i] = keys[child], sides[child]
        i = child
    keys[i], sides[i] = key, side


@compiled
def sort_lists(keys: Array, sides: Array) -> None:
    """The best first, in place: the least of a heap goes to its end, again and again."""
    for owner in range(len(keys)):
        for last in range(keys.shape[1] - 1, 0, -1):
            key, side = keys[owner, last], sides[owner, last]
            keys[owner, last], sides[owner, last] = keys[owner, 0], sides[owner, 0]
            _offer(keys[owner, :last], sides[owner, :last], key, side)


@inlined
def _keep(
    demand: Demand,
    eligible: Array,
    v: int,
    first: int,
    size: int,
    gate: bool,
    people_rank: Array,
    by_vacancy: Lists,
    by_candidate: Lists,
    here: Scratch,
) -> None:
    """Offer the eligible pairs of vacancy `v` and the people from `first` on to both lists. A list of no places takes nothing."""
    of_vacancy, of_candidate = by_vacancy.keys.shape[1] > 0, by_candidate.keys.shape[1] > 0
    limit = by_vacancy.limit[v]
    limits = by_candidate.limit[first : first + size]
    for word in range(size // 64):
        is_eligible = eligible[word]
        if is_eligible == 0:
            continue
        hits = np.uint64(0)
        for bit in range(64):
            product = here.product[64 * word + bit]
            hits |= np.uint64((product >= limit) | (product >= limits[64 * word + bit])) << np.uint64(bit)
        hits &= is_eligible
        while hits:
            i = 64 * word + int(lowest(hits))
            hits &= hits - np.uint64(1)
            e, tier = _weigh(demand, v, i, here)
            if tier or not gate:
                order: Any = (np.int64(here.product[i]) << PRODUCT_AT) | (e << RANK_BITS)
                side = (here.fits[i] << 16) | (here.suits[i] << 2) | tier
                key = order | (LAST_RANK - people_rank[first + i])
                if of_vacancy and key > by_vacancy.keys[v, 0]:
                    _offer(by_vacancy.keys[v], by_vacancy.sides[v], key, side)
                    limit = by_vacancy.limit[v] = max(limit, by_vacancy.keys[v, 0] >> PRODUCT_AT)
                key = order | (LAST_RANK - demand.rank[v])
                if of_candidate and key > by_candidate.keys[first + i, 0]:
                    _offer(by_candidate.keys[first + i], by_candidate.sides[first + i], key, side)
                    limits[i] = max(limits[i], by_candidate.keys[first + i, 0] >> PRODUCT_AT)


@compiled
def keep_best(
    postings: Postings,
    values: tuple[Array, Array],
    demand: Demand,
    points: tuple[Array, ...],
    rows: tuple[Array, ...],
    wages: Wages,
    wants: Array,
    spared: Spared,
    eligible: Array,
    block_size: int,
    first: int,
    last: int,
    gate: bool,
    people_rank: Array,
    by_vacancy: Lists,
    by_candidate: Lists,
    here: Scratch,
) -> None:
    """Offer every eligible pair of people `first` to `last` to the lists."""
    found = (0, 0)
    for block in range(first // block_size, (last - 1) // block_size + 1):
        at = block * block_size - first
        size = min(block_size, last - block * block_size)
        job = -1
        for v in demand.order:
            if demand.job[v] != job:
                job = demand.job[v]
                found = _find_near(postings, demand, block, job, found, here)
            words = eligible[v, at // 64 : (at + size) // 64]
            if not words.any():
                continue
            _add_up(postings, values, demand, points, rows, wages, wants, spared, block, at, size, v, found, here)
            _keep(demand, words, v, first + at, size, gate, people_rank, by_vacancy, by_candidate, here)
    _forget_near(found, here)


@compiled
def read_pairs(
    postings: Postings,
    values: tuple[Array, Array],
    demand: Demand,
    points: tuple[Array, ...],
    rows: tuple[Array, ...],
    wages: Wages,
    wants: Array,
    spared: Spared,
    block_size: int,
    first: int,
    last: int,
    pair_start: Array,
    pair_who: Array,
    sides: Array,
    here: Scratch,
) -> None:
    """Both sides and the tier of given pairs. `pair_start`: blocks × (V + 1), `pair_who` within the block; into `sides`."""
    found = (0, 0)
    for block in range(first // block_size, (last - 1) // block_size + 1):
        at = block * block_size - first
        size = min(block_size, last - block * block_size)
        job = -1
        for v in demand.order:
            begin, end = pair_start[block, v], pair_start[block, v + 1]
            if begin == end:
                continue
            if demand.job[v] != job:
                job = demand.job[v]
                found = _find_near(postings, demand, block, job, found, here)
            _add_up(postings, values, demand, points, rows, wages, wants, spared, block, at, size, v, found, here)
            for p in range(begin, end):
                i = pair_who[p]
                sides[p] = (here.fits[i] << 16) | (here.suits[i] << 2) | _weigh(demand, v, i, here)[1]
    _forget_near(found, here)
