"""The person's side: a profile that staff have begun becomes theirs; they read what was done; they leave when they like."""

import threading
from datetime import date

import pytest
from django.db import connection
from django.test import Client

from matching.intake.claim import claim, claimable
from matching.intake.on_behalf import Act
from matching.intake.person import export_intake
from matching.intake.register_walk_in import register_walk_in
from matching.models import AgencyLicence, Candidate, MissedClaim, OnBehalf
from portal.accounts.erase import erase_everything
from portal.accounts.models import User
from portal.organisations.models import Organisation
from portal.organisations.seed import seed_cast
from tests.matching.intake.conftest import BARNO, NUMBER, WORD, key
from tests.people import NOW, sign_in_by_code

pytestmark = pytest.mark.django_db
PAGE = "/en/jobs/is-this-you/"
DONE = "/en/jobs/done-for-me/"


@pytest.fixture
def barno(walk_in) -> Candidate:
    return walk_in()


@pytest.fixture
def own(barno) -> Client:
    return sign_in_by_code(Client(), NUMBER)


def say(client: Client, person: Candidate, month: int = 5, year: int = 1994, **more: str):
    return client.post(PAGE, key() | {"candidate": str(person.uid), "month": month, "year": year} | more)


def home(client: Client) -> str:
    return client.get("/en/").content.decode()


def test_the_home_asks_and_tells_a_letter_and_a_region_only(own):
    assert home(own).index("Is this you?") < home(own).index("Start a lesson")
    page = own.get(PAGE).content.decode()
    assert "Б." in page and "Khatlon" in page
    assert "Барно" not in page and "Шарипова" not in page and "1994" not in page


def test_the_right_month_makes_it_theirs(own, barno):
    response = say(own, barno)
    assert response["Location"] == DONE
    barno.refresh_from_db()
    assert barno.user == User.objects.get(phone=NUMBER) and barno.phone == ""
    assert "Is this you?" not in home(own)


def test_sent_twice_it_is_answered_twice_with_the_same(own, barno):
    once = key()
    assert say(own, barno, **once)["Location"] == say(own, barno, **once)["Location"] == DONE
    assert not MissedClaim.objects.exists()


def test_three_wrong_months_close_it_and_the_agency_opens_it_again(own, barno, one_click):
    for year in (1993, 1995, 1996):
        assert "missed=1" in say(own, barno, year=year)["Location"]
    assert "Б." not in own.get(PAGE).content.decode() and "Is this you?" not in home(own)
    say(own, barno)
    barno.refresh_from_db()
    assert barno.user is None, "the right month comes too late"
    desk = one_click("manizha")
    url = f"/en/jobs/people/{barno.uid}/assist/"
    desk.post(f"{url}begin/", {"reason": "asked", "paper": "Agreement 8"})
    assert "three times" in desk.get(url).content.decode()
    desk.post(f"{url}try-again/", key())
    say(own, barno)
    barno.refresh_from_db()
    assert barno.user is not None


def test_of_several_on_one_phone_they_pick(own, barno, walk_in):
    sister = walk_in(given_name="Мадина", born_in=date(1996, 2, 1))
    page = own.get(PAGE).content.decode()
    assert "Б." in page and "М." in page
    say(own, sister, month=2, year=1996)
    assert list(Candidate.objects.exclude(user=None)) == [sister]
    say(own, barno)
    barno.refresh_from_db()
    assert barno.user is None, "one person, one profile"


def test_a_month_that_is_none_is_not_counted(own, barno):
    for month in ("", "13"):
        assert say(own, barno, month=month).status_code == 200
    assert not MissedClaim.objects.exists()


def test_nobody_else_is_asked(own, barno, signed_in):
    for stranger in (signed_in("farrukh"), signed_in("aigul")):
        assert "Is this you?" not in home(stranger)
        say(stranger, barno)
    barno.refresh_from_db()
    assert barno.user is None and not MissedClaim.objects.exists()


def test_a_number_that_nobody_has_verified_claims_nothing(barno, walk_in):
    user = User.objects.create_user(phone=NUMBER)
    assert not claimable(user).exists() and not claim(barno, barno.born_in, user, NOW)


def test_who_has_a_profile_is_not_asked(walk_in, cast, farrukh):
    walk_in(cast["farrukh"].phone)
    assert not claimable(cast["farrukh"]).exists()


def test_a_guest_signs_in_first(barno):
    for url in (PAGE, DONE):
        assert "sign-in" in Client().get(url)["Location"]


def test_they_read_what_was_done_and_say_so(own, barno, cast):
    say(own, barno)
    assert "Done in your name" in home(own)
    page = own.get(DONE).content.decode()
    for said in ("Began your profile", "Dushanbe Labour Agency", cast["manizha"].email, "At the person’s request", "Agreement 7"):
        assert said in page
    assert "/en/jobs/profile/agency/" in page, "the way out of the agency"
    assert OnBehalf.objects.get().seen_at is None, "reading alone marks nothing"
    row = OnBehalf.objects.get()
    later = OnBehalf.objects.create(
        candidate=barno, agency=row.agency, staff=row.staff, act=Act.CHANGED_PHONE, reason="asked", paper="Agreement 9", at=NOW
    )
    own.post(DONE, key() | {"newest": row.pk})
    assert OnBehalf.objects.filter(seen_at=None).get() == later, "what was not on the page is still new"
    own.post(DONE, key() | {"newest": later.pk})
    assert "Done in your name" not in home(own)


def test_nobody_marks_anothers_as_read(own, barno, signed_in):
    say(own, barno)
    signed_in("farrukh").post(DONE, key() | {"newest": OnBehalf.objects.get().pk})
    assert OnBehalf.objects.get().seen_at is None


def test_it_is_theirs_to_take_along_and_to_erase(own, barno):
    say(own, barno)
    user = User.objects.get(phone=NUMBER)
    assert "Agreement 7" in str(export_intake(user))
    erase_everything(user, NOW)
    assert not OnBehalf.objects.exists() and Candidate.objects.get().given_name == ""


def test_two_profiles_claimed_at_once_by_one_person(fresh_db):
    seed_cast(NOW)
    staff = User.objects.get(email="manizha@agency.example.org")
    agency = Organisation.objects.get(name="Dushanbe Labour Agency")
    AgencyLicence.objects.create(agency=agency, destination="RU", number="1", issuer="Ministry")
    people = [register_walk_in(agency, NUMBER, BARNO, staff, WORD, NOW) for _ in range(2)]
    user = User.objects.create_user(phone=NUMBER, phone_verified_at=NOW)
    barrier, ends = threading.Barrier(2), []

    def take(person: Candidate) -> None:
        try:
            barrier.wait(timeout=20)
            ends.append(claim(person, BARNO.born_in, user, NOW))
        finally:
            connection.close()

    threads = [threading.Thread(target=take, args=[person]) for person in people]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=30)
    assert sorted(ends) == [False, True]
    assert Candidate.objects.filter(user=user).count() == 1 and not MissedClaim.objects.exists()
