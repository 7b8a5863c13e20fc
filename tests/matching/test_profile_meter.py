"""What each open answer is good for, as the engine knows it: the most useful first, on the profile and at home."""

import re

import pytest
from django.test import Client
from django.utils import translation

from matching.models import Candidate, VacancyLanguage
from matching.steps import BY_SLUG
from matching.worth import Worth, most_useful_first, worth_of_answers
from tests.matching.test_score import run_all

pytestmark = pytest.mark.django_db
PROFILE = "/en/jobs/profile/"


@pytest.fixture
def asking(market):
    """Two jobs of the mason's kind: one cannot be begun without Russian, both give housing; weights are in force."""
    strict, easy = market.vacancy(conditions=["housing"]), market.vacancy(conditions=["housing"])
    VacancyLanguage.objects.create(vacancy=strict, language="ru", minimum=2, target=3)
    VacancyLanguage.objects.create(vacancy=easy, language="ru", minimum=0, target=2)
    run_all(market)
    return market


def test_the_engine_says_what_an_answer_brings(asking):
    candidate = asking.candidate()
    worth = worth_of_answers(candidate, asking.today)
    assert worth["languages"].opens == 1 and worth["languages"].jobs == 2 and worth["languages"].points > 0
    assert (worth["conditions"].opens, worth["conditions"].jobs) == (0, 2)
    assert "skills" not in worth and "occupations" not in worth, "they are answered"
    steps = [BY_SLUG[slug] for slug in ("name", "conditions", "languages")]
    ordered = most_useful_first(steps, candidate, asking.today)
    assert [step.slug for step, _ in ordered] == ["languages", "conditions", "name"]
    with translation.override("en"):
        assert [str(said) for _, said in most_useful_first(steps, candidate, asking.today)][2] == ""


def test_nobody_needs_an_agency_to_be_told(asking):
    candidate = asking.candidate()
    candidate.care.update(until=asking.now)
    assert worth_of_answers(candidate, asking.today)["languages"].opens == 1


def test_without_weights_or_jobs_the_purpose_alone_is_told(market):
    candidate = market.candidate()
    assert worth_of_answers(candidate, market.today) == {}
    assert [step.slug for step, said in most_useful_first(list(BY_SLUG.values()), candidate, market.today) if not said] == list(BY_SLUG)
    market.vacancy(wage_currency="KGS")
    run_all(market)
    excluded = market.candidate(excluded_countries=["RU"])
    assert worth_of_answers(excluded, market.today) == {}


@pytest.mark.parametrize("worth", [Worth(points=400, jobs=3), Worth(points=10, jobs=1), Worth(opens=2)])
def test_in_words(worth):
    with translation.override("en"):
        assert re.search(r"[123]\.$", str(worth))


def test_on_the_profile_and_at_home(asking, cast):
    candidate = asking.candidate(user=cast["farrukh"])
    client = Client()
    client.force_login(cast["farrukh"])
    page = client.get(PROFILE)
    assert page.context["open"][0][0].slug == "languages"
    opened, told = page.content.decode().split("What you have told")
    assert "Jobs near you that this answer could open: 1." in opened and opened.index("Languages") < opened.index("Your name")
    assert "Work that you want" in told and "Languages" not in told
    assert not re.search(r"\b(missing|weak)\b", page.content.decode())
    home = client.get("/en/").content.decode()
    assert "Next: Languages." in home and "could open: 1" in home
    client.post(f"{PROFILE}languages/", {"submission_key": "8d5c9c3e-0d0f-4f7c-9a51-111111111111", "ru": "3"})
    assert Candidate.objects.get(pk=candidate.pk).languages.exists()
    assert client.get(PROFILE).context["open"][0][0].slug != "languages"


def test_asked_of_the_engine_once(asking, cast, django_assert_max_num_queries):
    asking.candidate(user=cast["farrukh"])
    client = Client()
    client.force_login(cast["farrukh"])
    with django_assert_max_num_queries(55):
        client.get(PROFILE)
    with django_assert_max_num_queries(20):
        client.get(PROFILE)


def test_without_the_cache_there_is_still_a_page(asking, cast, settings):
    asking.candidate(user=cast["farrukh"])
    settings.CACHES = {"default": settings.CACHES["default"] | {"LOCATION": "redis://127.0.0.1:9/0"}}
    client = Client()
    client.force_login(cast["farrukh"])
    page = client.get(PROFILE)
    assert page.status_code == 200 and "Languages" in page.content.decode()
