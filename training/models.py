"""Courses of training centres: seats, who takes part, and skills that they have verified."""

from datetime import date
from decimal import Decimal
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from matching.models import Candidate, Skill
from matching.models.vacancies import Level
from portal.accounts.models import User
from portal.fields import UidField
from portal.money.amounts import Currency, Money
from portal.organisations.models import Organisation, Person
from portal.organisations.standing import in_good_standing
from portal.places.models import Region

MOST_SEATS = 500


def trusted_centres(day: date) -> models.QuerySet[Organisation]:
    """Whose courses everybody may see, and whose word verifies a skill."""
    return in_good_standing(day).filter(kind=Organisation.Kind.TRAINING_CENTRE)


class TrainingOfferQuerySet(models.QuerySet["TrainingOffer"]):
    def of_member(self, user: Person) -> Self:
        """All of the centres that somebody belongs to, drafts too."""
        return self.filter(centre__in=Organisation.objects.of_member(user, Organisation.Kind.TRAINING_CENTRE))

    def visible_to(self, user: Person, day: date) -> Self:
        """What is open to everybody, what one's own centre gives, and what one has signed up for."""
        visible = Q(pk__in=self.open_on(day).order_by().values("pk"))
        if user.is_authenticated:
            own = SignUp.objects.filter(candidate__user=user).order_by().values("offer")
            visible |= Q(pk__in=self.of_member(user).order_by().values("pk")) | Q(pk__in=own, status__in=TrainingOffer.TOLD)
        return self.filter(visible)

    def open_on(self, day: date) -> Self:
        """What everybody may read and sign up for: it begins after that day."""
        return self.filter(status=TrainingOffer.Status.OPEN, starts_on__gt=day, centre__in=trusted_centres(day))

    def with_all(self) -> Self:
        """What a card or a page prints, without a query a row."""
        return self.select_related("centre", "region__country").prefetch_related("skills__skill")


class TrainingOffer(models.Model):
    """A course on certain days. `seats_taken` changes only with the row locked."""

    class Status(models.TextChoices):
        DRAFT = "draft", _("draft")
        OPEN = "open", _("open")
        CLOSED = "closed", _("closed")
        DONE = "done", _("done")
        CALLED_OFF = "called_off", _("called off")

    GOING_ON = (Status.OPEN, Status.CLOSED)
    TOLD = (*GOING_ON, Status.DONE, Status.CALLED_OFF)

    class Payer(models.TextChoices):
        LEARNER = "learner", _("the learner")
        STATE = "state", _("the state")
        EMPLOYER = "employer", _("an employer")
        PROJECT = "project", _("a project or a fund")
        CENTRE = "centre", _("the centre itself")

    uid = UidField()
    centre = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    title = models.CharField(max_length=100)
    about = models.TextField(max_length=2000, blank=True)
    language = models.CharField(max_length=2, choices=settings.LANGUAGES, help_text="In which the course is taught.")
    region = models.ForeignKey(Region, on_delete=models.PROTECT, related_name="+")
    address = models.CharField(max_length=200)
    starts_on = models.DateField()
    ends_on = models.DateField()
    seats = models.PositiveSmallIntegerField()
    seats_taken = models.PositiveSmallIntegerField(default=0, editable=False)
    price = models.DecimalField(max_digits=18, decimal_places=2, default=Decimal(0), help_text="What a learner pays; 0: nothing.")
    currency = models.CharField(max_length=3, choices=Currency)
    payer = models.CharField(max_length=8, choices=Payer, help_text="Who pays for the course.")
    status = models.CharField(max_length=10, choices=Status, default=Status.DRAFT)
    created_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField()

    objects = TrainingOfferQuerySet.as_manager()

    class Meta:
        ordering = ["starts_on", "pk"]
        constraints = [
            models.CheckConstraint(condition=Q(ends_on__gte=F("starts_on")), name="training_ends_after_it_began"),
            models.CheckConstraint(condition=Q(seats__range=(1, MOST_SEATS)), name="training_has_seats"),
            models.CheckConstraint(condition=Q(seats_taken__lte=F("seats")), name="training_seats_are_enough"),
            models.CheckConstraint(
                condition=Q(price=0) & ~Q(payer="learner") | Q(price__gt=0, payer="learner"), name="training_price_is_the_learners"
            ),
        ]
        indexes = [models.Index(fields=["starts_on"], condition=Q(status="open"), name="training_open")]

    @property
    def seats_left(self) -> int:
        return self.seats - self.seats_taken

    @property
    def fee(self) -> Money | None:
        """What a learner pays; None where it is nothing."""
        return Money(self.price, self.currency) if self.price else None

    def __str__(self) -> str:
        return self.title


