"""A person's own courses: how far each is, in a sentence."""

from datetime import datetime

from django.utils.translation import gettext as _

from portal.accounts.models import User
from training.models import SignUp, TrainingOffer
from training.seats import has_begun
from training.show_offer import days_of

State = SignUp.State


class OwnCourse:
    """`sign_up` comes with its course and its verifications. No query."""

    def __init__(self, sign_up: SignUp, has_begun: bool) -> None:
        self.sign_up, self.offer = sign_up, sign_up.offer
        self.days = days_of(self.offer)
        self.is_called_off = self.offer.status == TrainingOffer.Status.CALLED_OFF
        self.has_seat = sign_up.state == State.SEATED and not self.is_called_off
        self.is_waiting = sign_up.state == State.WAITING and not self.is_called_off and not has_begun
        takes_part = sign_up.state in (State.SEATED, State.CAME) and self.offer.status in TrainingOffer.GOING_ON
        self.is_open = takes_part or self.is_waiting
        self.can_leave = self.has_seat or self.is_waiting
        self.verified = [f"{row.skill}: {row.get_level_display()}" for row in sign_up.verifications.all()]
        self.because = sign_up.taken_back_because

    @property
    def tone(self) -> str:
        return "warn" if self.is_waiting else "" if self.has_seat or self.sign_up.state == State.COMPLETED else "neutral"

    @property
    def title(self) -> str:
        if self.is_called_off:
            return _("Your course is called off")
        if self.sign_up.state == State.WAITING and not self.is_waiting:
            return _("No place was left")
        return {
            State.SEATED: _("You have a place"),
            State.WAITING: _("You are on the waiting list"),
            State.LEFT: _("You have left this course"),
            State.CAME: _("You took part"),
            State.ABSENT: _("You did not come"),
            State.COMPLETED: _("You have completed the course"),
        }[State(self.sign_up.state)]

    @property
    def text(self) -> str:
        if self.is_waiting:
            return _("When somebody leaves, the place goes to who waits longest. Safar writes to you.")
        if self.has_seat:
            return _("Come on the first day. If you cannot, leave the course here, so that somebody else can learn.")
        if self.because:
            return _("The centre has taken back that you completed it: %(why)s") % {"why": self.because}
        return ""


def own_courses(user: User, now: datetime) -> tuple[list[OwnCourse], list[OwnCourse]]:
    """(those going on or ahead, those that are over). Three queries."""
    rows = SignUp.objects.filter(candidate__user=user).select_related("offer__centre", "offer__region__country")
    rows = rows.prefetch_related("verifications__skill").order_by("-offer__starts_on", "-pk")
    shown = [OwnCourse(row, has_begun(row.offer, now)) for row in rows]
    return [each for each in shown if each.is_open], [each for each in shown if not each.is_open]
