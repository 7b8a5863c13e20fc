"""The page that signs up and signs in, and the page of the code."""

import gzip
from datetime import timedelta
from urllib.parse import quote
from uuid import uuid4

import pytest
from django.contrib.sessions.models import Session
from django.core.cache import cache
from django.core.signing import get_cookie_signer
from django.test import Client

from portal import hooks
from portal.accounts.device import COOKIE
from portal.accounts.models import Consent, User
from portal.accounts.tidy import tidy
from portal.outbox.models import Message
from tests.people import PHONE, ask, newest_code, sign_in_by_code, type_code

pytestmark = pytest.mark.django_db


def text(response) -> str:
    return response.content.decode()


def test_a_code_by_sms_signs_up(client):
    page = client.get("/tg/sign-in/")
    assert page.status_code == 200
    assert 'value="TJ" selected' in text(page)

    answer = ask(client, "900 00 00 09", language="tg")
    assert answer["Location"] == "/tg/sign-in/code/"
    message = Message.objects.get()
    assert (message.address, message.channel, message.purpose, message.language) == (PHONE, "sms", "sign_in", "tg")
    assert message.body == f"Safar: {newest_code(PHONE)}"
    assert User.objects.get(phone=PHONE).phone_verified_at is None
    assert "+992 90 000 0009" in text(client.get("/tg/sign-in/code/"))

    answer = type_code(client, newest_code(PHONE), language="tg")
    assert answer["Location"] == "/tg/"
    user = User.objects.get(phone=PHONE)
    assert user.phone_verified_at and user.last_login and user.language == "tg" and not user.has_usable_password()
    consent = Consent.objects.get(user=user)
    assert (consent.purpose, consent.withdrawn_at) == ("account", None)
    assert client.get("/tg/me/").status_code == 200
    assert client.get("/tg/sign-in/")["Location"] == "/tg/"


def test_the_session_lasts_ninety_days_and_holds_no_number(client):
    sign_in_by_code(client, PHONE)
    assert client.cookies["safar_session"]["max-age"] == 90 * 24 * 3600
    assert PHONE not in str(Session.objects.get().get_decoded())


def test_the_conversation_before_it_is_short(client):
    assert ask(client, PHONE).cookies["safar_session"]["max-age"] == 3600


def test_signing_in_again_is_the_same_person(client):
    sign_in_by_code(client, PHONE)
    sign_in_by_code(Client(), PHONE)
    assert User.objects.filter(phone=PHONE).count() == 1
    assert Consent.objects.count() == 1


def test_a_known_and_an_unknown_number_look_the_same(client, cast):
    known, unknown = Client(), Client()
    answers = [ask(known, cast["farrukh"].phone), ask(unknown, PHONE)]
    assert len({(answer.status_code, answer["Location"], tuple(answer.cookies)) for answer in answers}) == 1
    pages = [text(known.get("/en/sign-in/code/")), text(unknown.get("/en/sign-in/code/"))]
    assert without_token(pages[0].replace("+992 90 000 0001", "N")) == without_token(pages[1].replace("+992 90 000 0009", "N"))


def without_token(html: str) -> str:
    return "".join(part for part in html.split('"') if len(part) != 64)


@pytest.mark.parametrize(
    ("country", "phone", "says"),
    [
        ("TJ", "", "Write your phone number."),
        ("TJ", "my phone", "This is not a phone number."),
        ("TJ", "12", "too short, too long or has a mistake"),
        ("TJ", "9" * 39, "not a phone number"),
        ("TJ", "<script>alert(1)</script>", "rite it like this"),
        ("TJ", "{{ 7 }}", "rite it like this"),
        ("TJ", "+33 6 12 34 56 78", "only to numbers of Tajikistan"),
        ("TJ", "0033 6 12 34 56 78", "only to numbers of Tajikistan"),
        ("FR", "6 12 34 56 78", "Select a valid choice"),
    ],
)
def test_a_number_that_will_not_do_is_explained_and_kept(client, country, phone, says):
    page = client.post("/en/sign-in/", {"country": country, "phone": phone})
    assert page.status_code == 200
    assert says in text(page)
    assert page.context["form"]["phone"].value() == phone
    assert "<script>alert" not in text(page)
    assert not Message.objects.exists() and not User.objects.exists()


