"""What is sent to somebody whom an agency has on its list."""

from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import override

from matching.models import Invitation
from portal.accounts.models import User
from portal.outbox.models import Channel, Purpose
from portal.outbox.notice import Notice
from portal.outbox.send import send
from portal.outbox.tell import tell

LANGUAGES = {"TJ": "tg", "KG": "ky", "UZ": "uz"}  # nobody has asked the person yet


@dataclass(frozen=True)
class Invited(Notice):
    purpose = Purpose.CARE
    invitation: Invitation

    def sms(self) -> str:
        return _("Safar: you have an invitation. Sign in with this number.")

    def subject(self) -> str:
        return _("An agency invites you")

    def body(self) -> str:
        return _("%(agency)s would like to look for work for you. You decide: say yes or no.") % {"agency": self.invitation.agency}

    def link(self) -> str:
        return f"jobs/invitations/{self.invitation.uid}/"


def tell_invited(invitation: Invitation, user: User | None, now: datetime) -> None:
    """`user` is who has an account with this phone already."""
    notice = Invited(invitation)
    if user is not None:
        tell(user, notice, now, key=f"invitation {invitation.uid}")
        return
    language = LANGUAGES.get(invitation.agency.country_id, "ru")
    with override(language):
        text = notice.sms()
    send(
        to=None,
        channel=Channel.SMS,
        address=invitation.phone,
        subject="",
        body=text,
        language=language,
        purpose=notice.purpose,
        now=now,
    )
