"""Walk-ins who never sign in: an operator erases them on their request, and the clock those in whose name nobody has acted for long."""

from datetime import date, timedelta
from functools import partial

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test.utils import CaptureQueriesContext

from matching.intake.claim import claim
from matching.intake.erase_walk_in import NoWalkIn, empty_idle, erase_walk_in
from matching.intake.invite import invite
from matching.intake.on_behalf import Word, act_for
from matching.intake.register_walk_in import register_walk_in
from matching.models import AgencyLicence, Candidate, Care, Invitation, Match, MatchEvent, OnBehalf, State
from matching.note import note
from matching.person import NO_BIRTH
from matching.profile import change
from portal.accounts.models import User
from portal.organisations.models import Organisation
from portal.organisations.seed import seed_cast
from tests.matching.factories import a_match, a_vacancy
from tests.matching.intake.conftest import BARNO, NUMBER, WORD, key
from tests.matching.test_seats import at_once
from tests.people import NOW

pytestmark = pytest.mark.django_db
ASKED = Word("She came to our office with her mother and asked to be forgotten.", "Request 12")
PAGE, ENDING = "/en/jobs/erase/", "/en/jobs/people/ending/"
SAID = {"phone": NUMBER, "month": "5", "year": "1994", "reason": ASKED.reason, "paper": ASKED.paper}
LONG = timedelta(days=740)


def is_empty(candidate: Candidate) -> bool:
    candidate.refresh_from_db()
    empty = (candidate.given_name, candidate.family_name, candidate.phone, candidate.born_in) == ("", "", "", NO_BIRTH)
    assert empty == bool(candidate.user and candidate.user.erased_at and not candidate.user.is_active)
    return empty


def test_an_operator_erases_on_paper(walk_in, cast, agencies):
    barno, again = walk_in(), walk_in(months=None)
    other = walk_in(born_in=date(1970, 1, 1))
    vacancy = a_vacancy()
    match = a_match(vacancy, barno, State.SELECTED, cast["manizha"])
    note(match, cast["manizha"], "Her mother is ill.", NOW)
    MatchEvent.objects.filter(match=match).update(note="Her mother is ill.")
    agencies["private"].memberships.create(user=cast["rustam"])
    invite(agencies["private"], [(NUMBER, BARNO), ("+992905555555", BARNO)], cast["rustam"], NOW)
    assert erase_walk_in(NUMBER, BARNO.born_in, cast["timur"], ASKED, NOW) == 2
    assert is_empty(barno) and is_empty(again) and not is_empty(other)
    assert not Care.objects.open().filter(candidate__in=(barno, again)).exists()
    assert not barno.languages.exists() and not barno.jobs.exists() and not match.notes.exists()
    match.refresh_from_db(), vacancy.refresh_from_db()
    assert (match.state, match.explanation["verify"], vacancy.seats_taken) == (State.WITHDRAWN, [], 0)
    assert not MatchEvent.objects.filter(note__contains="ill").exists()
    assert Invitation.objects.get().phone == "+992905555555"
    row = OnBehalf.objects.get(candidate=barno)
    assert (row.act, row.staff, row.agency) == ("erased", cast["timur"], agencies["public"])
    assert (row.reason, row.paper) == (ASKED.reason, ASKED.paper)


def test_of_two_profiles_the_vacancies_are_held_first(walk_in, cast):
    """Else this and a move wait for each other: one holds a candidate and wants a vacancy, the other the reverse."""
    for person in (walk_in(), walk_in(months=None)):
        a_match(a_vacancy(), person, State.SELECTED, cast["manizha"])
    with CaptureQueriesContext(connection) as asked:
        erase_walk_in(NUMBER, BARNO.born_in, cast["timur"], ASKED, NOW)
    first, *later = [row["sql"] for row in asked if " FOR " in row["sql"]]
    assert 'FOR NO KEY UPDATE OF "matching_vacancy"' in first and " IN (" in first
    assert any('FROM "matching_candidate"' in sql for sql in later)


@pytest.mark.parametrize(("phone", "born_in"), [(NUMBER, date(1994, 6, 1)), ("+992905555555", BARNO.born_in)])
def test_nobody_who_is_not_meant(walk_in, cast, phone, born_in):
    barno = walk_in()
    with pytest.raises(NoWalkIn):
        erase_walk_in(phone, born_in, cast["timur"], ASKED, NOW)
    assert not is_empty(barno) and not OnBehalf.objects.filter(act="erased").exists()


def test_nor_who_has_an_account(walk_in, cast):
    barno, own = walk_in(), User.objects.create_user(phone=NUMBER, phone_verified_at=NOW)
    assert claim(barno, BARNO.born_in, own, NOW)
    with pytest.raises(NoWalkIn):
        erase_walk_in(NUMBER, BARNO.born_in, cast["timur"], ASKED, NOW)
    barno.refresh_from_db()
    assert barno.given_name == "Барно"


@pytest.mark.parametrize("who", ["manizha", "ildar", "farrukh"])
def test_nobody_but_an_operator(walk_in, cast, one_click, who):
    barno = walk_in()
    with pytest.raises(PermissionDenied):
        erase_walk_in(NUMBER, BARNO.born_in, cast[who], ASKED, NOW)
    client = one_click(who)
    assert client.get(PAGE).status_code == client.post(PAGE, SAID | key()).status_code == 403
    assert not is_empty(barno)


