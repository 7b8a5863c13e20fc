"""The front page, which is the same for everybody."""

import gzip

import pytest
from django.test import Client

from matching.models import Vacancy
from orientation.models import EditionPage
from portal.organisations.models import Organisation
from tests.orientation.conftest import right_choice
from tests.portal.home import a_job

pytestmark = pytest.mark.django_db
COURSE = "/en/learn/russia-documents/"


def front(client: Client) -> str:
    return client.get("/en/").content.decode()


def test_the_tile_tells_as_many_vacancies_as_the_list(client):
    for days in (40, 20, -40):
        a_job(days=days)
    a_job(status=Vacancy.Status.DRAFT, published_at=None)
    Organisation.objects.filter(pk=a_job().employer_id).update(vetted_at=None, vetted_by=None)
    assert client.get("/en/").context["vacancies"] == client.get("/en/jobs/").context["total"] == 2
    assert "2 checked vacancies" in front(client) and "Find a job" in front(client)


def test_without_vacancies_the_tile_teaches(client):
    html = front(client)
    assert "How to check an offer" in html and "I need help" in html and "Find a job" not in html


def test_without_courses(client):
    EditionPage.objects.all().delete()
    html = front(client)
    assert "How to check an offer" in html


def test_a_course_under_way_goes_on(page_of):
    client = Client(HTTP_SEC_FETCH_SITE="same-origin")
    assert "Continue learning" not in front(client)
    client.post(COURSE + "corridor/", {"corridor": "TJ-RU"})
    question = page_of("papers").content["questions"][0]
    client.post(COURSE + "papers/1/", {"choice": right_choice(question), "attempt": 1})
    html = front(client)
    assert "Continue learning" in html and f'href="{COURSE}papers/"' in html and "0 / 4" in html


def test_the_demo_says_so(client, settings):
    assert "This is a demo" not in front(client)
    settings.DEMO = True
    assert "This is a demo" in front(client) and 'href="/en/demo/"' in front(client)


@pytest.mark.parametrize("key", ["farrukh", "ildar", "manizha", "rustam", "timur"])
def test_peoples_homes_are_small_and_work_without_a_script(one_click, key):
    """The budget of a list for a migrant, of an office page for the others: every action is a plain link."""
    html = one_click(key).get("/tg/").content
    assert len(gzip.compress(html)) <= (14 if key == "farrukh" else 40) * 1024
    main = html.decode().partition("<main")[2].partition("</main>")[0]
    assert "<button" not in main and "hx-" not in main and "<script" not in main and main.count("<a ") >= 2
