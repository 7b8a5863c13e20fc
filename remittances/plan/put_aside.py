"""Money put aside for a goal, or taken out again."""

from datetime import date
from decimal import Decimal

from django.db import transaction
from django.utils.translation import gettext as _

from portal.accounts.models import User
from portal.money.amounts import Money
from portal.money.formats import format_money
from remittances.models import Goal, Saving
from remittances.plan.hold import NotPossible, hold_goal


@transaction.atomic
def put_aside(goal: Goal, amount: Decimal, by: User, today: date) -> Saving:
    """Below zero: taken out. Raises `NotPossible` for more than there is."""
    held = hold_goal(goal, by)
    saved: Decimal = held.saved  # type: ignore[attr-defined]
    if saved + amount < 0:
        there = format_money(Money(saved, held.plan.currency))
        raise NotPossible(_("You have put aside %(sum)s for this goal. You cannot take out more.") % {"sum": there})
    return held.savings.create(amount=amount, saved_on=today)
