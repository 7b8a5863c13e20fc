"""Stage 1, "fits the job": each component worked out by hand."""

from datetime import date

import pytest

from matching.scoring import Taxonomy, Weights
from tests.matching.scoring.records import (
    BRICKLAYER,
    CARPENTER,
    DAY,
    LABOURER,
    MECHANIC,
    PICKER,
    PLASTERER,
    STONEMASON,
    candidate,
    vacancy,
    value,
    why,
)


def essential(held, *asked):
    """E of a person with these skills, and the whole explanation."""
    found = why(candidate(skills=list(held)), vacancy(essential=list(asked)))
    return found.essential, found


@pytest.mark.parametrize(
    ("held", "expected"),
    [
        ((201, 2, True), 10_000),
        ((201, 4, True), 10_000),  # more than asked earns nothing
        ((201, 2, False), 9000),
        ((201, 1, True), 5000),
        ((201, 1, False), 4500),
        ((202, 4, True), 0),  # another skill, of no group
    ],
)
def test_a_skill_is_worth_what_is_held_of_what_is_asked(held, expected):
    assert essential([held], (201, None, False))[0] == expected


def test_a_third_of_a_level_is_rounded():
    assert essential([(201, 2, True)], (201, 3, False))[0] == 6667  # 10 000 · 2/3 = 6666.7
    assert essential([(201, 1, False)], (201, 4, False))[0] == 2250  # 9000 · 1/4


def test_the_best_of_what_was_told_twice_counts():
    assert essential([(201, 1, True), (201, 4, False)], (201, 4, False))[0] == 9000
    assert essential([(201, 4, True), (201, 4, False)], (201, 4, False))[0] == 10_000


def test_another_skill_of_the_group_is_worth_a_quarter():
    assert essential([(402, 1, False)], (505, 2, False))[0] == 2500
    assert essential([(402, 4, True), (505, 1, False)], (505, 4, False))[0] == 2500  # exact would be 2250
    assert essential([(402, 4, True), (505, 1, True)], (505, 2, False))[0] == 5000  # exact is more
    assert essential([(505, 1, False)], (505, 4, False))[0] == 2250  # a skill does not stand in for itself


def test_group_credit_is_not_in_what_is_held_exactly():
    _, found = essential([(402, 4, True), (501, 2, True)], (501, 2, False), (505, 2, False))
    assert (found.essential, found.exact) == (6250, 5000)  # (10 000 + 2500) / 2 and (10 000 + 0) / 2


def test_rare_and_critical_skills_share_more():
    # w: skill 10 (in 3 of 3 lists) 1000, skill 11 (in 1) 2867, critical twice that: 5734; of 10 000 by 6734ths
    # 1485.001 and 8514.999: 1485 + 8514, and the one left goes to the larger remainder: 1485, 8515.
    taxonomy = Taxonomy.from_records(essential={1: [10, 11], 2: [10, 12], 3: [10]}, group={}, isco={PICKER: "9211"})
    person = candidate(skills=[(10, 1, False), (11, 2, True)])
    found = why(person, vacancy(essential=[(10, 2, False), (11, 2, True)]), weights=Weights.default(taxonomy))
    assert [part.share for part in found.skills] == [1485, 8515]
    # 1485 · 4500 // 10 000 = 668 (668.25), 8515 · 10 000 // 10 000 = 8515
    assert [part.earned for part in found.skills] == [668, 8515]
    assert found.fits.total == 9183
    assert found.exact == 9183  # (1000 · 4500 + 5734 · 10 000) // 6734 = 61 840 000 // 6734


def test_optional_skills_have_no_group_credit():
    assert value(candidate(skills=[(402, 4, True)]), vacancy(optional=[(505, None)]), "O") == 0
    # only O applies, 10 000 over two equal skills: 5000 · .9 + 5000 · .45
    assert value(candidate(skills=[(505, 2, False), (501, 1, False)]), vacancy(optional=[(505, None), (501, 2)]), "O") == 6750


@pytest.mark.parametrize(
    ("held", "expected"),
    [
        (BRICKLAYER, 10_000),
        (STONEMASON, 8500),  # 7112, another occupation of the same code
        (CARPENTER, 6000),  # 711
        (PLASTERER, 3500),  # 71
        (MECHANIC, 1500),  # 7
        (LABOURER, 1500),  # none; the ladder counts only from the higher to the lower
    ],
)
def test_an_occupation_is_as_like_as_the_digits_it_shares(held, expected):
    job = vacancy(occupation=BRICKLAYER, entry=False)
    assert value(candidate(work=[(held, 6, None)]), job, "C") == expected


