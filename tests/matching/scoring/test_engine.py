"""The fast engine says what the reference says, to the last bit, whichever way it takes."""

from dataclasses import replace
from datetime import date
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bench.synthetic import market
from matching.scoring import (
    BadValue,
    CandidateColumns,
    CandidateTable,
    Openings,
    People,
    Routes,
    engine,
    rank,
    rank_both,
    reference,
    score_pairs,
)
from matching.scoring.eligibility import check_pair
from matching.scoring.lookups import half_even
from matching.scoring.whole import points_of
from tests.matching.scoring.markets import markets
from tests.matching.scoring.records import DAY, ROUTES, WEIGHTS, assert_same, candidate, jobs, people, route, vacancy

PATHS = ("numpy", "compiled")


@given(markets(), st.integers(0, 9), st.integers(0, 9), st.booleans())
def test_both_paths_say_what_the_reference_says(asked: dict[str, Any], top: int, top_candidate: int, gate: bool):
    down = reference.rank(**asked, top=top, gate=gate)
    across = reference.rank(**asked, top=top_candidate, gate=gate, per="candidate")
    for path in PATHS:
        one, other = rank_both(**asked, top=top, top_candidate=top_candidate, gate=gate, path=path)
        assert_same(one, down)
        assert_same(other, across)
    assert_same(rank(**asked, top=top, gate=gate), down)
    assert_same(rank(**asked, top=top_candidate, gate=gate, per="candidate"), across)


@given(markets())
def test_every_pair_is_scored_as_the_reference_does_eligible_or_not(asked: dict[str, Any]):
    candidates, vacancies, refused = asked["candidates"], asked["vacancies"], asked["refused"]
    pairs = np.array([(i, j) for i in range(len(candidates)) for j in range(len(vacancies))], dtype=np.int32).reshape(-1, 2)[::-1]
    rest = {name: asked[name] for name in ("weights", "routes", "on")}
    scored = [reference.compare(candidates, i, vacancies, j, **rest) for i, j in pairs.tolist()]
    failed = [check_pair(candidates.rows[i], vacancies.rows[j], asked["routes"], asked["on"], refused).failed for i, j in pairs.tolist()]
    truth = [(pair.points, pair.fits.total, pair.suits.total, pair.tier, not out) for pair, out in zip(scored, failed, strict=True)]
    for path in PATHS:
        found = score_pairs(candidates, vacancies, pairs, **rest, refused=refused, path=path)
        assert [array.dtype for array in found] == ["uint16", "uint16", "uint16", "uint8", "bool"]
        assert list(zip(*(array.tolist() for array in found), strict=True)) == truth


@pytest.fixture(scope="module")
def town() -> tuple[Any, ...]:
    """2 000 people and 40 vacancies, with people and routes of the reference's kind too."""
    columns, vacancies, weights, routes, day = market(2000, 40, 1, occupations=80)
    refused = [(int(columns.id[i]), vacancies.rows[i % 40].id) for i in range(0, 2000, 9)]
    return columns, CandidateTable(tuple(columns.row(i) for i in range(2000))), vacancies, weights, routes, day, refused


@pytest.mark.parametrize(("per", "top", "gate"), [("vacancy", 25, True), ("candidate", 12, False)])
def test_of_a_town_too(town, per, top, gate):
    columns, table, vacancies, weights, routes, day, refused = town
    how = {"on": day, "top": top, "refused": refused, "per": per, "gate": gate}
    truth = reference.rank(table, vacancies, weights, routes, **how)
    assert np.array(truth.tier).any()
    assert np.array(truth.only).any(axis=0).sum() >= 8
    for path in PATHS:
        assert_same(rank(columns, vacancies, weights, routes, **how, path=path), truth)