@pytest.mark.parametrize(
    ("country", "phone", "kept"),
    [("RU", "8 912 345-67-89", "+79123456789"), ("KZ", "771 000 9998", "+77710009998"), ("TJ", "+998 91 234 56 78", "+998912345678")],
)
def test_numbers_as_people_write_them(client, country, phone, kept):
    client.post("/en/sign-in/", {"country": country, "phone": phone})
    assert User.objects.get().phone == kept


def test_a_wrong_code_is_said_and_kept(client):
    ask(client, PHONE)
    page = type_code(client, "12 34 5x")
    assert "not the code we sent last" in text(page) and "12 34 5x" in text(page)
    assert client.get("/en/me/").status_code == 302
    assert type_code(client, newest_code(PHONE))["Location"] == "/en/"


@pytest.mark.parametrize("code", ["", "<b>{{ 7 }}</b>", "１２３４５６", "0" * 21])
def test_nonsense_for_a_code(client, code):
    ask(client, PHONE)
    page = type_code(client, code)
    assert page.status_code == 200 and page.context["form"].errors["code"]
    assert "<b>{{" not in text(page)


def test_a_code_with_a_space_is_right(client):
    ask(client, PHONE)
    code = newest_code(PHONE)
    assert type_code(client, f"{code[:3]} {code[3:]}")["Location"] == "/en/"


def test_an_old_code_is_said_and_a_new_one_helps(client, settings):
    ask(client, PHONE)
    old = newest_code(PHONE)
    settings.ACCOUNT_LOGIN_BY_CODE_TIMEOUT = -1
    assert "too old" in text(type_code(client, old))
    settings.ACCOUNT_LOGIN_BY_CODE_TIMEOUT = 600
    assert client.post("/en/sign-in/code/", {"action": "again"})["Location"] == "/en/sign-in/code/"
    assert "We have sent a new code" in text(client.get("/en/sign-in/code/"))
    new = newest_code(PHONE)
    if new != old:
        assert "not the code" in text(type_code(client, old))
    assert type_code(client, new)["Location"] == "/en/"


def test_too_many_wrong_codes_start_again(client):
    ask(client, PHONE)
    right = newest_code(PHONE)
    wrong = "000000" if right != "000000" else "000001"
    for _ in range(4):
        assert type_code(client, wrong).status_code == 200
    assert type_code(client, wrong)["Location"] == "/en/sign-in/"
    assert "Too many wrong codes" in text(client.get("/en/sign-in/"))
    assert type_code(client, right)["Location"] == "/en/sign-in/"
    assert client.get("/en/me/").status_code == 302


def test_guesses_sent_all_at_once_are_counted_too(client):
    """Each of them reads the session before another has written the count into it: here the count is set back by hand."""
    ask(client, PHONE)
    right = newest_code(PHONE)
    for _ in range(12):
        type_code(client, "12")
        session = client.session
        session["account_login"]["state"]["stages"]["login_by_code"]["data"]["failed_attempts"] = 0
        session.save()
    assert type_code(client, right)["Location"] == "/en/sign-in/"
    assert client.get("/en/me/").status_code == 302


def test_a_used_code_opens_nothing_elsewhere(client):
    sign_in_by_code(client, PHONE)
    stranger = Client()
    assert type_code(stranger, newest_code(PHONE))["Location"] == "/en/sign-in/"
    assert "used or is too old" in text(stranger.get("/en/sign-in/"))
    ask(stranger, "+992900000008")
    assert "not the code" in text(type_code(stranger, newest_code(PHONE)))


def test_the_same_posts_twice(client):
    ask(client, PHONE)
    assert ask(client, PHONE)["Location"] == "/en/sign-in/code/"
    assert Message.objects.count() == 1
    code = newest_code(PHONE)
    assert type_code(client, code)["Location"] == "/en/"
    assert type_code(client, code)["Location"] == "/en/"
    assert User.objects.count() == Consent.objects.count() == 1


