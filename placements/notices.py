"""What goes out about a placement: to the worker one short question, to others only what the worker wanted them to know."""

from dataclasses import dataclass

from django.conf import settings
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from matching.models import Match
from portal.outbox.models import Purpose
from portal.outbox.notice import Notice


@dataclass(frozen=True, slots=True)
class OneMinute(Notice):
    """Whoever else holds the phone learns nothing. The short address leads to what is asked."""

    purpose = Purpose.CHECK_IN

    def sms(self) -> str:
        return f"{self.subject()} {settings.SITE_URL}/{get_language()}/{self.link()}"

    def subject(self) -> str:
        return _("Safar: 1 minute?")

    def body(self) -> str:
        return self.subject()

    def link(self) -> str:
        return "placements/minute/"


@dataclass(frozen=True, slots=True)
class WorkerTold(Notice):
    """To the members of the agency or of the employer."""

    purpose = Purpose.PEOPLE
    match: Match

    def subject(self) -> str:
        return _("A worker wants you to know something")

    def body(self) -> str:
        text = _("It is about this job: %(job)s, %(region)s. Read what the worker answered, and see what you can do.")
        return text % {"job": self.match.vacancy, "region": self.match.vacancy.region}

    def link(self) -> str:
        return "placements/told/"


def sms_to_trusted(name: str) -> str:
    """To somebody without an account, at the worker's wish; in the worker's language."""
    return _("Safar: %(name)s asks you to call.") % {"name": name[:24]}
