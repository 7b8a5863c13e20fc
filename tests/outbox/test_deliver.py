"""Carrying messages: at least once, under leases, with patience; secrets do not stay."""

from datetime import datetime, timedelta
from itertools import count

import pytest
from django.contrib.auth.models import AnonymousUser

from portal.accounts.models import User
from portal.outbox import deliver as carrying
from portal.outbox.deliver import ATTEMPTS, LEASE, claim, deliver
from portal.outbox.gateways import GATEWAYS
from portal.outbox.models import Message
from portal.outbox.purge import purge
from portal.outbox.results import Receipt
from tests.outbox.conftest import NOW
from tests.waiting import PATIENCE

pytestmark = pytest.mark.django_db


@pytest.fixture
def carried(monkeypatch):
    """A gateway that remembers what it carried."""
    seen: list[str] = []

    def remember(message: Message) -> Receipt:
        seen.append(message.address)
        return Receipt("memory")

    monkeypatch.setitem(GATEWAYS, "console", remember)
    return seen


def at(now: datetime):
    return lambda: now


def test_delivered_once(carried, write):
    message = write()
    assert deliver(at(NOW)) == 1
    assert deliver(at(NOW + timedelta(hours=1))) == 0
    message.refresh_from_db()
    assert (message.delivered_at, message.attempts, message.body) == (NOW, 1, "424242")
    assert carried == ["a@example.org"]


def test_in_the_order_in_which_they_were_written(carried, write):
    for number in range(45):
        write(address=f"{number:02}@example.org")
    assert deliver(at(NOW)) == 45
    assert carried == [f"{number:02}@example.org" for number in range(45)]


def test_the_console_prints(capsys, write):
    write()
    deliver(at(NOW))
    assert capsys.readouterr().out == "[e-mail to a@example.org] 424242\n"


def test_a_code_is_blank_once_it_is_delivered(carried, settings, write):
    message = write("sign_in")
    deliver(at(NOW))
    message.refresh_from_db()
    assert (message.delivered_at, message.body) == (NOW, "")


def test_in_the_demo_it_stays_for_a_day(settings, write):
    settings.DEMO, settings.OUTBOX_DELIVERY = True, "demo"
    person = User.objects.create_user(phone="+992900000009")
    message = write("sign_in", to=person)
    other = write(to=person)
    deliver(at(NOW))
    message.refresh_from_db()
    assert (message.delivered_at, message.body) == (NOW, "424242")
    assert purge(NOW + timedelta(hours=23)) == 0
    assert purge(NOW + timedelta(hours=25)) == 1
    assert Message.objects.get() == other


def test_a_code_that_is_too_old_is_not_sent_and_not_kept(carried, write):
    message = write("sign_in")
    deliver(at(NOW + timedelta(minutes=11)))
    message.refresh_from_db()
    assert carried == []
    assert (message.failed_at, message.error, message.body) == (NOW + timedelta(minutes=11), "too old", "")


def test_a_gateway_that_fails_is_tried_again_later(monkeypatch, write):
    def refuse(message: Message) -> Receipt:
        if message.address == "bad@example.org":
            raise ConnectionError("line busy")
        return Receipt("memory")

    monkeypatch.setitem(GATEWAYS, "console", refuse)
    bad, good = write(address="bad@example.org"), write()
    now = NOW
    assert deliver(at(now)) == 1
    good.refresh_from_db()
    assert good.delivered_at == NOW
    pauses = []
    for _ in range(ATTEMPTS - 1):
        bad.refresh_from_db()
        assert (bad.failed_at, bad.error) == (None, "ConnectionError: line busy")
        pauses.append((bad.due_at - now).total_seconds())
        assert deliver(at(bad.due_at - timedelta(seconds=1))) == 0
        now = bad.due_at
        deliver(at(now))
    bad.refresh_from_db()
    assert pauses == [30 * 2**number for number in range(ATTEMPTS - 1)]
    assert (bad.failed_at, bad.attempts) == (now, ATTEMPTS)
    assert deliver(at(now + timedelta(days=1))) == 0


def test_the_message_of_a_worker_that_died_is_carried_again(carried, write):
    write()
    assert claim(NOW)  # and then the worker is gone
    assert deliver(at(NOW + LEASE - timedelta(seconds=1))) == 0
    assert deliver(at(NOW + LEASE)) == 1


def test_the_first_end_counts(carried, write):
    """A slow worker whose lease ran out fails after another one has delivered."""
    message = write()
    slow = claim(NOW)
    deliver(at(NOW + LEASE))
    carrying.try_later(slow, ConnectionError("late"), NOW + 2 * LEASE)
    carrying.give_up(slow, "late", NOW + 2 * LEASE)
    message.refresh_from_db()
    assert (message.delivered_at, message.failed_at, message.error) == (NOW + LEASE, None, "")


def test_two_workers_claim_different_messages(fresh_db, write):
    from threading import Thread

    from django.db import connection, transaction

    write(), write()
    others: list[Message | None] = []

    def claim_elsewhere() -> None:
        others.extend([claim(NOW), claim(NOW)])
        connection.close()

    with transaction.atomic():  # the first worker is still in the middle of claiming
        first = claim(NOW)
        thread = Thread(target=claim_elsewhere)
        thread.start()
        thread.join(PATIENCE)
    assert others[0] and others[0] != first and others[1] is None


def test_a_sweep_leaves_time_for_other_work(carried, write):
    for number in range(5):
        write(address=f"{number}@example.org")
    passing = (NOW + timedelta(seconds=second) for second in count())
    assert 0 < deliver(lambda: next(passing)) < 5
    deliver(at(NOW + timedelta(minutes=2)))
    assert carried == [f"{number}@example.org" for number in range(5)]


def test_a_thousand_messages_wake_a_worker_once(write, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks() as wakes:
        write(), write(), write()
    assert len(wakes) == 1


def test_who_waits_at_the_door_overtakes_the_news(carried, write):
    for number in range(3):
        write("new_jobs", address=f"{number}@example.org")
    write("sign_in", address="door@example.org", now=NOW + timedelta(seconds=1))
    deliver(at(NOW + timedelta(seconds=1)))
    assert carried == ["door@example.org", "0@example.org", "1@example.org", "2@example.org"]


def test_addresses_without_a_person_are_forgotten_after_a_day(carried, write):
    write()
    assert purge(NOW + timedelta(hours=23)) == 0
    assert purge(NOW + timedelta(hours=25)) == 1


def test_messages_are_forgotten_after_ninety_days(carried, write):
    write(to=User.objects.create_user(phone="+992900000009"))
    assert purge(NOW + timedelta(days=89)) == 0
    assert purge(NOW + timedelta(days=91)) == 1


def test_nobody_reads_another_persons_messages(write):
    mine, yours = User.objects.create_user(phone="+992900000009"), User.objects.create_user(phone="+992900000008")
    operator = User.objects.create_superuser(email="o@example.org")
    message = write(to=mine)
    write()
    assert list(Message.objects.visible_to(mine)) == [message]
    for other in (yours, operator, AnonymousUser()):
        assert not Message.objects.visible_to(other).exists()
