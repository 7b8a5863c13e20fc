"""The inner loop in NumPy: what kernel.py does, with arrays in the place of loops. Nothing to compile: for few pairs, or without Numba."""

from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from matching.scoring.join import Demand
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
from matching.scoring.people import WORD, Postings
from matching.scoring.products import A_PRODUCT, B_PRODUCT, Lists
from matching.scoring.suits import AT_FLOOR
from matching.scoring.taxonomy import STRANGER
from matching.scoring.whole import FULL

Array = NDArray[Any]
CACHED = 1 << 15  # cells that are worked on at a time
PRODUCT_AT, LAST_RANK = ESSENTIAL_BITS + RANK_BITS, (1 << RANK_BITS) - 1


class Near(NamedTuple):
    """Who of a block has a job or a wish near an occupation: C above a stranger's, with Σ months · C · fading; D above a stranger's."""

    who: Array
    occupation: Array
    months: Array
    hoping: Array
    wanted: Array


class Sums(NamedTuple):
    """Of a block's people and one vacancy, int64. `essential` is what E earned, `exact` Σ w · k · exact, `occupation` C (0 a stranger's)."""

    fits: Array
    suits: Array
    essential: Array
    exact: Array
    occupation: Array


def scratch(block: int, codes: int) -> None:
    """Nothing: each sum makes its own arrays."""


def spread(table: Array, of: Array) -> Array:
    """A table, demands × kinds, over people of those kinds."""
    columns: Array = table.take(of, axis=1)
    return columns


