"""What waits for operators about messages."""

from datetime import datetime, timedelta

from django.urls import reverse
from django.utils.translation import gettext as _

from portal.outbox.models import Message
from portal.ui.waiting import Waiting

LATE_AFTER = timedelta(minutes=10)  # as long as a code is good


def for_operator(now: datetime) -> list[Waiting]:
    """One query: how many messages have not arrived, given up or still being tried. What they say stays closed."""
    since = (now - LATE_AFTER).replace(microsecond=0)
    count = Message.objects.filter(delivered_at=None, created_at__lt=since).count()
    if not count:
        return []
    text = _("They are older than ten minutes. See which way is broken.")
    query = {"delivered_at__isnull": "True", "created_at__lt": since.isoformat()}
    url = reverse("admin:outbox_message_changelist", query=query)
    return [Waiting("message", _("Messages that did not arrive"), text, _("Open the list"), url, count, "danger")]