def test_an_operator_without_a_second_factor(walk_in, signed_in):
    barno, client = walk_in(), signed_in("timur")
    assert client.post(PAGE, SAID | key()).status_code in (302, 403) and not is_empty(barno)


def test_the_page_of_the_operator(walk_in, one_click):
    barno, client, once = walk_in(), one_click("timur"), key()
    assert PAGE in client.get("/en/").content.decode()
    for _ in range(2):
        assert client.post(PAGE, SAID | once)["Location"] == PAGE
    page = client.get(PAGE).content.decode()
    assert is_empty(barno) and ASKED.paper in page and ASKED.reason in page and "Барно" not in page
    page = client.post(PAGE, SAID | key()).content.decode()
    assert "No profile without an account" in page and "with her mother" in page, "what was typed stays"


@pytest.mark.parametrize(
    "wrong", [{"paper": ""}, {"reason": " "}, {"phone": "12"}, {"month": "13"}, {"year": "a\0"}, {"reason": "x" * 201}]
)
def test_a_request_that_is_not_whole(walk_in, one_click, wrong):
    barno = walk_in()
    page = one_click("timur").post(PAGE, SAID | key() | wrong)
    assert page.status_code == 200 and 'class="problems"' in page.content.decode() and not is_empty(barno)


def test_erased_and_claimed_at_once(fresh_db):
    """One of the two is first: the profile is the person's, or nobody's."""
    seed_cast(NOW)
    staff, timur = (User.objects.get(email=f"{name}.example.org") for name in ("manizha@agency", "timur@safar"))
    agency = Organisation.objects.get(name="Dushanbe Labour Agency")
    AgencyLicence.objects.create(agency=agency, destination="RU", number="1", issuer="Ministry")
    barno = register_walk_in(agency, NUMBER, BARNO, staff, WORD, NOW)
    own = User.objects.create_user(phone=NUMBER, phone_verified_at=NOW)

    def erase() -> str:
        try:
            return f"{erase_walk_in(NUMBER, BARNO.born_in, timur, ASKED, NOW)} erased"
        except NoWalkIn:
            return "nobody"

    said = at_once(erase, partial(claim, barno, BARNO.born_in, own, NOW))
    barno.refresh_from_db()
    assert said in (["1 erased", False], ["nobody", True])
    assert (barno.given_name, barno.user == own) == (("", False) if said[0] == "1 erased" else ("Барно", True))


# The clock


def test_nobody_has_acted_for_long(walk_in, cast):
    barno, safar = walk_in(), walk_in("+992901111111", given_name="Сафар")
    act_for(safar, cast["manizha"], "name", WORD, NOW + LONG - timedelta(days=9), lambda: change(safar, NOW, given_name="Сафарали"))
    assert empty_idle(NOW + timedelta(days=725)) == 0, "two years are more than that"
    assert empty_idle(NOW + LONG) == 1 and empty_idle(NOW + LONG) == 0
    assert is_empty(barno) and not is_empty(safar)
    assert not OnBehalf.objects.filter(candidate=barno).exists(), "nobody has done it"


@pytest.mark.parametrize("state", [State.APPROVED, State.AGREED, State.PLACED])
def test_not_while_a_job_goes_on(walk_in, cast, state):
    barno = walk_in()
    match = a_match(a_vacancy(), barno, state, cast["manizha"])
    assert empty_idle(NOW + LONG) == 0
    Match.objects.filter(pk=match.pk).update(state=State.ENDED)
    assert empty_idle(NOW + LONG) == 1


def test_nor_of_who_has_an_account(walk_in, cast):
    barno = walk_in()
    Candidate.objects.filter(pk=barno.pk).update(user=cast["farrukh"], phone="")
    assert empty_idle(NOW + LONG) == 0


def test_how_long_is_set(walk_in, settings):
    barno, settings.WALK_INS_KEPT_MONTHS = walk_in(), 6
    assert empty_idle(NOW + timedelta(days=170)) == 0 and empty_idle(NOW + timedelta(days=185)) == 1 and is_empty(barno)


def test_the_desk_is_warned(walk_in, one_click, stranger, settings, cast):
    settings.WALK_INS_KEPT_MONTHS = 1
    barno, client = walk_in(), one_click("manizha")
    Candidate.objects.filter(pk=barno.pk).update(registered_at=NOW - timedelta(days=400))
    OnBehalf.objects.update(at=NOW - timedelta(days=400))
    page = client.get(ENDING).content.decode()
    assert f"/en/jobs/people/{barno.uid}/assist/" in page and "Шарипова" not in page
    assert "Profiles that end soon" in client.get("/en/").content.decode()
    for other in (stranger, one_click("rustam")):
        assert str(barno.uid) not in other.get(ENDING).content.decode()
    assert one_click("ildar").get(ENDING).status_code == 403
    act_for(barno, cast["manizha"], "name", WORD, NOW + timedelta(days=1), lambda: change(barno, NOW, given_name="Барно"))
    OnBehalf.objects.filter(act="name").update(at=NOW + timedelta(days=40))
    assert str(barno.uid) not in client.get(ENDING).content.decode()
