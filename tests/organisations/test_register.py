"""An organisation registers itself: a mailbox, a code, one form."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier
from uuid import uuid4

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test import Client

from portal.accounts.models import User
from portal.accounts.tidy import tidy
from portal.organisations.models import Membership, Organisation, SanctionHit
from portal.organisations.register import AlreadyRegistered, Declared, register
from portal.outbox.models import Message
from portal.places.models import Country, Region
from tests.organisations.test_import_sanctions import load, un
from tests.people import NOW, PHONE, ask, newest_code, sign_in_by_code, type_code

pytestmark = pytest.mark.django_db
PAGE = "/en/organisations/register/"
MAIL = "office@volga-remont.example.org"


def told(**changes: str) -> dict[str, str]:
    form = {"kind": "employer", "name": "Volga Remont", "country": "RU", "number": "99 0000 0017", "activities": "43.31, 4333"}
    return form | {"region": "RU-SAM", "promise": "on", "submission_key": str(uuid4())} | changes


def come(client: Client, mail: str = MAIL) -> Client:
    """Through the door of the page, as somebody whom nobody knows."""
    answer = client.post(PAGE, {"email": mail})
    assert answer["Location"].startswith("/en/sign-in/code/?next=")
    answer = client.post(answer["Location"], {"code": newest_code(mail), "action": "verify"})
    assert answer["Location"] == PAGE
    return client


def test_from_a_mailbox_to_an_organisation(client):
    come(client)
    answer = client.post(PAGE, told())
    organisation = Organisation.objects.get()
    assert answer["Location"] == f"/en/organisations/{organisation.uid}/"
    assert (organisation.kind, organisation.name, organisation.country_id) == ("employer", "Volga Remont", "RU")
    assert (organisation.number, organisation.activities, organisation.region_id) == ("9900000017", ["43.31", "43.33"], "RU-SAM")
    assert organisation.vetted_at is None and organisation not in Organisation.objects.vetted()
    member = organisation.memberships.get()
    assert (member.user.email, member.role) == (MAIL, "manager")
    page = client.get(answer["Location"]).content.decode()
    assert "being checked" in page and "What happens next" in page
    assert Message.objects.filter(to=member.user, channel="app", subject__contains="Volga Remont is registered").exists()


def test_a_mailbox_that_is_known_looks_the_same(client, cast):
    known, unknown = Client(), Client()
    answers = [known.post(PAGE, {"email": cast["dana"].email.upper()}), unknown.post(PAGE, {"email": MAIL})]
    assert len({(answer.status_code, answer["Location"], tuple(answer.cookies)) for answer in answers}) == 1
    pages = [each.get(answers[0]["Location"]).content.decode() for each in (known, unknown)]
    assert all(f'href="{PAGE}"' in page for page in pages), "another e-mail is asked for here again"
    assert {message.purpose for message in Message.objects.all()} == {"sign_in"}


def test_elsewhere_nobody_signs_up_by_mail(client):
    ask(client, MAIL)
    assert not User.objects.filter(email=MAIL).exists()


def test_a_mailbox_without_its_code_goes_after_a_day(cast):
    left, used = Client(), come(Client(), "second@example.org")
    left.post(PAGE, {"email": MAIL})
    asked = User.objects.get(email=MAIL).created_at
    tidy(asked + timedelta(hours=23))
    assert User.objects.filter(email=MAIL).exists()
    tidy(asked + timedelta(hours=25))
    assert not User.objects.filter(email=MAIL).exists()
    assert used.get("/en/me/").status_code == 200
    assert all(User.objects.filter(pk=person.pk).exists() for person in cast.values())


@pytest.mark.parametrize("address", ["", "nobody", "<b>@</b>"])
def test_an_address_that_will_not_do(client, address):
    page = client.post(PAGE, {"email": address})
    assert page.status_code == 400 and page.context["form"].errors["email"]
    assert not User.objects.exists() and not Message.objects.exists()


def test_a_free_mailbox_is_warned(client):
    assert "This is a free mailbox" in come(client, "office@gmail.com").get(PAGE).content.decode()
    assert "This is a free mailbox" not in come(Client()).get(PAGE).content.decode()


def test_whoever_came_by_phone_is_told_how(client):
    sign_in_by_code(client, PHONE)
    assert "signed in with a phone number" in client.get(PAGE).content.decode()
    assert client.post(PAGE, told()).status_code == 200
    assert not Organisation.objects.exists()


@pytest.mark.parametrize(
    ("field", "value", "says"),
    [
        ("kind", "authority", ""),
        ("name", "  ", "Write the name"),
        ("name", "x" * 201, "at most 200"),
        ("country", "CH", ""),
        ("country", "", "Choose the country"),
        ("number", "9900000018", "not an INN"),
        ("number", "0" * 10, "all zeros"),
        ("activities", "", "at least one activity"),
        ("activities", "97.00", "Households"),
        ("region", "", "Choose a region"),
        ("region", "TJ-KT", ""),
        ("promise", "", "Tick the box"),
    ],
)
def test_what_is_not_right_is_said_and_kept(client, field, value, says):
    page = come(client).post(PAGE, told(**{field: value}))
    assert page.status_code == 400 and not Organisation.objects.exists()
    form = page.context["form"]
    assert list(form.errors) == [field] and says in str(form.errors[field])
    assert form["name"].value() == told(**{field: value})["name"]


def test_an_agency_names_no_worksite(client):
    come(client).post(PAGE, told(kind="agency", country="TJ", number="020012345", activities="", region=""))
    agency = Organisation.objects.get()
    assert (agency.kind, agency.activities, agency.region) == ("agency", [], None)


def test_what_is_registered_is_not_registered_again(client):
    come(client).post(PAGE, told())
    for again, says in [(told(name="Another name"), "This number is registered already"), (told(number="990000000115"), "This name is")]:
        page = come(Client(), f"{uuid4()}@example.org").post(PAGE, again)
        assert page.status_code == 400 and says in str(page.context["form"].non_field_errors())
        assert MAIL not in page.content.decode(), "who was first is nobody's business"
    assert Organisation.objects.count() == 1


def test_the_same_number_in_another_country_is_another(client):
    come(client).post(PAGE, told())
    come(Client(), "other@example.org").post(PAGE, told(country="KG", name="Osh Remont"))
    assert Organisation.objects.filter(number="9900000017").count() == 2


def test_sent_twice_it_registers_once(client):
    form = told()
    come(client)
    assert client.post(PAGE, form)["Location"] == client.post(PAGE, form)["Location"]
    assert Organisation.objects.count() == 1


def test_one_at_a_time(client):
    come(client).post(PAGE, told())
    first = Organisation.objects.get()
    assert client.get(PAGE)["Location"] == f"/en/organisations/{first.uid}/"
    with pytest.raises(PermissionDenied):
        register(Declared("employer", "Another", first.country, "990000000115"), by=User.objects.get(email=MAIL), now=NOW)
    assert client.post(PAGE, told(name="Another", number="990000000115")).status_code == 403
    assert Organisation.objects.count() == 1


def test_an_authority_does_not_register_itself(cast):
    with pytest.raises(PermissionDenied):
        register(Declared("authority", "An office", Country.objects.get(code="TJ"), "020012345"), by=cast["dana"], now=NOW)
    with pytest.raises(PermissionDenied):  # without a mailbox
        register(Declared("agency", "An agency", Country.objects.get(code="TJ"), "020012345"), by=cast["farrukh"], now=NOW)


def test_whose_name_is_on_a_sanctions_list_is_found_at_once(client):
    load("un", un("VOLGA REMONT"))
    come(client).post(PAGE, told(name="ООО «Volga  Remont»"))
    assert SanctionHit.objects.get().organisation.name == "ООО «Volga Remont»"


def test_two_register_one_number_at_once(fresh_db):
    people = [User.objects.create_user(email=f"office{number}@example.org") for number in range(4)]
    country, region = Country.objects.get(code="RU"), Region.objects.get(code="RU-SAM")
    start = Barrier(len(people))

    def run(number: int) -> str:
        start.wait()
        try:
            register(Declared("employer", f"Name {number}", country, "9900000017", ["41"], region), by=people[number], now=NOW)
        except AlreadyRegistered as why:
            return str(why)
        else:
            return "registered"
        finally:
            connection.close()

    with ThreadPoolExecutor(len(people)) as pool:
        answers = sorted(pool.map(run, range(len(people))))
    assert answers.count("registered") == 1
    assert sum("number is registered already" in answer for answer in answers) == 3
    assert Organisation.objects.count() == Membership.objects.count() == 1


def test_the_code_page_of_the_door(client):
    client.post(PAGE, {"email": MAIL})
    wrong = type_code(client, "000000" if newest_code(MAIL) != "000000" else "000001")
    assert "not the code we sent last" in wrong.content.decode()
    assert client.get(PAGE).status_code == 200 and not client.session.get("_auth_user_id")
