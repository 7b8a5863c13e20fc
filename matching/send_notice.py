"""Telling the operators that an audit has found a difference for the second month running."""

from datetime import datetime

from django.db.models import Q
from django.utils import translation
from django.utils.translation import gettext as _

from portal.accounts.models import User
from portal.outbox.models import Channel, Purpose
from portal.outbox.send import send


def send_notice(now: datetime) -> None:
    """A mail to each operator, in their language. It holds no count and names no group: that stands behind their second factor."""
    may = Q(groups__permissions__codename="view_scoringaudit") | Q(user_permissions__codename="view_scoringaudit") | Q(is_superuser=True)
    operators = User.objects.filter(may, is_active=True, email__isnull=False).order_by("pk").distinct()
    for operator in operators:
        with translation.override(operator.language):
            send(
                to=operator,
                channel=Channel.MAIL,
                address=operator.email,
                subject=_("Safar: one group gets less far than another, two months running"),
                body=_(
                    "The monthly audit of matching has found a difference that chance does not explain. Sign in to Safar: your home page leads to it, and it says what to do."
                ),
                language=operator.language,
                purpose=Purpose.AUDIT,
                now=now,
            )
