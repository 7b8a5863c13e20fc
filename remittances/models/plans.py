"""A family's plan for its money: goals, what is saved towards them, steps, and the one person with whom it is shared."""

from datetime import timedelta
from decimal import Decimal

from django.db import models
from django.db.models import F, Q, Sum
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from portal.accounts.models import User
from portal.fields import UidField
from portal.money.amounts import Currency


class PlanQuerySet(models.QuerySet["Plan"]):
    def visible_to(self, user: User) -> "PlanQuerySet":
        """One's own, and the one that somebody shares with oneself."""
        joined = PlanShare.objects.going_on().filter(member=user).order_by()
        return self.filter(Q(user=user) | Q(pk__in=joined.values("plan")))


class Plan(models.Model):
    """One a person. `pay` is theirs alone unless `shows_pay` is ticked."""

    uid = UidField()
    user = models.OneToOneField(User, on_delete=models.CASCADE, related_name="money_plan")
    currency = models.CharField(max_length=3, choices=Currency)
    pay = models.DecimalField(max_digits=18, decimal_places=2, null=True, blank=True)
    shows_pay = models.BooleanField(default=False)
    is_nudged = models.BooleanField(default=True)
    nudged_on = models.DateField(null=True)
    created_at = models.DateTimeField()

    objects = PlanQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(condition=Q(currency__in=Currency.values), name="plan_currency_is_known"),
            models.CheckConstraint(condition=Q(pay=None) | Q(pay__gt=0), name="plan_pay_is_a_sum"),
        ]

    def __str__(self) -> str:
        return f"plan {self.pk}"


class GoalQuerySet(models.QuerySet["Goal"]):
    def visible_to(self, user: User) -> "GoalQuerySet":
        """One's own; of a plan that is shared with oneself only the goals that are shared."""
        joined = PlanShare.objects.going_on().filter(member=user).order_by()
        return self.filter(Q(plan__user=user) | Q(is_shared=True, plan__in=joined.values("plan")))

    def with_saved(self) -> "GoalQuerySet":
        """Ordered here: a sum makes the usual order forgotten."""
        return self.annotate(saved=Coalesce(Sum("savings__amount"), Decimal(0))).order_by("created_at", "pk")

    def open(self) -> "GoalQuerySet":
        return self.with_saved().filter(saved__lt=F("target"))  # type: ignore[misc]  # the column is `with_saved`'s


class Goal(models.Model):
    """What is saved for, in the plan's currency. A skill is a goal that pays back: it brings `monthly_gain` more a month."""

    class Kind(models.TextChoices):
        RESERVE = "reserve", _("money for bad days")
        HOME = "home", _("home or repair")
        STUDY = "study", _("school or study")
        FEAST = "feast", _("wedding or feast")
        HEALTH = "health", _("treatment")
        BUSINESS = "business", _("business or farm")
        DEBT = "debt", _("pay back a debt")
        SKILL = "skill", _("a course that pays back")
        OTHER = "other", _("something else")

    uid = UidField()
    plan = models.ForeignKey(Plan, on_delete=models.CASCADE, related_name="goals")
    kind = models.CharField(max_length=8, choices=Kind)
    title = models.CharField(max_length=80)
    target = models.DecimalField(max_digits=18, decimal_places=2)
    by = models.DateField(null=True, blank=True)
    monthly_gain = models.DecimalField(max_digits=18, decimal_places=2, null=True, blank=True)
    is_shared = models.BooleanField(default=False)
    created_at = models.DateTimeField()

    objects = GoalQuerySet.as_manager()

    class Meta:
        ordering = ["created_at", "pk"]
        constraints = [
            models.CheckConstraint(condition=Q(target__gt=0), name="goal_target_is_a_sum"),
            models.CheckConstraint(condition=Q(monthly_gain=None) | Q(kind="skill", monthly_gain__gt=0), name="goal_gain_is_of_a_skill"),
        ]

    def __str__(self) -> str:
        return self.title


class Saving(models.Model):
    """Money put aside for a goal; below zero: taken out again."""

    goal = models.ForeignKey(Goal, on_delete=models.CASCADE, related_name="savings")
    amount = models.DecimalField(max_digits=18, decimal_places=2)
    saved_on = models.DateField()

    class Meta:
        ordering = ["-saved_on", "-pk"]
        constraints = [models.CheckConstraint(condition=~Q(amount=0), name="saving_is_a_sum")]

    def __str__(self) -> str:
        return f"{self.saved_on} {self.amount}"


class PlanStep(models.Model):
    """Something to do for a goal, shared as the goal is."""

    uid = UidField()
    goal = models.ForeignKey(Goal, on_delete=models.CASCADE, related_name="steps")
    text = models.CharField(max_length=120)
    due_on = models.DateField(null=True, blank=True)
    done_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["due_on", "pk"]

    def __str__(self) -> str:
        return self.text


class PlanShareQuerySet(models.QuerySet["PlanShare"]):
    def going_on(self) -> "PlanShareQuerySet":
        return self.filter(member__isnull=False)


class PlanShare(models.Model):
    """A plan and one member of the family. The code is kept as a digest only, is good once, and for a week.

    What has ended is deleted: nothing tells later who looked at whose plan.
    """

    LASTS = timedelta(days=7)

    plan = models.OneToOneField(Plan, on_delete=models.CASCADE, related_name="share")
    code_digest = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField()
    member = models.ForeignKey(User, on_delete=models.CASCADE, null=True, blank=True, related_name="+")
    joined_at = models.DateTimeField(null=True, blank=True)

    objects = PlanShareQuerySet.as_manager()

    class Meta:
        ordering = ["-made_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(member=None, joined_at=None) | Q(member__isnull=False, joined_at__isnull=False), name="plan_share_joined"
            ),
        ]

    def __str__(self) -> str:
        return f"share of {self.plan_id}"
