"""What a match keeps of its explanation: the shape of the version, and those that were frozen before there were versions."""

import json
from copy import deepcopy
from dataclasses import fields

import pytest

from matching.explain_match import kept
from matching.explain_parts import SHAPE, VERSION, BadExplanation, as_newest, check
from matching.models import ScoringWeights
from matching.person_matches import emptied
from matching.scoring.explain import Ask, Block, Component, ExperiencePart, Explanation, LanguagePart, PaperPart, SkillPart
from matching.show_to_candidate import for_candidate
from matching.show_to_employer import for_employer
from matching.show_to_staff import for_staff
from tests.matching.scoring.records import DAY, NURSE, candidate, vacancy, why
from tests.matching.scoring.test_explain import JOB, PERSON

WEIGHTS = ScoringWeights(digest="ab" * 32)
JOB = JOB | {"licences": ["C"], "certificates": ["height"], "languages": {"ru": (1, 2), "en": (0, 1)}}


@pytest.fixture
def whole() -> dict:
    """Of somebody who has told some things: every kind of part is in it."""
    return kept(why(PERSON | {"licences": [("C", "TJ")], "certificates": {"height": DAY}}, JOB), WEIGHTS, 3, 4)


def test_it_keeps_every_part_and_its_versions(whole):
    assert json.loads(json.dumps(whole)) == whole and check(whole) is whole and as_newest(whole) == whole
    assert whole["version"] == VERSION and whole["on"] == "2026-11-21"
    assert whole["versions"] == {"weights": "ab" * 32, "candidate_revision": 3, "vacancy_revision": 4}
    assert whole["skills"] and whole["languages"] and whole["papers"] and whole["experience"] and whole["ask"] and whole["verify"]


def test_the_shape_is_the_engines():
    """A field that is added there needs a word, and a new version, here."""
    rows = {"skills": SkillPart, "languages": LanguagePart, "papers": PaperPart, "ask": Ask}
    shapes = [(SHAPE[name][0], row) for name, row in rows.items()]
    shapes += [(SHAPE["experience"], ExperiencePart), (SHAPE["fits"], Block), (SHAPE["suits"]["components"][0], Component)]
    shapes.append(({key: part for key, part in SHAPE.items() if key not in ("version", "versions")}, Explanation))
    for shape, row in shapes:
        assert list(shape) == [field.name for field in fields(row)]


FAULTS = {
    "a key too few": lambda why: why.pop("tier"),
    "a key too many": lambda why: why.update(wage_floor=1),
    "a word for a number": lambda why: why.update(points="8060"),
    "a number for yes or no": lambda why: why["skills"][0].update(is_verified=1),
    "a fraction": lambda why: why["fits"].update(total=8500.5),
    "no list": lambda why: why.update(skills={}),
    "no row": lambda why: why["skills"].append(None),
    "nothing": lambda why: why.update(papers=None),
    "a side that does not add up": lambda why: why["suits"].update(total=why["suits"]["total"] + 1),
    "a state that nobody knows": lambda why: why["languages"][0].update(state="weak"),
    "a version to come": lambda why: why.update(version=VERSION + 1),
    "a key too few far inside": lambda why: why["ask"][0].pop("brings"),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_what_is_not_of_the_shape_is_refused(whole, fault):
    spoilt = deepcopy(whole)
    FAULTS[fault](spoilt)
    with pytest.raises(BadExplanation, match="explanation"):
        as_newest(spoilt)


def before_versions(new: dict) -> dict:
    """As matches kept it until then."""
    old = {key: part for key, part in new.items() if key not in ("version", "experience", "papers")}
    old["languages"] = [{key: part for key, part in row.items() if key != "state"} for row in new["languages"]]
    old["skills"] = [row | {"state": "missing" if row["state"] == "unanswered" else row["state"]} for row in new["skills"]]
    codes = [
        code
        for ask in new["ask"]
        for code in ([f"language:{code}" for code in ask["about"]] if ask["code"] == "languages" else [ask["code"]])
    ]
    old["ask"] = [code for code in codes if code.partition(":")[0] in ("language", "work", "licence", "certificate")]
    return old


def test_one_from_before_versions_says_what_it_can(whole, db):
    old = as_newest(before_versions(whole))
    assert [row["state"] for row in old["languages"]] == ["near", "unanswered"]
    assert [row["state"] for row in old["skills"]] == [row["state"] for row in whole["skills"]]
    staff, employer, person = for_staff(old), for_employer(old), for_candidate(old)
    assert (staff.ring, staff.job.total) == (for_staff(whole).ring, whole["fits"]["total"])
    assert [row.kind for row in employer.requirements] == ["skill"] * 6 + ["language"] * 2
    assert [question.text for question in staff.questions] == ["How well do you know this language: English?"]
    assert person.open[0].url.endswith("/profile/languages/") and person.fits
    # nobody knows any more that no work and no place were named
    assert "It is a place where you want to go." not in person.wishes
    assert "It is not quite the work that you wish for." not in person.less


def test_one_from_before_versions_of_somebody_who_had_told_nothing(db):
    quiet = before_versions(kept(why(candidate(), JOB), WEIGHTS, 1, 1))
    assert {row["state"] for row in quiet["skills"]} == {"missing"}
    assert {row["state"] for row in as_newest(quiet)["skills"]} == {"unanswered"}
    assert [ask["code"] for ask in as_newest(quiet)["ask"]] == ["languages", "work", "licence", "certificate"]


def test_what_is_left_when_somebody_took_their_data_away(whole, db):
    left = as_newest(emptied(whole))
    staff, employer, person = for_staff(left), for_employer(left), for_candidate(left)
    assert (staff.ring, staff.job.parts, staff.person.parts) == (for_staff(whole).ring, [], [])
    assert not (
        staff.requirements or staff.questions or employer.requirements or employer.met or employer.start or person.has or person.open
    )


@pytest.mark.parametrize("person", [PERSON, candidate(), candidate(work=[(NURSE, 400, None)], wishes={"RU": 0})])
@pytest.mark.parametrize("job", [JOB, vacancy()])
def test_every_pair_can_be_kept_and_told(db, person, job):
    told = kept(why(person, job), WEIGHTS, 1, 1)
    assert for_staff(told).root and for_employer(told).start and for_candidate(told).day
