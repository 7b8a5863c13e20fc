"""Scoring runs, cut into blocks that are rows; and the marks of what must be scored again, written with the change itself."""

from datetime import datetime
from typing import Self

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Exists, F, OuterRef, Q

from matching.models.candidates import Candidate
from matching.models.vacancies import Vacancy
from portal.fields import UidField
from portal.organisations.models import Organisation, Person


class WeightsQuerySet(models.QuerySet["ScoringWeights"]):
    def approved(self) -> Self:
        """In force are those approved last."""
        return self.exclude(approved_at=None).order_by("-approved_at", "-pk")

    def in_force_and_signed(self) -> Self:
        """The version in force, where a person has approved it; else nothing."""
        return self.filter(pk=models.Subquery(self.approved().values("pk")[:1]), approved_by__isnull=False)


class ScoringWeights(models.Model):
    """An immutable version of the engine's numbers (weights of components, rarity of skills); `digest` is their SHA-256.

    Who proposes a version does not approve it. The very first one, frozen from the taxonomy, was proposed by nobody and is in force
    before anybody has signed it. A trigger holds what was proposed; only the approval, which is the last one, may change.
    """

    digest = models.CharField(max_length=64, unique=True)
    numbers = models.JSONField()
    note = models.CharField(max_length=300, blank=True, help_text="What is different, and why.")
    created_at = models.DateTimeField()
    proposed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    approved_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    approved_at = models.DateTimeField(null=True, blank=True)

    objects = WeightsQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]
        verbose_name_plural = "scoring weights"
        constraints = [
            models.CheckConstraint(
                condition=Q(approved_by=None) | Q(proposed_by=None) | ~Q(approved_by=F("proposed_by")), name="weights_have_a_second_person"
            ),
            models.CheckConstraint(condition=Q(approved_by=None) | Q(approved_at__isnull=False), name="weights_approved_at_some_time"),
        ]

    def __str__(self) -> str:
        return f"weights {self.digest[:8]}"


class TrialQuerySet(models.QuerySet["WeightsTrial"]):
    def claimable(self, now: datetime) -> Self:
        """Not finished, nor in the hands of a worker whose lease still runs."""
        return self.filter(finished_at=None).filter(Q(lease_until=None) | Q(lease_until__lt=now)).order_by("asked_at", "pk")


class WeightsTrial(models.Model):
    """Two versions compared on the same day's data, before anybody switches: `result` says whose places change."""

    uid = UidField()
    before = models.ForeignKey(ScoringWeights, on_delete=models.PROTECT, related_name="+")
    after = models.ForeignKey(ScoringWeights, on_delete=models.PROTECT, related_name="trials")
    day = models.DateField("scoring day")
    inputs = models.CharField(max_length=64, blank=True, help_text="As of a scoring run.")
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    lease_until = models.DateTimeField(null=True, blank=True)
    finished_at = models.DateTimeField(null=True, blank=True)
    result = models.JSONField(null=True, blank=True)
    fault = models.CharField(max_length=300, blank=True, help_text="Why it ended without a result.")

    objects = TrialQuerySet.as_manager()

    class Meta:
        ordering = ["-asked_at", "-pk"]
        constraints = [models.UniqueConstraint(fields=["before", "after", "day", "inputs"], name="trial_once_a_day_and_inputs")]

    def __str__(self) -> str:
        return f"trial of {self.after_id} against {self.before_id}"


class WeightsApproval(models.Model):
    """One approval of a version, and the comparison it rests on. Going back to a version is one more of them."""

    weights = models.ForeignKey(ScoringWeights, on_delete=models.PROTECT, related_name="approvals")
    trial = models.ForeignKey(WeightsTrial, on_delete=models.PROTECT, null=True, related_name="+")
    approved_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    approved_at = models.DateTimeField()

    class Meta:
        ordering = ["-approved_at", "-pk"]

    def __str__(self) -> str:
        return f"approval of {self.weights_id}"


class RunQuerySet(models.QuerySet["ScoringRun"]):
    def visible_to(self, user: Person) -> Self:
        return self if ScoringRun.is_staff(user) else self.none()


