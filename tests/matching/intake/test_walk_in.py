"""Somebody comes to the desk: registered on one page, in the agency's care, with the word and the paper written down."""

import threading
from datetime import date

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.utils import timezone

from matching.intake.phones import PhoneRefused
from matching.intake.register_walk_in import register_walk_in
from matching.models import AccessLog, AgencyLicence, Candidate, Care, Match, OnBehalf, ScoringMark
from portal.accounts.models import User
from portal.organisations.models import Membership, Organisation
from portal.organisations.seed import seed_cast
from portal.support.models import Contact, ContactPhone
from tests.matching.intake.conftest import BARNO, NUMBER, WORD, key
from tests.people import NOW

pytestmark = pytest.mark.django_db
PAGE = "/en/jobs/people/new/"
SAID = {
    "given_name": "Барно",
    "family_name": "Шарипова",
    "month": "5",
    "year": "1994",
    "phone": "90 123 4567",
    "citizenship": "TJ",
    "home_region": "TJ-KT",
    "trade": "bricklayer",
    "months": "60",
    "ended": "now",
    "language_ru": "2",
    "countries": ["RU"],
    "located_in": "TJ",
    "has_papers": "",
    "reason": "asked",
    "paper": "Agreement 7",
}


def post(client, **said):
    return client.post(PAGE, SAID | key() | said)


def text_of(response) -> str:
    return response.content.decode()


def test_one_page_makes_a_candidate_in_care(one_click, agencies, cast):
    response = post(one_click("manizha"))
    person = Candidate.objects.get()
    assert response["Location"] == f"/en/jobs/people/{person.uid}/assist/"
    assert (person.user, person.phone, person.given_name, person.born_in) == (None, NUMBER, "Барно", date(1994, 5, 1))
    assert (person.home_region_id, person.located_in, person.has_papers, person.wanted_countries) == ("TJ-KT", "TJ", None, ["RU"])
    assert [(job.occupation.slug, job.months, job.ended_on) for job in person.jobs.all()] == [("bricklayer", 60, None)]
    assert dict(person.languages.values_list("language", "level")) == {"ru": 2}
    care = Care.objects.get(candidate=person, until=None)
    assert care.agency == agencies["public"] and care.consent_version
    row = OnBehalf.objects.get()
    assert (row.candidate, row.agency, row.staff) == (person, agencies["public"], cast["manizha"])
    assert (row.act, row.reason, row.paper, row.seen_at) == ("registered", "asked", "Agreement 7", None)
    assert AccessLog.objects.filter(candidate=person, user=cast["manizha"]).exists()
    assert ScoringMark.objects.filter(candidate=person).exists()


def test_the_same_form_twice_is_one_person(one_click, agencies):
    client, once = one_click("manizha"), key()
    assert post(client, **once)["Location"] == post(client, **once)["Location"]
    assert Candidate.objects.count() == 1


def test_nothing_without_what_is_needed(one_click, agencies):
    client = one_click("manizha")
    for missing in ("given_name", "month", "year", "phone", "reason", "paper"):
        response = post(client, **{missing: ""})
        assert response.status_code == 200 and set(response.context["form"].errors) == {missing}
        assert "Шарипова" in text_of(response), "what was typed is kept"
    assert not Candidate.objects.exists()


FAULTS = [
    ({"phone": "12"}, "phone"),
    ({"citizenship": "KG"}, "citizenship"),
    ({"located_in": "RU"}, "has_papers"),
    ({"ended": ""}, "ended"),
    ({"trade": ""}, "trade"),
    ({"months": "240", "year": "2007"}, "months"),
    ({"year": "1894"}, "year"),
    ({"trade": "=cmd()"}, "trade"),
]


def test_what_cannot_be_is_said_beside_the_field(one_click, agencies):
    client = one_click("manizha")
    for said, field in FAULTS:
        assert set(post(client, **said).context["form"].errors) == {field}, said
    assert not Candidate.objects.exists()


def test_a_minor_goes_to_the_lessons_and_nothing_is_kept(one_click, agencies):
    response = post(one_click("manizha"), year=str(timezone.now().year - 16), months="", ended="")
    assert "/en/learn/" in text_of(response) and "eighteen" in text_of(response)
    assert not Candidate.objects.exists() and not OnBehalf.objects.exists()