def test_the_lower_job_of_a_ladder_is_at_least_three_fifths():
    assert value(candidate(work=[(BRICKLAYER, 6, None)]), vacancy(occupation=LABOURER, entry=False), "C") == 6000


def test_the_best_job_counts():
    job = vacancy(occupation=BRICKLAYER, entry=False)
    assert value(candidate(work=[(MECHANIC, 90, None), (PLASTERER, 1, date(1990, 1, 1))]), job, "C") == 3500


@pytest.mark.parametrize("work", [None, []])
def test_no_work_yet_and_not_answered_are_alike(work):
    job = vacancy(occupation=BRICKLAYER, entry=False, experience_months=12)
    assert (value(candidate(work=work), job, "C"), value(candidate(work=work), job, "X")) == (1500, 0)


@pytest.mark.parametrize(
    ("work", "expected"),
    [
        ([(BRICKLAYER, 24, None)], 10_000),
        ([(BRICKLAYER, 600, None)], 10_000),
        ([(BRICKLAYER, 12, None)], 5000),
        ([(BRICKLAYER, 12, date(2016, 11, 21))], 2500),  # ended 120 months ago: f = 5000
        ([(BRICKLAYER, 12, date(2027, 6, 1))], 5000),  # ends after the scoring day
        ([(CARPENTER, 12, None)], 3000),  # C = 6000
        ([(PLASTERER, 12, None)], 1750),  # C = 3500 counts just so
        ([(MECHANIC, 600, None)], 0),  # C = 1500 does not
        # 12 · 10 000 · 5000 + 10 · 6000 · 10 000 = 1 200 000 000, // (10 000 · 24) = 5000
        ([(BRICKLAYER, 12, date(2016, 11, 21)), (CARPENTER, 10, None)], 5000),
        # one month ago f = 9942 (10 000 · 0.5^(1/120) = 9942.4): 7 · 10 000 · 9942 // 240 000 = 2899 (2899.75)
        ([(BRICKLAYER, 7, date(2026, 10, 21))], 2899),
        # more than 720 months ago counts as 720: f = 156, 720 · 10 000 · 156 // 240 000 = 4680
        ([(BRICKLAYER, 720, date(1900, 1, 1))], 4680),
    ],
)
def test_experience_fades_and_counts_by_likeness(work, expected):
    job = vacancy(occupation=BRICKLAYER, entry=False, experience_months=24)
    assert value(candidate(work=work), job, "X", on=DAY) == expected


@pytest.mark.parametrize(
    ("levels", "asked", "expected"),
    [
        ({"ru": 3}, {"ru": (1, 3)}, 10_000),
        ({"ru": 6}, {"ru": (1, 3)}, 10_000),  # surplus earns nothing
        ({"ru": 2}, {"ru": (1, 3)}, 6500),
        ({"ru": 1}, {"ru": (1, 3)}, 3000),
        ({}, {"ru": (0, 3)}, 0),  # 1 - 3 · .35 is less than nothing
        ({"ru": 3, "kk": 1}, {"ru": (1, 3), "kk": (1, 2)}, 6500),  # the lowest
    ],
)
def test_a_language_below_the_target_costs(levels, asked, expected):
    assert value(candidate(languages=levels), vacancy(languages=asked), "L") == expected


def shares(**changes):
    return {part.code: part.share for part in why(candidate(), vacancy(**changes)).fits.components if not part.is_dropped}


def test_what_is_not_asked_is_dropped_and_the_rest_is_scaled():
    asked = {"essential": [(201, 2, False)], "optional": [(202, 2)], "languages": {"ru": (0, 1)}}
    assert shares(**asked, entry=False, experience_months=12) == {"E": 4000, "O": 1000, "C": 2500, "X": 1500, "L": 1000}
    # without X 85: E 4705.9, O 1176.5, C 2941.2, L 1176.5; two left for E (.88) and O (.47, listed before L)
    assert shares(**asked, entry=False) == {"E": 4706, "O": 1177, "C": 2941, "L": 1176}
    # an entry job drops C and X even where months are named: 60 = E 6666.7, O 1666.7, L 1666.7; two left for E and O
    assert shares(**asked, entry=True, experience_months=12) == {"E": 6667, "O": 1667, "L": 1666}
    assert shares(entry=False) == {"C": 10_000}


def test_a_vacancy_that_asks_nothing_is_fit_by_everybody():
    found = why(candidate(), vacancy())
    assert (found.fits.total, found.essential, found.exact) == (10_000, 10_000, None)
    assert all(part.is_dropped for part in found.fits.components)
