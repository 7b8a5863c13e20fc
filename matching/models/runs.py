"""Scoring runs, cut into blocks that are rows; and the marks of what must be scored again, written with the change itself."""

from datetime import datetime
from typing import Self

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from matching.models.candidates import Candidate
from matching.models.vacancies import Vacancy
from portal.fields import UidField
from portal.organisations.models import Organisation, Person


class ScoringWeights(models.Model):
    """An immutable version of the engine's frozen numbers (rarity of skills); `digest` is their SHA-256."""

    digest = models.CharField(max_length=64, unique=True)
    numbers = models.JSONField()
    created_at = models.DateTimeField()

    class Meta:
        ordering = ["-pk"]

    def __str__(self) -> str:
        return f"weights {self.digest[:8]}"


class RunQuerySet(models.QuerySet["ScoringRun"]):
    def visible_to(self, user: Person) -> Self:
        return self if ScoringRun.is_staff(user) else self.none()


class ScoringRun(models.Model):
    class Kind(models.TextChoices):
        FULL = "full", "full"
        SMALL = "small", "small"

    uid = UidField()
    kind = models.CharField(max_length=5, choices=Kind)
    day = models.DateField("scoring day")
    weights = models.ForeignKey(ScoringWeights, on_delete=models.PROTECT, related_name="+")
    started_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True, blank=True)
    pairs = models.PositiveBigIntegerField(default=0)

    objects = RunQuerySet.as_manager()

    class Meta:
        ordering = ["-started_at", "-pk"]
        constraints = [models.UniqueConstraint(fields=["kind"], condition=Q(kind="full", finished_at=None), name="one_open_full_run")]

    def __str__(self) -> str:
        return f"{self.kind} run of {self.day}"

    @staticmethod
    def is_staff(user: Person) -> bool:
        """Agency staff and operators may read runs, which hold counts and nobody's data."""
        if not user.is_authenticated:
            return False
        agencies = Organisation.objects.filter(kind=Organisation.Kind.AGENCY, memberships__user=user)
        return user.has_perm("matching.view_scoringrun") or agencies.exists()


class BlockQuerySet(models.QuerySet["ScoringBlock"]):
    def claimable(self, now: datetime) -> Self:
        """Neither done nor in the hands of a worker whose lease still runs."""
        return self.filter(done_at=None).filter(Q(lease_until=None) | Q(lease_until__lt=now))


class ScoringBlock(models.Model):
    """The vacancies that one worker scores at a time; an expired lease is claimed again."""

    run = models.ForeignKey(ScoringRun, on_delete=models.CASCADE, related_name="blocks")
    vacancies = ArrayField(models.BigIntegerField())
    claimed_by = models.CharField(max_length=100, blank=True)
    lease_until = models.DateTimeField(null=True, blank=True)
    done_at = models.DateTimeField(null=True, blank=True)
    pairs = models.PositiveBigIntegerField(default=0)

    objects = BlockQuerySet.as_manager()

    class Meta:
        ordering = ["run", "pk"]

    def __str__(self) -> str:
        return f"block {self.pk} of run {self.run_id}"


class ScoringMark(models.Model):
    """Something that can move a score has changed. One row a thing; scoring takes it away."""

    vacancy = models.OneToOneField(Vacancy, on_delete=models.CASCADE, null=True, related_name="mark")
    candidate = models.OneToOneField(Candidate, on_delete=models.CASCADE, null=True, related_name="mark")
    marked_at = models.DateTimeField()
    revision = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["marked_at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(vacancy=None, candidate__isnull=False) | Q(vacancy__isnull=False, candidate=None), name="mark_is_of_one_thing"
            )
        ]

    def __str__(self) -> str:
        return f"mark {self.pk}"


class VacancyReasons(models.Model):
    """Per vacancy and reason of ineligibility: how many failed it, and how many failed nothing else."""

    vacancy = models.ForeignKey(Vacancy, on_delete=models.CASCADE, related_name="reasons")
    reason = models.CharField(max_length=12)
    failed = models.PositiveIntegerField()
    only = models.PositiveIntegerField()
    unanswered = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["vacancy", "reason"]
        constraints = [models.UniqueConstraint(fields=["vacancy", "reason"], name="reason_once_a_vacancy")]

    def __str__(self) -> str:
        return f"{self.vacancy_id} {self.reason}"
