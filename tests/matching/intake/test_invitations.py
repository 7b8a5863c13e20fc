"""The invited decide: by signing in with their phone, or in person at the desk. Before their yes they are nobody's candidate."""

from datetime import timedelta
from functools import partial

import pytest
from django.test import Client

from matching.intake.answer_invitation import AlreadyAnswered, say_no, say_yes
from matching.intake.details import Details
from matching.intake.invite import AlreadyInvited, TooManyToday, invite, left_today
from matching.intake.person import export_intake
from matching.models import AgencyLicence, Candidate, Care, Invitation, OnBehalf
from portal.accounts.erase import erase_everything
from portal.accounts.models import User
from portal.organisations.models import Organisation
from portal.organisations.seed import seed_cast
from portal.outbox.models import Message
from tests.matching.intake.conftest import BARNO, NUMBER, key
from tests.matching.test_seats import at_once
from tests.people import NOW, sign_in_by_code

pytestmark = pytest.mark.django_db


@pytest.fixture
def invited(cast, agencies) -> Invitation:
    invite(agencies["public"], [(NUMBER, BARNO)], cast["manizha"], NOW)
    return Invitation.objects.get()


@pytest.fixture
def own(invited) -> Client:
    return sign_in_by_code(Client(), NUMBER)


BORN = {"month": "5", "year": "1994"}
YES = {"yes": "1", "consent": "on"} | BORN


def url(invitation: Invitation) -> str:
    return f"/en/jobs/invitations/{invitation.uid}/"


def desk_url(invitation: Invitation) -> str:
    return f"/en/jobs/people/invitations/{invitation.uid}/"


def test_the_page_says_who_asks_and_little_of_whom(own, invited):
    assert url(invited) in own.get("/en/").content.decode()
    page = own.get(url(invited)).content.decode()
    assert "Dushanbe Labour Agency" in page and "list as Б." in page and "Khatlon" in page
    assert "Барно" not in page and "Шарипова" not in page and "1994" not in page


def test_yes_begins_profile_and_care(own, invited, agencies):
    assert own.post(url(invited), key() | YES)["Location"] == "/en/jobs/profile/"
    person = Candidate.objects.get()
    assert (person.user.phone, person.phone, person.given_name, person.wanted_countries) == (NUMBER, "", "Барно", ["RU"])
    assert person.jobs.get().months == 60 and dict(person.languages.values_list("language", "level")) == {"ru": 2}
    care = Care.objects.get(until=None)
    assert (care.agency, bool(care.consent_version)) == (agencies["public"], True)
    invited.refresh_from_db()
    assert (invited.answer, invited.candidate, invited.details) == ("yes", person, {})
    assert not OnBehalf.objects.exists(), "their own act"


def test_yes_only_with_the_box(own, invited):
    assert "Without your yes" in own.post(url(invited), key() | BORN | {"yes": "1"}).content.decode()
    assert not Candidate.objects.exists()


def test_a_wrong_month_of_birth_begins_nothing(own, invited):
    """The number may be somebody else's by now. Three tries, then the desk alone can write down a yes."""
    wrong = YES | {"month": "6"}
    for tries in (1, 2, 3):
        once = key()
        assert own.post(url(invited), once | wrong)["Location"] == f"{url(invited)}?missed=1"
        own.post(url(invited), once | wrong)  # sent twice it counts once
        invited.refresh_from_db()
        assert invited.missed == tries
        assert "not the month" in own.get(f"{url(invited)}?missed=1").content.decode() or tries == 3
    page = own.post(url(invited), key() | YES)
    assert "wrong three times" in page.content.decode() and 'name="yes"' not in page.content.decode()
    assert not Candidate.objects.exists() and not Care.objects.exists()
    assert own.post(url(invited), key() | {"no": "1"})["Location"] == "/en/", "a no gives nothing away"


def test_the_desk_may_still_write_down_the_yes(one_click, own, invited):
    Invitation.objects.update(missed=3)
    client = one_click("manizha")
    assert "wrong month three times" in client.get("/en/jobs/people/invitations/").content.decode()
    assert client.post(desk_url(invited), key() | {"reason": "invited", "paper": "Agreement 3"}).status_code == 302
    assert Candidate.objects.exists()


def test_a_closed_way_stays_closed_round_the_page(own, invited):
    Invitation.objects.update(missed=3)
    assert say_yes(invited, BARNO.born_in, User.objects.get(phone=NUMBER), NOW) is None and not Candidate.objects.exists()


@pytest.mark.parametrize("said", [{"month": ""}, {"year": "94"}, {"month": "13"}, {"year": "x\0"}])
def test_a_month_that_is_none_counts_as_no_try(own, invited, said):
    page = own.post(url(invited), key() | YES | said)
    invited.refresh_from_db()
    assert page.status_code == 200 and invited.missed == 0 and "checked" in page.content.decode()


def test_no_forgets_what_the_list_said(own, invited):
    once = key()
    for _ in range(2):
        assert own.post(url(invited), once | {"no": "1"})["Location"] == "/en/"
    invited.refresh_from_db()
    assert (invited.answer, invited.details) == ("no", {}) and not Candidate.objects.exists()


def test_who_has_a_profile_keeps_it_and_joins(cast, agencies, farrukh):
    invitation = Invitation.objects.create(
        agency=agencies["public"], phone=cast["farrukh"].phone, details=BARNO.to_json(), invited_by=cast["manizha"], invited_at=NOW
    )
    assert say_yes(invitation, BARNO.born_in, cast["farrukh"], NOW) == farrukh
    farrukh.refresh_from_db()
    assert farrukh.given_name == "" and farrukh.care.open().get().agency == agencies["public"]


