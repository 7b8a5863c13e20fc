"""Sending once more what an operator has found failed, after the account is paid or the password is right."""

from datetime import datetime

from django.db import transaction

from portal.outbox.models import SECRET_FOR, MessageQuerySet
from portal.wake import wake


def send_again(messages: MessageQuerySet, now: datetime) -> int:
    """Codes are not among them: by now they open nothing. Returns how many go out."""
    count = messages.exclude(failed_at=None).exclude(purpose__in=SECRET_FOR).update(failed_at=None, attempts=0, due_at=now, error="")
    if count:
        transaction.on_commit(lambda: wake("portal.outbox.deliver"))
    return count
