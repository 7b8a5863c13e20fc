"""The steps towards a goal: written down, done, and let go."""

from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from portal.accounts.models import User
from remittances.models import Goal, PlanStep
from remittances.plan.hold import NotPossible, hold_goal

MOST = 20


@transaction.atomic
def write_step(goal: Goal, text: str, due_on: date | None, by: User) -> PlanStep:
    held = hold_goal(goal, by)
    if held.steps.count() >= MOST:
        raise NotPossible(_("There are %(most)d already, and that is the most. Delete one first.") % {"most": MOST})
    return held.steps.create(text=text, due_on=due_on)


@transaction.atomic
def tick_step(step: PlanStep, is_done: bool, by: User, now: datetime) -> None:
    """A step that is done stays done since then."""
    steps = hold_goal(step.goal, by).steps.filter(pk=step.pk)
    if is_done:
        steps.filter(done_at=None).update(done_at=now)
    else:
        steps.update(done_at=None)


@transaction.atomic
def delete_step(step: PlanStep, by: User) -> None:
    hold_goal(step.goal, by).steps.filter(pk=step.pk).delete()
