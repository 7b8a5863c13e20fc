"""Whether anyone asked a worker for money for the job: asked by Safar itself, four times, and told to nobody whom the worker has not named."""

from typing import Self

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from matching.models.candidates import Care
from matching.models.matches import Match
from portal.accounts.models import User
from portal.fields import UidField
from portal.money.amounts import Currency
from portal.organisations.models import Organisation, Person


class FeeAnswerQuerySet(models.QuerySet["FeeAnswer"]):
    def visible_to(self, user: Person) -> Self:
        """The worker's own; and of those with whom the worker wants help, operators or the agency that has the care, as the worker said.

        An agency that the worker went to later is another one than they named.
        """
        if not user.is_authenticated:
            return self.none()
        agencies = Organisation.objects.of_member(user, Organisation.Kind.AGENCY)
        then = Care.objects.open().filter(candidate=OuterRef("match__candidate"), since__lte=OuterRef("answered_at"), agency__in=agencies)
        named = Q(Exists(then), told__contains=[FeeAnswer.Told.AGENCY])
        visible = Q(match__candidate__user=user) | named
        if user.has_perm("matching.view_feeanswer"):  # nobody of an agency is an operator here: it may be the one that asked
            employers = Organisation.objects.of_member(user, Organisation.Kind.EMPLOYER)
            visible |= Q(~Exists(agencies), told__contains=[FeeAnswer.Told.SAFAR]) & ~Q(match__vacancy__employer__in=employers)
        return self.filter(visible)

    def open(self) -> Self:
        """Somebody wants help and has not got it yet."""
        return self.exclude(told=[]).filter(handled_at=None)


class FeeAnswer(models.Model):
    class Moment(models.TextChoices):
        ACCEPTANCE = "acceptance", _("when you said yes to the job")
        CONTRACT = "contract", _("when you agreed to the contract")
        DEPARTURE = "departure", _("before you left")
        MONTH_1 = "month_1", _("in your first month of work")

    class By(models.TextChoices):
        AGENCY = "agency", _("somebody at the agency")
        EMPLOYER = "employer", _("the employer or the foreman")
        BROKER = "broker", _("a go-between")
        OFFICIAL = "official", _("an official")
        OTHER = "other", _("somebody else")

    class Told(models.TextChoices):
        SAFAR = "safar", _("the staff of Safar")
        AGENCY = "agency", _("my agency")

    uid = UidField()
    match = models.ForeignKey(Match, on_delete=models.CASCADE, related_name="fee_answers")
    moment = models.CharField(max_length=10, choices=Moment)
    asked = models.BooleanField()
    by = models.CharField(max_length=8, choices=By, blank=True)
    amount = models.DecimalField(max_digits=18, decimal_places=2, null=True, blank=True)
    currency = models.CharField(max_length=3, choices=Currency, blank=True)
    told = ArrayField(models.CharField(max_length=6, choices=Told), default=list, blank=True, help_text="Who may know, and is to help.")
    answered_at = models.DateTimeField()
    handled_at = models.DateTimeField(null=True, blank=True)
    handled_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    outcome = models.CharField(max_length=300, blank=True)

    objects = FeeAnswerQuerySet.as_manager()

    class Meta:
        ordering = ["answered_at", "pk"]
        indexes = [models.Index(fields=["match"], condition=~Q(told=[]), name="fee_told_to_somebody")]
        constraints = [
            models.UniqueConstraint(fields=["match", "moment"], name="fee_answer_once_a_moment"),
            models.CheckConstraint(
                condition=Q(asked=True) & ~Q(by="") | Q(asked=False, by="", amount=None, told=[]), name="fee_asked_by_somebody"
            ),
            models.CheckConstraint(
                condition=Q(amount=None, currency="") | Q(amount__gt=0) & ~Q(currency=""), name="fee_amount_has_a_currency"
            ),
            models.CheckConstraint(
                condition=Q(handled_at=None, handled_by=None, outcome="")
                | Q(handled_at__gte=F("answered_at"), handled_by__isnull=False) & ~Q(outcome="") & ~Q(told=[]),
                name="fee_answer_handled_by_somebody",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.moment} of {self.match_id}"