@pytest.mark.parametrize("path", PATHS)
def test_blocks_parts_runs_and_threads_change_nothing(town, path, monkeypatch):
    columns, _, vacancies, weights, routes, day, refused = town
    how = {"on": day, "top": 20, "top_candidate": 7, "refused": refused, "path": path}
    whole = rank_both(columns, vacancies, weights, routes, **how, threads=1)
    pairs = np.array([(i, (7 * i) % 40) for i in range(2000)])
    scored = score_pairs(columns, vacancies, pairs, weights, routes, on=day, refused=refused, path=path)
    assert 0 < np.count_nonzero(scored.eligible) < len(pairs)
    monkeypatch.setattr(engine, "CELLS", 20_000)  # many runs, each of few blocks
    monkeypatch.setattr(engine, "WORTH_COMPILING", 0)
    for block, part, threads in ((64, 7, 1), (128, 40, 3), (1024, 39, 2)):
        sides = People(columns, weights, day, block=block), Openings(vacancies, weights, routes, day, part=part)
        for found, expected in zip(rank_both(*sides, weights, routes, **how, threads=threads), whole, strict=True):
            assert_equal(found, expected)
        again = score_pairs(*sides, pairs, weights, routes, on=day, refused=refused, path=path, threads=threads)
        for found, expected in zip(again, scored, strict=True):
            assert (found == expected).all()


@pytest.mark.parametrize("path", PATHS)
def test_in_a_town_under_one_law_citizenship_changes_nothing(town, path):
    columns, _, vacancies, weights, _, day, refused = town
    law = Routes.from_records(
        [route(origin=origin, destination=country, lead_days=9) for origin in ("TJ", "KG", "UZ") for country in ("RU", "KZ")]
    )
    how = {"on": day, "top": 20, "top_candidate": 7, "refused": refused, "path": path}
    asked = rank_both(columns, vacancies, weights, law, **how)
    flipped = rank_both(replace(columns, citizenship=np.roll(columns.citizenship, 1)), vacancies, weights, law, **how)
    for found, expected in zip(flipped, asked, strict=True):
        assert_equal(found, expected)
    assert (asked[0].rows >= 0).any()


def test_a_city_comes_out_the_same_on_both_paths():
    columns, vacancies, weights, routes, day = market(49_000, 200, 2)
    sides = People(columns, weights, day), Openings(vacancies, weights, routes, day)
    one, other = (rank_both(*sides, weights, routes, on=day, top=50, top_candidate=10, path=path) for path in PATHS)
    for found, expected in zip(one, other, strict=True):
        assert_equal(found, expected)
    assert (one[0].rows >= 0).sum() > 5_000
    listed = [(int(i), j) for j in range(0, 200, 40) for i in one[0].rows[j, :5] if i >= 0]
    for i, j in listed:  # and a sample is as the reference has it
        alone = CandidateTable((columns.row(i),))
        pair = reference.compare(alone, 0, vacancies, j, weights, routes, on=day)
        place = one[0].rows[j].tolist().index(i)
        assert (one[0].points[j, place], one[0].tier[j, place]) == (pair.points, pair.tier)


def assert_equal(one: Any, other: Any) -> None:
    for name in ("rows", "points", "tier", "fits", "suits", "failed", "only", "unanswered", "eligible"):
        np.testing.assert_array_equal(getattr(one, name), getattr(other, name), err_msg=name)


def test_the_warm_sides_of_another_question_are_refused():
    sides = {"candidates": people(candidate()), "vacancies": jobs(vacancy())}
    warm = {
        "candidates": People(CandidateColumns.from_table(sides["candidates"]), WEIGHTS, DAY),
        "vacancies": Openings(sides["vacancies"], WEIGHTS, ROUTES, DAY),
    }
    for name, side in warm.items():
        with pytest.raises(BadValue, match="prepared"):
            rank(**sides | {name: side}, weights=WEIGHTS, routes=ROUTES, on=date(2026, 12, 1), top=1)
    other_law = Routes.from_records([route(lead_days=3)])
    with pytest.raises(BadValue, match="prepared"):
        rank(**sides | {"vacancies": warm["vacancies"]}, weights=WEIGHTS, routes=other_law, on=DAY, top=1)
    assert rank(**warm, weights=WEIGHTS, routes=ROUTES, on=DAY, top=1).rows.tolist() == [[0]]


