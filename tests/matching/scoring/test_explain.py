"""The explanation of one pair: parts that add up, skills met, near and missing, what they would bring, what to ask."""

import dataclasses
import json

import pytest

from matching.scoring import explain
from matching.scoring.eligibility import REASONS
from tests.matching.scoring.records import CARER, DAY, NURSE, ROUTES, WEIGHTS, best, candidate, jobs, people, vacancy, why

JOB = vacancy(
    occupation=CARER,
    essential=[(501, 2, True), (502, 3, False), (505, None, False), (503, None, False)],
    optional=[(504, None), (301, 2)],
    entry=False,
    experience_months=24,
    languages={"ru": (0, 2), "en": (0, 1)},
    conditions=["meals"],
)
PERSON = candidate(
    work=[(NURSE, 12, None)],
    skills=[(501, 2, True), (502, 1, False), (402, 2, False), (301, 2, False)],
    languages={"ru": 1},
    conditions=["meals", "housing"],
    wage_floor=50_000,
)


def test_each_block_adds_up_to_its_own_total():
    found = why(PERSON, JOB)
    for block in (found.fits, found.suits):
        assert sum(part.earned for part in block.components) == block.total
        assert sum(part.share for part in block.components) == 10_000
    for code, essential in (("E", True), ("O", False)):
        component = next(part for part in found.fits.components if part.code == code)
        parts = [part for part in found.skills if part.is_essential is essential]
        assert sum(part.earned for part in parts) == component.earned
        assert sum(part.share for part in parts) == component.share


def test_skills_are_met_near_or_missing():
    found = why(PERSON, JOB)
    assert [(part.skill, part.state, part.held, part.is_verified, part.is_by_group) for part in found.skills] == [
        (501, "met", 2, True, False),
        (502, "near", 1, False, False),
        (505, "near", None, False, True),
        (503, "missing", None, False, False),
        (504, "missing", None, False, False),
        (301, "met", 2, False, False),
    ]
    assert [part.is_critical for part in found.skills] == [True, False, False, False, False, False]
    assert found.verify == (502, 301)


def test_a_missing_skill_brings_what_holding_it_would_bring():
    found = why(PERSON, JOB)
    for part in found.skills:
        held = [told for told in PERSON["skills"] if told[0] != part.skill]
        learnt = why(PERSON | {"skills": [*held, (part.skill, part.required, True)]}, JOB)
        assert part.brings == (0 if part.state == "met" else learnt.points - found.points)
    assert all(part.brings > 0 for part in found.skills if part.state != "met")


def test_what_was_not_answered_is_to_be_asked():
    assert why(PERSON, JOB).ask == ("language:en",)
    asked = why(candidate(), JOB | {"licences": ["C"], "certificates": ["height"]})
    assert asked.ask == ("language:ru", "language:en", "work", "licence", "certificate")
    assert why(candidate(), vacancy()).ask == ()


def test_it_says_the_same_as_the_lists():
    persons, openings = [PERSON, candidate(id=2), candidate(id=3, work=[])], [JOB, vacancy(id=2)]
    ranking = best(persons, openings, top=3)
    for j, (rows, points, tiers) in enumerate(zip(ranking.rows, ranking.points, ranking.tier, strict=True)):
        for i, point, tier in zip(rows, points, tiers, strict=True):
            found = explain(people(*persons), i, jobs(*openings), j, WEIGHTS, ROUTES, on=DAY)
            assert (found.points, found.tier, found.failed) == (point, tier, ())
            assert (found.candidate, found.vacancy) == (persons[i]["id"], openings[j]["id"])


def test_a_pair_that_is_out_is_explained_too():
    found = why(candidate(free=False, citizenship="XX", wishes={"RU": 0}), JOB)
    assert found.failed == ("free", "route", "own")
    assert found.lead_days is None
    assert found.points > 0


def test_refused_pairs_are_said():
    tables = (people(candidate(id=7)), 0, jobs(vacancy(id=70)), 0)
    assert explain(*tables, WEIGHTS, ROUTES, on=DAY).failed == ()
    assert explain(*tables, WEIGHTS, ROUTES, on=DAY, refused={(7, 70)}).failed == (REASONS[-1],)


@pytest.mark.parametrize(("i", "j"), [(1, 0), (0, 1), (-1, 0), (0, -1)])
def test_a_row_that_is_not_there(i, j):
    with pytest.raises(IndexError):
        explain(people(PERSON), i, jobs(JOB), j, WEIGHTS, ROUTES, on=DAY)


def test_it_can_be_written_down():
    assert json.loads(json.dumps(dataclasses.asdict(why(PERSON, JOB)), default=str))["points"] == why(PERSON, JOB).points
