"""People prepared for the fast engine: what of a person counts, as few distinct kinds; and who has each skill or occupation, by block.

Kinds and postings depend on the taxonomy and the scoring day, never on a vacancy, so they can be kept warm.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from matching.scoring.columns import NEVER, CandidateColumns
from matching.scoring.errors import BadValue
from matching.scoring.fits import FADING, LONGEST
from matching.scoring.suits import NOT_STATED
from matching.scoring.taxonomy import STRANGER
from matching.scoring.weights import Weights

Array = NDArray[Any]
BLOCK = 4096  # people: what one vacancy's sums for them take stays in the first-level cache
WORD = 64  # people whose eligibility one machine word holds
MONTH_0 = date(1970, 1, 1).toordinal()
FADES = np.array(FADING, dtype=np.int64)
ABSENT = -1


class Postings(NamedTuple):
    """Who has what, block after block: in block b, key k the entries start[b, k]:start[b, k + 1]; `who` counts from the block's first."""

    skill_start: Array  # int64, blocks × (skills + 1)
    skill_who: Array  # uint16
    skill_code: Array  # uint16: place in `told`
    group_start: Array
    group_who: Array
    job_start: Array
    job_who: Array
    job_months: Array  # int64: months × how much of them has not faded, of 10 000
    wanted_start: Array
    wanted_who: Array


@dataclass(frozen=True, slots=True, eq=False)
class Sets:
    """People by what they told under some codes. `of`: kind of each person; `table`: kinds × (codes + 1), the last column is ABSENT."""

    of: Array
    table: Array
    column: dict[Any, int]  # by code

    def columns_of(self, codes: Any) -> Array:
        """Where each code stands in the table: the last column for one that nobody told."""
        return np.array([self.column.get(code, len(self.column)) for code in codes], dtype=np.int64)


class Permits(NamedTuple):
    """Held permits of a run of people, `who` counts from its first; of each kind the last to end."""

    who: Array
    kind: Array
    until: Array


