from collections.abc import Callable, Iterator
from datetime import UTC, datetime

import pytest

from portal.outbox import smsc
from portal.outbox.models import Message
from portal.outbox.send import send
from tests.outbox import smsc_server, smtp_server
from tests.outbox.smsc_server import Gateway
from tests.outbox.smtp_server import MailServer

NOW = datetime(2026, 11, 21, 9, 0, tzinfo=UTC)


@pytest.fixture
def write() -> Callable[..., Message]:
    def write(purpose: str = "no_account", address: str = "a@example.org", now: datetime = NOW, **extra) -> Message:
        fields = {"to": None, "channel": "mail", "subject": "", "body": "424242", "language": "en"}
        return send(address=address, purpose=purpose, now=now, **(fields | extra))

    return write


@pytest.fixture
def gateway(settings, monkeypatch) -> Iterator[Gateway]:
    with Gateway() as server:
        settings.OUTBOX_DELIVERY, settings.SMSC_URL, settings.SMSC_SENDER = "live", server.url, "Safar"
        settings.SMSC_LOGIN, settings.SMSC_PASSWORD = smsc_server.LOGIN, smsc_server.PASSWORD
        monkeypatch.setattr(smsc, "TIMEOUT", smsc_server.SILENCE / 2)
        yield server
        server.shutdown()


@pytest.fixture
def mail_server(settings) -> Iterator[MailServer]:
    with MailServer() as server:
        settings.OUTBOX_DELIVERY, settings.EMAIL_HOST, settings.EMAIL_PORT = "live", "127.0.0.1", server.server_address[1]
        settings.EMAIL_HOST_USER, settings.EMAIL_HOST_PASSWORD = smtp_server.LOGIN, smtp_server.PASSWORD
        settings.EMAIL_USE_TLS, settings.DEFAULT_FROM_EMAIL = False, "safar@example.org"
        yield server
        server.shutdown()