def wage_points(wage: Array, low: Array, span: Array, share: int, points: Array) -> None:
    """share · (AT_FLOOR + (FULL - AT_FLOOR) · clip((wage - low) / span)) // FULL, wages × kinds: floats hold it exactly, lookups.wages says why."""
    for first in range(0, len(wage), rows := max(1, CACHED // max(1, len(low)))):
        value = np.subtract(wage[first : first + rows, None], low)
        np.clip(value, 0, span, out=value)
        value *= FULL - AT_FLOOR
        value /= span
        np.rint(value, out=value)
        value += AT_FLOOR
        value *= share
        points[first : first + rows] = value // FULL


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
    """Or the reasons of each vacancy. `found`: bits, demands of all reasons × words, `of`, V × reasons: which demand a vacancy has.

    The reason `own` is completed by `under_floor`, bits by distinct `wage`. Fills `eligible`, bits, V × words, `only`, V × reasons,
    `passes`, V, and `failed` of `own`; a reason that failed nobody is not looked at.
    """
    some, several = np.zeros_like(eligible), np.zeros_like(eligible)
    out: dict[int, Array] = {}
    for reason in range(of.shape[1]):
        if reason == own:
            out[reason] = found[of[:, reason]] | under_floor[wage]
            failed[:, reason] = np.bitwise_count(out[reason]).sum(axis=1)
        elif failed[:, reason].any():
            out[reason] = found[of[:, reason]]
        else:
            continue
        several |= some & out[reason]
        some |= out[reason]
    for reason, mine in out.items():
        only[:, reason] = np.bitwise_count(mine & ~several).sum(axis=1)
    eligible[:] = ~some & exists
    passes[:] = np.bitwise_count(eligible).sum(axis=1)


def _find_near(postings: Postings, demand: Demand, block: int, job: int, size: int) -> Near:
    near = slice(demand.near_start[job], demand.near_start[job + 1])
    likeness = np.zeros(size, dtype=np.int64)
    months = np.zeros(size, dtype=np.int64)
    wanted = np.zeros(size, dtype=np.int64)
    for held, alike in zip(demand.near[near], demand.near_likeness[near], strict=True):
        jobs = slice(postings.job_start[block, held], postings.job_start[block, held + 1])
        np.maximum.at(likeness, postings.job_who[jobs], alike)
        np.add.at(months, postings.job_who[jobs], postings.job_months[jobs] * alike)
        wishes = slice(postings.wanted_start[block, held], postings.wanted_start[block, held + 1])
        np.maximum.at(wanted, postings.wanted_who[wishes], alike)
    who, hoping = np.flatnonzero(likeness), np.flatnonzero(wanted)
    return Near(who, likeness[who], months[who], hoping, wanted[hoping])


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
    near: Near,
) -> Sums:
    exact, credited = values
    here = slice(at, at + size)
    language, *personal = (column[row[v], here] for column, row in zip(points, rows, strict=True))
    fits = demand.base[v] + language.astype(np.int64)
    suits = wants[here] + wages.points[wages.row[v]].take(wages.kind[here]).astype(np.int64)
    for column in personal:
        suits += column
    skills = np.zeros(size, dtype=np.int64)
    for g in range(demand.group_start[v], demand.group_start[v + 1]):
        holders = slice(postings.group_start[block, demand.group[g]], postings.group_start[block, demand.group[g] + 1])
        skills[postings.group_who[holders]] += demand.group_credit[g]
    for s in range(demand.essential_start[v], demand.essential_start[v + 1]):
        holders = slice(postings.skill_start[block, demand.essential[s]], postings.skill_start[block, demand.essential[s] + 1])
        level = demand.essential_level[s]
        earns = demand.essential_share[s] * credited[level] // FULL - demand.essential_credit[s]
        earns += demand.essential_weight[s] * exact[level] << 16
        skills[postings.skill_who[holders]] += earns[postings.skill_code[holders]]
    for s in range(demand.optional_start[v], demand.optional_start[v + 1]):
        holders = slice(postings.skill_start[block, demand.optional[s]], postings.skill_start[block, demand.optional[s] + 1])
        earns = demand.optional_share[s] * exact[demand.optional_level[s]] // FULL
        fits[postings.skill_who[holders]] += earns[postings.skill_code[holders]]
    share_c, share_x = demand.share_c[v], demand.share_x[v]
    fits[near.who] += share_c * near.occupation // FULL - share_c * STRANGER // FULL
    if share_x:
        fits[near.who] += share_x * np.minimum(FULL, near.months // (FULL * demand.months[v])) // FULL
    suits[near.hoping] += demand.share_d * near.wanted // FULL - demand.share_d * STRANGER // FULL
    spare = slice(spared.start[spared.row[v]], spared.start[spared.row[v] + 1])
    is_here = (spared.who[spare] >= at) & (spared.who[spare] < at + size)
    suits[spared.who[spare][is_here] - at] += spared.points[spare][is_here]
    occupation = np.zeros(size, dtype=np.int64)
    occupation[near.who] = near.occupation
    essential = skills & 0xFFFF
    return Sums(fits + essential, suits, essential, skills >> 16, occupation)


def _weigh(demand: Demand, v: int, sums: Sums, some: Array) -> tuple[Array, Array]:
    """(E, tier) of some people."""
    essential, exact, weight, share = sums.essential[some], sums.exact[some], demand.weight[v], demand.share_e[v]
    product = sums.fits[some] * sums.suits[some]
    can_build = (exact >= LEAST_EXACT * weight) | (sums.occupation[some] >= LEAST_OCCUPATION) | demand.entry[v]
    tier = np.where((product >= A_PRODUCT) & (exact >= A_EXACT * weight), TIER_A, np.where(product >= B_PRODUCT, TIER_B, TIER_C))
    tier = np.where((product >= LEAST_PRODUCT) & can_build, tier, NO_TIER)  # with nothing essential 0 >= 0 holds
    return (FULL * essential // share if share else np.full(len(some), FULL)), tier


def _keep_of_vacancy(lists: Lists, v: int, keys: Array, sides: Array) -> None:
    """The best of what is there and what is new; the least first, as a heap has it."""
    keys, sides = np.concatenate((lists.keys[v], keys)), np.concatenate((lists.sides[v], sides))
    best = np.argsort(keys)[-lists.keys.shape[1] :]
    lists.keys[v], lists.sides[v] = keys[best], sides[best]
    lists.limit[v] = max(lists.limit[v], keys[best[0]] >> PRODUCT_AT)


def _keep_of_candidates(lists: Lists, who: Array, keys: Array, sides: Array) -> None:
    """Each new key in the place of its owner's least, where that is less."""
    least = lists.keys[who].argmin(axis=1)
    better = keys > lists.keys[who, least]
    who, least = who[better], least[better]
    lists.keys[who, least], lists.sides[who, least] = keys[better], sides[better]
    lists.limit[who] = np.maximum(lists.limit[who], lists.keys[who].min(axis=1) >> PRODUCT_AT)


def sort_lists(keys: Array, sides: Array) -> None:
    """The best first, in place."""
    order = np.argsort(-keys, axis=1)
    keys[:], sides[:] = np.take_along_axis(keys, order, axis=1), np.take_along_axis(sides, order, axis=1)


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
    here: None,
) -> None:
    """As kernel.keep_best."""
    of_vacancy, of_candidate = by_vacancy.keys.shape[1] > 0, by_candidate.keys.shape[1] > 0
    for block in range(first // block_size, (last - 1) // block_size + 1):
        at = block * block_size - first
        size = min(block_size, last - block * block_size)
        near, job = None, -1
        for v in demand.order.tolist():
            if near is None or demand.job[v] != job:
                job = demand.job[v]
                near = _find_near(postings, demand, block, job, size)
            bits = np.ascontiguousarray(eligible[v, at // WORD : (at + size) // WORD])
            if not bits.any():
                continue
            sums = _add_up(postings, values, demand, points, rows, wages, wants, spared, block, at, size, v, near)
            product = sums.fits * sums.suits
            wanted = (product >= by_vacancy.limit[v]) | (product >= by_candidate.limit[first + at : first + at + size])
            some = np.flatnonzero(wanted & np.unpackbits(bits.view(np.uint8), bitorder="little").view(bool))
            e, tier = _weigh(demand, v, sums, some)
            if gate:
                some, e, tier = some[tier > 0], e[tier > 0], tier[tier > 0]
            if not len(some):
                continue
            who = first + at + some
            order = (product[some] << PRODUCT_AT) | (e << RANK_BITS)
            sides = (sums.fits[some] << 16) | (sums.suits[some] << 2) | tier
            if of_vacancy:
                _keep_of_vacancy(by_vacancy, v, order | (LAST_RANK - people_rank[who]), sides)
            if of_candidate:
                _keep_of_candidates(by_candidate, who, order | (LAST_RANK - demand.rank[v]), sides)


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
    here: None,
) -> None:
    """As kernel.read_pairs."""
    for block in range(first // block_size, (last - 1) // block_size + 1):
        at = block * block_size - first
        size = min(block_size, last - block * block_size)
        near, job = None, -1
        for v in demand.order.tolist():
            pairs = slice(pair_start[block, v], pair_start[block, v + 1])
            if pairs.start == pairs.stop:
                continue
            if near is None or demand.job[v] != job:
                job = demand.job[v]
                near = _find_near(postings, demand, block, job, size)
            sums = _add_up(postings, values, demand, points, rows, wages, wants, spared, block, at, size, v, near)
            some = pair_who[pairs].astype(np.int64)
            sides[pairs] = (sums.fits[some] << 16) | (sums.suits[some] << 2) | _weigh(demand, v, sums, some)[1]
