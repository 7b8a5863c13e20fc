"""Noting that somebody has read what Safar told them. Twice is once."""

from datetime import datetime

from portal.outbox.models import MessageQuerySet


def mark_read(messages: MessageQuerySet, now: datetime) -> None:
    messages.filter(read_at=None).update(read_at=now)
