"""Writing a goal down, changing it, and letting it go."""

from dataclasses import asdict, dataclass
from datetime import date, datetime
from decimal import Decimal

from django.db import transaction
from django.utils.translation import gettext as _

from portal.accounts.models import User
from remittances.models import Goal, Plan
from remittances.plan.hold import NotPossible, hold, hold_goal

MOST = 20


@dataclass(frozen=True, slots=True)
class Wish:
    """What somebody saves for. `monthly_gain` is of a skill alone."""

    kind: str
    title: str
    target: Decimal
    by: date | None = None
    monthly_gain: Decimal | None = None
    is_shared: bool = False


@transaction.atomic
def write_goal(plan: Plan, wish: Wish, by: User, now: datetime) -> Goal:
    plan = hold(plan.pk, by)
    if plan.goals.count() >= MOST:
        raise NotPossible(_("There are %(most)d already, and that is the most. Delete one first.") % {"most": MOST})
    return Goal.objects.create(plan=plan, created_at=now, **asdict(wish))


@transaction.atomic
def change_goal(goal: Goal, wish: Wish, by: User) -> Goal:
    """What is saved stays."""
    held = hold_goal(goal, by)
    for name, value in asdict(wish).items():
        setattr(held, name, value)
    held.save()
    return held


@transaction.atomic
def delete_goal(goal: Goal, by: User) -> None:
    hold_goal(goal, by).delete()
