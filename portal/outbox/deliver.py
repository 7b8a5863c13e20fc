"""Carrying messages: claim one under a lease, deliver, write down the result. At least once, never never.

A worker that dies leaves its lease to run out, and the next sweep carries the message again; a gateway that can be asked is
asked first whether it has it. A gateway is called outside of any transaction. Where one is closed, the rest of what should go
through it waits for the next sweep, and loses no attempt.
"""

from collections.abc import Callable, Collection
from datetime import datetime, timedelta

import structlog
from django.conf import settings
from django.db import transaction

from portal.outbox.gateways import GATEWAYS
from portal.outbox.models import SECRET_FOR, Message, Purpose
from portal.outbox.results import AccountClosed, Closed, Receipt, Refused

log = structlog.get_logger(__name__)

LEASE = timedelta(minutes=1)  # longer than all that a gateway may take for one message
ATTEMPTS = 8
SWEEP = timedelta(seconds=8)  # the next sweep goes on after ten: other work of the queue comes in between


def deliver(clock: Callable[[], datetime]) -> int:
    """Carry what is due, as much as there is time for; returns how many messages arrived."""
    carry = GATEWAYS[settings.OUTBOX_DELIVERY]
    arrived = 0
    closed: set[str] = set()
    until = clock() + SWEEP
    while clock() < until and (message := claim(clock(), closed)):
        if is_too_old(message, clock()):
            give_up(message, "too old", clock())
            continue
        try:
            receipt = carry(message)
        except Refused as refusal:
            give_up(message, str(refusal), clock(), refusal.receipt)
            if isinstance(refusal, AccountClosed):
                log.error("message.account_closed", channel=message.channel, provider=refusal.receipt.provider, reason=str(refusal))
                closed.add(message.channel)
        except Exception as error:  # whatever a gateway does wrong, the other messages go on
            try_later(message, error, clock())
            if isinstance(error, Closed):
                closed.add(message.channel)
        else:
            arrive(message, receipt, clock())
            arrived += 1
    return arrived


@transaction.atomic
def claim(now: datetime, closed: Collection[str] = ()) -> Message | None:
    """Take the next due message for the length of a lease; workers that claim at once get different ones."""
    due = Message.objects.due(now).exclude(channel__in=closed).order_by("-urgent", "due_at", "pk")
    message = due.select_for_update(skip_locked=True, no_key=True).first()
    if message:
        message.due_at = now + LEASE
        message.attempts += 1
        message.save(update_fields=["due_at", "attempts"])
    return message


def is_too_old(message: Message, now: datetime) -> bool:
    return message.is_secret and now - message.created_at > SECRET_FOR[Purpose(message.purpose)]


def arrive(message: Message, receipt: Receipt, now: datetime) -> None:
    _end(message, receipt, delivered_at=now, error="")
    log.info("message.delivered", message=str(message.uid), channel=message.channel, purpose=message.purpose)


def give_up(message: Message, reason: str, now: datetime, receipt: Receipt | None = None) -> None:
    _end(message, receipt, failed_at=now, error=reason)
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


def _end(message: Message, receipt: Receipt | None, **result: object) -> None:
    """The first end counts: a lease that ran out may have let two workers carry the same message."""
    if message.is_secret and not settings.DEMO:
        result["body"] = ""
    if receipt:
        result |= {"provider": receipt.provider, "provider_id": receipt.id, "provider_answer": receipt.answer}
    Message.objects.waiting().filter(pk=message.pk).update(**result)
