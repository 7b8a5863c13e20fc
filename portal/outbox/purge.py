"""What the outbox forgets."""

from datetime import datetime, timedelta

from django.conf import settings
from django.db.models import Q

from portal.outbox.models import SECRET_FOR, Message

KEPT = timedelta(days=90)  # long enough to answer "did you tell me?"
STRANGERS_KEPT = DEMO_CODES_KEPT = timedelta(days=1)


def purge(now: datetime) -> int:
    """Delete messages that nobody needs any more, addresses without a person first; in the demo also the codes it kept readable."""
    old = Message.objects.filter(Q(created_at__lt=now - KEPT) | Q(to=None, created_at__lt=now - STRANGERS_KEPT))
    deleted, _ = old.filter(key="").delete()
    old.exclude(body="").update(subject="", body="", link="")  # a key that is remembered: told once, for ever
    if settings.DEMO:
        codes, _ = Message.objects.filter(purpose__in=SECRET_FOR, created_at__lt=now - DEMO_CODES_KEPT).delete()
        deleted += codes
    return deleted
