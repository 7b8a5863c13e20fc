"""The part of a person's data that lies in the outbox."""

from datetime import datetime
from typing import Any

from django.utils import formats, timezone
from django.utils.translation import gettext as _

from portal import hooks
from portal.outbox.models import Message


def export_messages(user: hooks.Person) -> dict[str, Any]:
    return {
        _("Messages to you"): [
            {
                _("Sent"): formats.date_format(timezone.localtime(message.created_at), "DATETIME_FORMAT"),
                _("By"): message.get_channel_display(),
                _("To"): message.address,
                _("About"): message.get_purpose_display(),
                _("Text"): "" if message.is_secret else message.body,
            }
            for message in Message.objects.filter(to=user)
        ]
    }


@hooks.erases("outbox.Message")
def erase_messages(user: hooks.Person, now: datetime) -> None:
    Message.objects.filter(to=user).delete()
