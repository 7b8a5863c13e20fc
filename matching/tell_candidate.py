"""What a candidate is told of the matches: by whatever way they chose, and always on their page of messages."""

from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from matching.models import Match
from portal.outbox.models import Purpose
from portal.outbox.notice import Notice
from portal.outbox.tell import tell


@dataclass(frozen=True, slots=True)
class AboutMatch(Notice):
    purpose = Purpose.MATCH
    match: Match

    def link(self) -> str:
        return f"jobs/mine/{self.match.uid}/"


class Proposed(AboutMatch):
    def subject(self) -> str:
        return _("A job for you")

    def body(self) -> str:
        return _("Your agency has found a job for you: %(job)s. Read about it and answer.") % {"job": self.match.vacancy}


class Declined(AboutMatch):
    def subject(self) -> str:
        return _("Your agency said no to a job")

    def body(self) -> str:
        return _("It is about this job: %(job)s. Read why. You can let somebody else look at it.") % {"job": self.match.vacancy}


class Answered(AboutMatch):
    purpose = Purpose.QUESTION

    def subject(self) -> str:
        return _("Your question is answered")

    def body(self) -> str:
        return _("You asked about this job: %(job)s. Your agency has answered.") % {"job": self.match.vacancy}


def tell_candidate(match: Match, notice: AboutMatch, now: datetime) -> None:
    """Nobody without an account. A job that they had not seen is no news when it is declined: they find it on their page."""
    user = match.candidate.user
    is_news = not isinstance(notice, Declined) or match.interested_at is not None or match.events.count() > 1
    if user is not None and is_news:
        tell(user, notice, now)
