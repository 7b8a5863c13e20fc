"""Staff and members of organisations sign in by a code sent to their e-mail. Nobody signs up that way."""

import pytest
from django.test import Client

from portal.accounts.models import User
from portal.outbox.models import Message
from tests.people import ask, newest_code, type_code

pytestmark = pytest.mark.django_db


def test_a_member_signs_in(client, cast):
    address = cast["manizha"].email
    assert ask(client, address.upper())["Location"] == "/en/sign-in/code/"
    message = Message.objects.get()
    assert (message.to, message.address, message.channel, message.purpose) == (cast["manizha"], address, "mail", "sign_in")
    assert newest_code(address) in message.body
    assert type_code(client, newest_code(address))["Location"] == "/en/"
    assert client.get("/en/me/").status_code == 200


def test_an_unknown_address_looks_the_same_and_gets_no_code(cast):
    known, unknown = Client(), Client()
    answers = [ask(known, cast["manizha"].email), ask(unknown, "nobody@example.org")]
    assert len({(answer.status_code, answer["Location"], tuple(answer.cookies)) for answer in answers}) == 1
    message = Message.objects.get(address="nobody@example.org")
    assert (message.purpose, message.to) == ("no_account", None)
    assert not any(letter.isdigit() for letter in message.body)
    assert not User.objects.filter(email="nobody@example.org").exists()

    pages = [type_code(known, "12"), type_code(unknown, "12")]
    assert [page.status_code for page in pages] == [200, 200]
    assert all("not the code we sent last" in page.content.decode() for page in pages)
    for client in (known, unknown):
        client.post("/en/sign-in/code/", {"action": "again"})
        assert "We have sent a new code" in client.get("/en/sign-in/code/").content.decode()
    assert Message.objects.filter(address="nobody@example.org").count() == 2
    for _ in range(3):
        type_code(unknown, "12")
    assert type_code(unknown, "12")["Location"] == "/en/sign-in/"


@pytest.mark.parametrize("address", ["", "nobody", "<b>@</b>", "{{ 7 }}@example"])
def test_an_address_that_will_not_do(client, address):
    page = client.post("/en/sign-in/?by=mail", {"email": address})
    assert page.status_code == 200
    assert page.context["form"].errors["email"]
    assert page.context["form"]["email"].value() == address
    assert not Message.objects.exists()


def test_the_mail_is_in_the_language_of_the_page(client, cast):
    from django.utils.translation import gettext, override

    ask(client, cast["manizha"].email, language="ru")
    message = Message.objects.get()
    with override("ru"):
        assert (message.language, message.subject) == ("ru", gettext("Your code for Safar"))
