"""What people say to each other about a match: notes, questions, a second reader, times to talk; and an agency's own views of its queue."""

from typing import Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from matching.models.matches import Match
from portal.accounts.models import User
from portal.fields import UidField
from portal.organisations.models import Organisation, Person


class MatchNote(models.Model):
    """What one member of an agency's staff leaves for the others. Nobody outside the agency reads it."""

    match = models.ForeignKey(Match, on_delete=models.CASCADE, related_name="notes")
    agency = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    author = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    text = models.CharField(_("note"), max_length=500)
    at = models.DateTimeField()

    class Meta:
        ordering = ["-at", "-pk"]
        constraints = [models.CheckConstraint(condition=~Q(text=""), name="match_note_says_something")]

    def __str__(self) -> str:
        return f"note {self.pk} of {self.match_id}"


class MatchQuestionQuerySet(models.QuerySet["MatchQuestion"]):
    def visible_to(self, user: Person) -> Self:
        """Whoever sees the match as its candidate or as the agency that has the care; an employer never."""
        if not user.is_authenticated:
            return self.none()
        cared_for = Match.objects.in_care_of(user).order_by().values("pk")
        return self.filter(Q(match__candidate__user=user) | Q(match__in=cared_for))

    def open(self) -> Self:
        return self.filter(answered_at=None)


class MatchQuestion(models.Model):
    """A candidate's question about a job, and the agency's answer."""

    uid = UidField()
    match = models.ForeignKey(Match, on_delete=models.CASCADE, related_name="questions")
    text = models.CharField(_("your question"), max_length=300)
    asked_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    answer = models.CharField(_("answer"), max_length=600, blank=True)
    answered_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    answered_at = models.DateTimeField(null=True, blank=True)

    objects = MatchQuestionQuerySet.as_manager()

    class Meta:
        ordering = ["asked_at", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["match"], condition=Q(answered_at=None), name="one_open_question_a_match"),
            models.CheckConstraint(
                condition=Q(answer="", answered_at=None, answered_by=None)
                | ~Q(answer="") & Q(answered_at__isnull=False, answered_by__isnull=False),
                name="question_is_answered_by_somebody",
            ),
        ]

    def __str__(self) -> str:
        return f"question {self.pk} of {self.match_id}"


class DeskView(models.Model):
    """A filter of the desk that a member of staff keeps under a name: the query of its address."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="desk_views")
    name = models.CharField(_("name"), max_length=40)
    query = models.CharField(max_length=400)

    class Meta:
        ordering = ["name"]
        constraints = [models.UniqueConstraint(fields=["user", "name"], name="desk_view_named_once")]

    def __str__(self) -> str:
        return self.name


class SecondLookQuerySet(models.QuerySet["SecondLook"]):
    def visible_to(self, user: Person) -> Self:
        """The staff of the agency that was asked."""
        return self.filter(agency__in=Organisation.objects.of_member(user, Organisation.Kind.AGENCY))

    def open(self) -> Self:
        return self.filter(decided_at=None)


class SecondLook(models.Model):
    """Another agency reads a declined tier A match, without a name: would it have declined too?"""

    class Verdict(models.TextChoices):
        OPEN = "", _("not read yet")
        AGREES = "agrees", _("would decline too")
        DIFFERS = "differs", _("would approve")

    uid = UidField()
    match = models.OneToOneField(Match, on_delete=models.CASCADE, related_name="second_look")
    agency = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    verdict = models.CharField(max_length=7, choices=Verdict, default=Verdict.OPEN, blank=True)
    note = models.CharField(max_length=300, blank=True)
    decided_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    decided_at = models.DateTimeField(null=True, blank=True)

    objects = SecondLookQuerySet.as_manager()

    class Meta:
        ordering = ["asked_at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(verdict="", decided_by=None, decided_at=None)
                | ~Q(verdict="") & Q(decided_by__isnull=False, decided_at__isnull=False),
                name="second_look_decided_by_somebody",
            )
        ]

    def __str__(self) -> str:
        return f"second look at {self.match_id}"


class Interview(models.Model):
    """A time to talk that an employer offers for a match; the candidate takes one of them."""

    class Way(models.TextChoices):
        PHONE = "phone", _("by phone")
        VIDEO = "video", _("by video")
        PLACE = "place", _("in person")

    uid = UidField()
    match = models.ForeignKey(Match, on_delete=models.CASCADE, related_name="interviews")
    starts_at = models.DateTimeField()
    way = models.CharField(max_length=5, choices=Way)
    place = models.CharField(_("where, or which link"), max_length=200, blank=True)
    offered_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    offered_at = models.DateTimeField()
    taken_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["starts_at", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["match", "starts_at"], name="interview_once_a_time"),
            models.UniqueConstraint(fields=["match"], condition=Q(taken_at__isnull=False), name="one_interview_taken_a_match"),
            models.CheckConstraint(condition=Q(starts_at__gt=F("offered_at")), name="interview_is_offered_before"),
            models.CheckConstraint(condition=Q(way="phone") | ~Q(place=""), name="interview_has_a_place"),
        ]

    def __str__(self) -> str:
        return f"interview {self.pk} of {self.match_id}"
