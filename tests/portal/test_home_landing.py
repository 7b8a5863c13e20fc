"""Where each person lands, and what each home is made of."""

from uuid import uuid4

import pytest
from django.test import Client

from portal.accounts.cast import PEOPLE
from portal.accounts.models import User
from portal.organisations.models import Membership, Organisation
from tests.accounts.test_second_factor import PAGE, enrol
from tests.people import PHONE, ask, newest_code, sign_in_by_code, type_code
from tests.portal.home import home_of, items_of, named

pytestmark = pytest.mark.django_db

ROLES = {
    "farrukh": [""],
    "aigul": [""],
    "dilnoza": [""],
    "ildar": ["employer"],
    "dana": ["employer"],
    "manizha": ["agency"],
    "rustam": ["training centre"],
    "nigora": ["authority"],
    "elena": ["editor"],
    "timur": ["operator"],
    "gulnora": ["operator"],
}


def test_the_list_of_roles_is_the_whole_cast():
    assert set(ROLES) == set(PEOPLE)


@pytest.mark.parametrize("key", PEOPLE)
def test_everybody_lands_at_home(client, cast, key):
    address = cast[key].phone or cast[key].email
    ask(client, address, language="tg")
    landing = type_code(client, newest_code(address), language="tg")
    assert landing["Location"] == "/tg/"
    assert client.get("/tg/").status_code == 200


@pytest.mark.parametrize("key", PEOPLE)
def test_one_click_lands_at_home_with_the_persons_sections(one_click, key):
    client = one_click(key)
    own = home_of(client)
    assert [section.role for section in own.sections] == ROLES[key]
    assert own.is_personal == (PEOPLE[key].phone is not None) and not own.is_closed


@pytest.mark.parametrize("key", PEOPLE)
def test_no_home_is_a_dead_end(one_click, key):
    """Every item and every door opens, and no section has neither."""
    client = one_click(key)
    for section in home_of(client).sections:
        assert section.items or section.doors
        assert len(section.items) <= 6
        for url in [item.url for item in section.items] + [door.url for door in section.doors]:
            assert client.get(url.partition("#")[0]).status_code == 200, url


def test_somebody_new_is_told_how_to_begin(client):
    titles = list(items_of(sign_in_by_code(client, PHONE)))
    assert titles == ["Start a lesson", "Write your profile for jobs", "Before you send money home"]


def test_where_one_wanted_to_go_comes_first(client, cast):
    ask(client, cast["farrukh"].phone, next_url="/en/jobs/profile/")
    assert type_code(client, newest_code(cast["farrukh"].phone), next_url="/en/jobs/profile/")["Location"] == "/en/jobs/profile/"


def test_a_person_of_several_roles_has_a_section_for_each(one_click, cast):
    for name in ("StroyKazan", "Bokhtar Training Centre"):
        Membership.objects.create(user=cast["farrukh"], organisation=named(name))
    assert [section.role for section in home_of(one_click("farrukh")).sections] == ["", "employer", "training centre"]
    html = one_click("farrukh").get("/en/").content.decode()
    assert "For you" in html and "StroyKazan" in html and "Bokhtar Training Centre" in html


def test_two_organisations_of_a_kind_share_a_section(one_click, cast):
    Membership.objects.create(user=cast["ildar"], organisation=named("AlmatyFood"))
    (section,) = home_of(one_click("ildar")).sections
    assert section.title == "AlmatyFood, StroyKazan"


def test_a_withdrawn_membership_leaves_a_person_like_any_other(one_click, cast):
    Membership.objects.filter(user=cast["ildar"]).delete()
    own = home_of(one_click("ildar"))
    assert [section.role for section in own.sections] == [""] and own.is_personal


def test_staff_without_rights_have_no_console(client):
    user = User.objects.create_user(email="new@example.org", is_staff=True)
    client.force_login(user)
    assert [section.role for section in home_of(client).sections] == [""]


@pytest.mark.parametrize("key", ["ildar", "manizha", "elena", "timur"])
def test_without_a_second_factor_nothing_about_others_is_counted(signed_in, cast, key):
    client = signed_in(key)
    own = home_of(client)
    assert own.is_closed and all(not section.items and section.doors for section in own.sections)
    html = client.get("/en/").content.decode()
    assert "Show your second code first" in html and f"{PAGE}?next=/en/" in html


def test_the_second_factor_opens_it(signed_in):
    client = signed_in("ildar")
    enrol(client)
    own = home_of(client)
    assert not own.is_closed and [item.title for item in own.sections[0].items] == ["Write your first vacancy"]


def test_trainers_and_authorities_need_none(signed_in):
    assert not home_of(signed_in("rustam")).is_closed and not home_of(signed_in("nigora")).is_closed


def test_the_front_page_shows_nobody_a_persons_things(client, cast):
    html = client.get("/en/").content.decode()
    assert "What to do next" not in html and "Get ready before you go" in html
    assert client.get("/en/").headers["Cache-Control"].startswith("public")


def test_home_is_its_readers_alone(signed_in):
    assert signed_in("farrukh").get("/en/").headers["Cache-Control"] == "private, no-store"


def test_a_hostile_name_is_only_shown(one_click, cast):
    Organisation.objects.filter(name="StroyKazan").update(name="<script>{{ 7 }}</script>", vetted_at=None, vetted_by=None)
    html = one_click("ildar").get("/en/").content.decode()
    name = "&lt;script&gt;{{ 7 }}&lt;/script&gt;"
    assert "<script>{{" not in html and html.count(name) == 3
    for place in (f"<h2>{name} ", f"<p>{name}: people at Safar check you now.", f"<span>{name}</span></a>"):
        assert place in html


def test_me_leads_home_and_to_work(one_click):
    html = one_click("manizha").get("/en/me/").content.decode()
    assert 'href="/en/"' in html and "/en/jobs/desk/" in html and "/en/jobs/mine/" not in html
    assert "/en/jobs/mine/" in one_click("farrukh").get("/en/me/").content.decode()


def test_the_tab_leads_home_from_every_page_once_signed_in(client, signed_in):
    assert 'class="own" href="/en/"' in signed_in("farrukh").get("/en/learn/").content.decode()
    assert 'class="own"' not in client.get("/en/learn/").content.decode()


def test_whoever_erased_themself_has_no_home(signed_in):
    client = signed_in("farrukh")
    client.post("/en/me/erase/", {"submission_key": str(uuid4()), "sure": "on"})
    assert "What to do next" not in client.get("/en/").content.decode()
    assert "What to do next" not in Client().get("/en/").content.decode()
