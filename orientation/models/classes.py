"""Orientation in a classroom: a session with its trainer and its learners, and what a classroom without internet sends in."""

from datetime import date, datetime
from typing import Self
from uuid import uuid4

from django.conf import settings
from django.db import models
from django.db.models import Count, F, Q

from orientation.models.editions import CourseEdition
from portal.fields import UidField
from portal.organisations.models import Organisation, Person
from portal.organisations.standing import in_good_standing
from portal.places.corridors import Corridor
from portal.places.models import Region

MOST_SEATS = 200
KINDS = (Organisation.Kind.TRAINING_CENTRE, Organisation.Kind.AUTHORITY)  # who teaches classes


def teaching_places(user: Person, day: date) -> models.QuerySet[Organisation]:
    """Those of a person that may teach classes today."""
    own = Organisation.objects.of_member(user).order_by().values("pk")
    return in_good_standing(day).filter(pk__in=own, kind__in=KINDS)


class ClassSessionQuerySet(models.QuerySet["ClassSession"]):
    def visible_to(self, user: Person, day: date) -> Self:
        """With the names of its learners and how they do: to the people of its organisation, each of whom may take over."""
        return self.filter(organisation__in=teaching_places(user, day).order_by())

    def known(self, day: date) -> Self:
        """What everybody may read who has its code: of organisations that Safar works with."""
        return self.filter(organisation__in=in_good_standing(day).filter(kind__in=KINDS).order_by())

    def coming(self, now: datetime) -> Self:
        """What everybody may sign up for, the next one first."""
        return self.known(now.date()).filter(called_off_at=None, closed_at=None, ends_at__gt=now).order_by("starts_at", "pk")

    def with_seats_taken(self) -> Self:
        return self.annotate(taken=Count("learners", filter=Q(learners__left_at=None)))


class ClassSession(models.Model):
    """Of a training centre or an authority. `code` is what learners type to join."""

    uid = UidField()
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="class_sessions")
    trainer = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="class_sessions")
    edition = models.ForeignKey(CourseEdition, on_delete=models.PROTECT, related_name="class_sessions")
    language = models.CharField(max_length=2, choices=settings.LANGUAGES)
    corridor = models.CharField(max_length=5, choices=Corridor, blank=True)
    region = models.ForeignKey(Region, on_delete=models.PROTECT, related_name="+")
    place = models.CharField(max_length=200)
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    seats = models.PositiveSmallIntegerField()
    code = models.CharField(max_length=8, unique=True)
    created_at = models.DateTimeField()
    called_off_at = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(
        null=True, help_text="The trainer has finished: names of learners without an account go after a while."
    )

    objects = ClassSessionQuerySet.as_manager()

    class Meta:
        ordering = ["-starts_at", "pk"]
        constraints = [
            models.CheckConstraint(condition=Q(seats__range=(1, MOST_SEATS)), name="class_has_seats"),
            models.CheckConstraint(condition=Q(ends_at__gt=F("starts_at")), name="class_ends_after_its_start"),
        ]

    def __str__(self) -> str:
        return f"{self.place} {self.starts_at:%Y-%m-%d}"


class ClassLearner(models.Model):
    """One seat. Without an account their events are those of `device`, which is made for this seat or is their own phone's."""

    class Way(models.TextChoices):
        QR = "qr", "by their phone"
        LIST = "list", "by the trainer's list"

    uid = UidField()
    session = models.ForeignKey(ClassSession, on_delete=models.CASCADE, related_name="learners")
    number = models.PositiveSmallIntegerField(help_text="On the list and on the printed sheets.")
    name = models.CharField(max_length=100, blank=True)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="class_seats")
    device = models.UUIDField(default=uuid4)
    signed_up_at = models.DateTimeField()
    attended_at = models.DateTimeField(null=True)
    attended_by = models.CharField(max_length=4, choices=Way, blank=True)
    left_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["session", "number"]
        constraints = [
            models.UniqueConstraint(fields=["session", "number"], name="one_learner_a_number"),
            models.UniqueConstraint(fields=["session", "user"], condition=Q(user__isnull=False), name="one_seat_a_user"),
            models.UniqueConstraint(fields=["session", "device"], name="one_seat_a_device"),
            models.CheckConstraint(condition=Q(number__range=(1, 999)), name="class_number_is_short"),
            models.CheckConstraint(
                condition=Q(attended_at=None, attended_by="") | Q(attended_at__isnull=False) & ~Q(attended_by=""),
                name="attendance_says_how",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number}"


class CentreImport(models.Model):
    """A file of a classroom without internet, taken in once. `export` is the uid that the file gives itself."""

    export = models.UUIDField(unique=True)
    centre = models.CharField(max_length=200)
    sha256 = models.CharField(max_length=64)
    events = models.PositiveIntegerField(help_text="How many of it were new.")
    imported_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    imported_at = models.DateTimeField()

    class Meta:
        ordering = ["-imported_at", "pk"]

    def __str__(self) -> str:
        return f"{self.centre} {self.imported_at:%Y-%m-%d}"
