"""The lock of a plan: whatever changes it stands in one line there, and only its owner changes it."""

from django.core.exceptions import PermissionDenied

from portal.accounts.models import User
from remittances.models import Goal, Plan


class NotPossible(Exception):
    """`str()` tells the person what to do."""


def hold(plan_id: int, by: User) -> Plan:
    """Raises `PermissionDenied`, and `ObjectDoesNotExist` for what was deleted meanwhile."""
    plan = Plan.objects.select_for_update().get(pk=plan_id)
    if plan.user_id != by.pk:
        raise PermissionDenied
    return plan


def hold_goal(goal: Goal, by: User) -> Goal:
    """As above, with what is saved by now."""
    hold(goal.plan_id, by)
    return Goal.objects.with_saved().select_related("plan").get(pk=goal.pk)
