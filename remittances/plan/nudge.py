"""Once a calendar month, towards its end: who has an open goal and has put nothing aside this month hears of their plan."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Exists, OuterRef, Q
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from portal.outbox.models import Purpose
from portal.outbox.notice import Notice
from portal.outbox.tell import tell
from remittances.models import Goal, Plan, Saving

FROM_DAY = 20  # most have been paid by then, and ten days are left
SETTLED = timedelta(days=7)  # whoever has just written a goal down thinks of it anyway


@dataclass(frozen=True)
class YourPlan(Notice):
    """Says neither what for nor how much."""

    purpose = Purpose.MONEY

    def subject(self) -> str:
        return _("My money plan")

    def body(self) -> str:
        return _("Look at your goals: a small step counts too. There you can also switch this reminder off.")

    def link(self) -> str:
        return "money/plan/"


def nudge_savers(now: datetime) -> int:
    """Returns how many were told. Several workers may run it at once: who holds a plan is passed over, and told already."""
    today = localdate(now)
    if today.day < FROM_DAY:
        return 0
    first = today.replace(day=1)
    goals = Goal.objects.open().filter(plan=OuterRef("pk"), created_at__lte=now - SETTLED).order_by()
    saved = Saving.objects.filter(goal__plan=OuterRef("pk"), amount__gt=0, saved_on__gte=first).order_by()
    due = Plan.objects.filter(Q(nudged_on=None) | Q(nudged_on__lt=first), is_nudged=True, user__is_active=True)
    due = due.filter(Exists(goals), ~Exists(saved)).order_by("pk")
    told = 0
    for pk in list(due.values_list("pk", flat=True)):
        with transaction.atomic():
            plan = due.filter(pk=pk).select_for_update(of=("self",), skip_locked=True).select_related("user").first()
            if plan is not None:
                plan.nudged_on = today
                plan.save(update_fields=["nudged_on"])
                told += tell(plan.user, YourPlan(), now, key=f"plan-{plan.pk}-{first:%Y-%m}") is not None
    return told
