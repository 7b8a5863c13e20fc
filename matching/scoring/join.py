"""A part of the vacancies in the numbers of the people it meets: which postings to walk, and what each entry earns."""

from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from matching.scoring.fits import BY_GROUP, TOLD
from matching.scoring.openings import Part, SkillList
from matching.scoring.people import ABSENT, People
from matching.scoring.taxonomy import RELATED, SHARED_DIGITS, STRANGER, Taxonomy
from matching.scoring.whole import FULL

Array = NDArray[Any]
ANOTHER = 256  # the bit of a posting's code that says: another skill of its group is held


class Demand(NamedTuple):
    """What the inner loop reads of V vacancies. Lists are CSR by vacancy; a skill, group or occupation is a place among the people's."""

    order: Array  # in which to take the vacancies: those of one occupation together
    essential_start: Array
    essential: Array
    essential_level: Array
    essential_share: Array
    essential_weight: Array
    essential_credit: Array
    optional_start: Array
    optional: Array
    optional_level: Array
    optional_share: Array
    group_start: Array  # groups whose other skills earn something
    group: Array
    group_credit: Array
    job: Array  # V: distinct occupation
    near_start: Array  # by distinct occupation: those of the people's that are near it
    near: Array
    near_likeness: Array
    base: Array  # V: what everybody earns of U_e
    share_e: Array
    share_c: Array
    share_x: Array
    share_d: int
    months: Array
    weight: Array  # V: Σ w · k of the essential skills
    entry: Array
    rank: Array  # V: among all vacancies


def join(people: People, part: Part, rank: Array) -> Demand:
    """`rank` of the part's vacancies among all."""
    taxonomy = people.taxonomy
    essential_start, essential = _known(part.essential, people)
    optional_start, optional = _known(part.optional, people)
    group_start, group, credit = _credits(part, people)
    near_start, near, near_likeness = _near(part, people, taxonomy)
    return Demand(
        order=part.order,
        essential_start=essential_start,
        essential=essential.skill,
        essential_level=essential.level,
        essential_share=essential.share,
        essential_weight=essential.weight,
        essential_credit=essential.credit,
        optional_start=optional_start,
        optional=optional.skill,
        optional_level=optional.level,
        optional_share=optional.share,
        group_start=group_start,
        group=group,
        group_credit=credit,
        job=part.jobs.of,
        near_start=near_start,
        near=near,
        near_likeness=near_likeness,
        base=np.where(part.nothing_asked, FULL, part.share["C"] * STRANGER // FULL),
        share_e=part.share["E"],
        share_c=part.share["C"],
        share_x=part.share["X"],
        share_d=part.suits["D"],
        months=part.months,
        weight=np.bincount(_owners(part.essential), part.essential.weight, len(part)).astype(np.int64),
        entry=part.entry,
        rank=rank.astype(np.int64),
    )


def told_values(told: Array) -> tuple[Array, Array]:
    """(exact, with the group's credit): value by asked level 1..4 (row 0 is empty) and by the code of a posting, a set of what was told."""
    exact = np.zeros((5, len(told)), dtype=np.int64)
    for (held, is_verified, asked), value in TOLD.items():
        was_told = (told >> (2 * (held - 1) + is_verified)) & 1
        exact[asked] = np.maximum(exact[asked], value * was_told)
    return exact, np.where(told & ANOTHER, np.maximum(exact, BY_GROUP), exact)


def _known(skills: SkillList, people: People) -> tuple[Array, SkillList]:
    """Without the skills that nobody has, and the rest by their places."""
    place = np.minimum(np.searchsorted(people.skills, skills.skill), max(0, len(people.skills) - 1))
    known = np.flatnonzero(people.skills[place] == skills.skill) if len(people.skills) else np.empty(0, dtype=np.int64)
    start = np.searchsorted(known, skills.start)
    return start, SkillList(start, place[known], *(column[known] for column in skills[2:]))


def _owners(skills: SkillList) -> Array:
    return np.repeat(np.arange(len(skills.start) - 1), np.diff(skills.start))


def _credits(part: Part, people: People) -> tuple[Array, Array, Array]:
    """(start, group, credit): of the groups that somebody has a skill of."""
    place = np.array([people.group.get(group, ABSENT) for group in part.credits.groups], dtype=np.int64)
    group = place[part.credits.group]
    known = group != ABSENT
    start = np.searchsorted(part.credits.vacancy[known], np.arange(len(part) + 1))
    return start, group[known], part.credits.credit[known]


def _near(part: Part, people: People, taxonomy: Taxonomy) -> tuple[Array, Array, Array]:
    """(start, occupation, likeness): to each distinct occupation of the part, those of the people's that are no strangers."""
    offered = np.array(part.jobs.distinct, dtype=np.int64)[:, None]
    likeness = np.full((len(offered), len(people.occupations)), STRANGER, dtype=np.int64)
    for digits in (1, 2, 3, 4):
        cut = 10 ** (4 - digits)
        likeness[part.isco[:, None] // cut == people.isco // cut] = SHARED_DIGITS[digits]
    demand = {int(job): row for row, job in enumerate(part.jobs.distinct)}
    place = {int(job): column for column, job in enumerate(people.occupations)}
    for higher, lower in sorted(taxonomy.related):
        if lower in demand and higher in place:
            at = demand[lower], place[higher]
            likeness[at] = max(likeness[at], RELATED)
    likeness[offered == people.occupations] = FULL
    row, near = np.nonzero(likeness > STRANGER)
    near = np.ascontiguousarray(near)  # NumPy's own is, of one alone: the kernel would be compiled twice, for either
    return np.searchsorted(row, np.arange(len(offered) + 1)), near, likeness[row, near]
