"""Abroad: where somebody is and which papers they hold. The right paper spares its wait; who has none gets advice, never a match."""

import re
from datetime import date, timedelta

import pytest
from django.utils import timezone

from matching import profile, score
from matching.load_arrays import Everybody
from matching.load_records import candidate_records, load_routes, load_taxonomy, vacancy_records
from matching.models import Candidate, Vacancy
from matching.scoring import CandidateTable, VacancyTable, Weights, compare, explain, rank
from matching.stay_papers import BY_CODE, PAPERS, SPARING, papers_for
from matching.wages import wages_on
from portal.places.corridors import DESTINATIONS
from tests.matching.profiles import post, problems
from tests.matching.test_score import run_all

pytestmark = pytest.mark.django_db
PROFILE = "/en/jobs/profile/"
NEXT_YEAR = (timezone.now() + timedelta(days=400)).date()


@pytest.fixture
def client(signed_in, farrukh):
    return signed_in("farrukh")


def held(candidate: Candidate) -> dict[str, tuple[str, date | None]]:
    return {row.code: (row.region, row.valid_until) for row in candidate.papers.all()}


def patent(**other: str) -> dict[str, str]:
    return {"ru-patent": "on", "ru-patent-region": "RU-TA", "ru-patent-until": NEXT_YEAR.isoformat()} | other


def test_the_list_of_papers():
    assert {paper.country for paper in PAPERS} == set(DESTINATIONS) and len(BY_CODE) == len(PAPERS)
    assert {country for _, country in SPARING.values()} <= set(DESTINATIONS)
    assert "ru-patent" in {paper.code for paper in papers_for("TJ", "RU")} - {paper.code for paper in papers_for("KG", "RU")}
    assert papers_for("TJ", "TJ") == papers_for("TJ", "ZZ") == []


def test_papers_are_asked_abroad_and_kept(client, farrukh):
    assert client.get(f"{PROFILE}stay/")["Location"] == f"{PROFILE}place/", "at home nobody asks"
    assert post(client, "place", located_in="RU", has_papers="yes")["Location"] == f"{PROFILE}stay/"
    page = client.get(f"{PROFILE}stay/").content.decode()
    assert "Work patent" in page and not re.search(r'name="[^"]*(number|scan|serial)', page)
    revision = Candidate.objects.get(pk=farrukh.pk).revision
    assert post(client, "stay", **patent(**{"ru-vnzh": "on", "ru-stay": "on"}))["Location"] == f"{PROFILE}languages/"
    assert held(farrukh) == {"ru-patent": ("RU-TA", NEXT_YEAR), "ru-vnzh": ("*", None), "ru-stay": ("*", None)}
    after = Candidate.objects.get(pk=farrukh.pk).revision
    assert after > revision
    post(client, "stay", **patent(**{"ru-vnzh": "on", "ru-stay": "on"}))
    assert Candidate.objects.get(pk=farrukh.pk).revision == after, "the same answers again change nothing"
    assert "work patent" in client.get(PROFILE).content.decode()
    assert 'value="RU-TA" selected' in client.get(f"{PROFILE}stay/").content.decode()


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        ({"ru-patent-region": ""}, "Choose the region"),
        ({"ru-patent-region": "KZ-75"}, "valid choice"),
        ({"ru-patent-until": ""}, "until when"),
        ({"ru-patent-until": "2020-01-01"}, "run out"),
        ({"ru-patent-until": "soon"}, "Write the day"),
        ({"ru-vnzh": "on", "ru-vnzh-until": "2020-01-01"}, "run out"),
    ],
)
def test_bad_papers(client, farrukh, wrong, says):
    post(client, "place", located_in="RU", has_papers="yes")
    response = post(client, "stay", **(patent() | wrong))
    assert says in problems(response) and not held(farrukh)
    assert 'name="ru-patent"' in response.content.decode() and response.context["form"]["ru-patent"].value()


def test_papers_go_with_the_place_and_the_citizenship(client, farrukh):
    def holds() -> None:
        post(client, "place", located_in="RU", has_papers="yes")
        post(client, "stay", **patent())
        assert held(farrukh)

    for move in (
        lambda: post(client, "place", located_in="KZ", has_papers="yes"),
        lambda: post(client, "place", located_in="RU", has_papers="no"),
        lambda: post(client, "place", located_in="TJ"),
        lambda: post(client, "start", citizenship="UZ", month=3, year=1998),
    ):
        holds()
        move()
        assert not held(farrukh)


def test_without_papers_no_paper_is_asked(client, farrukh):
    post(client, "place", located_in="RU", has_papers="no")
    assert client.get(f"{PROFILE}stay/")["Location"] == f"{PROFILE}place/"
    assert post(client, "stay", **patent())["Location"] == f"{PROFILE}place/" and not held(farrukh)


HELD: list[tuple[dict[str, tuple[str, date | None]], int]] = [
    ({}, 30),
    ({"ru-patent": ("RU-TA", NEXT_YEAR)}, 0),
    ({"ru-vnzh": ("*", None)}, 0),
    ({"ru-rvp": ("RU-TA", NEXT_YEAR)}, 0),
    ({"ru-patent": ("RU-MOW", NEXT_YEAR)}, 30),  # of another region
    ({"ru-patent": ("RU-TA", date(2020, 1, 1))}, 30),
    ({"ru-stay": ("*", None), "ru-contract": ("*", None)}, 30),
    ({"kz-household": ("*", NEXT_YEAR)}, 30),
]


def test_who_holds_the_permit_of_the_route_does_not_wait(market):
    """In each of the engine's ways, to the point: explained, compared, and ranked from arrays."""
    market.vacancy(starts_on=market.today + timedelta(days=10))
    for papers, _ in HELD:
        profile.set_papers(market.candidate(located_in="RU", has_papers=True, available_on=market.today), papers, market.now)
    wages, routes, weights, day = wages_on(market.today), load_routes(), Weights.default(load_taxonomy()), market.today
    people = CandidateTable.from_records(candidate_records(Candidate.objects.all(), wages))
    jobs = VacancyTable.from_records(vacancy_records(Vacancy.objects.with_asked().order_by("pk"), wages, day))
    whys = [explain(people, place, jobs, 0, weights, routes, on=day) for place in range(len(HELD))]
    assert [(why.lead_days, why.days_late) for why in whys] == [(days, max(0, days - 10)) for _, days in HELD]
    points = [compare(people, place, jobs, 0, weights, routes, on=day).points for place in range(len(HELD))]
    assert points == [why.points for why in whys] and points[1] > points[0]
    arrays = Everybody().read(wages).columns
    for path in ("numpy", "compiled"):
        found = rank(arrays, jobs, weights, routes, on=day, top=len(HELD), path=path)
        assert dict(zip(found.rows[0].tolist(), found.points[0].tolist(), strict=True)) == dict(enumerate(points))


def test_abroad_without_papers_is_in_no_list(market):
    """Whoever says yes to papers, and then no, leaves the lists that they were in."""
    vacancy = market.vacancy()
    at_home, abroad = market.candidate(), market.candidate(located_in="RU", has_papers=True)
    run_all(market)
    assert set(vacancy.matches.values_list("candidate", flat=True)) == {at_home.pk, abroad.pk}
    profile.say_where(abroad, None, "RU", False, market.now)
    score.score_marked(timezone.now)
    assert list(vacancy.matches.values_list("candidate", flat=True)) == [at_home.pk]
