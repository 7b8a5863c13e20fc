"""What a saver finds on their own home."""

from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _

from portal.accounts.models import User
from portal.ui.waiting import Waiting
from remittances.models import Goal
from remittances.plan.show import ShownGoal


def for_saver(user: User, today: date) -> list[Waiting]:
    """The open goal whose day comes first. One query."""
    goals = Goal.objects.open().filter(plan__user=user).select_related("plan")
    goal = min(goals, key=lambda row: (row.by or date.max, row.created_at, row.pk), default=None)
    if goal is None:
        return []
    text = f"{goal.title}: {ShownGoal(goal, today).percent_text}"
    return [Waiting("wallet", _("My money plan"), text, _("Open"), reverse("remittances:plan"), tone="leaf")]
