"""Which pair comes first, which may be proposed, which tier it is."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from matching.scoring import BadValue
from matching.scoring.order import essential_of, is_proposable, order_key, tier_of
from tests.matching.scoring.records import CARER, DAY, PICKER, START, best, candidate, vacancy

ORDERED = st.tuples(st.integers(0, 10**8), st.integers(0, 10_000), st.integers(0, 2**22 - 1))


@given(ORDERED, ORDERED)
def test_the_key_orders_as_product_then_essential_then_rank(one, other):
    greater = (one[0], one[1], -one[2]) > (other[0], other[1], -other[2])
    assert (order_key(*one) > order_key(*other)) == greater


@given(ORDERED)
def test_the_key_fits_64_bits(one):
    assert 0 <= order_key(*one) < 2**63


def ids(persons, ranking):
    return [persons[row]["id"] for row in ranking.rows[0] if row >= 0]


def test_the_better_product_comes_first():
    persons = [candidate(id=1), candidate(id=2, wanted=[PICKER]), candidate(id=3, wanted=[CARER])]
    ranking = best(persons, [vacancy()], top=3)
    # D: .7, 1 and .15 of 2000 in 7300 - 1400: 7300, 7900, 6200; √ of them times 10 000
    assert (ids(persons, ranking), ranking.points[0]) == ([2, 1, 3], (8888, 8544, 7874))


def test_of_equal_products_more_essential_skills_come_first():
    # E and L alone: 8000 and 2000. Both earn 8000 of the job: 1 · 8000 + 0, and .75 · 8000 + 2000.
    job = vacancy(essential=[(201, 4, False)], languages={"ru": (0, 3)})
    persons = [candidate(id=1, skills=[(201, 3, True)], languages={"ru": 3}), candidate(id=2, skills=[(201, 4, True)])]
    ranking = best(persons, [job], top=2)
    assert ranking.points[0][0] == ranking.points[0][1]
    assert ids(persons, ranking) == [2, 1]


def test_of_equals_who_waited_longest_comes_first():
    persons = [
        candidate(id=1, last_proposed_on=date(2026, 11, 2)),
        candidate(id=2, last_proposed_on=date(2026, 11, 1)),
        candidate(id=9, registered_on=date(2026, 5, 2)),
        candidate(id=4, registered_on=date(2026, 5, 1)),
        candidate(id=3, registered_on=date(2026, 5, 2)),
    ]
    assert ids(persons, best(persons, [vacancy()])) == [4, 3, 9, 2, 1]


def test_of_equal_vacancies_what_starts_first_comes_first():
    openings = [vacancy(id=1, starts_on=date(2027, 2, 1)), vacancy(id=9), vacancy(id=3)]
    assert best([candidate()], openings, top=3, per="candidate").rows == ((2, 1, 0),)


def test_lists_are_filled_up_and_cut():
    persons = [candidate(id=i) for i in range(3)]
    assert best(persons, [vacancy()], top=5).rows == ((0, 1, 2, -1, -1),)
    assert best(persons, [vacancy()], top=5).points == ((8544, 8544, 8544, 0, 0),)
    assert best(persons, [vacancy()], top=5).tier == ((1, 1, 1, 0, 0),)
    assert best(persons, [vacancy()], top=2).rows == ((0, 1),)
    assert best(persons, [vacancy()], top=0).rows == ((),)


@pytest.mark.parametrize("wrong", [{"top": -1}, {"per": "person"}])
def test_a_wrong_question_is_refused(wrong):
    with pytest.raises(BadValue):
        best([candidate()], [vacancy()], **wrong)


# Who has none of the skills, no work, and speaks the language: U_e = L's share only.
UNSKILLED = vacancy(occupation=CARER, essential=[(501, 2, False)], entry=False, languages={"ru": (0, 1)})


def test_with_the_gate_only_proposable_pairs_compete():
    persons = [candidate(id=1, languages={"ru": 1}), candidate(id=2, languages={"ru": 1}, skills=[(501, 2, False)])]
    openly = best(persons, [UNSKILLED], top=2)
    # of 75: E 5334, C 3333, L 1333. The second: 4800 + 499 + 1333 = 6632, √(6632 · 7300) = 6958: tier B; the first has C and L only, E₀ = 0
    assert (openly.rows, openly.points, openly.tier) == (((1, 0),), ((6958, 3657),), ((2, 0),))
    gated = best(persons, [UNSKILLED], top=2, gate=True)
    assert (gated.rows, gated.points, gated.tier) == (((1, -1),), ((6958, 0),), ((2, 0),))
    assert gated.failed == openly.failed
    assert best(persons, [UNSKILLED], per="candidate", top=1, gate=True).rows == ((-1,), (0,))


@pytest.mark.parametrize(
    ("product", "exact", "occupation", "entry", "proposable"),
    [
        (12_250_000, 3000, 0, False, True),
        (12_249_999, 3000, 0, False, False),
        (12_250_000, 2999, 5999, False, False),
        (12_250_000, 2999, 6000, False, True),
        (12_250_000, 0, 0, True, True),
        (12_250_000, None, 0, False, True),
        (12_249_999, None, 10_000, True, False),
    ],
)
def test_proposable_is_enough_points_and_something_to_build_on(product, exact, occupation, entry, proposable):
    assert is_proposable(product, exact, occupation, entry=entry) is proposable


@pytest.mark.parametrize(
    ("points", "exact", "tier"),
    [(7000, 7000, 1), (7000, None, 1), (7000, 6999, 2), (6999, 10_000, 2), (5000, 0, 2), (4999, 10_000, 3), (3500, None, 3)],
)
def test_tiers(points, exact, tier):
    assert tier_of(points, exact) == tier


def test_essential_is_full_where_it_is_dropped():
    assert (essential_of(0, 0), essential_of(3422, 4444)) == (10_000, 7700)


def test_both_directions_agree_on_every_pair():
    persons = [candidate(id=i, wanted=[PICKER] if i % 2 else [], available_on=date(2027, 1, 1 + 3 * i)) for i in range(8)]
    openings = [vacancy(id=j, wage=50_000 + j, starts_on=START if j % 2 else DAY) for j in range(5)]
    down, across = best(persons, openings, top=8), best(persons, openings, top=5, per="candidate")
    one = {(i, j, p, t) for j in range(5) for i, p, t in zip(down.rows[j], down.points[j], down.tier[j], strict=True) if i >= 0}
    two = {(i, j, p, t) for i in range(8) for j, p, t in zip(across.rows[i], across.points[i], across.tier[i], strict=True) if j >= 0}
    assert one == two
    assert one
