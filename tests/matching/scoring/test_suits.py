"""Stage 1, "suits the person": each component worked out by hand. The shares are always 3500, 2500, 2000, 1000, 1000."""

from datetime import timedelta

import pytest

from tests.matching.scoring.records import BRICKLAYER, LABOURER, PICKER, START, candidate, vacancy, value, why


@pytest.mark.parametrize(
    ("floor", "wish", "wage", "expected"),
    [
        (None, None, 1, 7000),
        (40_000, 60_000, 40_000, 4000),
        (40_000, 60_000, 50_000, 7000),  # .40 + .60 · 1/2
        (40_000, 60_000, 60_000, 10_000),
        (40_000, 60_000, 90_000, 10_000),
        (40_000, 100_000, 50_000, 5000),  # .40 + .60 · 1/6
        (30_000, 100_000, 50_000, 5714),  # 6000 · 2/7 = 1714.29
        (60_000, 60_000, 60_000, 10_000),  # wish ≤ floor
        (60_000, 50_000, 60_000, 10_000),
        (None, 60_000, 42_000, 4000),  # floor .7 · 60 000 = 42 000
        (None, 60_000, 51_000, 7000),
        (None, 60_000, 10_000, 4000),  # below a floor that was not stated: not out
        (40_000, None, 50_000, 10_000),  # wish 1.25 · 40 000 = 50 000
        (40_000, None, 45_000, 7000),
        (None, 33, 24, 4545),  # floor 23.1, exactly: 6000 · .9 / 9.9 = 545.45
        (None, 0, 5, 10_000),
        (0, None, 5, 10_000),
    ],
)
def test_wage_lies_between_floor_and_wish(floor, wish, wage, expected):
    assert value(candidate(wage_floor=floor, wage_wish=wish), vacancy(wage=wage), "W") == expected


@pytest.mark.parametrize(
    ("wishes", "regions", "expected"),
    [
        ({}, {}, 7000),
        ({}, {"RU-TA": 2}, 10_000),
        ({"RU": 1}, {"RU-TA": 2}, 10_000),
        ({"RU": 2}, {}, 7000),
        ({"RU": 2}, {"RU-MOW": 2}, 7000),
        ({"RU": 1}, {}, 4000),
        ({"KZ": 2}, {}, 2000),
        ({"KZ": 0}, {}, 2000),
        ({}, {"RU-MOW": 2}, 2000),
        ({"RU": 0}, {"RU-TA": 2}, 0),  # out by `own`
    ],
)
def test_place_is_the_region_then_the_country(wishes, regions, expected):
    assert value(candidate(wishes=wishes, regions=regions), vacancy(), "G") == expected


@pytest.mark.parametrize(
    ("wanted", "offered", "expected"),
    [
        ([], PICKER, 7000),
        ([PICKER], PICKER, 10_000),
        ([BRICKLAYER], PICKER, 1500),
        ([BRICKLAYER], LABOURER, 6000),
        ([BRICKLAYER, LABOURER], LABOURER, 10_000),
    ],
)
def test_the_wanted_occupation_most_like_the_offered_counts(wanted, offered, expected):
    assert value(candidate(wanted=wanted), vacancy(occupation=offered), "D") == expected


@pytest.mark.parametrize(
    ("late", "expected"),
    [(-5, 10_000), (0, 10_000), (1, 9833), (15, 7500), (30, 5000), (60, 0), (90, 0)],  # 59/60 = 9833.3
)
def test_each_day_late_costs(late, expected):
    assert value(candidate(available_on=START + timedelta(days=late)), vacancy(), "A") == expected


@pytest.mark.parametrize(
    ("stated", "offered", "expected"),
    [
        ([], ["housing"], 7000),
        (["housing"], ["housing", "meals"], 10_000),
        (["housing"], [], 0),
        (["housing", "meals", "travel"], ["meals"], 3333),
        (["housing", "meals", "travel"], ["meals", "travel"], 6667),
    ],
)
def test_conditions_are_the_share_that_is_met(stated, offered, expected):
    assert value(candidate(conditions=stated), vacancy(conditions=offered), "K") == expected


def test_a_wish_not_stated_counts_seven_tenths():
    found = why(candidate(), vacancy())
    assert [(part.code, part.share, part.earned) for part in found.suits.components] == [
        ("W", 3500, 2450),
        ("G", 2500, 1750),
        ("D", 2000, 1400),
        ("A", 1000, 1000),
        ("K", 1000, 700),
    ]
    assert found.suits.total == 7300
