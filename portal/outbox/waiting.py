"""What waits for operators about messages."""

from datetime import datetime, timedelta

from django.db.models import Count, Exists, OuterRef
from django.urls import reverse
from django.utils.translation import gettext as _

from portal.outbox.models import Channel, Message
from portal.outbox.results import NO_MONEY, NOT_LET_IN
from portal.ui.waiting import Waiting

LATE_AFTER = timedelta(minutes=10)  # as long as a code is good


def for_operator(now: datetime) -> list[Waiting]:
    """Two queries: what the gateways refuse us, and how many messages have not arrived. What they say stays closed."""
    return [*_closed_accounts(now), *_not_arrived(now)]


def _closed_accounts(now: datetime) -> list[Waiting]:
    """Refused today, and nothing has passed by the same way since."""
    passed = Message.objects.filter(channel=OuterRef("channel"), delivered_at__gt=OuterRef("failed_at"))
    refused = Message.objects.filter(error__in=(NO_MONEY, NOT_LET_IN), failed_at__gt=now - timedelta(days=1)).exclude(Exists(passed))
    titles = {
        (Channel.SMS, NO_MONEY): _("No money for SMS"),
        (Channel.SMS, NOT_LET_IN): _("The SMS service refuses our password"),
        (Channel.MAIL, NOT_LET_IN): _("The mail server refuses our password"),
    }
    text = _("Nothing goes out until somebody mends it. Then send again what failed: choose it in the list.")
    return [
        Waiting("alert-triangle", titles[channel, error], text, _("Open the list"), _list(channel=channel, error=error), count, "danger")
        for channel, error, count in refused.order_by("channel").values_list("channel", "error").annotate(count=Count("pk"))
    ]


def _not_arrived(now: datetime) -> list[Waiting]:
    since = (now - LATE_AFTER).replace(microsecond=0)
    count = Message.objects.filter(delivered_at=None, created_at__lt=since).count()
    if not count:
        return []
    text = _("They are older than ten minutes. See which way is broken.")
    url = _list(delivered_at__isnull="True", created_at__lt=since.isoformat())
    return [Waiting("message", _("Messages that did not arrive"), text, _("Open the list"), url, count, "danger")]


def _list(**query: str) -> str:
    return reverse("admin:outbox_message_changelist", query=query)
