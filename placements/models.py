"""After the contract: whom Safar may ask and when, what workers answered and who may know, and whom operators have to call."""

from typing import Any, Self

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from matching.models import Care, FeeAnswer, Match
from portal.accounts.models import User
from portal.fields import UidField
from portal.money.amounts import Currency, Money
from portal.organisations.models import Organisation, Person

MONTHS = {1: _("after 1 month"), 3: _("after 3 months"), 6: _("after 6 months")}
NOBODY = "nobody"


def asked_by() -> list[tuple[str, Any]]:
    """Who wanted money: nobody, or one of those whom the question about money names."""
    return [(NOBODY, _("No, nobody")), *FeeAnswer.By.choices]


def is_outsider(user: User, vacancy: str) -> Q:
    """Nobody of an agency or of the worker's employer reads as an operator what the worker has not told their organisation."""
    agencies = Organisation.objects.of_member(user, Organisation.Kind.AGENCY)
    employers = Organisation.objects.of_member(user, Organisation.Kind.EMPLOYER)
    return Q(~Exists(agencies)) & ~Q(**{f"{vacancy}__employer__in": employers})


class PlacementQuerySet(models.QuerySet["Placement"]):
    def in_care_of(self, user: Person) -> Self:
        """Where somebody is, for the agency that has the care. Answers are no part of it."""
        return self.filter(match__in=Match.objects.in_care_of(user).order_by().values("pk"))

    def left(self) -> Self:
        return self.filter(left_on__isnull=False)


class Placement(models.Model):
    """One a match: made when the worker says how they want to be asked, at the latest when they leave."""

    class Hours(models.TextChoices):
        """Where the work is."""

        MORNING = "morning", _("in the morning, 7 to 11")
        DAY = "day", _("during the day, 11 to 17")
        EVENING = "evening", _("in the evening, 17 to 22")
        ANY = "any", _("any time, 8 to 21")

    uid = UidField()
    match = models.OneToOneField(Match, on_delete=models.CASCADE, related_name="placement")
    hours = models.CharField(max_length=7, choices=Hours, default=Hours.ANY)
    trusted_name = models.CharField(
        max_length=60, blank=True, help_text="One person whom the worker trusts. Safar tells them nothing unasked."
    )
    trusted_phone = models.CharField(max_length=16, blank=True, help_text="E.164")
    may_ask_trusted = models.BooleanField(default=False, help_text="Whether operators may call them where the worker cannot be reached.")
    chosen_at = models.DateTimeField(null=True, blank=True)
    left_on = models.DateField(null=True, blank=True, help_text="The day of departure, by the calendar of the place of work.")
    arrival_asked_at = models.DateTimeField(null=True, blank=True)
    arrived_at = models.DateTimeField(null=True, blank=True, help_text="When the worker said so.")

    objects = PlacementQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(trusted_name="", trusted_phone="", may_ask_trusted=False) | ~Q(trusted_name="") & ~Q(trusted_phone=""),
                name="placement_trusted_person_is_whole",
            ),
            models.CheckConstraint(condition=Q(arrived_at=None) | Q(left_on__isnull=False), name="placement_arrives_after_leaving"),
        ]
        indexes = [models.Index(fields=["left_on"], condition=Q(arrived_at=None), name="placement_not_arrived")]

    def __str__(self) -> str:
        return f"placement {str(self.uid)[-8:]}"


class CheckInQuerySet(models.QuerySet["CheckIn"]):
    def visible_to(self, user: Person) -> Self:
        """The worker's own; of the others those whose answers the worker lets this reader know, as operator, agency or employer.

        An agency that the worker went to later is another one than they named.
        """
        if not user.is_authenticated:
            return self.none()
        Who = CheckIn.Who
        then = Care.objects.open().filter(candidate=OuterRef("placement__match__candidate"), since__lte=OuterRef("said_at"))
        cared_for = Match.objects.in_care_of(user).order_by().values("pk")
        employers = Organisation.objects.of_member(user, Organisation.Kind.EMPLOYER).vetted()
        visible = Q(placement__match__candidate__user=user)
        visible |= Q(Exists(then), placement__match__in=cared_for, may_know__contains=[Who.AGENCY])
        visible |= Q(placement__match__vacancy__employer__in=employers, may_know__contains=[Who.EMPLOYER])
        if user.has_perm("placements.view_checkin"):
            visible |= Q(may_know__contains=[Who.SAFAR]) & is_outsider(user, "placement__match__vacancy")
        return self.filter(visible)

    def asked(self) -> Self:
        return self.filter(asked_at__isnull=False)

    def unanswered(self) -> Self:
        return self.filter(answered_at=None)


