"""The part of a person's data that lies in the outbox."""

from datetime import datetime
from typing import Any

from django.utils import formats, timezone
from django.utils.translation import gettext as _

from portal import hooks
from portal.outbox.models import ChosenWay, Message


def export_messages(user: hooks.Person) -> dict[str, Any]:
    return {
        _("Messages to you"): [
            {
                _("Sent"): formats.date_format(timezone.localtime(message.created_at), "DATETIME_FORMAT"),
                _("By"): message.get_channel_display(),
                _("To"): message.address,
                _("About"): message.get_purpose_display(),
                _("Text"): "" if message.is_secret else message.body,
                _("You read it"): formats.date_format(timezone.localtime(message.read_at), "DATETIME_FORMAT") if message.read_at else None,
            }
            for message in Message.objects.filter(to=user)
        ],
        _("How news reaches you"): {way.get_purpose_display(): way.get_channel_display() for way in ChosenWay.objects.filter(user=user)},
    }


@hooks.erases("outbox.Message", "outbox.ChosenWay")
def erase_messages(user: hooks.Person, now: datetime) -> None:
    Message.objects.filter(to=user).delete()
    ChosenWay.objects.filter(user=user).delete()
