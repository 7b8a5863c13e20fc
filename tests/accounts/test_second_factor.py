"""The second factor: getting it, being asked for it, losing the phone."""

import time

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.http import HttpResponse
from django.test import Client

from portal.accounts.second_factor import second_factor_required
from tests.people import ask, newest_code, type_code

pytestmark = pytest.mark.django_db
PAGE = "/en/me/second-factor/"


def totp(secret: str, step: int = 0) -> str:
    return format_hotp_value(hotp_value(secret, int(time.time()) // 30 + step))


def enrol(client: Client) -> tuple[str, list[str]]:
    secret = client.get(PAGE).context["secret"]
    page = client.post(PAGE, {"code": totp(secret)})
    assert page.status_code == 200
    return secret, page.context["codes"]


def at_second_step(email: str) -> Client:
    client = Client()
    ask(client, email)
    assert type_code(client, newest_code(email))["Location"] == "/en/sign-in/second-factor/"
    return client


def test_enrolling_opens_the_admin(signed_in):
    client = signed_in("elena")
    assert client.get("/admin/")["Location"] == "/admin/login/?next=/admin/"
    asked = client.get("/admin/login/?next=/admin/")["Location"]
    assert asked.endswith("/me/second-factor/?next=%2Fadmin%2F")
    _secret, codes = enrol(client)
    assert len(codes) == 10
    assert client.get("/admin/").status_code == 200
    assert Authenticator.objects.filter(type="totp").count() == 1


def test_a_wrong_code_does_not_enrol(signed_in):
    client = signed_in("elena")
    client.get(PAGE)
    page = client.post(PAGE, {"code": "<b>1</b>"})
    assert "Incorrect code" in page.content.decode() and "<b>1" not in page.content.decode()
    assert not Authenticator.objects.exists()
    assert client.get("/admin/").status_code == 302


def test_it_is_asked_at_the_next_sign_in(signed_in, cast):
    secret, _codes = enrol(signed_in("elena"))
    client = at_second_step(cast["elena"].email)
    assert client.get("/en/me/").status_code == 302
    assert client.post("/en/sign-in/second-factor/", {"code": "000000"}).status_code == 200
    assert client.post("/en/sign-in/second-factor/", {"code": totp(secret, 1)})["Location"] == "/en/"
    assert client.get("/admin/").status_code == 200


def test_paper_codes_work_once(signed_in, cast):
    _secret, codes = enrol(signed_in("elena"))
    assert at_second_step(cast["elena"].email).post("/en/sign-in/second-factor/", {"code": codes[0]}).status_code == 302
    assert at_second_step(cast["elena"].email).post("/en/sign-in/second-factor/", {"code": codes[0]}).status_code == 200


def test_guessing_is_stopped(signed_in, cast):
    secret, _codes = enrol(signed_in("elena"))
    client = at_second_step(cast["elena"].email)
    for _ in range(5):
        client.post("/en/sign-in/second-factor/", {"code": "000000"})
    page = client.post("/en/sign-in/second-factor/", {"code": totp(secret, 1)})
    assert page.status_code == 200 and "Too many" in page.content.decode()


def test_the_second_step_needs_the_first(client):
    assert client.get("/en/sign-in/second-factor/")["Location"] == "/en/sign-in/"


def test_a_session_from_before_is_asked(signed_in, cast):
    before = signed_in("elena")
    secret, _codes = enrol(signed_in_again(cast["elena"].email))
    assert before.get("/admin/").status_code == 302
    answer = before.post(f"{PAGE}?next=/admin/", {"code": totp(secret, 1)})
    assert answer["Location"] == "/admin/"
    assert before.get("/admin/").status_code == 200


def signed_in_again(email: str) -> Client:
    client = Client()
    ask(client, email)
    type_code(client, newest_code(email))
    return client


def test_new_paper_codes_and_another_phone_ask_for_a_fresh_code(signed_in):
    client = signed_in("elena")
    secret, codes = enrol(client)
    assert client.post(PAGE, {"code": "1", "action": "paper"}).context["form"].errors
    new = client.post(PAGE, {"code": totp(secret, 1), "action": "paper"}).context["codes"]
    assert set(new).isdisjoint(codes)
    assert client.post(PAGE, {"code": new[0], "action": "app"})["Location"] == PAGE
    assert not Authenticator.objects.exists()
    assert "secret" in client.get(PAGE).context


def test_the_guard_on_a_page(rf, signed_in, cast):
    view = second_factor_required(lambda request: HttpResponse("inside"))
    stranger = Client().get("/en/").wsgi_request
    assert view(stranger)["Location"].startswith("/en/sign-in/?next=")
    client = signed_in("manizha")
    inside = client.get("/en/me/").wsgi_request
    assert view(inside)["Location"] == "/en/me/second-factor/?next=%2Fen%2Fme%2F"
    enrol(client)
    assert view(client.get("/en/me/").wsgi_request).content == b"inside"
