"""What Safar tells somebody: one small class a message.

    @dataclass(frozen=True)
    class OfferReady(Notice):
        purpose = Purpose.CONTRACT
        match: Match

        def subject(self) -> str:
            return _("Your contract is ready")

        def body(self) -> str:
            return _("Read the contract for %(vacancy)s and say whether you agree.") % {"vacancy": self.match.vacancy}

        def link(self) -> str:
            return f"jobs/mine/{self.match.uid}/"

`tell()` calls its methods in the receiver's language: give it rows, whose names it translates, rather than finished text.
The body goes by mail too and is read by whoever holds the phone: it names no other person, no wage, no money.
"""

from typing import ClassVar

from django.utils.translation import gettext as _

from portal.outbox.models import Purpose

LONGEST_SMS = 70  # characters of one SMS in letters that are not Latin


class Notice:
    purpose: ClassVar[Purpose]

    def sms(self) -> str:
        """At most `LONGEST_SMS` characters, in each language; says little: no job, no employer, no money."""
        return _("Safar: news for you. Open Safar.")

    def subject(self) -> str:
        raise NotImplementedError

    def body(self) -> str:
        raise NotImplementedError

    def link(self) -> str:
        """Where to act: a path of ours without the language, such as "jobs/mine/". Empty: nowhere."""
        return ""
