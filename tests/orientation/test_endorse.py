"""An authority vouches for a course: who may, for how long, and where it shows."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.utils.timezone import localdate, now

from orientation.certify import certify
from orientation.endorse import LONGEST, NotEndorsable, endorse, withdraw_endorsement
from orientation.models import CourseEdition, EditionPage, Endorsement
from portal.organisations.models import Organisation
from tests.people import cast, one_click  # noqa: F401

pytestmark = pytest.mark.django_db
PAGE = "/en/learn/endorsements/"
COURSE = "/en/learn/russia-documents/"


@pytest.fixture
def office(cast) -> Organisation:  # noqa: F811
    return Organisation.objects.get(name="Khatlon Labour Office")


@pytest.fixture
def edition(course) -> CourseEdition:
    return course.editions.get(is_current=True)


@pytest.fixture
def until():
    return localdate() + timedelta(days=100)


def form(until, key=None) -> dict[str, str]:
    return {"until": str(until), "submission_key": str(key or uuid4())}


def test_it_is_signed_once_moved_and_taken_back(cast, office, edition, until):  # noqa: F811
    nigora, at = cast["nigora"], now()
    first = endorse(edition, office, nigora, until, at)
    assert endorse(edition, office, nigora, until, at) == first
    second = endorse(edition, office, nigora, until + timedelta(days=1), at)
    assert list(Endorsement.objects.standing(localdate())) == [second]
    assert [withdraw_endorsement(edition, office, nigora, at) for _twice in range(2)] == [True, False]
    assert Endorsement.objects.count() == 2 and not Endorsement.objects.standing(localdate()).exists()


def test_a_day_that_is_over_or_too_far_is_refused(cast, office, edition):  # noqa: F811
    today = localdate()
    for day in (today, today - timedelta(days=1), today + LONGEST + timedelta(days=1)):
        with pytest.raises(NotEndorsable):
            endorse(edition, office, cast["nigora"], day, now())
    endorse(edition, office, cast["nigora"], today + LONGEST, now())


def test_what_nobody_reads_any_more_is_not_signed(cast, office, edition, until):  # noqa: F811
    CourseEdition.objects.filter(pk=edition.pk).update(is_current=False)
    with pytest.raises(NotEndorsable):
        endorse(edition, office, cast["nigora"], until, now())


def test_only_people_of_a_vetted_authority_of_the_road_sign(cast, office, edition, until):  # noqa: F811
    agency = Organisation.objects.get(name="Dushanbe Labour Agency")
    for who, place in (("elena", office), ("timur", office), ("manizha", agency)):
        with pytest.raises(PermissionDenied):
            endorse(edition, place, cast[who], until, now())
    Organisation.objects.filter(pk=office.pk).update(country="KZ")  # the course is about roads to Russia
    office.refresh_from_db()
    for act in (
        lambda: endorse(edition, office, cast["nigora"], until, now()),
        lambda: withdraw_endorsement(edition, office, cast["nigora"], now()),
    ):
        with pytest.raises(PermissionDenied):
            act()
    Organisation.objects.filter(pk=office.pk).update(country="TJ", vetted_at=None, vetted_by=None)
    office.refresh_from_db()
    with pytest.raises(PermissionDenied):
        endorse(edition, office, cast["nigora"], until, now())
    assert not Endorsement.objects.exists()


def test_it_shows_while_it_stands(cast, office, edition, until, learner):  # noqa: F811
    endorse(edition, office, cast["nigora"], until, now())
    certificate = certify(learner, edition, corridor="TJ-RU", now=now())
    places = (COURSE, f"/verify/{certificate.code}/?lang=en")
    for place in places:
        html = Client().get(place).content.decode()
        assert "Endorsed by Khatlon Labour Office until" in html and "Nigora" not in html and "nigora" not in html
    pages = EditionPage.objects.filter(edition=edition, slug="", language="en")
    assert pages.with_endorsements(until)[0].endorsements and not pages.with_endorsements(until + timedelta(days=1))[0].endorsements
    Organisation.objects.filter(pk=office.pk).update(vetted_at=None, vetted_by=None)
    for place in places:
        assert b"Khatlon" not in Client().get(place).content


def test_the_offices_people_sign_on_their_page(one_click, cast, office, edition, until):  # noqa: F811
    nigora, sign = one_click("nigora"), f"{PAGE}{edition.uid}-{office.uid}/"
    assert PAGE in nigora.get("/en/").content.decode() and "Courses to endorse" in nigora.get("/en/").content.decode()
    for typed, told in (("", "Choose the day."), ("2026-02-31", "Choose the day."), (str(localdate()), "three years from now")):
        response = nigora.post(sign, form(typed))
        assert (
            response.status_code == 400
            and told in response.content.decode()
            and f'value="{typed}"' in response.content.decode() + 'value=""'
        )
    key = uuid4()
    assert [nigora.post(sign, form(until, key)).url for _twice in range(2)] == [PAGE, PAGE]
    assert Endorsement.objects.get().signed_by == cast["nigora"]
    assert "Take it back" in nigora.get(PAGE).content.decode()
    CourseEdition.objects.filter(pk=edition.pk).update(is_current=False)
    newer = CourseEdition.objects.create(course=edition.course, number=2, pass_percent=80, published_at=now())
    for page in edition.pages.filter(slug=""):
        EditionPage.objects.create(edition=newer, slug="", language=page.language, title=page.title, content=page.content)
    html = nigora.get(PAGE).content.decode()
    assert "earlier certificates name" in html and "Not endorsed" in html
    nigora.post(f"{sign}withdraw/", {"submission_key": str(uuid4())})
    assert Endorsement.objects.get().withdrawn_at


def test_strangers_are_kept_out(one_click, client, office, edition, until):  # noqa: F811
    sign = f"{PAGE}{edition.uid}-{office.uid}/"
    for who in ("timur", "elena", "manizha", "farrukh"):
        them = one_click(who)
        assert them.get(PAGE).status_code == 403
        assert them.post(sign, form(until)).status_code == them.post(f"{sign}withdraw/", form(until)).status_code == 404
    assert client.get(PAGE).status_code == 302 and client.post(sign, form(until)).status_code == 302
    assert not Endorsement.objects.exists()


def test_staff_see_who_signed(one_click, cast, office, edition, until):  # noqa: F811
    endorse(edition, office, cast["nigora"], until, now())
    assert "nigora@office.example.org" in one_click("elena").get("/admin/orientation/endorsement/").content.decode()
