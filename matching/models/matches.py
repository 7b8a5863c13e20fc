"""Matches: one candidate with one vacancy, as a state machine; its moves and its offers."""

from typing import Self

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from matching.models.candidates import Candidate, Care
from matching.models.runs import ScoringRun, ScoringWeights
from matching.models.taxonomy import Occupation
from matching.models.vacancies import Condition, Vacancy
from portal.accounts.models import User
from portal.fields import UidField
from portal.money.amounts import WageTerms
from portal.organisations.models import Organisation, Person


class State(models.TextChoices):
    SUGGESTED = "suggested", _("suggested")
    APPROVED = "approved", _("approved")
    DECLINED = "declined", _("declined")
    ACCEPTED = "accepted", _("accepted")
    TURNED_DOWN = "turned_down", _("turned down")
    SELECTED = "selected", _("selected")
    REJECTED = "rejected", _("rejected")
    OFFERED = "offered", _("offered")
    AGREED = "agreed", _("agreed")
    REFUSED = "refused", _("refused")
    PLACED = "placed", _("placed")
    ENDED = "ended", _("ended")
    WITHDRAWN = "withdrawn", _("withdrawn")
    EXPIRED = "expired", _("expired")


class Tier(models.IntegerChoices):
    A = 1, "A"
    B = 2, "B"
    C = 3, "C"


SEAT_HOLDING = (State.SELECTED, State.OFFERED, State.AGREED, State.PLACED)


def _in_care_of(user: User) -> Q:
    agencies = Organisation.objects.of_member(user, Organisation.Kind.AGENCY)
    return Q(candidate__in=Care.objects.open().filter(agency__in=agencies).values("candidate"))


class MatchQuerySet(models.QuerySet["Match"]):
    def visible_to(self, user: Person) -> Self:
        """The agency's while it has the care; the candidate's own once decided on, or found by them; the employer's once approved.

        Whatever came then: but while an agency looks at it again, the employer does not see it.
        """
        if not user.is_authenticated:
            return self.none()
        moves = MatchEvent.objects.filter(match=OuterRef("pk"))
        told = Q(Exists(moves.filter(after__in=(State.APPROVED, State.DECLINED)))) | Q(interested_at__isnull=False)
        shown = Q(Exists(moves.filter(after=State.APPROVED))) & ~Q(state__in=(State.SUGGESTED, State.DECLINED))
        employers = Organisation.objects.of_member(user, Organisation.Kind.EMPLOYER)
        return self.filter(_in_care_of(user) | Q(told, candidate__user=user) | Q(shown, vacancy__employer__in=employers))

    def in_care_of(self, user: Person) -> Self:
        """The desk of agency staff."""
        return self.filter(_in_care_of(user)) if user.is_authenticated else self.none()

    def untouched(self) -> Self:
        return self.filter(state=State.SUGGESTED, touched=False)


class Match(models.Model):
    uid = UidField()
    vacancy = models.ForeignKey(Vacancy, on_delete=models.PROTECT, related_name="matches")
    candidate = models.ForeignKey(Candidate, on_delete=models.PROTECT, related_name="matches", db_index=False)  # match_of_candidate
    state = models.CharField(max_length=11, choices=State, default=State.SUGGESTED)
    touched = models.BooleanField(default=False, help_text="A person has acted on it: scoring no longer owns the row.")
    points = models.PositiveSmallIntegerField(help_text="0..10 000, shown as 0..100")
    points_now = models.PositiveSmallIntegerField(null=True, blank=True)
    fits_job = models.PositiveSmallIntegerField()
    suits_person = models.PositiveSmallIntegerField()
    tier = models.PositiveSmallIntegerField(choices=Tier)
    rank = models.PositiveSmallIntegerField(null=True, blank=True, help_text="Place in the vacancy's list; empty: not in it, but chosen.")
    chosen_in = models.ForeignKey(
        ScoringRun, on_delete=models.SET_NULL, null=True, blank=True, related_name="+", help_text="The full run whose shortlists hold it."
    )
    weights = models.ForeignKey(ScoringWeights, on_delete=models.PROTECT, related_name="+")
    scoring_day = models.DateField()
    candidate_revision = models.PositiveIntegerField()
    vacancy_revision = models.PositiveIntegerField()
    explanation = models.JSONField(null=True, blank=True, help_text="Frozen by the first act of a person.")
    interested_at = models.DateTimeField(null=True, blank=True, help_text="When the candidate, who found the vacancy, said: this one.")
    assigned_to = models.ForeignKey(
        User, on_delete=models.SET_NULL, null=True, blank=True, related_name="+", help_text="Whose case it is at the agency."
    )
    proposed_by = models.ForeignKey(
        User,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        help_text="Who has approved an exception; a second person has not.",
    )
    created_at = models.DateTimeField()

    objects = MatchQuerySet.as_manager()

    class Meta:
        ordering = ["vacancy", "rank", "pk"]
        verbose_name_plural = "matches"
        indexes = [  # an agency's desk counts all matches of its people, without reading them
            models.Index(fields=["candidate", "state"], include=["vacancy", "chosen_in", "touched"], name="match_of_candidate")
        ]
        constraints = [
            models.UniqueConstraint(fields=["vacancy", "candidate"], name="match_once"),
            models.CheckConstraint(condition=Q(state="suggested") | Q(touched=True), name="match_moved_is_touched"),
            models.CheckConstraint(
                condition=Q(points__lte=10000, fits_job__lte=10000, suits_person__lte=10000), name="match_points_in_range"
            ),
            models.CheckConstraint(condition=Q(state="suggested") | Q(explanation__isnull=False), name="match_moved_is_explained"),
            models.CheckConstraint(
                condition=Q(rank__isnull=False) | Q(chosen_in__isnull=False) | Q(touched=True), name="match_is_listed_or_chosen"
            ),
            models.CheckConstraint(condition=Q(interested_at=None) | Q(touched=True), name="match_interested_is_touched"),
            models.CheckConstraint(condition=Q(touched=False) | Q(explanation__isnull=False), name="match_touched_is_explained"),
            models.CheckConstraint(condition=Q(proposed_by=None) | Q(state="suggested", touched=True), name="match_proposed_is_suggested"),
        ]

    def __str__(self) -> str:
        return f"match {str(self.uid)[-8:]}"


