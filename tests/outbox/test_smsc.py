"""SMS through a real gateway's format: sent once whatever the line does, and what cannot pass is not tried for an hour."""

import json
from datetime import timedelta

import pytest

from portal.outbox.deliver import ATTEMPTS, deliver
from portal.outbox.models import Message
from portal.outbox.results import NO_MONEY, NOT_LET_IN
from tests.outbox.conftest import NOW

pytestmark = pytest.mark.django_db
PHONE = "+992900000009"


@pytest.fixture
def sms(write):
    def sms(body: str = "Хабари нав", **extra) -> Message:
        return write(**({"channel": "sms", "address": PHONE, "body": body, "purpose": "match"} | extra))

    return sms


def sweep(now=NOW) -> int:
    return deliver(lambda: now)


def sweep_later(message: Message) -> int:
    message.refresh_from_db()
    return sweep(message.due_at)


def test_what_is_handed_over(gateway, sms):
    message = sms()
    assert sweep() == 1
    message.refresh_from_db()
    form = gateway.sent[0]
    assert (form["phones"], form["mes"], form["id"], form["sender"]) == ("992900000009", "Хабари нав", str(message.uid), "Safar")
    assert (message.delivered_at, message.provider, message.provider_id) == (NOW, "smsc", str(message.uid))
    assert message.provider_answer == {"id": str(message.uid), "cnt": 1, "cost": "4.10"}


def test_of_a_code_nothing_stays(gateway, sms):
    message = sms("Safar: 424242", purpose="sign_in")
    sweep()
    message.refresh_from_db()
    assert gateway.sent[0]["mes"] == "Safar: 424242"
    assert message.body == "" and "424242" not in json.dumps(message.provider_answer)


@pytest.mark.parametrize("fault", ["stay silent", "hang up", "talk nonsense", "list", "forget"])
def test_an_answer_that_is_lost_is_asked_for_before_the_sms_goes_again(gateway, sms, fault):
    gateway.plan.append(fault)
    message = sms()
    assert sweep() == 0
    message.refresh_from_db()
    assert (message.delivered_at, message.failed_at, message.error[:7]) == (None, None, "Closed:")
    assert sweep_later(message) == 1
    assert gateway.asked == ["send.php", "status.php"] and len(gateway.sent) == 1
    message.refresh_from_db()
    assert message.provider_answer["status"] == 1


@pytest.mark.parametrize("fault", ["500", "nothing", 4, 9, 77])
def test_what_never_got_through_goes_again(gateway, sms, fault):
    gateway.plan.append(fault)
    message = sms()
    assert sweep() == 0 and gateway.sent == []
    assert sweep_later(message) == 1
    assert gateway.asked == ["send.php", "status.php", "send.php"] and len(gateway.sent) == 1


def test_silence_all_along_ends_after_eight_attempts_and_one_sms(gateway, sms, monkeypatch):
    """Also the question what became of it stays without an answer, time and again."""
    message = sms()
    gateway.plan.extend(["hang up", *["500"] * ATTEMPTS])
    sweep()
    for _ in range(ATTEMPTS - 1):
        sweep_later(message)
    message.refresh_from_db()
    assert message.failed_at and message.attempts == ATTEMPTS
    assert len(gateway.sent) == 1 and gateway.asked == ["send.php", *["status.php"] * (ATTEMPTS - 1)]


def test_a_closed_port(gateway, sms, settings):
    settings.SMSC_URL = "http://127.0.0.1:1/sys"
    message = sms()
    assert sweep() == 0
    message.refresh_from_db()
    assert (message.failed_at, message.error) == (None, "Closed: send.php: URLError")


@pytest.mark.parametrize("code", [1, 5, 6, 7, 8])
def test_what_can_never_pass_is_tried_once(gateway, sms, code):
    gateway.plan.append(code)
    message, other = sms(), sms("Safar: 424242", address="+992900000008")
    assert sweep() == 1
    message.refresh_from_db()
    assert (message.failed_at, message.attempts, message.provider_answer) == (NOW, 1, {"error_code": code})
    assert [form["id"] for form in gateway.sent] == [str(other.uid)]
    assert sweep(NOW + timedelta(days=1)) == 0


def test_a_wrong_number(gateway, sms):
    message = sms(address="+99290000000x")
    sweep()
    message.refresh_from_db()
    assert (message.failed_at, message.error) == (NOW, "the number is wrong")


@pytest.mark.parametrize(("spoil", "reason"), [("money", NO_MONEY), ("password", NOT_LET_IN)])
def test_a_closed_account_stops_the_sweep_and_is_an_error_in_the_log(gateway, sms, settings, caplog, spoil, reason):
    gateway.money = 0 if spoil == "money" else 100
    settings.SMSC_PASSWORD = "wrong" if spoil == "password" else settings.SMSC_PASSWORD
    first, second = sms(), sms("other")
    assert sweep() == 0
    first.refresh_from_db()
    second.refresh_from_db()
    assert (first.failed_at, first.error, second.attempts) == (NOW, reason, 0)
    assert gateway.asked == ["send.php"]
    assert "message.account_closed" in caplog.text


def test_a_closed_gateway_costs_the_others_no_attempt_and_lets_mail_pass(gateway, mail_server, sms, write):
    gateway.plan.append("500")
    sms(), sms("other"), write()
    assert sweep() == 1
    assert sorted(Message.objects.filter(channel="sms").values_list("attempts", flat=True)) == [0, 1]
    assert len(mail_server.taken) == 1
    assert sweep(NOW + timedelta(minutes=1)) == 2


@pytest.mark.parametrize(("status", "error"), [(20, "could not be delivered"), (24, NO_MONEY), (0, ""), (-1, "")])
def test_what_became_of_an_earlier_attempt(gateway, sms, status, error):
    gateway.plan.append("hang up")
    gateway.status = status
    message = sms()
    sweep()
    sweep_later(message)
    message.refresh_from_db()
    assert (message.error, bool(message.failed_at), message.provider_answer["status"]) == (error, bool(error), status)
    assert len(gateway.sent) == 1


def test_the_worker_that_died_after_sending(gateway, sms):
    """It had no time to write down the answer: its lease runs out, and the SMS is found at the gateway."""
    from portal.outbox.deliver import LEASE, claim
    from portal.outbox.gateways import live

    message = sms()
    live(claim(NOW))
    assert sweep(NOW + LEASE) == 1
    message.refresh_from_db()
    assert message.delivered_at == NOW + LEASE and len(gateway.sent) == 1


def test_live_wants_an_account(monkeypatch):
    import subprocess
    import sys

    from django.conf import settings

    for name, value in {"SECRET_KEY": "x", "OUTBOX_DELIVERY": "live", "SITE_URL": "https://safar.example.org"}.items():
        monkeypatch.setenv(name, value)
    run = subprocess.run([sys.executable, "-c", "import portal.settings"], capture_output=True, text=True, cwd=settings.BASE_DIR)
    assert run.returncode != 0 and "OUTBOX_DELIVERY=live needs SMSC_LOGIN." in run.stderr
