"""What Safar knows about a person, in words that they can read."""

from datetime import datetime
from typing import Any

from django.utils import formats, timezone
from django.utils.translation import gettext as _

from portal import hooks
from portal.accounts.models import Consent, User


def export_everything(user: User) -> dict[str, Any]:
    sections: dict[str, Any] = {}
    for step in hooks.export_person:
        sections |= step(user)
    return sections


def export_account(user: User) -> dict[str, Any]:
    return {
        _("Account"): {
            _("Phone"): user.phone,
            _("E-mail"): user.email,
            _("Language"): user.get_language_display(),
            _("Since"): moment(user.created_at),
            _("Last sign-in"): moment(user.last_login),
        },
        _("What you agreed to"): [
            {
                _("For"): consent.get_purpose_display(),
                _("Version"): consent.version,
                _("Agreed"): moment(consent.given_at),
                _("Taken back"): moment(consent.withdrawn_at),
            }
            for consent in Consent.objects.filter(user=user)
        ],
    }


def moment(at: datetime | None) -> str | None:
    return formats.date_format(timezone.localtime(at), "DATETIME_FORMAT") if at else None
