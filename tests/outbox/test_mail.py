"""Mail over SMTP: taken, refused for ever, refused for now, and dropped in the middle."""

from datetime import timedelta

import pytest

from portal.outbox.deliver import deliver
from portal.outbox.results import NOT_LET_IN
from tests.outbox.conftest import NOW

pytestmark = pytest.mark.django_db


def sweep(now=NOW) -> int:
    return deliver(lambda: now)


def test_what_arrives(mail_server, write):
    message = write(subject="Хабарҳо", body="Ба Safar нигаред.", language="tg")
    assert sweep() == 1
    mail = mail_server.taken[0]
    assert (mail["To"], mail["From"], mail["Subject"], mail["Content-Language"]) == ("a@example.org", "safar@example.org", "Хабарҳо", "tg")
    assert mail.get_content().strip() == "Ба Safar нигаред."
    message.refresh_from_db()
    assert (message.delivered_at, message.provider, message.provider_id) == (NOW, "smtp", mail["Message-ID"])


def test_a_mailbox_that_does_not_exist_is_tried_once(mail_server, write):
    mail_server.refuse["RCPT"] = "550 no such mailbox"
    message = write()
    write(address="b@example.org")
    assert sweep() == 1
    message.refresh_from_db()
    assert (message.failed_at, message.error, message.provider_answer) == (NOW, "SMTP 550", {"code": 550})
    assert [mail["To"] for mail in mail_server.taken] == ["b@example.org"]


@pytest.mark.parametrize(("command", "answer"), [("RCPT", "450 come again"), ("MAIL", "451 busy")])
def test_later_means_later_and_the_others_go_on(mail_server, write, command, answer):
    mail_server.refuse[command] = answer
    message = write()
    write(address="b@example.org")
    assert sweep() == 1
    message.refresh_from_db()
    assert (message.failed_at, message.error) == (None, f"Later: SMTP {answer[:3]}")
    assert sweep(NOW + timedelta(minutes=1)) == 1


def test_a_text_that_is_refused(mail_server, write):
    mail_server.refuse["DATA"] = "554 this looks like spam: 424242"
    message = write("sign_in")
    sweep()
    message.refresh_from_db()
    assert (message.failed_at, message.error, message.body, message.provider_answer) == (NOW, "SMTP 554", "", {"code": 554})


@pytest.mark.parametrize("command", ["MAIL", "RCPT", "DATA"])
def test_a_drop_in_the_middle_sends_the_same_mail_again(mail_server, write, command):
    mail_server.hang_up = command
    message = write()
    waits = write(address="b@example.org")
    assert sweep() == 0
    message.refresh_from_db()
    waits.refresh_from_db()
    assert (message.failed_at, message.error, waits.attempts) == (None, "Closed: SMTP: SMTPServerDisconnected", 0)
    assert sweep(NOW + timedelta(minutes=1)) == 2
    own = [mail["Message-ID"] for mail in mail_server.taken if mail["To"] == "a@example.org"]
    assert len(own) == (2 if command == "DATA" else 1) and len(set(own)) == 1


def test_a_wrong_password_is_for_operators(mail_server, write, settings, caplog):
    settings.EMAIL_HOST_PASSWORD = "wrong"
    message = write()
    assert sweep() == 0
    message.refresh_from_db()
    assert (message.failed_at, message.error) == (NOW, NOT_LET_IN)
    assert "message.account_closed" in caplog.text


def test_nobody_at_home(mail_server, write, settings):
    settings.EMAIL_PORT = 1
    message = write()
    assert sweep() == 0
    message.refresh_from_db()
    assert (message.failed_at, message.error) == (None, "Closed: SMTP: ConnectionRefusedError")
