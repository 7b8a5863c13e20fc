"""What comes next, in the candidate's words."""

from dataclasses import dataclass

from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from matching.models import Match, State, Vacancy


@dataclass(frozen=True, slots=True)
class NextStep:
    title: Promise
    text: Promise
    tone: str  # of the chip: warn where the candidate must answer
    is_mine: bool = False


S = State
NEXT: dict[State, NextStep] = {
    S.SUGGESTED: NextStep(_("Your agency looks at it"), _("It tells you here what it has decided."), "neutral"),
    S.DECLINED: NextStep(_("Your agency said no"), _("You see why. You can let somebody else look at it."), "neutral"),
    S.APPROVED: NextStep(_("Your answer is needed"), _("Read about the job. Then say yes, or say that it is not for you."), "warn", True),
    S.ACCEPTED: NextStep(_("The employer reads about you"), _("The employer now knows who you are. You hear from your agency."), "neutral"),
    S.SELECTED: NextStep(_("The employer wants you"), _("Your agency writes down the contract. You read it before you agree."), ""),
    S.OFFERED: NextStep(_("Read the contract"), _("Compare it with what was promised. Nothing happens before you agree."), "warn", True),
    S.AGREED: NextStep(_("Prepare to leave"), _("Your agency tells you the day. Keep a photo of the contract."), ""),
    S.PLACED: NextStep(_("You have left for this job"), _("If the work or the pay is not as agreed, ask for help."), ""),
    S.ENDED: NextStep(_("This job is over"), _("You can look for another one."), "neutral"),
    S.TURNED_DOWN: NextStep(_("You said no"), _("Nobody minds. Other jobs may come."), "neutral"),
    S.REJECTED: NextStep(_("The employer chose somebody else"), _("Other jobs may come."), "neutral"),
    S.REFUSED: NextStep(_("You refused the contract"), _("Other jobs may come."), "neutral"),
    S.WITHDRAWN: NextStep(_("This one has been taken back"), _("Ask your agency if you do not know why."), "neutral"),
    S.EXPIRED: NextStep(_("This job is closed"), _("Other jobs may come."), "neutral"),
}

TALK = NextStep(
    _("The employer wants to talk with you"), _("Choose a time that suits you, or say that none of them does."), "warn", is_mine=True
)

STOPPED: dict[State, NextStep] = {
    S.EXPIRED: NextStep(
        _("Safar has stopped this job"), _("The place is not safe now, or the employer is being checked. Other jobs may come."), "danger"
    ),
    S.AGREED: NextStep(
        _("Do not leave yet"), _("The place is not safe now, or the employer is being checked. Ask your agency what comes next."), "danger"
    ),
    S.PLACED: NextStep(
        _("Call your agency"), _("The place is not safe now, or the employer is being checked. Ask your agency what you can do."), "danger"
    ),
}


def next_step(match: Match, talk_waits: bool = False) -> NextStep:
    """The match comes with its vacancy. A query where the vacancy was stopped and the contract stands."""
    state = State(match.state)
    if talk_waits:
        return TALK
    if state == S.EXPIRED:
        return STOPPED[state] if match.vacancy.stopped_because else NEXT[state]
    return STOPPED[state] if state in STOPPED and is_stopped(match.vacancy) else NEXT[state]


def is_stopped(vacancy: Vacancy) -> bool:
    """Safar has stopped it, and nobody may be sent there today: a danger ends, a name on a list turns out to be somebody else's."""
    if not vacancy.stopped_because:
        return False
    return not Vacancy.objects.safe_on(timezone.now().date()).filter(pk=vacancy.pk).exists()