class MatchEvent(models.Model):
    """One move, with the real actor (empty: Safar itself)."""

    match = models.ForeignKey(Match, on_delete=models.PROTECT, related_name="events")
    before = models.CharField(max_length=11, choices=State)
    after = models.CharField(max_length=11, choices=State)
    actor = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    reason = models.CharField(max_length=40, blank=True)
    note = models.CharField(max_length=500, blank=True)
    at = models.DateTimeField()

    class Meta:
        ordering = ["at", "pk"]
        indexes = [models.Index(fields=["match"], condition=Q(after="suggested"), name="event_brought_back")]

    def __str__(self) -> str:
        return f"{self.before} → {self.after}"


class Given(models.TextChoices):
    """What a contract can promise beside the wage: a vacancy's conditions, and the costs of coming to work that the employer pays."""

    HOUSING = Condition.HOUSING.value, _("housing")
    MEALS = Condition.MEALS.value, _("meals")
    TRAVEL = Condition.TRAVEL.value, _("ticket to the job")
    TRAINING = Condition.TRAINING.value, _("training")
    HOME = "home", _("ticket home")
    PAPERS = "papers", _("permit and translations")
    MEDICAL = "medical", _("medical examination")
    INSURANCE = "insurance", _("medical insurance")
    CLOTHES = "clothes", _("work clothes and tools")


class Offer(WageTerms):
    """The contract's terms as the agency entered them; new terms are a new row, never an edit.

    Earlier rows lack what was not asked then: `occupation` is empty, and the days of payment stand in words.
    """

    class Overtime(models.TextChoices):
        NONE = "none", _("no overtime")
        AGREED = "agreed", _("overtime only if the worker agrees, and paid more than usual hours")

    match = models.ForeignKey(Match, on_delete=models.PROTECT, related_name="offers")
    number = models.PositiveSmallIntegerField()
    employer_name = models.CharField(max_length=200)
    employer_number = models.CharField(max_length=20, blank=True, help_text="INN or BIN, as the contract has it.")
    employer_address = models.CharField(max_length=200, blank=True)
    occupation = models.ForeignKey(Occupation, on_delete=models.PROTECT, null=True, related_name="+")
    job_title = models.CharField(max_length=100, help_text="In the words and the language of the contract.")
    address = models.CharField(max_length=200)
    shifts_a_month = models.PositiveSmallIntegerField(null=True, blank=True)
    hours_a_week = models.PositiveSmallIntegerField()
    overtime = models.CharField(max_length=6, choices=Overtime, blank=True)
    days_off = models.PositiveSmallIntegerField(null=True, help_text="In a week.")
    leave_days = models.PositiveSmallIntegerField(null=True, help_text="Paid, in a year.")
    starts_on = models.DateField()
    ends_on = models.DateField(null=True, blank=True)
    notice_days = models.PositiveSmallIntegerField(null=True, blank=True)
    conditions = models.JSONField(default=list, blank=True, help_text=f"A list of {', '.join(Given.values)}.")
    paid_on = ArrayField(models.PositiveSmallIntegerField(), default=list, help_text="Days of the month.")
    pay_days = models.CharField(max_length=100, blank=True, help_text="Earlier rows: the same in words.")
    entered_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    entered_at = models.DateTimeField()
    agreed_at = models.DateTimeField(null=True, blank=True)

    class Meta(WageTerms.Meta):
        ordering = ["match", "number"]
        constraints = [
            *WageTerms.Meta.constraints,
            models.UniqueConstraint(fields=["match", "number"], name="offer_number_once_a_match"),
            models.CheckConstraint(condition=Q(hours_a_week__range=(1, 84)), name="offer_hours_are_a_week"),
            models.CheckConstraint(condition=Q(ends_on=None) | Q(ends_on__gt=F("starts_on")), name="offer_ends_after_its_start"),
            models.CheckConstraint(condition=Q(paid_on__contained_by=list(range(1, 32))), name="offer_paid_on_days_of_a_month"),
            models.CheckConstraint(condition=~Q(paid_on=[]) | ~Q(pay_days=""), name="offer_says_when_it_pays"),
            models.CheckConstraint(
                condition=Q(occupation=None)
                | Q(days_off__isnull=False, days_off__range=(1, 6), leave_days__isnull=False, leave_days__range=(1, 120)) & ~Q(overtime=""),
                name="offer_says_hours_and_rest",
            ),
        ]

    def __str__(self) -> str:
        return f"offer {self.number} of {self.match_id}"
