"""Telling somebody something: on their page of messages always, and by SMS or mail as they chose."""

from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.utils.translation import override

from portal.hooks import Person
from portal.outbox.models import MEMBERS_CHOOSE, WORKERS_CHOOSE, Channel, ChosenWay, Message, Purpose
from portal.outbox.notice import Notice
from portal.outbox.send import send

ONE_BUZZ = timedelta(hours=1)  # an SMS says little: several pieces of news together are the same one


@transaction.atomic
def tell(user: Person, notice: Notice, now: datetime, key: str = "") -> Message | None:
    """The message on the person's page; None for somebody who is gone, or who was told under this key before."""
    if not user.is_active:
        return None
    with override(user.language):
        subject, body, sms, link = " ".join(notice.subject().split())[:200], notice.body(), notice.sms(), notice.link()
    fields = {"subject": subject, "body": body, "link": link, "language": user.language, "purpose": notice.purpose}
    times = {"created_at": now, "due_at": now, "delivered_at": now}
    if key:
        message, is_new = Message.objects.get_or_create(to_id=user.pk, key=key, defaults=fields | times | {"channel": Channel.APP})
        if not is_new:
            return None
    else:
        message = Message.objects.create(to_id=user.pk, channel=Channel.APP, **fields, **times)
    common = {"to": user, "language": user.language, "purpose": notice.purpose, "now": now}
    match way_of(user, notice.purpose):
        case Channel.SMS if not _has_buzzed(user, sms, now):
            send(channel=Channel.SMS, address=user.phone, subject="", body=sms, **common)
        case Channel.MAIL:
            text = f"{body}\n\n{settings.SITE_URL}/{user.language}/{link}"
            send(channel=Channel.MAIL, address=user.email, subject=subject, body=text, **common)
    return message


def _has_buzzed(user: Person, text: str, now: datetime) -> bool:
    lately = Message.objects.filter(to_id=user.pk, channel=Channel.SMS, body=text, failed_at=None)
    return lately.filter(created_at__gt=now - ONE_BUZZ, created_at__lte=now).exists()


def way_of(user: Person, purpose: Purpose) -> Channel:
    """By which way the news goes out: as chosen, where that may be chosen and the person still has it; else SMS before mail."""
    ways = ways_to(user)
    if purpose in WORKERS_CHOOSE + MEMBERS_CHOOSE:
        chosen = ChosenWay.objects.filter(user_id=user.pk, purpose=purpose).values_list("channel", flat=True).first()
        if chosen in ways:
            return Channel(chosen)
    return ways[0]


def ways_to(user: Person) -> list[Channel]:
    """How news can reach the person, the usual way first."""
    return [*([Channel.SMS] if user.phone else []), *([Channel.MAIL] if user.email else []), Channel.APP]
