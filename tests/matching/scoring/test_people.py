"""People the formula was tried on, with their exact points. Skills are self-declared at the asked level and weigh the same."""

from datetime import date

from tests.matching.scoring.records import BRICKLAYER, CARER, LABOURER, NURSE, PICKER, candidate, vacancy, value, why

ASKED = {"entry": False, "experience_months": 12, "languages": {"ru": (1, 2)}}
LABOURING = vacancy(occupation=LABOURER, essential=[(skill, None, False) for skill in (201, 202, 203, 204)], **ASKED)
CARING = vacancy(occupation=CARER, essential=[(skill, None, False) for skill in (501, 502, 503, 504, 505)], **ASKED)
WAGE_AND_PLACE = {"wage_floor": 50_000, "wage_wish": 60_000, "regions": {"RU-TA": 2}, "languages": {"ru": 2}}


def told(*skills):
    return [(skill, 2, False) for skill in skills]


def test_nineteen_never_worked_no_wishes_to_apple_picking():
    found = why(candidate(adult_on=date(2025, 11, 1), work=[]), vacancy())
    # U_e: nothing is asked, 10 000. U_m: .7 · 9000 + 1000 = 7300. √73 000 000 = 8544.0
    assert (found.fits.total, found.suits.total, found.points) == (10_000, 7300, 8544)
    assert (found.is_proposable, found.tier) == (True, 1)


def test_a_bricklayer_of_seven_years_to_apple_picking():
    person = candidate(work=[(BRICKLAYER, 84, None)], wanted=[BRICKLAYER], conditions=["housing"], **WAGE_AND_PLACE)
    found = why(person, vacancy(conditions=["housing"]))
    # W 1, G 1, D .15, A 1, K 1: 3500 + 2500 + 300 + 1000 + 1000 = 8300. √83 000 000 = 9110.4
    assert (found.fits.total, found.suits.total, found.points) == (10_000, 8300, 9110)


def test_the_same_bricklayer_to_building_labourer():
    person = candidate(work=[(BRICKLAYER, 84, None)], wanted=[BRICKLAYER], skills=told(201, 202, 203, 204), **WAGE_AND_PLACE)
    found = why(person, LABOURING)
    # of 90: E 4444 in four of 1111, C 2778, X 1667, L 1111
    # E 4 · (1111 · .9 = 999) = 3996, C 2778 · .6 = 1666, X 1667, L 1111: 8440
    assert [(part.code, part.earned) for part in found.fits.components] == [("E", 3996), ("O", 0), ("C", 1666), ("X", 1667), ("L", 1111)]
    # W 3500, G 2500, D .6 · 2000 = 1200, A 1000, K .7 · 1000 = 700: 8900. √(8440 · 8900) = 8666.9
    assert (found.fits.total, found.suits.total, found.points) == (8440, 8900, 8667)
    assert found.tier == 1  # E₀ = 9000


CARER_WISHES = {"wanted": [CARER], "skills": told(501, 502, 503, 504, 402), **WAGE_AND_PLACE}


def test_a_nurse_of_ten_years_to_home_carer():
    found = why(candidate(work=[(NURSE, 120, None)], **CARER_WISHES), CARING)
    # E 4444 over five: 889 four times and 888; 4 · (889 · .9 = 800) + 888 · .25 = 3422; C 1666, X 1667, L 1111: 7866
    assert [part.share for part in found.skills] == [889, 889, 889, 889, 888]
    # W 3500, G 2500, D 2000, A 1000, K 700: 9700. √(7866 · 9700) = 8735.0
    assert (found.fits.total, found.suits.total, found.points) == (7866, 9700, 8735)
    assert (found.skills[4].is_by_group, found.skills[4].state) == (True, "near")
    assert found.exact == 7200  # 4 · 9000 / 5


def test_a_trainee_with_the_same_skills_and_wishes():
    found = why(candidate(work=[], **CARER_WISHES), CARING)
    # E 3422, C 2778 · .15 = 416, X 0, L 1111: 4949. √(4949 · 9700) = 6928.6
    assert (found.fits.total, found.suits.total, found.points) == (4949, 9700, 6929)
    assert found.tier == 2


def test_all_parts_listed_and_met_and_no_wish_stated():
    job = vacancy(
        occupation=LABOURER,
        essential=[(201, None, False)],
        optional=[(202, None)],
        entry=False,
        experience_months=12,
        languages={"ru": (1, 2)},
    )
    person = candidate(work=[(LABOURER, 12, None)], skills=told(201, 202), languages={"ru": 2})
    found = why(person, job)
    # E 4000 · .9 + O 1000 · .9 + C 2500 + X 1500 + L 1000 = 9500. √(9500 · 7300) = 8327.7
    assert (found.fits.total, found.suits.total, found.points) == (9500, 7300, 8328)


def test_a_perfect_pair_is_exactly_ten_thousand():
    job = vacancy(
        occupation=CARER,
        essential=[(501, 1, True), (502, 2, False), (505, 3, False)],
        optional=[(503, 3), (504, None), (999, 4)],
        conditions=["housing", "meals", "travel"],
        entry=False,
        experience_months=7,
        languages={"ru": (1, 2), "en": (0, 1)},
    )
    person = candidate(
        work=[(CARER, 7, None)],
        wanted=[CARER],
        skills=[(skill, 4, True) for skill in (501, 502, 503, 504, 505, 999)],
        languages={"ru": 6, "en": 1},
        conditions=["housing", "meals", "travel"],
        wage_wish=60_000,
        regions={"RU-TA": 2},
    )
    found = why(person, job)
    assert (found.fits.total, found.suits.total, found.points, found.product) == (10_000, 10_000, 10_000, 10**8)
    assert {part.value for block in (found.fits, found.suits) for part in block.components} == {10_000}


def test_picking_apples_is_no_experience_for_a_nurse():
    job = vacancy(occupation=NURSE, entry=False, experience_months=12)
    assert value(candidate(work=[(PICKER, 300, None)]), job, "X") == 0
