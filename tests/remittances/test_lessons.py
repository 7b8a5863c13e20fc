"""The course about money: six corridors, each with its own parts, and a certificate of its own."""

import pytest
from django.test import Client

from orientation.answers import CHECK_LENGTH
from orientation.models import Certificate, Course, EditionPage
from orientation.record import check_questions
from portal.money.formats import NBSP
from portal.places.corridors import Corridor
from tests.orientation.conftest import check_form

pytestmark = pytest.mark.django_db
COURSE = "/en/learn/money-home/"


@pytest.fixture
def phone() -> Client:
    return Client(HTTP_SEC_FETCH_SITE="same-origin")


def test_it_stands_behind_the_courses_about_the_road(client):
    assert [course.slug for course in Course.objects.order_by("position")][-1] == "money-home"
    html = client.get("/en/learn/").content.decode()
    assert html.index("/en/learn/russia-documents/") < html.index("<h2>Money</h2>") < html.index(COURSE)


@pytest.mark.parametrize("corridor", Corridor.values)
def test_each_corridor_can_be_chosen_and_has_its_parts(phone, corridor):
    assert all(f'value="{code}"' in phone.get(COURSE).content.decode() for code in Corridor.values)
    assert phone.post(f"{COURSE}corridor/", {"corridor": corridor}).status_code == 302
    russia, kazakhstan = corridor.endswith("RU"), corridor.endswith("KZ")
    for lesson in ("compare", "second-route"):
        html = phone.get(f"{COURSE}{lesson}/").content.decode()
        assert ("You send from Russia" in html, "You send from Kazakhstan" in html) == (russia, kazakhstan)
    limit = f"10,000{NBSP}USD" in html
    assert (limit, "We do not know if this is in force now." in html) == (russia, russia)


def test_passing_gives_a_certificate_that_names_the_course(phone):
    phone.post(f"{COURSE}corridor/", {"corridor": "KG-KZ"})
    check = EditionPage.objects.current().get(edition__course__slug="money-home", slug=EditionPage.CHECK, language="en")
    asked = check_questions(check, "KG-KZ", 0)
    assert len(asked) == CHECK_LENGTH
    phone.post(f"{COURSE}check/", check_form(asked) | {"attempt": 1, "draw": 0})
    certificate = Certificate.objects.get()
    assert (certificate.edition.course.slug, certificate.corridor) == ("money-home", "KG-KZ")
    assert check.title in phone.get(f"/en/learn/certificates/{certificate.uid}/").content.decode()
    assert check.title in phone.get(f"/verify/{certificate.code}/?lang=en").content.decode()
