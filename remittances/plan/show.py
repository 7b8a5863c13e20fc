"""What the pages show of a plan. Whoever it is shared with sees the goals that are shared and what follows from these, and no more."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from portal.accounts.models import User
from portal.money.amounts import Money
from portal.money.formats import format_money, format_percent
from remittances.models import Goal, Plan, PlanStep
from remittances.plan.count import a_month, months_to_pay_back, months_until, percent_of


@dataclass(frozen=True, slots=True)
class ShownGoal:
    """A goal that came `with_saved()`."""

    goal: Goal
    today: date

    @property
    def so_far(self) -> Decimal:
        saved: Decimal = self.goal.saved  # type: ignore[attr-defined]
        return saved

    @property
    def is_reached(self) -> bool:
        return self.so_far >= self.goal.target

    @property
    def is_late(self) -> bool:
        return self.goal.by is not None and self.goal.by < self.today and not self.is_reached

    @property
    def percent(self) -> int:
        return min(percent_of(self.so_far, self.goal.target), 100)

    @property
    def percent_text(self) -> str:
        return format_percent(Decimal(self.percent))

    @property
    def need(self) -> Decimal | None:
        """What has to come a month until its day; None without a day, after it, and once the goal is reached."""
        if self.goal.by is None or self.is_reached or self.is_late:
            return None
        return a_month(self.goal.target - self.so_far, months_until(self.goal.by, self.today))

    @property
    def months(self) -> int:
        return months_until(self.goal.by, self.today) if self.goal.by else 0

    @property
    def saved(self) -> str:
        return self._money(self.so_far)

    @property
    def target(self) -> str:
        return self._money(self.goal.target)

    @property
    def left(self) -> str:
        return self._money(max(self.goal.target - self.so_far, Decimal(0)))

    @property
    def needed(self) -> str:
        return self._money(self.need) if self.need is not None else ""

    @property
    def gain(self) -> str:
        return self._money(self.goal.monthly_gain) if self.goal.monthly_gain else ""

    @property
    def pays_back(self) -> str:
        if not self.goal.monthly_gain:
            return ""
        months = months_to_pay_back(self.goal.target, self.goal.monthly_gain)
        text = ngettext(
            "The course has paid for itself after %(count)d month of better pay.",
            "The course has paid for itself after %(count)d months of better pay.",
            months,
        )
        return text % {"count": months}

    @property
    def steps(self) -> list[PlanStep]:
        """What is still to do first."""
        return sorted(self.goal.steps.all(), key=lambda step: (step.done_at is not None, step.due_on or date.max, step.pk))

    @property
    def next_step(self) -> PlanStep | None:
        return next((step for step in self.steps if step.done_at is None), None)

    def _money(self, amount: Decimal) -> str:
        return format_money(Money(amount, self.goal.plan.currency))


@dataclass(frozen=True, slots=True)
class ShownPlan:
    """To the owner all of it; to the other one, and to the owner who looks with their eyes (`is_family`), what is shared."""

    plan: Plan
    goals: list[ShownGoal]
    is_family: bool

    @property
    def pay(self) -> str:
        is_shown = self.plan.pay is not None and (self.plan.shows_pay or not self.is_family)
        return format_money(Money(self.plan.pay, self.plan.currency)) if is_shown and self.plan.pay is not None else ""

    @property
    def need(self) -> Decimal:
        return sum((goal.need for goal in self.goals if goal.need is not None), Decimal(0))

    @property
    def needed(self) -> str:
        return format_money(Money(self.need, self.plan.currency)) if self.need else ""

    @property
    def part_of_pay(self) -> str:
        """What all goals take of the pay together; empty where the pay is not known, or not to be told."""
        if not (self.pay and self.need and self.plan.pay is not None):
            return ""
        return format_percent(Decimal(percent_of(self.need, self.plan.pay)))

    @property
    def is_too_much(self) -> bool:
        return bool(self.part_of_pay) and self.plan.pay is not None and self.need > self.plan.pay


def show_plan(plan: Plan, user: User, today: date, *, is_family: bool) -> ShownPlan:
    """Two queries: goals with what is saved, steps."""
    goals = Goal.objects.visible_to(user).filter(plan=plan)
    if is_family:
        goals = goals.filter(is_shared=True)
    rows = goals.with_saved().select_related("plan").prefetch_related("steps")
    return ShownPlan(plan, [ShownGoal(goal, today) for goal in rows], is_family)


@dataclass(frozen=True, slots=True)
class Idea:
    kind: Goal.Kind
    icon: str
    tone: str
    text: str = ""

    @property
    def title(self) -> str:
        return str(self.kind.label)


def ideas(shown: ShownPlan | None) -> list[Idea]:
    """What to begin with; a skill also where there are other goals, and where there is no plan."""
    kind = Goal.Kind
    skill = Idea(kind.SKILL, "wrench", "leaf", _("You pay once, and earn more every month after it."))
    if shown is None or shown.goals:
        return [] if shown and any(goal.goal.kind == kind.SKILL for goal in shown.goals) else [skill]
    return [Idea(kind.RESERVE, "shield", ""), Idea(kind.HOME, "home", "apricot"), skill, Idea(kind.OTHER, "wallet", "")]
