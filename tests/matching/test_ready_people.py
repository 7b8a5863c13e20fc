"""The page for employers: how many people are ready in which kind of work, and what nobody may read out of it."""

from datetime import date

import pytest

from matching.models import Candidate, CandidateSkill, Occupation, State
from matching.models.vacancies import Level
from matching.ready_people import ready_people
from tests.matching.factories import a_match, a_vacancy

pytestmark = pytest.mark.django_db
PAGE = "/en/jobs/employers/"
DAY = date(2026, 11, 21)
BUILDING, DRIVING = "Building and roads", "Driving and warehouses"


@pytest.fixture
def people(market):
    """So many people who look for this work, free from that day."""

    def make(count: int, slug: str = "bricklayer", free_from: date | None = None, level: int = Level.ALONE) -> list[Candidate]:
        made = [market.candidate(skills=0, available_on=free_from) for _one in range(count)]
        occupation = Occupation.objects.get(slug=slug)
        for candidate in made:
            candidate.wanted_occupations.set([occupation])
            CandidateSkill.objects.create(candidate=candidate, skill=market.skills[0], level=level)
        return made

    return make


def months_of(sector: str) -> dict[str, str]:
    return next(dict(found.months) for found in ready_people(DAY).sectors if found.name == sector)


def test_by_kind_of_work_month_and_skill(people):
    people(14), people(11, free_from=date(2026, 12, 31)), people(20, free_from=date(2027, 9, 1))
    people(12, "truck-driver", free_from=date(2020, 1, 1), level=Level.HELPS)
    found = ready_people(DAY)
    assert found.people == "50+" and found.unseen == []
    assert [(sector.name, sector.people) for sector in found.sectors] == [(BUILDING, "40+"), (DRIVING, "10+")]
    assert months_of(BUILDING) == {"November 2026": "10+", "December 2026": "10+", "February 2027": "20+"}
    assert months_of(DRIVING) == {"November 2026": "10+"}
    assert [sector.skills for sector in found.sectors] == [[("Skill 0", "40+")], []]  # who only helps cannot do it alone


def test_small_counts_and_those_that_tell_of_them_are_hidden(people):
    people(30), people(3, free_from=date(2026, 12, 5)), people(12, free_from=date(2027, 1, 5)), people(4, "truck-driver")
    people(11, "welder")
    found = ready_people(DAY)
    assert [sector.name for sector in found.sectors] == [BUILDING] and found.unseen == sorted([DRIVING, "Metal and repair"])
    assert months_of(BUILDING) == {"November 2026": "30+"}  # twelve in January, else the whole less the others is three


def test_who_is_not_ready_counts_nowhere(people, market):
    ready, paused, placed, left = people(10), people(10), people(10), people(10)
    Candidate.objects.filter(pk__in=[one.pk for one in paused]).update(is_paused=True)
    vacancy = a_vacancy(openings=10)
    for one in placed:
        a_match(vacancy, one, State.SELECTED)
    for one in left:
        one.care.update(until=market.now)
    found = ready_people(DAY)
    assert found.people == "10+" and found.sectors[0].people == "10+" and len(ready) == 10


def test_nobody_yet(client):
    page = client.get(PAGE).content.decode()
    assert "Too few people are ready today" in page and "+</span>" not in page
    assert "A licensed agency stands by each of them" in page


def test_the_page_is_for_everybody_and_leads_on(people, client, one_click):
    people(23)
    page = client.get(PAGE)
    html = page.content.decode()
    assert page.headers["Cache-Control"].startswith("public") and "20+" in html and ">23<" not in html
    assert 'href="/en/organisations/register/"' in html
    assert "the employer pays, the worker pays nothing" in html and 'href="https://migrationnetwork.un.org/' in html
    assert f'href="{PAGE}"' in client.get("/en/").content.decode() and f'href="{PAGE}"' in client.get("/en/jobs/").content.decode()
    assert one_click("ildar").get(PAGE).headers["Cache-Control"] == "private, no-store"


def test_it_is_counted_once_in_ten_minutes(people, client, django_assert_num_queries):
    people(12)
    with django_assert_num_queries(5):
        assert "10+" in client.get(PAGE).content.decode()
    with django_assert_num_queries(2):
        client.get(PAGE)
