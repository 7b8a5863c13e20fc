"""What people are told of their courses: on their page of messages always, and as they chose."""

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from portal.outbox.models import Purpose
from portal.outbox.notice import Notice
from portal.outbox.tell import tell
from training.models import SignUp, TrainingOffer


@dataclass(frozen=True)
class AboutCourse(Notice):
    purpose: ClassVar[Purpose] = Purpose.COURSE
    offer: TrainingOffer

    def link(self) -> str:
        return f"training/{self.offer.uid}/"

    def names(self) -> dict[str, str]:
        return {"course": str(self.offer), "centre": str(self.offer.centre), "day": date_format(self.offer.starts_on)}


class SeatForYou(AboutCourse):
    def subject(self) -> str:
        return _("You have a place")

    def body(self) -> str:
        return _("A place is free: you are on the course %(course)s of %(centre)s. It begins on %(day)s.") % self.names()


class CourseChanged(AboutCourse):
    def subject(self) -> str:
        return _("Your course has changed")

    def body(self) -> str:
        return _("The day or the place of the course %(course)s is another one now. It begins on %(day)s. Read where.") % self.names()


class CourseCalledOff(AboutCourse):
    def subject(self) -> str:
        return _("Your course is called off")

    def body(self) -> str:
        return _("%(centre)s does not give the course %(course)s. You need not do anything. Look for another one.") % self.names()


class CourseCompleted(AboutCourse):
    def subject(self) -> str:
        return _("You have completed the course")

    def body(self) -> str:
        return (
            _("%(centre)s has confirmed that you completed the course %(course)s. What you learnt counts for your next jobs.")
            % self.names()
        )


class CompletionTakenBack(AboutCourse):
    def subject(self) -> str:
        return _("A completed course does not count any more")

    def body(self) -> str:
        return (
            _("%(centre)s has taken back that you completed the course %(course)s. Read why, and ask them if it is wrong.") % self.names()
        )


def tell_learners(offer: TrainingOffer, notice: AboutCourse, now: datetime) -> None:
    """Everybody who has a seat or waits for one."""
    asked = offer.sign_ups.filter(state__in=(SignUp.State.SEATED, SignUp.State.WAITING), candidate__user__isnull=False)
    for sign_up in asked.select_related("candidate__user"):
        tell(sign_up.candidate.user, notice, now)