class ScoringRun(models.Model):
    class Kind(models.TextChoices):
        FULL = "full", "full"
        SMALL = "small", "small"

    class Cause(models.TextChoices):
        NIGHT = "night", "the day has turned"
        ASKED = "asked", "somebody asked for it"
        LAW = "law", "law, rates or taxonomy changed"
        WEIGHTS = "weights", "new weights"
        CHANGES = "changes", "people or vacancies changed"

    uid = UidField()
    kind = models.CharField(max_length=5, choices=Kind)
    day = models.DateField("scoring day")
    weights = models.ForeignKey(ScoringWeights, on_delete=models.PROTECT, related_name="+")
    cause = models.CharField(max_length=8, choices=Cause, default=Cause.ASKED)
    inputs = models.CharField(max_length=64, blank=True, help_text="SHA-256 of the law, rates, facts and taxonomy that it scored by.")
    started_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True, blank=True)
    pairs = models.PositiveBigIntegerField(default=0)
    counts = models.JSONField(default=dict, blank=True, help_text="Vacancies, eligible pairs, rows written, left and removed, reasons, …")
    timings = models.JSONField(default=dict, blank=True, help_text="Milliseconds of work, by what was done.")

    objects = RunQuerySet.as_manager()

    class Meta:
        ordering = ["-started_at", "-pk"]
        constraints = [models.UniqueConstraint(fields=["kind"], condition=Q(kind="full", finished_at=None), name="one_open_full_run")]

    def __str__(self) -> str:
        return f"{self.kind} run of {self.day}"

    @staticmethod
    def is_staff(user: Person) -> bool:
        """Staff of vetted agencies and operators may read runs, which hold counts and nobody's data."""
        if not user.is_authenticated:
            return False
        agencies = Organisation.objects.vetted().of_member(user, Organisation.Kind.AGENCY)
        return user.has_perm("matching.view_scoringrun") or agencies.exists()


class BlockQuerySet(models.QuerySet["ScoringBlock"]):
    def claimable(self, now: datetime) -> Self:
        """Neither done nor in the hands of a worker whose lease still runs; and nothing of an earlier step is left to do."""
        earlier = ScoringBlock.objects.filter(run=OuterRef("run"), step__lt=OuterRef("step"), done_at=None)
        return self.filter(~Exists(earlier), done_at=None).filter(Q(lease_until=None) | Q(lease_until__lt=now))


class ScoringBlock(models.Model):
    """What one worker does at a time; an expired lease is claimed again. A step begins when the one before is done."""

    class Step(models.IntegerChoices):
        LISTS = 1, "score these vacancies"
        SHORTLISTS = 2, "choose shortlists of all vacancies"
        AUDIT = 3, "audit the run"

    run = models.ForeignKey(ScoringRun, on_delete=models.CASCADE, related_name="blocks")
    step = models.PositiveSmallIntegerField(choices=Step, default=Step.LISTS)
    vacancies = ArrayField(models.BigIntegerField(), default=list)
    claimed_by = models.CharField(max_length=100, blank=True)
    lease_until = models.DateTimeField(null=True, blank=True)
    tries = models.PositiveSmallIntegerField(default=0)
    done_at = models.DateTimeField(null=True, blank=True)
    is_failed = models.BooleanField(default=False, help_text="Tried too often: it is done with, and nothing was written.")
    pairs = models.PositiveBigIntegerField(default=0)

    objects = BlockQuerySet.as_manager()

    class Meta:
        ordering = ["run", "step", "pk"]
        indexes = [models.Index(fields=["run", "step"], condition=Q(done_at=None), name="block_to_do")]

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


class VacancyList(models.Model):
    """Of which day and weights a vacancy's list of suggestions is. Its untouched matches are exactly what the engine says for them."""

    vacancy = models.OneToOneField(Vacancy, on_delete=models.CASCADE, related_name="list")
    day = models.DateField("scoring day")
    weights = models.ForeignKey(ScoringWeights, on_delete=models.PROTECT, related_name="+")
    inputs = models.CharField(max_length=64, blank=True, help_text="As of a scoring run.")
    eligible = models.PositiveIntegerField(default=0, help_text="Candidates who pass stage 0.")
    scored_at = models.DateTimeField()

    class Meta:
        ordering = ["vacancy"]

    def __str__(self) -> str:
        return f"list of {self.vacancy_id}"


class AuditQuerySet(models.QuerySet["ScoringAudit"]):
    def visible_to(self, user: Person) -> Self:
        return self if ScoringAudit.may_read(user) else self.none()


class ScoringAudit(models.Model):
    """Who reaches what, by sex, citizenship and home region: of a full run, or of a month. Read beside the engine, never passed to it."""

    uid = UidField()
    run = models.OneToOneField(ScoringRun, on_delete=models.CASCADE, null=True, blank=True, related_name="audit")
    month = models.DateField(null=True, blank=True, unique=True, help_text="Its first day.")
    made_at = models.DateTimeField()
    lines = models.JSONField(default=dict, help_text="As matching.audit writes them.")
    noticed_at = models.DateTimeField(null=True, blank=True, help_text="When operators were told of a difference two months running.")

    objects = AuditQuerySet.as_manager()

    class Meta:
        ordering = ["-made_at", "-pk"]
        constraints = [models.CheckConstraint(condition=Q(run=None) ^ Q(month=None), name="audit_is_of_a_run_or_a_month")]

    def __str__(self) -> str:
        return f"audit of {self.month or self.run_id}"

    @staticmethod
    def may_read(user: Person) -> bool:
        """Operators, and members of vetted authorities, who see counts only."""
        if not user.is_authenticated:
            return False
        authorities = Organisation.objects.vetted().of_member(user, Organisation.Kind.AUTHORITY)
        return user.has_perm("matching.view_scoringaudit") or authorities.exists()
