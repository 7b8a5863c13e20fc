"""Farrukh's plan: three goals, one of them his alone, and Aigul looks at the others."""

from datetime import datetime, timedelta
from decimal import Decimal

from django.utils import timezone

from portal.accounts.cast import PEOPLE
from portal.accounts.models import User
from remittances.models import Goal, Plan
from remittances.plan.keep_plan import Terms, keep_plan
from remittances.plan.put_aside import put_aside
from remittances.plan.share_plan import join_plan, share_plan
from remittances.plan.write_goal import Wish, write_goal
from remittances.plan.write_step import tick_step, write_step

MONTH = timedelta(days=30)


def load_demo_plans(now: datetime) -> int:
    """In the words that he would write. Returns how many plans were new."""
    farrukh = User.objects.get(phone=PEOPLE["farrukh"].phone)
    if Plan.objects.filter(user=farrukh).exists():
        return 0
    today = timezone.localdate(now)
    plan = keep_plan(farrukh, Terms("RUB", pay=Decimal(85_000)), now)
    kind = Goal.Kind
    roof = Wish(kind.HOME, "Боми нави хона", Decimal(240_000), today + 8 * MONTH, is_shared=True)
    course = Wish(kind.SKILL, "Курси кафшергарӣ", Decimal(30_000), today + 3 * MONTH, Decimal(12_000), is_shared=True)
    reserve = Wish(kind.RESERVE, "Барои рӯзҳои сахт", Decimal(90_000))
    goals = [write_goal(plan, wish, farrukh, now) for wish in (roof, course, reserve)]
    for goal, months, sum_ in zip(goals, (4, 3, 2), (24_000, 10_000, 9_000), strict=True):
        for back in range(months, 0, -1):
            put_aside(goal, Decimal(sum_), farrukh, today - back * MONTH)
    asked = write_step(goals[0], "Аз се усто нарх пурсидан", None, farrukh)
    tick_step(asked, True, farrukh, now)
    write_step(goals[0], "Тахта ва оҳан харидан", today + 6 * MONTH, farrukh)
    write_step(goals[1], "Ба маркази таълим занг задан", today + timedelta(days=10), farrukh)
    join_plan(share_plan(plan, farrukh, now), User.objects.get(phone=PEOPLE["aigul"].phone), now)
    return 1
