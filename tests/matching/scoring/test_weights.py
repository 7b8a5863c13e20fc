"""How rare skills are, and that a version of the weights is frozen."""

import json

import pytest

from matching.scoring import Taxonomy, UnknownOccupation, Weights
from matching.scoring.errors import BadValue, BadWeights
from matching.scoring.weights import FITS, SUITS
from tests.matching.scoring.records import BRICKLAYER, TAXONOMY, WEIGHTS


def taxonomy(essential):
    return Taxonomy.from_records(essential=essential, group={}, isco={})


def test_a_rare_skill_weighs_more():
    # N = 3. Skill 10 in all three lists: ln(4/4) = 0, w = 1000. Skills 11 and 12 in one: (1 + ln 2)² = 1.693147² = 2.866747, w = 2867.
    weights = Weights.default(taxonomy({1: [10, 11], 2: [10, 12], 3: [10]}))
    assert weights.rarity == {10: 1000, 11: 2867, 12: 2867}


def test_a_skill_listed_twice_counts_once():
    assert Weights.default(taxonomy({1: [10, 10], 2: [11]})).weight(10) == Weights.default(taxonomy({1: [10], 2: [11]})).weight(10)


def test_a_skill_in_no_list_weighs_as_the_median():
    # N = 2: skill 10 in both, w = 1000; skill 11 in one: (1 + ln 1.5)² = 1.975332, w = 1975. Between them 1487.5, to the even 1488.
    weights = Weights.default(taxonomy({1: [10, 11], 2: [10]}))
    assert (weights.weight(10), weights.weight(11), weights.weight(999)) == (1000, 1975, 1488)


def test_without_lists_all_skills_weigh_the_same():
    assert Weights.default(taxonomy({})).weight(5) == 1000


def test_all_skills_of_the_tests_weigh_the_same():
    assert set(WEIGHTS.rarity.values()) == {4404}  # (1 + ln 3)² = 2.098612² = 4.404173


def test_a_stored_version_comes_back_whole():
    stored = json.loads(json.dumps(WEIGHTS.numbers))
    assert Weights.from_numbers(stored, TAXONOMY) == WEIGHTS
    assert Weights.from_numbers(stored, TAXONOMY).digest == WEIGHTS.digest


def test_a_stored_version_does_not_follow_the_taxonomy():
    changed = taxonomy({1: [101], 2: [101], 3: [101]})
    assert Weights.from_numbers(WEIGHTS.numbers, changed).weight(101) == 4404
    assert Weights.default(changed).digest != WEIGHTS.digest


@pytest.mark.parametrize("code", ["711", "71123", "711a", 7112, "７１１２"])
def test_a_code_that_is_not_four_digits_is_refused(code):
    with pytest.raises(BadValue):
        Taxonomy.from_records(essential={}, group={}, isco={1: code})


def test_an_occupation_without_a_code_is_a_fault():
    with pytest.raises(UnknownOccupation):
        TAXONOMY.likeness(BRICKLAYER, 999)


@pytest.mark.parametrize(
    ("changed", "problem", "part"),
    [
        ({"fits": {**FITS, "E": 41}}, "sum", "fits"),
        ({"suits": {**SUITS, "W": 34}}, "sum", "suits"),
        ({"fits": {**FITS, "Z": 0}}, "unknown", "fits Z"),
        ({"fits": {code: weight for code, weight in FITS.items() if code != "L"}}, "missing", "fits L"),
        ({"fits": {**FITS, "O": -10, "E": 60}}, "whole", "fits O"),
        ({"fits": {**FITS, "O": 0, "E": 50}}, "whole", "fits O"),
        ({"fits": {**FITS, "O": float("nan")}}, "whole", "fits O"),
        ({"fits": {**FITS, "O": 10.0}}, "whole", "fits O"),
        ({"fits": {**FITS, "O": "10"}}, "whole", "fits O"),
        ({"fits": {**FITS, "L": True, "E": 49}}, "whole", "fits L"),
        ({"fits": None}, "kind", "fits"),
        ({"rarity": [1000]}, "kind", "rarity"),
        ({"rarity": {"101": 0}}, "whole", "rarity 101"),
        ({"rarity": {"101": 10**9}}, "whole", "rarity 101"),
        ({"rarity": {"101": 16**9999}}, "whole", "rarity 101"),
        ({"rarity": {"a": 1000}}, "unknown", "rarity a"),
        ({"rarity": {"0101": 1000}}, "unknown", "rarity 0101"),
        ({"rarity": {101: 1000}}, "unknown", "rarity 101"),
        ({"usual": None}, "whole", "usual"),
        ({"more": 1}, "unknown", "more"),
    ],
)
def test_numbers_that_are_no_weights(changed, problem, part):
    with pytest.raises(BadWeights) as refused:
        Weights.from_numbers(WEIGHTS.numbers | changed, TAXONOMY)
    assert (refused.value.problem, refused.value.details["part"]) == (problem, part)
    assert isinstance(refused.value, BadValue) and part in str(refused.value)


@pytest.mark.parametrize("part", ["fits", "suits", "rarity", "usual"])
def test_a_part_that_is_missing(part):
    with pytest.raises(BadWeights, match=f"{part} is missing"):
        Weights.from_numbers({name: value for name, value in WEIGHTS.numbers.items() if name != part}, TAXONOMY)


@pytest.mark.parametrize("numbers", [None, [], "fits", 5])
def test_what_is_no_version_at_all(numbers):
    with pytest.raises(BadWeights, match="list of names"):
        Weights.from_numbers(numbers, TAXONOMY)
