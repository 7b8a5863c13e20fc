"""What operators see when no message passes, and how they send again."""

from datetime import timedelta

import pytest

from portal.outbox.deliver import deliver
from portal.outbox.models import Message
from portal.outbox.results import NO_MONEY
from portal.outbox.waiting import for_operator
from tests.outbox.conftest import NOW
from tests.people import cast, one_click  # noqa: F401

pytestmark = pytest.mark.django_db
SMS = {"channel": "sms", "address": "+992900000009", "purpose": "match"}


def titles(now=NOW) -> list[str]:
    return [item.title for item in for_operator(now)]


def test_no_money_is_a_warning_until_something_passes(gateway, write):
    gateway.money = 0
    write(**SMS)
    assert titles() == []
    deliver(lambda: NOW)
    item = for_operator(NOW)[0]
    assert (item.title, item.count, item.tone) == ("No money for SMS", 1, "danger")
    gateway.money = 1
    write(**SMS, body="other")
    deliver(lambda: NOW + timedelta(minutes=1))
    assert titles(NOW + timedelta(minutes=1)) == []


def test_a_refused_password_of_each_way(gateway, mail_server, write, settings):
    settings.SMSC_PASSWORD = settings.EMAIL_HOST_PASSWORD = "wrong"
    write()
    write(**SMS)
    deliver(lambda: NOW)
    assert titles() == ["The mail server refuses our password", "The SMS service refuses our password"]
    assert titles(NOW + timedelta(days=2)) == ["Messages that did not arrive"]


def test_an_operator_sends_again_what_failed(gateway, write, one_click, django_capture_on_commit_callbacks):  # noqa: F811
    gateway.money = 0
    failed, code = write(**SMS), write(**SMS | {"purpose": "sign_in", "address": "+992900000008"})
    for _each in range(2):
        deliver(lambda: NOW)
    assert set(Message.objects.values_list("error", flat=True)) == {NO_MONEY}
    client = one_click("timur")
    action = {"action": "again", "_selected_action": [failed.pk, code.pk]}
    page = client.post("/admin/outbox/message/", action, follow=True).content.decode()
    assert "1 message goes out again." in page
    gateway.money = 5
    assert deliver(lambda: NOW + timedelta(days=10000)) == 1
    failed.refresh_from_db()
    code.refresh_from_db()
    assert failed.delivered_at and code.failed_at
    assert [form["id"] for form in gateway.sent] == [str(failed.uid)]


def test_others_cannot(one_click, write, gateway):  # noqa: F811
    failed = write(**SMS)
    Message.objects.update(failed_at=NOW, error=NO_MONEY)
    one_click("elena").post("/admin/outbox/message/", {"action": "again", "_selected_action": [failed.pk]})
    failed.refresh_from_db()
    assert failed.failed_at == NOW