def test_codes_run_out_for_a_conversation(client, settings):
    settings.ACCOUNT_RATE_LIMITS = False
    ask(client, PHONE)
    for _ in range(3):
        client.post("/en/sign-in/code/", {"action": "again"})
    assert Message.objects.count() == 4
    assert "Send a new code" not in text(client.get("/en/sign-in/code/"))
    client.post("/en/sign-in/code/", {"action": "again"})
    assert Message.objects.count() == 4
    assert "several codes already" in text(client.get("/en/sign-in/code/"))


def test_a_page_of_ours_comes_next_and_no_other(client):
    ask(client, PHONE, next_url="/en/help/")
    assert type_code(client, newest_code(PHONE), next_url="/en/help/")["Location"] == "/en/help/"
    for unsafe in ("https://evil.example/", "//evil.example", "javascript:alert(1)"):
        other = Client()
        assert ask(other, PHONE, next_url=quote(unsafe, safe=""))["Location"] == "/en/sign-in/code/"
        assert type_code(other, newest_code(PHONE), next_url=quote(unsafe, safe=""))["Location"] == "/en/"
        Message.objects.all().delete()
        cache.clear()


def test_the_device_goes_to_the_apps_above_and_is_forgotten_at_sign_out(client, monkeypatch):
    seen = []
    monkeypatch.setattr(hooks, "signed_in", [lambda user, device, now: seen.append((user, device))])
    device = uuid4()
    client.cookies[COOKIE] = get_cookie_signer(salt=f"{COOKIE}safar.device").sign(str(device))
    sign_in_by_code(client, PHONE)
    assert seen == [(User.objects.get(phone=PHONE), device)]

    assert client.get("/en/sign-out/")["Location"] == "/en/"
    answer = client.post("/en/sign-out/")
    assert answer["Location"] == "/en/"
    assert answer.cookies[COOKIE]["max-age"] == 0
    assert client.get("/en/me/")["Location"] == "/en/sign-in/?next=/en/me/"


def test_a_tampered_device_is_no_device(client, monkeypatch):
    seen = []
    monkeypatch.setattr(hooks, "signed_in", [lambda user, device, now: seen.append(device)])
    client.cookies[COOKIE] = f"{uuid4()}:1tQ:forged"
    sign_in_by_code(client, PHONE)
    assert seen == [None]


def test_a_hook_that_fails_leaves_nobody_signed_in(client, monkeypatch):
    def fail(user, device, now):
        raise RuntimeError

    ask(client, PHONE)
    monkeypatch.setattr(hooks, "signed_in", [fail])
    client.raise_request_exception = False
    assert type_code(client, newest_code(PHONE)).status_code == 500
    assert client.get("/en/me/").status_code == 302
    assert not Consent.objects.exists()


def test_a_closed_account_is_told_so(client, cast):
    User.objects.filter(phone=cast["farrukh"].phone).update(is_active=False)
    ask(client, cast["farrukh"].phone)
    assert type_code(client, newest_code(cast["farrukh"].phone))["Location"] == "/en/sign-in/"
    assert "account is closed" in text(client.get("/en/sign-in/"))


def test_pages_that_do_not_exist(client):
    for path in ("signup", "login", "password/reset", "password/change", "email", "accounts", "me/password"):
        assert client.get(f"/en/{path}/").status_code == 404


def test_the_code_page_keeps_its_budget(client):
    ask(client, PHONE, language="ru")
    page = client.get("/ru/sign-in/code/")
    assert len(gzip.compress(page.content)) < 6 * 1024
    assert b"<script" not in page.content and b"stylesheet" not in page.content


def test_numbers_that_nobody_proved_go_after_a_day(client, now):
    ask(client, PHONE)
    sign_in_by_code(Client(), "+992900000008")
    tidy(User.objects.get(phone=PHONE).created_at + timedelta(hours=23))
    assert User.objects.count() == 2
    tidy(User.objects.get(phone=PHONE).created_at + timedelta(hours=25))
    assert [user.phone for user in User.objects.all()] == ["+992900000008"]
