"""Waking workers: a broker that is away costs half a second and nothing else."""

import socket
import time
from collections.abc import Callable
from typing import Any

import pytest
from django.db import transaction
from django.test import Client
from django.utils import timezone

from portal import celery
from portal.accounts.models import User
from portal.outbox.models import Message, Purpose
from portal.outbox.tell import tell
from portal.wake import wake
from tests.outbox.test_tell import HelpIsNear
from tests.people import PHONE, ask, newest_code, type_code
from tests.waiting import free_port, until


@pytest.fixture
def broker_at(monkeypatch):
    def move(url: str) -> None:
        monkeypatch.setattr(celery.app.conf, "broker_write_url", url)

    return move


def gives_up(sent: Callable[[], object]) -> Any:
    """What it gives, after a moment: who tries again and again, or waits for an answer, is far above it."""
    start = time.monotonic()
    answer = sent()
    assert time.monotonic() - start < 10
    return answer


@pytest.mark.django_db
def test_a_closed_port(broker_at, caplog):
    broker_at(f"redis://127.0.0.1:{free_port()}/0")
    assert gives_up(lambda: wake("portal.outbox.deliver")) is False
    assert "wake.failed" in caplog.text


@pytest.mark.django_db
def test_a_broker_that_takes_the_call_and_says_nothing(broker_at):
    with socket.create_server(("127.0.0.1", 0)) as silent:
        broker_at(f"redis://127.0.0.1:{silent.getsockname()[1]}/0")
        assert gives_up(lambda: wake("portal.outbox.deliver")) is False
        silent.setblocking(False)
        silent.accept()[0].close()
        with pytest.raises(BlockingIOError):  # one call was all
            silent.accept()


def test_signing_up_while_the_broker_is_away(broker_at, celery_worker):
    """The page answers, the row stays, and the next sweep of a real worker carries it."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(celery.app.conf, "broker_write_url", f"redis://127.0.0.1:{free_port()}/0")
        client = Client()
        assert gives_up(lambda: ask(client, PHONE)).status_code == 302
        message = Message.objects.get()
        assert message.delivered_at is None
        code = newest_code(PHONE)
    assert wake("portal.outbox.deliver") is True  # what beat does every ten seconds
    until(lambda: Message.objects.filter(pk=message.pk, delivered_at__isnull=False).exists())
    assert Message.objects.get().body == ""
    assert type_code(client, code)["Location"] == "/en/"


@pytest.fixture
def for_the_worker(gateway, mail_server, settings, monkeypatch):
    """The worker reads its settings from the environment."""
    monkeypatch.setenv("OUTBOX_DELIVERY", "live")
    monkeypatch.setenv("SITE_URL", "https://safar.example.org")
    for name in ("SMSC_URL", "SMSC_LOGIN", "SMSC_PASSWORD", "EMAIL_HOST", "EMAIL_PORT"):
        monkeypatch.setenv(name, str(getattr(settings, name)))
    monkeypatch.setenv("EMAIL_USER", settings.EMAIL_HOST_USER)
    monkeypatch.setenv("EMAIL_PASSWORD", settings.EMAIL_HOST_PASSWORD)
    monkeypatch.setenv("EMAIL_FROM", "safar@example.org")
    monkeypatch.setenv("EMAIL_TLS", "none")


def test_a_real_worker_carries_sms_and_mail_when_the_news_is_committed(gateway, mail_server, for_the_worker, celery_worker):
    worker, member = User.objects.create_user(phone=PHONE, language="ky"), User.objects.create_user(email="m@example.org")
    with transaction.atomic():
        tell(worker, HelpIsNear(), timezone.now())
        tell(member, HelpIsNear(Purpose.VACANCY), timezone.now())
        time.sleep(0.5)
        assert gateway.sent == [] and mail_server.taken == []
    until(lambda: Message.objects.filter(delivered_at__isnull=False).count() == 4)
    assert [form["phones"] for form in gateway.sent] == [PHONE.removeprefix("+")]
    assert [mail["To"] for mail in mail_server.taken] == ["m@example.org"]
    assert set(Message.objects.exclude(channel="app").values_list("provider", flat=True)) == {"smsc", "smtp"}


def test_the_schedule_names_tasks_that_exist_and_queues_that_are_served():
    celery.app.loader.import_default_modules()
    queues = {queue.name for queue in celery.app.conf.task_queues}
    for entry in celery.app.conf.beat_schedule.values():
        assert entry["task"] in celery.app.tasks
        assert entry["options"]["queue"] in queues
    assert celery.app.conf.beat_schedule["deliver messages"]["schedule"] == 10
    assert (celery.app.conf.task_acks_late, celery.app.conf.task_reject_on_worker_lost, celery.app.conf.worker_prefetch_multiplier) == (
        True,
        True,
        1,
    )
    assert celery.app.conf.broker_transport_options["visibility_timeout"] > celery.app.conf.task_time_limit


@pytest.mark.django_db
def test_the_tasks_do_their_work():
    celery.app.loader.import_default_modules()
    for name in ("portal.outbox.purge", "portal.accounts.tidy", "portal.outbox.deliver"):
        celery.app.tasks[name]()
