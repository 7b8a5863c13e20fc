"""What a reviewer tried: to find out who has an account, to take one over, to get a certificate for nothing."""

import logging
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from orientation.models import Certificate, LearningEvent
from orientation.paths import for_corridor
from portal.accounts.models import User
from portal.accounts.tidy import tidy
from portal.outbox.models import Message
from tests.orientation.conftest import check_form, right_answer, wrong_answer
from tests.people import PHONE, ask, newest_code, sign_in_by_code, type_code

pytestmark = pytest.mark.django_db
COURSE = "/en/learn/russia-documents/"


def visitor():
    return Client(HTTP_SEC_FETCH_SITE="same-origin", raise_request_exception=False)


def test_asking_again_by_mail_tells_nothing(cast):
    def codes_until_refused(address):
        client = Client()
        ask(client, address)
        for _ in range(3):
            client.post("/en/sign-in/code/", {"action": "again"})
        return Message.objects.filter(address=address).count()

    assert codes_until_refused(cast["elena"].email) == codes_until_refused("nobody@example.org")


def learn(client, page_of, right=True):
    question = page_of("papers").content["questions"][0]
    choice = next(c for c in question["choices"] if c["is_right"] is right)
    return client.post(COURSE + "papers/1/", {"choice": choice["uid"], "attempt": 1})


def test_a_phone_that_lost_its_session_can_go_on_learning(page_of):
    client = visitor()
    client.post(COURSE + "corridor/", {"corridor": "TJ-RU"})
    learn(client, page_of)
    sign_in_by_code(client, PHONE)
    del client.cookies["safar_session"]  # it ran out, or the person was erased on another phone
    learn(client, page_of)
    assert LearningEvent.objects.filter(user=None).count() == 1


def test_wrong_answers_never_give_a_certificate(page_of):
    client = visitor()
    client.post(COURSE + "corridor/", {"corridor": "TJ-RU"})
    asked = for_corridor(page_of("check").content["questions"], "TJ-RU")

    def pick(right):
        return check_form(asked, right_answer if right else wrong_answer)

    client.post(COURSE + "check/", pick(True) | {"attempt": 1})
    sign_in_by_code(client, PHONE)
    del client.cookies["safar_session"]
    client.post(COURSE + "check/", pick(False) | {"attempt": 1})
    assert Certificate.objects.filter(device__isnull=False).count() == 0


def user_form(user, **changes):
    return {
        "phone": user.phone or "",
        "email": user.email or "",
        "language": user.language,
        "is_active": "on",
        "consents-TOTAL_FORMS": 0,
        "consents-INITIAL_FORMS": 0,
    } | changes


def test_an_operator_cannot_take_over_staff(one_click, cast):
    boss = User.objects.create_superuser(email="boss@example.org")
    client = one_click("timur")
    client.post(f"/admin/accounts/user/{boss.pk}/change/", user_form(boss, email="evil@example.org"))
    boss.refresh_from_db()
    assert boss.email == "boss@example.org"
    client.post(f"/admin/accounts/user/{cast['farrukh'].pk}/change/", user_form(cast["farrukh"], phone="+992900000055"))
    cast["farrukh"].refresh_from_db()
    assert cast["farrukh"].phone == "+992900000055"  # a lost SIM is the operators' work


def test_tidying_leaves_somebody_who_is_just_signing_in():
    client, now = Client(), timezone.now()
    ask(client, PHONE)
    User.objects.filter(phone=PHONE).update(created_at=now - timedelta(days=2))  # tried two days ago, never typed the code
    code = newest_code(PHONE)
    tidy(now)
    type_code(client, code)
    assert User.objects.filter(phone=PHONE, phone_verified_at__isnull=False).exists()


def test_no_phone_in_the_log(one_click, capsys, caplog):
    client = one_click("timur")
    with caplog.at_level(logging.INFO):
        client.get("/admin/accounts/user/?q=%2B992900000001")
    assert "992900000001" not in caplog.text