def of_a_member(phone: str) -> None:
    user = User.objects.create_user(phone=phone)
    Membership.objects.create(user=user, organisation=Organisation.objects.get(name="StroyKazan"))


def of_an_operator(phone: str) -> None:
    User.objects.create_user(phone=phone, email="other@safar.example.org", is_staff=True)


def of_three_candidates(phone: str) -> None:
    """One of them with an account."""
    user = User.objects.create_user(phone=phone)
    for account in (user, None, None):
        own = "" if account else phone
        Candidate.objects.create(user=account, phone=own, citizenship="TJ", born_in=date(1990, 1, 1), registered_at=NOW)


def of_a_help_line(phone: str) -> None:
    ContactPhone.objects.create(contact=Contact.objects.order_by("pk").first(), number=phone)


def test_a_phone_that_cannot_be_used_is_refused_without_saying_whose_it_is(one_click, agencies):
    client = one_click("manizha")
    for place, whose in enumerate((of_a_member, of_an_operator, of_three_candidates, of_a_help_line)):
        phone = f"+99290123456{place}"
        whose(phone)
        before = Candidate.objects.count()
        refused = post(client, phone=phone).context["form"].errors["phone"]
        assert refused == ["This number cannot be used for a candidate. Ask the person for another one."]
        assert Candidate.objects.count() == before and not OnBehalf.objects.exists()


def test_a_family_shares_a_phone(walk_in):
    for name in ("Барно", "Сафар", "Мадина"):
        walk_in(given_name=name)
    with pytest.raises(PhoneRefused):
        walk_in(given_name="Илҳом")


def test_only_a_licensed_agency_takes_somebody_in(one_click, agencies):
    AgencyLicence.objects.filter(agency=agencies["public"]).update(valid_to=date(2020, 1, 1))
    response = post(one_click("manizha"))
    assert "licence" in response.context["form"].non_field_errors()[0]
    assert not Candidate.objects.exists()


def test_an_agency_that_is_not_checked_takes_nobody_in(one_click, cast, agencies):
    Organisation.objects.filter(pk=agencies["public"].pk).update(vetted_at=None, vetted_by=None)
    client = one_click("manizha")
    for response in (client.get(PAGE), post(client)):
        assert response.status_code == 403 and "after Safar has checked it" in text_of(response)
    with pytest.raises(PermissionDenied):
        register_walk_in(agencies["public"], NUMBER, BARNO, cast["manizha"], WORD, NOW)
    assert not Candidate.objects.exists()


def test_nobody_registers_for_another_agency(cast, agencies):
    with pytest.raises(PermissionDenied):
        register_walk_in(agencies["private"], NUMBER, BARNO, cast["manizha"], WORD, NOW)


def test_pages_of_intake_are_for_staff_of_agencies(one_click, agencies):
    for who in ("ildar", "nigora", "rustam"):
        client = one_click(who)
        for page in ("new", "list", "list/empty", "invitations", "duplicates"):
            assert client.get(f"/en/jobs/people/{page}/").status_code == 403, (who, page)


def test_without_a_second_factor_nothing_opens(signed_in, agencies):
    assert "second" in signed_in("manizha").get(PAGE)["Location"]


def test_a_walk_in_is_matched_like_anybody_else(walk_in):
    assert Candidate.objects.looking().filter(pk=walk_in().pk).exists()
    assert not Match.objects.exists()


def test_two_at_once_with_the_last_free_place_of_a_phone(fresh_db):
    seed_cast(NOW)
    staff = User.objects.get(email="manizha@agency.example.org")
    agency = Organisation.objects.get(name="Dushanbe Labour Agency")
    AgencyLicence.objects.create(agency=agency, destination="RU", number="1", issuer="Ministry")
    for _ in range(2):
        register_walk_in(agency, NUMBER, BARNO, staff, WORD, NOW)
    barrier, ends = threading.Barrier(2), []

    def register() -> None:
        try:
            barrier.wait(timeout=20)
            register_walk_in(agency, NUMBER, BARNO, staff, WORD, NOW)
            ends.append("registered")
        except PhoneRefused:
            ends.append("refused")
        finally:
            connection.close()

    threads = [threading.Thread(target=register) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=30)
    assert sorted(ends) == ["refused", "registered"]
    assert Candidate.objects.filter(phone=NUMBER).count() == 3