@pytest.mark.parametrize(
    "wrong",
    [
        {"top": -1},
        {"per": "person"},
        {"path": "fast"},
        {"refused": [("a", 1)]},
        {"refused": [(1, 2**63)]},
        {"refused": np.array([[1.0, 2.0]])},
    ],
)
def test_a_wrong_question_is_refused(wrong):
    with pytest.raises(BadValue):
        rank(people(candidate()), jobs(vacancy()), WEIGHTS, ROUTES, **{"on": DAY, "top": 1} | wrong)


@pytest.mark.parametrize("pairs", [[(0, 1)], [(-1, 0)], [(0.5, 0)], [0, 0], [(0, 0, 0)]])
def test_a_pair_that_is_not_there_is_refused(pairs):
    with pytest.raises(BadValue):
        score_pairs(people(candidate()), jobs(vacancy()), np.array(pairs), WEIGHTS, ROUTES, on=DAY)


@pytest.mark.parametrize("path", PATHS)
@pytest.mark.parametrize(("persons", "openings"), [(0, 0), (0, 2), (2, 0), (1, 1)])
def test_empty_tables_and_one_of_each(path, persons, openings):
    sides = people(*(candidate(id=i) for i in range(persons))), jobs(*(vacancy(id=j) for j in range(openings)))
    for per in ("vacancy", "candidate"):
        how = {"on": DAY, "top": 3, "per": per}
        assert_same(rank(*sides, WEIGHTS, ROUTES, **how, path=path), reference.rank(*sides, WEIGHTS, ROUTES, **how))
    assert score_pairs(*sides, np.empty((0, 2), np.int32), WEIGHTS, ROUTES, on=DAY, path=path).points.tolist() == []


def test_three_hundred_skills_and_a_thousand_asked():
    person = candidate(skills=[(skill % 300, 1 + skill % 4, skill % 3 == 0) for skill in range(900)])
    job = vacancy(essential=[(skill % 500, 1 + skill % 4, skill % 2 == 0) for skill in range(1000)], entry=False)
    sides = people(person), jobs(job)
    truth = reference.rank(*sides, WEIGHTS, ROUTES, on=DAY, top=1)
    for path in PATHS:
        assert_same(rank(*sides, WEIGHTS, ROUTES, on=DAY, top=1, path=path), truth)
    with pytest.raises(BadValue, match="1001 skills"):
        jobs(vacancy(optional=[(1, None)] * 1001))


@given(st.integers(0, 10_000), st.integers(0, 10_000))
def test_the_root_of_arrays_is_the_whole_root(fits, suits):
    sides = np.array([fits], dtype=np.uint16), np.array([suits], dtype=np.uint16)
    assert engine.points_of(*sides).tolist() == [points_of(fits, suits)]


@pytest.mark.parametrize("path", PATHS)
def test_floats_give_the_whole_numbers_of_wages(path):
    """Spans of few twentieths, where ties are many, and spans just under 2**31, where quotients come closest to them."""
    kernel = engine._kernel(path, 0, 0)
    for spans in (np.arange(1, 400), 2**31 - np.arange(1, 400)):
        wage = np.concatenate((np.arange(0, 400), 2**31 - np.arange(1, 400), (2**31 // 12_000) * np.arange(1, 4000, 2)))
        points = np.empty((len(wage), len(spans)), dtype=np.uint16)
        kernel.wage_points(wage.astype(np.float64), np.zeros(len(spans)), spans.astype(np.float64), 3_500, points)
        above = np.minimum(wage[:, None], spans)
        np.testing.assert_array_equal(points, 3_500 * (4_000 + half_even(6_000 * above, spans)) // 10_000)
