"""Why a match scored as it did: the parts add up, and an act of a person freezes them."""

import json
from datetime import timedelta

import pytest
from django.utils import timezone

from matching import review, score
from matching.explain_match import explain_match, freeze
from matching.explain_parts import VERSION
from matching.load_records import load_taxonomy
from matching.mark import mark_vacancy
from matching.models import CandidateSkill, Match, ScoringWeights, VacancyList
from matching.scoring import Weights
from portal.money.demo import load_demo_rates
from tests.matching.labour import Market


@pytest.fixture
def match(cast_rows, settings) -> Match:
    settings.DEMO = True
    market = Market()
    market.candidate(skills=3)
    mark_vacancy(market.vacancy(), market.now)
    score.score_marked(timezone.now)
    return Match.objects.get()


def test_parts_add_up_to_what_the_match_says(match):
    why = explain_match(match)
    assert json.loads(json.dumps(why)) == why
    for side, total in (("fits", match.fits_job), ("suits", match.suits_person)):
        assert why[side]["total"] == sum(part["earned"] for part in why[side]["components"]) == total
    assert [skill["state"] for skill in why["skills"]].count("met") == 3
    assert why["versions"] == {"weights": match.weights.digest, "candidate_revision": 1, "vacancy_revision": 1}


def test_frozen_it_stays(match):
    freeze(match)
    assert match.explanation["version"] == VERSION
    match.save()
    before = explain_match(match)
    CandidateSkill.objects.all().delete()
    assert explain_match(Match.objects.get()) == before


def test_what_is_frozen_adds_up_to_the_points_of_the_match(match, cast):
    """Also where the candidate has changed since the last run."""
    scored = match.points
    match.candidate.skills.first().delete()
    match.candidate.raise_revision()
    review.approve(match, cast["manizha"], timezone.now())
    match.refresh_from_db()
    assert match.points == match.explanation["points"] < scored
    assert match.fits_job == match.explanation["fits"]["total"]
    assert match.candidate_revision == match.explanation["versions"]["candidate_revision"]


@pytest.fixture
def other_weights() -> ScoringWeights:
    """A version in which the skills count for less."""
    numbers = Weights.default(load_taxonomy()).numbers
    numbers["fits"] = numbers["fits"] | {"E": 20, "O": 30}
    digest = Weights.from_numbers(numbers, load_taxonomy()).digest
    return ScoringWeights.objects.create(digest=digest, numbers=numbers, created_at=timezone.now(), approved_at=timezone.now())


def test_a_match_is_explained_as_its_vacancys_list_was_scored(match, other_weights, cast):
    """The list's day and weights, where runs have left the match itself as it was; an act freezes both on it."""
    yesterday = match.scoring_day - timedelta(days=1)
    VacancyList.objects.update_or_create(
        vacancy=match.vacancy, defaults={"day": yesterday, "weights": other_weights, "scored_at": timezone.now()}
    )
    load_demo_rates(yesterday)
    why = explain_match(match)
    assert (why["on"], why["versions"]["weights"]) == (str(yesterday), other_weights.digest)
    assert why["points"] != match.points
    review.approve(match, cast["manizha"], timezone.now())
    match.refresh_from_db()
    assert (match.scoring_day, match.weights, match.points) == (yesterday, other_weights, why["points"])
    assert explain_match(match) == why
