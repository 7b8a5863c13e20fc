"""Putting a message into the outbox. The row commits with whatever caused it; carrying it is the workers' work."""

from datetime import datetime

from django.contrib.auth.base_user import AbstractBaseUser
from django.db import connection, transaction

from portal.outbox.models import URGENT, Message
from portal.wake import wake


def send(
    *,
    to: AbstractBaseUser | None,
    channel: str,
    address: str,
    subject: str,
    body: str,
    language: str,
    purpose: str,
    now: datetime,
) -> Message:
    """Write the message down and wake a worker once the transaction is through. `to` is empty for an address without a person."""
    message = Message.objects.create(
        to_id=to.pk if to else None,
        channel=channel,
        address=address,
        subject=subject,
        body=body,
        language=language,
        purpose=purpose,
        urgent=purpose in URGENT,
        created_at=now,
        due_at=now,
    )
    if _wake not in [waiting[1] for waiting in connection.run_on_commit]:  # once is enough for a transaction
        transaction.on_commit(_wake)
    return message


def _wake() -> None:
    wake("portal.outbox.deliver")