def test_who_has_an_account_is_told_on_their_own_page(cast, agencies):
    User.objects.filter(pk=cast["farrukh"].pk).update(phone_verified_at=NOW)
    invite(agencies["public"], [(cast["farrukh"].phone, BARNO)], cast["manizha"], NOW)
    assert {message.channel for message in Message.objects.filter(to=cast["farrukh"])} == {"app", "sms"}


def test_an_agency_without_a_licence_gets_nobody(own, invited, agencies):
    AgencyLicence.objects.filter(agency=agencies["public"]).delete()
    assert own.post(url(invited), key() | YES).status_code == 409
    assert not Candidate.objects.exists() and Invitation.objects.open().exists()


def test_strangers_find_no_invitation(invited, signed_in, stranger, one_click):
    for client in (signed_in("farrukh"), stranger, one_click("ildar")):
        assert client.get(url(invited)).status_code == 404
        assert client.post(url(invited), key() | YES).status_code == 404
        assert client.post(desk_url(invited), key() | {"no": "1"}).status_code in (302, 404)
    assert stranger.get(desk_url(invited)).status_code == 404 and one_click("ildar").get(desk_url(invited)).status_code == 404
    assert Invitation.objects.open().exists()


def test_a_number_that_nobody_has_verified_answers_nothing(invited):
    client = Client()
    client.force_login(User.objects.create_user(phone=NUMBER))
    assert client.get(url(invited)).status_code == 404 and "invites you" not in client.get("/en/").content.decode()


def test_the_desk_records_a_yes_with_a_paper(one_click, invited, cast):
    client = one_click("manizha")
    assert "Барно Шарипова" in client.get(desk_url(invited)).content.decode()
    assert client.post(desk_url(invited), key() | {"reason": "invited", "paper": ""}).status_code == 200
    response = client.post(desk_url(invited), key() | {"reason": "invited", "paper": "Agreement 3"})
    person = Candidate.objects.get()
    assert response["Location"] == f"/en/jobs/people/{person.uid}/assist/" and person.phone == NUMBER
    row = OnBehalf.objects.get()
    assert (row.act, row.reason, row.paper, row.staff) == ("said_yes", "invited", "Agreement 3", cast["manizha"])
    with pytest.raises(AlreadyAnswered):
        say_no(invited, NOW)
    assert client.get(desk_url(invited)).status_code == 404


def test_the_desk_records_a_no(one_click, invited):
    assert one_click("manizha").post(desk_url(invited), key() | {"no": "1"})["Location"] == "/en/jobs/people/invitations/"
    invited.refresh_from_db()
    assert (invited.answer, invited.details) == ("no", {})


def test_a_yes_at_the_desk_asks_for_the_phone_anew(one_click, invited):
    """Between invitation and answer the number may have become somebody's of staff."""
    User.objects.create_user(phone=NUMBER, email="new@safar.example.org", is_staff=True)
    response = one_click("manizha").post(desk_url(invited), key() | {"reason": "asked", "paper": "1"})
    assert response.status_code == 409 and "cannot be used" in response.content.decode()
    assert not Candidate.objects.exists()


def test_nobody_is_invited_twice_at_once(invited, cast, agencies):
    with pytest.raises(AlreadyInvited):
        invite(agencies["public"], [("+992905555555", BARNO), (NUMBER, BARNO)], cast["manizha"], NOW)
    assert Invitation.objects.get() == invited


def test_erased_people_take_their_invitations_along(own, invited, cast, agencies):
    user = User.objects.get(phone=NUMBER)
    erase_everything(user, NOW)
    assert not Invitation.objects.exists()


def test_also_those_that_they_have_answered(own, invited, cast, agencies):
    """A no keeps the phone, so that nobody asks again; who is erased is not known any more."""
    user = User.objects.get(phone=NUMBER)
    say_no(invited, NOW)
    [told] = export_intake(user)["An agency invites you"]
    assert (told["Agency"], told["Answer"]) == (invited.agency.name, "said no")
    erase_everything(user, NOW)
    assert not Invitation.objects.exists()


def more(count: int, start: int = 0) -> list[tuple[str, Details]]:
    return [(f"+99290{start + number:07}", BARNO) for number in range(count)]


def test_an_agency_invites_so_many_a_day(cast, agencies, settings):
    settings.INVITATIONS_A_DAY = 3
    invite(agencies["public"], more(2), cast["manizha"], NOW)
    with pytest.raises(TooManyToday) as limit:
        invite(agencies["public"], more(2, 10), cast["manizha"], NOW + timedelta(hours=23))
    assert limit.value.args == (1,) and Invitation.objects.count() == 2
    assert invite(agencies["public"], more(3, 10), cast["manizha"], NOW + timedelta(hours=25)) == 3


def test_the_limit_of_one_agency_is_not_that_of_another(cast, agencies, settings):
    settings.INVITATIONS_A_DAY = 2
    invite(agencies["public"], more(2), cast["manizha"], NOW)
    assert left_today(agencies["private"], NOW) == 2


def test_two_lists_at_once_stay_within_the_limit(fresh_db, settings):
    settings.INVITATIONS_A_DAY = 3
    seed_cast(NOW)
    staff, agency = User.objects.get(email="manizha@agency.example.org"), Organisation.objects.get(name="Dushanbe Labour Agency")

    def send(start: int) -> int:
        try:
            return invite(agency, more(2, start), staff, NOW)
        except TooManyToday as limit:
            return -limit.args[0]

    assert sorted(at_once(partial(send, 10), partial(send, 20))) == [-1, 2]
    assert Invitation.objects.count() == 2