class People:
    """`columns` prepared for the taxonomy of `weights` and the scoring day. Raises UnknownOccupation, BadValue for too many people."""

    def __init__(self, columns: CandidateColumns, weights: Weights, on: date, *, block: int = BLOCK) -> None:
        if block % WORD or not WORD <= block <= 1 << 16:
            raise BadValue(f"A block is a multiple of {WORD} people, at most {1 << 16}, not {block}.")
        self.columns, self.taxonomy, self.on, self.block = columns, weights.taxonomy, on, block
        self.n = len(columns)
        self.padded = -(-self.n // WORD) * WORD  # rows after the last person are nobody: never eligible
        order = np.lexsort((columns.id, columns.registered_on, np.maximum(columns.last_proposed_on, date.min.toordinal())))
        self.by_rank = order.astype(np.int32)
        self.rank = np.empty(self.n, dtype=np.int32)
        self.rank[order] = np.arange(self.n, dtype=np.int32)

        today = on.toordinal()
        ready = np.maximum(columns.available_on, today)
        self.papers, (self.citizenship, self.ready) = _kinds(self._pad(columns.citizenship), self._pad(ready))
        self.wages, (self.floor, self.wish) = _kinds(self._pad(columns.wage_floor), self._pad(columns.wage_wish))
        self.languages = self._sets("languages", "language", columns.language_level)
        self.conditions = self._sets("conditions", "condition", np.ones(len(columns.condition), np.int8))
        self.wishes = self._sets("wishes", "wish_country", columns.wish)
        self.regions = self._sets("regions", "region", columns.region_wish)
        self.places, (self.place_wishes, self.place_regions) = _kinds(self.wishes.of, self.regions.of)
        self.licences = self._licences()
        self.licence_kinds, (self.licence_sets, self.licence_told) = _kinds(self.licences.of, self._pad(columns.licences_told))

        self.permit_kinds, self.permits = self._permits()
        self.free, self.adult_on = self._pad(columns.free), self._pad(columns.adult_on)
        self.certificates_told = self._pad(columns.certificates_told)
        self.occupations, _ = number(np.concatenate((columns.work_occupation, columns.wanted_occupation)))
        self.isco = np.array([int(self.taxonomy.code(int(job))) for job in self.occupations], dtype=np.int64)
        self.wants = self._pad(np.where(np.diff(columns.wanted_start) > 0, STRANGER, NOT_STATED))
        self.skills, place = number(columns.skill)
        self.group: dict[int, int] = {}  # place of each group that somebody has a skill of
        groups = (self.taxonomy.group.get(skill) for skill in self.skills.tolist())
        self.group_of = np.array([ABSENT if of is None else self.group.setdefault(of, len(self.group)) for of in groups], dtype=np.int64)
        self.told, self.postings = self._postings(place, today)

    def __len__(self) -> int:
        return self.n

    def permits_of(self, first: int, last: int) -> Permits:
        begin, end = np.searchsorted(self.permits.who, (first, last))
        return Permits(self.permits.who[begin:end] - first, self.permits.kind[begin:end], self.permits.until[begin:end])

    def _permits(self) -> tuple[Array, Permits]:
        """(the distinct kinds, each citizenship, regime, country, region in words; who holds which)."""
        columns, who = self.columns, self.columns.owners("permits")
        told = np.vstack((columns.citizenship[who], columns.permit_regime, columns.permit_country, columns.permit_region)).T
        kinds, kind = np.unique(told, axis=0, return_inverse=True)
        keys, place = np.unique(who * max(1, len(kinds)) + kind.reshape(-1), return_inverse=True)
        until = np.zeros(len(keys), dtype=np.int64)
        np.maximum.at(until, place, columns.permit_until)
        return kinds, Permits(keys // max(1, len(kinds)), keys % max(1, len(kinds)), until)

    def certificates_of(self, first: int, last: int, codes: Collection[str]) -> dict[str, Array]:
        """Until when each of them has the certificate; NEVER: has none."""
        columns = self.columns
        start = columns.certificates_start[first : min(last, self.n) + 1]
        who = np.repeat(np.arange(len(start) - 1), np.diff(start))
        code, until = columns.certificate[start[0] : start[-1]], columns.certificate_until[start[0] : start[-1]]
        found = {}
        for word in codes:
            found[word] = np.zeros(last - first, dtype=np.int32)
            if word in columns.words:
                of = code == columns.words.index(word)
                found[word][who[of]] = until[of]
        return found

    def _pad(self, values: Array) -> Array:
        return np.concatenate((values, np.zeros(self.padded - self.n, dtype=values.dtype)))

    def _sets(self, name: str, code: str, value: Array) -> Sets:
        words = self.columns.words
        found = _sets(np.diff(self.columns.starts(name)), getattr(self.columns, code), value, self.padded)
        return Sets(found.of, found.table, {words[number]: place for number, place in found.column.items()})

    def _licences(self) -> Sets:
        """By (category, issuing country)."""
        columns, words = self.columns, self.columns.words
        pairs = columns.licence_category.astype(np.int64) * len(words) + columns.licence_issued_in
        whose, pair = _distinct_entries(columns.owners("licences"), pairs)
        found = _sets(np.bincount(whose, minlength=self.n), pair, np.ones(len(pair), np.int8), self.padded)
        named = {(words[pair // len(words)], words[pair % len(words)]): place for pair, place in found.column.items()}
        return Sets(found.of, found.table, named)

    def _postings(self, place: Array, today: int) -> tuple[Array, Postings]:
        columns = self.columns
        whose, place, told = _best_told(columns.owners("skills"), place, _told_bit(columns), len(self.skills))
        group = self.group_of[place]
        has_group = group != ABSENT
        grouped = whose[has_group]
        edges = self._edges(grouped)
        whose_group, in_group, skills_in_group = _count_groups(grouped, group[has_group], len(self.group), edges)
        told[has_group] += 256 * (skills_in_group > 1)  # one bit more: another skill of the same group is held
        code, used = _renumber(told)
        skill_start, order = self._by_block(whose, place, len(self.skills))
        group_start, group_order = self._by_block(whose_group, in_group, len(self.group))
        workers, wanting = columns.owners("work"), columns.owners("wanted")
        job_start, job_order = self._by_block(workers, np.searchsorted(self.occupations, columns.work_occupation), len(self.occupations))
        wanted_start, wanted_order = self._by_block(
            wanting, np.searchsorted(self.occupations, columns.wanted_occupation), len(self.occupations)
        )
        months = columns.work_months * FADES[np.minimum(months_since(columns.work_ended_on, today), LONGEST)]

        def local(whose: Array, order: Array) -> Array:
            return (whose[order] % self.block).astype(np.uint16)

        return used, Postings(
            skill_start=skill_start,
            skill_who=local(whose, order),
            skill_code=code[order].astype(np.uint16),
            group_start=group_start,
            group_who=local(whose_group, group_order),
            job_start=job_start,
            job_who=local(workers, job_order),
            job_months=months[job_order],
            wanted_start=wanted_start,
            wanted_who=local(wanting, wanted_order),
        )

    def _edges(self, whose: Array) -> Array:
        """Where each block's entries begin, and the end."""
        blocks = -(-self.n // self.block)
        return np.searchsorted(whose, np.arange(blocks + 1) * self.block)

    def _by_block(self, whose: Array, key: Array, keys: int) -> tuple[Array, Array]:
        """(start, order): entries, which come in the order of people, sorted by block and key. A posting list keeps the order of people."""
        key = key.astype(np.uint16 if keys <= 1 << 16 else np.int64)  # 16 bits are sorted in linear time
        edges = self._edges(whose)
        start = np.empty((len(edges) - 1, keys + 1), dtype=np.int64)
        order = np.empty(len(whose), dtype=np.int64)
        for block in range(len(start)):
            here = slice(edges[block], edges[block + 1])
            order[here] = np.argsort(key[here], kind="stable") + edges[block]
            start[block, 0] = edges[block]
            start[block, 1:] = edges[block] + np.cumsum(np.bincount(key[here], minlength=keys))
        return start, order


def number(ids: Array) -> tuple[Array, Array]:
    """(distinct ids in order, place of each): by counting where ids lie close together, else by sorting."""
    if len(ids) and (least := int(ids.min())) >= 0 and (reach := int(ids.max()) - least) < 8 * len(ids) + 1024:
        is_there = np.zeros(reach + 1, dtype=bool)
        is_there[ids - least] = True
        return np.flatnonzero(is_there) + least, (np.cumsum(is_there) - 1)[ids - least]
    distinct, place = np.unique(ids, return_inverse=True)
    return distinct, place


def months_since(day: Array, today: int) -> Array:
    """Whole calendar months from each day (NEVER: 0) to `today`; 0 where it is not before."""
    then = (day.astype(np.int64) - MONTH_0).astype("datetime64[D]")
    month = then.astype("datetime64[M]")
    in_month = (then - month.astype("datetime64[D]")).astype(np.int64)
    now = date.fromordinal(today)
    months = (now.year - 1970) * 12 + now.month - 1 - month.astype(np.int64) - (now.day - 1 < in_month)
    return np.where(day == NEVER, 0, np.maximum(months, 0))


def _kinds(one: Array, other: Array) -> tuple[Array, tuple[Array, Array]]:
    """(kind of each row, the two values of each kind): rows with the same two values are of one kind."""
    distinct, place = number(other.astype(np.int64))
    firsts, at = number(one.astype(np.int64))
    pairs, of = number(at * max(1, len(distinct)) + place)
    return of.astype(np.int32), (firsts[pairs // max(1, len(distinct))], distinct[pairs % max(1, len(distinct))])


def _sets(lengths: Array, code: Array, value: Array, padded: int) -> Sets:
    """People by the (code, value) that they listed; a code stands once a person, values are 0..6."""
    codes, place = number(code.astype(np.int64))
    start = np.concatenate(([0], np.cumsum(lengths), np.full(padded - len(lengths), len(code))))
    of = np.zeros(padded, dtype=np.int64)
    for first in range(0, len(codes), 20):  # 20 codes, three bits each, make one number
        shift = 3 * (place - first)
        packed = np.where((shift >= 0) & (shift < 60), (value.astype(np.int64) + 1) << np.clip(shift, 0, 59), 0)
        total = np.concatenate(([0], np.cumsum(packed)))  # may wrap around: differences do not care
        _, some = np.unique(total[start[1:]] - total[start[:-1]], return_inverse=True)
        _, of = number(of * (int(some.max(initial=0)) + 1) + some)
    kinds, someone = np.unique(of, return_index=True)
    table = np.full((len(kinds), len(codes) + 1), ABSENT, dtype=np.int8)
    length = np.diff(start)[someone]
    begin = np.cumsum(length) - length
    at = np.repeat(start[:-1][someone] - begin, length) + np.arange(length.sum())
    table[np.repeat(kinds, length), place[at]] = value[at]
    return Sets(of.astype(np.int32), table, {int(number): place for place, number in enumerate(codes)})


def _told_bit(columns: CandidateColumns) -> Array:
    """One bit for each of the eight things that can be told of a skill: four levels, verified or not."""
    return 1 << (2 * (columns.skill_level.astype(np.int64) - 1) + columns.skill_verified)


def _best_told(whose: Array, skill: Array, told: Array, skills: int) -> tuple[Array, Array, Array]:
    """Each skill once a person, with the bits of all that was told of it."""
    keys = whose * max(1, skills) + skill
    if (keys[1:] > keys[:-1]).all():
        return whose, skill, told
    order = np.argsort(keys, kind="stable")
    keys = keys[order]
    first = np.flatnonzero(np.concatenate((np.ones(min(1, len(keys)), bool), keys[1:] != keys[:-1])))
    return whose[order][first], skill[order][first], np.bitwise_or.reduceat(told[order], first) if len(first) else told


def _distinct_entries(whose: Array, code: Array) -> tuple[Array, Array]:
    codes, place = number(code)
    keys = np.unique(whose * max(1, len(codes)) + place)
    return keys // max(1, len(codes)), codes[keys % max(1, len(codes))]


def _count_groups(whose: Array, group: Array, groups: int, edges: Array) -> tuple[Array, Array, Array]:
    """(whose, group) of each group that a person has a skill of, and for each entry how many skills of its group the person has.

    A block at a time, from `edges`: what fits the cache is sorted faster.
    """
    keys = whose * max(1, groups) + group
    distinct, counts = [np.empty(0, dtype=np.int64)], [np.empty(0, dtype=np.int64)]
    for first, last in pairwise(edges):
        some, place, count = np.unique(keys[first:last], return_inverse=True, return_counts=True)
        distinct.append(some)
        counts.append(count[place])
    found = np.concatenate(distinct)
    return found // max(1, groups), found % max(1, groups), np.concatenate(counts)


def _renumber(codes: Array) -> tuple[Array, Array]:
    used = np.flatnonzero(np.bincount(codes, minlength=512))
    new = np.zeros(512, dtype=np.int64)
    new[used] = np.arange(len(used))
    return new[codes], used
