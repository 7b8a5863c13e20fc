"""Beginning a plan, changing what it says about oneself, and letting it go."""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from django.db import transaction
from django.utils.translation import gettext as _

from portal.accounts.models import User
from portal.money.formats import currency_word
from remittances.models import Plan
from remittances.plan.hold import NotPossible, hold


@dataclass(frozen=True, slots=True)
class Terms:
    """`pay` is a month's, in `currency`."""

    currency: str
    pay: Decimal | None = None
    shows_pay: bool = False
    is_nudged: bool = True


@transaction.atomic
def keep_plan(by: User, terms: Terms, now: datetime) -> Plan:
    """The person's one plan, as the terms say. Raises `NotPossible` for another currency once sums are written in the first."""
    User.objects.select_for_update(no_key=True).get(pk=by.pk)  # two at once begin one plan
    plan: Plan = Plan.objects.select_for_update().filter(user=by).first() or Plan(user=by, created_at=now)
    if plan.pk and plan.currency != terms.currency and plan.goals.exists():
        raise NotPossible(
            _("Your goals are written in this money: %(currency)s. Delete them first, or keep it.")
            % {"currency": currency_word(plan.currency)}
        )
    plan.currency, plan.pay, plan.shows_pay, plan.is_nudged = terms.currency, terms.pay, terms.shows_pay, terms.is_nudged
    plan.save()
    return plan


@transaction.atomic
def delete_plan(plan: Plan, by: User) -> None:
    """With all its goals, and with whoever it was shared with."""
    hold(plan.pk, by).delete()