class OfferSkill(models.Model):
    """That the course teaches a skill, and how well somebody does it who has completed the course."""

    offer = models.ForeignKey(TrainingOffer, on_delete=models.CASCADE, related_name="skills")
    skill = models.ForeignKey(Skill, on_delete=models.PROTECT, related_name="+")
    level = models.PositiveSmallIntegerField(choices=Level)

    class Meta:
        ordering = ["offer", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["offer", "skill"], name="training_skill_once"),
            models.CheckConstraint(condition=Q(level__range=(1, 4)), name="training_skill_level_is_1_to_4"),
        ]

    def __str__(self) -> str:
        return f"{self.offer_id}: {self.skill_id}"


class SignUpQuerySet(models.QuerySet["SignUp"]):
    def in_line(self) -> Self:
        """The waiting list in its order."""
        return self.filter(state=SignUp.State.WAITING).order_by("asked_at", "pk")

    def listed(self) -> Self:
        """Whom the centre sees: not who has left again."""
        return self.exclude(state=SignUp.State.LEFT)

    def named(self) -> Self:
        """Whose name and phone the centre may open: as they have agreed, and until the course is ended."""
        return self.listed().filter(shows_name=True, offer__status__in=TrainingOffer.GOING_ON)


class SignUp(models.Model):
    """A person and a course: one row, however often they come and go."""

    class State(models.TextChoices):
        WAITING = "waiting", _("on the waiting list")
        SEATED = "seated", _("has a place")
        LEFT = "left", _("has left")
        CAME = "came", _("came")
        ABSENT = "absent", _("did not come")
        COMPLETED = "completed", _("has completed the course")

    SEAT_HOLDING = (State.SEATED, State.CAME, State.ABSENT, State.COMPLETED)

    uid = UidField()
    offer = models.ForeignKey(TrainingOffer, on_delete=models.PROTECT, related_name="sign_ups")
    candidate = models.ForeignKey(Candidate, on_delete=models.PROTECT, related_name="+")
    state = models.CharField(max_length=9, choices=State)
    shows_name = models.BooleanField(help_text="The person agreed that the centre sees name and phone.")
    asked_at = models.DateTimeField()
    marked_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    marked_at = models.DateTimeField(null=True, blank=True)
    taken_back_because = models.CharField(max_length=300, blank=True, help_text="Why a completion does not hold any more.")

    objects = SignUpQuerySet.as_manager()

    class Meta:
        ordering = ["asked_at", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["offer", "candidate"], name="training_sign_up_once"),
            models.CheckConstraint(
                condition=~Q(state__in=("came", "absent", "completed")) | Q(marked_by__isnull=False, marked_at__isnull=False),
                name="training_marked_by_somebody",
            ),
            models.CheckConstraint(condition=Q(taken_back_because="") | ~Q(state="completed"), name="training_taken_back_or_completed"),
        ]

    def __str__(self) -> str:
        return f"{self.candidate_id} in {self.offer_id}"


class Verification(models.Model):
    """A skill that a completed course has verified, and what the person had said of it: that stands again when it is taken back."""

    sign_up = models.ForeignKey(SignUp, on_delete=models.CASCADE, related_name="verifications")
    skill = models.ForeignKey(Skill, on_delete=models.PROTECT, related_name="+")
    level = models.PositiveSmallIntegerField(choices=Level)
    said = models.PositiveSmallIntegerField(choices=Level, null=True, blank=True)

    class Meta:
        ordering = ["sign_up", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["sign_up", "skill"], name="training_verified_once"),
            models.CheckConstraint(condition=Q(level__range=(1, 4)), name="training_verified_level_is_1_to_4"),
        ]

    def __str__(self) -> str:
        return f"{self.sign_up_id}: {self.skill_id}"