class CheckIn(models.Model):
    """How it is after one, three and six months. Rows are made at departure; nobody reads an answer whom the worker has not named."""

    class Pay(models.TextChoices):
        PROMISED = "promised", _("Yes, as promised")
        LESS = "less", _("Yes, but less than promised")
        NOT_YET = "not_yet", _("Not yet: pay day is still to come")
        NOTHING = "nothing", _("No, although pay day is over")

    class Papers(models.TextChoices):
        MINE = "mine", _("Yes, I have them")
        TAKEN = "taken", _("No, somebody else has them")

    class Place(models.TextChoices):
        AGREED = "agreed", _("Yes, where the contract says")
        OTHER = "other", _("No, somewhere else")
        LEFT = "left", _("I do not work there any more")

    class Who(models.TextChoices):
        SAFAR = "safar", _("the staff of Safar")
        AGENCY = "agency", _("my agency")
        FAMILY = "family", _("the person I trust")
        HELPERS = "helpers", _("a help organisation")
        EMPLOYER = "employer", _("the employer")

    uid = UidField()
    placement = models.ForeignKey(Placement, on_delete=models.CASCADE, related_name="check_ins")
    month = models.PositiveSmallIntegerField(choices=list(MONTHS.items()))
    due_on = models.DateField(help_text="By the calendar of the place of work.")
    asked_at = models.DateTimeField(null=True, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    pay = models.CharField(max_length=8, choices=Pay, blank=True)
    pay_amount = models.DecimalField(max_digits=18, decimal_places=2, null=True, blank=True)
    currency = models.CharField(max_length=3, choices=Currency, blank=True)
    papers = models.CharField(max_length=5, choices=Papers, blank=True)
    place = models.CharField(max_length=6, choices=Place, blank=True)
    money = models.CharField(max_length=8, choices=asked_by, blank=True)
    needs_help = models.BooleanField(default=False, help_text="An answer was bad. What comes of it the worker says.")
    help_from = ArrayField(models.CharField(max_length=8, choices=Who), default=list, blank=True)
    may_know = ArrayField(models.CharField(max_length=8, choices=Who), default=list, blank=True)
    said_at = models.DateTimeField(null=True, blank=True, help_text="When the worker last said who may know.")

    objects = CheckInQuerySet.as_manager()

    class Meta:
        ordering = ["placement", "month"]
        constraints = [
            models.UniqueConstraint(fields=["placement", "month"], name="check_in_once_a_month"),
            models.CheckConstraint(
                condition=Q(answered_at=None, pay="", papers="", place="", money="", needs_help=False, pay_amount=None)
                | Q(answered_at__isnull=False) & ~Q(pay="") & ~Q(papers="") & ~Q(place="") & ~Q(money=""),
                name="check_in_is_answered_whole",
            ),
            models.CheckConstraint(
                condition=Q(pay_amount=None, currency="") | Q(pay_amount__gt=0) & ~Q(currency=""), name="check_in_pay_has_a_currency"
            ),
            models.CheckConstraint(
                condition=Q(said_at=None, help_from=[], may_know=[]) | Q(said_at__gte=F("answered_at"), needs_help=True),
                name="check_in_is_told_by_the_worker",
            ),
            models.CheckConstraint(condition=Q(help_from__contained_by=F("may_know")), name="check_in_helpers_may_know"),
            models.CheckConstraint(
                condition=~Q(money="agency", may_know__contains=["agency"]) & ~Q(money="employer", may_know__contains=["employer"]),
                name="check_in_who_took_money_is_not_told",
            ),
        ]
        indexes = [models.Index(fields=["due_on"], condition=Q(asked_at=None, answered_at=None), name="check_in_to_ask")]

    @property
    def paid(self) -> Money | None:
        """For the last month, where the worker has said it."""
        return Money(self.pay_amount, self.currency) if self.pay_amount is not None else None

    def __str__(self) -> str:
        return f"{self.month} of {self.placement_id}"


class CallTaskQuerySet(models.QuerySet["CallTask"]):
    def visible_to(self, user: Person) -> Self:
        """Operators; but nobody sees to a call to themselves, or to a worker of their own organisation."""
        if not user.is_authenticated or not user.has_perm("placements.view_calltask"):
            return self.none()
        return self.filter(is_outsider(user, "placement__match__vacancy")).exclude(placement__match__candidate__user=user.pk)

    def open(self) -> Self:
        return self.filter(done_at=None)


class CallTask(models.Model):
    """Somebody at Safar has to call a worker. One open a placement and reason."""

    class Reason(models.TextChoices):
        NO_ARRIVAL = "no_arrival", _("has not said that they have arrived")
        SILENT = "silent", _("has not answered twice")
        NEEDS_HELP = "needs_help", _("wants help")

    class Outcome(models.TextChoices):
        WELL = "well", _("All is well")
        HELPED = "helped", _("Help is on its way")
        UNREACHED = "unreached", _("Could not be reached")
        ANSWERED = "answered", _("Answered by themselves")

    uid = UidField()
    placement = models.ForeignKey(Placement, on_delete=models.CASCADE, related_name="calls")
    reason = models.CharField(max_length=10, choices=Reason)
    check_in = models.ForeignKey(CheckIn, on_delete=models.CASCADE, null=True, blank=True, related_name="calls")
    opened_at = models.DateTimeField()
    done_at = models.DateTimeField(null=True, blank=True)
    done_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+", help_text="Empty: nobody had to.")
    outcome = models.CharField(max_length=9, choices=Outcome, blank=True)
    note = models.CharField(max_length=300, blank=True)

    objects = CallTaskQuerySet.as_manager()

    class Meta:
        ordering = ["opened_at", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["placement", "reason"], condition=Q(done_at=None), name="call_open_once"),
            models.CheckConstraint(
                condition=Q(done_at=None, done_by=None, outcome="", note="")
                | Q(done_at__gte=F("opened_at"), outcome="answered", done_by=None)
                | Q(done_at__gte=F("opened_at"), outcome__in=["well", "helped", "unreached"], done_by__isnull=False),
                name="call_done_by_somebody",
            ),
            models.CheckConstraint(condition=Q(reason="no_arrival") | Q(check_in__isnull=False), name="call_is_about_a_check_in"),
        ]

    def __str__(self) -> str:
        return f"call about {self.placement_id}: {self.reason}"
