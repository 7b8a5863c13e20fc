"""The demo's short cuts, which exist nowhere else."""

import pytest
from django.core.management import CommandError, call_command
from django.test import Client

from portal.accounts.cast import PEOPLE
from portal.accounts.models import User
from portal.organisations.models import Membership, Organisation
from portal.outbox.models import Message
from tests.people import PHONE, ask, newest_code

pytestmark = pytest.mark.django_db


def test_elsewhere_there_is_nothing(client, cast):
    assert client.get("/en/demo/").status_code == 404
    assert client.get("/en/demo/outbox/").status_code == 404
    assert client.post("/en/demo/sign-in/farrukh/").status_code == 404
    assert "one click" not in client.get("/en/sign-in/").content.decode()
    with pytest.raises(CommandError, match="SAFAR_DEMO=1"):
        call_command("load_demo")


def test_everybody_signs_in_with_one_click(client, cast, settings):
    settings.DEMO = True
    page = client.get("/tg/demo/")
    assert page.status_code == 200
    for person in PEOPLE.values():
        assert person.name in page.content.decode()
        answer = client.post(f"/tg/demo/sign-in/{person.key}/")
        assert answer.status_code == 302
        assert client.get(answer["Location"]).status_code == 200, person.key
        assert client.get("/tg/me/").wsgi_request.user == cast[person.key]
    assert client.get("/tg/demo/sign-in/farrukh/")["Location"] == "/tg/demo/"
    assert client.post("/tg/demo/sign-in/nobody/").status_code == 404


def test_one_click_is_guarded_against_other_sites(cast, settings):
    settings.DEMO = True
    assert Client(enforce_csrf_checks=True).post("/en/demo/sign-in/timur/").status_code == 403


def test_one_click_opens_nothing_once_the_demo_is_off(one_click, settings):
    client = one_click("timur")
    assert client.get("/admin/").status_code == 200
    settings.DEMO = False
    assert client.get("/admin/").status_code == 302


def test_the_outbox_shows_codes_newest_first(client, settings):
    settings.DEMO = True
    assert "No messages yet" in client.get("/en/demo/outbox/").content.decode()
    ask(client, PHONE)
    ask(Client(), "+992900000008")
    page = client.get("/en/demo/outbox/")
    assert newest_code(PHONE) in page.content.decode()
    assert [message.address for message in page.context["page"]] == ["+992900000008", PHONE]
    Message.objects.update(body="<script>{{ 7 }}")
    assert "<script>{{" not in client.get("/en/demo/outbox/").content.decode()


def test_loading_twice_is_loading_once(settings, db):
    settings.DEMO = True
    call_command("load_demo", cast=True)
    counts = [model.objects.count() for model in (User, Organisation, Membership)]
    User.objects.filter(phone="+992900000001").update(language="ru")
    call_command("load_demo", cast=True)
    assert [model.objects.count() for model in (User, Organisation, Membership)] == counts
    assert User.objects.get(phone="+992900000001").language == "ru"
