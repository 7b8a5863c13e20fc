"""What the outbox forgets."""

from datetime import datetime, timedelta

from django.conf import settings

from portal.outbox.models import SECRET_FOR, Message

KEPT = timedelta(days=90)  # long enough to answer "did you tell me?"
DEMO_CODES_KEPT = timedelta(days=1)


def purge(now: datetime) -> int:
    """Delete messages that nobody needs any more; in the demo also the codes that it kept readable."""
    deleted, _ = Message.objects.filter(created_at__lt=now - KEPT).delete()
    if settings.DEMO:
        codes, _ = Message.objects.filter(purpose__in=SECRET_FOR, created_at__lt=now - DEMO_CODES_KEPT).delete()
        deleted += codes
    return deleted
