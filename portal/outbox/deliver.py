"""Carrying messages: claim under a lease, deliver, write down the result. At least once, never never.

A worker that dies leaves its lease to run out, and the next sweep carries the message again. A gateway is called outside
of any transaction.
"""

from collections.abc import Callable
from datetime import datetime, timedelta

import structlog
from django.conf import settings
from django.db import transaction
from django.db.models import F

from portal.outbox.gateways import GATEWAYS
from portal.outbox.models import SECRET_FOR, Message, Purpose

log = structlog.get_logger(__name__)

BATCH = 20
LEASE = timedelta(minutes=1)
ATTEMPTS = 8


def deliver(clock: Callable[[], datetime]) -> int:
    """Carry everything that is due; returns how many messages arrived."""
    carry = GATEWAYS[settings.OUTBOX_DELIVERY]
    arrived = 0
    while batch := claim(clock()):
        for message in batch:
            if is_too_old(message, clock()):
                give_up(message, "too old", clock())
                continue
            try:
                carry(message)
            except Exception as error:  # whatever a gateway does wrong, the other messages go on
                try_later(message, error, clock())
            else:
                arrive(message, clock())
                arrived += 1
    return arrived


def claim(now: datetime) -> list[Message]:
    """Take up to a batch of due messages for the length of a lease; workers that claim at once get different ones."""
    with transaction.atomic():
        due = Message.objects.due(now).order_by("due_at", "pk").select_for_update(skip_locked=True, no_key=True)
        keys = list(due.values_list("pk", flat=True)[:BATCH])
        Message.objects.filter(pk__in=keys).update(due_at=now + LEASE, attempts=F("attempts") + 1)
    return list(Message.objects.filter(pk__in=keys).order_by("created_at", "pk"))


def is_too_old(message: Message, now: datetime) -> bool:
    return message.is_secret and now - message.created_at > SECRET_FOR[Purpose(message.purpose)]


def arrive(message: Message, now: datetime) -> None:
    _end(message, delivered_at=now, error="")
    log.info("message.delivered", message=str(message.uid), channel=message.channel, purpose=message.purpose)


def give_up(message: Message, reason: str, now: datetime) -> None:
    _end(message, failed_at=now, error=reason)
    log.warning("message.failed", message=str(message.uid), channel=message.channel, purpose=message.purpose, reason=reason)


def try_later(message: Message, error: Exception, now: datetime) -> None:
    """Half a minute, one, two, four, …: an hour in all, then it has failed."""
    reason = f"{type(error).__name__}: {error}"[:200]
    if message.attempts >= ATTEMPTS:
        give_up(message, reason, now)
        return
    pause = timedelta(seconds=30) * 2 ** (message.attempts - 1)
    Message.objects.waiting().filter(pk=message.pk).update(due_at=now + pause, error=reason)
    log.warning("message.delayed", message=str(message.uid), attempts=message.attempts, error=type(error).__name__)


def _end(message: Message, **result: object) -> None:
    """The first end counts: a lease that ran out may have let two workers carry the same message."""
    if message.is_secret and not settings.DEMO:
        result["body"] = ""
    Message.objects.waiting().filter(pk=message.pk).update(**result)
