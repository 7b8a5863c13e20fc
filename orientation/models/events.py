"""What learners did: append-only events. Progress, attempts and completion are computed from them and stored nowhere."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from orientation.models.editions import CourseEdition
from portal.fields import UidField

ONE_OWNER = Q(user__isnull=True, device__isnull=False) | Q(user__isnull=False, device__isnull=True)


class LearningEvent(models.Model):
    """`uid` is made by whoever sends the event, so that sending it twice counts once."""

    class Kind(models.TextChoices):
        ANSWERED = "answered", "answered a question"
        CHECKED = "checked", "sent the final check"
        MOVED = "moved", "went on to a newer edition"

    uid = models.UUIDField(unique=True)
    kind = models.CharField(max_length=10, choices=Kind)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="learning_events")
    device = models.UUIDField(null=True)
    edition = models.ForeignKey(CourseEdition, on_delete=models.PROTECT, related_name="events")
    lesson = models.SlugField(blank=True)
    question = models.UUIDField(null=True)
    choice = models.UUIDField(null=True)
    given = models.JSONField(default=list, blank=True, help_text="The answer, where it is no single choice: orientation/answers.py.")
    attempt = models.PositiveSmallIntegerField()
    is_right = models.BooleanField()
    answers = models.JSONField(default=dict, blank=True, help_text="Final check: question uid → answer.")
    right = models.PositiveSmallIntegerField(null=True, help_text="Final check: right answers.")
    asked = models.PositiveSmallIntegerField(null=True, help_text="Final check: questions asked.")
    corridor = models.CharField(max_length=5, blank=True)
    happened_at = models.DateTimeField()
    received_at = models.DateTimeField()
    phone_at = models.DateTimeField(null=True, help_text="What the phone's clock said, where that cannot have been.")

    class Meta:
        ordering = ["happened_at", "pk"]
        indexes = [
            models.Index(fields=["user", "happened_at"], condition=Q(user__isnull=False), name="events_of_user"),
            models.Index(fields=["device", "happened_at"], condition=Q(device__isnull=False), name="events_of_device"),
        ]
        constraints = [
            models.CheckConstraint(condition=ONE_OWNER, name="event_has_one_owner"),
            models.CheckConstraint(
                condition=Q(kind="answered", question__isnull=False) & (Q(choice__isnull=False, given=[]) | Q(choice=None) & ~Q(given=[]))
                | Q(kind="moved", question=None, choice=None, given=[], right=None)
                | Q(kind="checked", right__isnull=False, asked__gt=0, right__lte=models.F("asked")),
                name="event_has_its_answer",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.lesson}"

    @property
    def answer(self) -> list[str]:
        """To a question of a lesson."""
        return [str(self.choice)] if self.choice else self.given

    @property
    def answers_of_check(self) -> dict[str, list[str]]:
        """Question uid → answer. Before there were kinds it was a choice's uid alone."""
        return {question: [answer] if isinstance(answer, str) else answer for question, answer in self.answers.items()}


class CertificateQuerySet(models.QuerySet["Certificate"]):
    def standing(self) -> "CertificateQuerySet":
        return self.filter(revoked_at=None)


class Certificate(models.Model):
    """Names the edition that was learnt. The code is what a stranger types to check it."""

    uid = UidField()
    code = models.CharField(max_length=12, unique=True)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="certificates")
    device = models.UUIDField(null=True)
    edition = models.ForeignKey(CourseEdition, on_delete=models.PROTECT, related_name="certificates")
    corridor = models.CharField(max_length=5, blank=True)
    holder_name = models.CharField(max_length=100, blank=True)
    shows_name = models.BooleanField(default=False, help_text="The holder lets whoever checks it see the name; else the initials.")
    issued_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True)
    revoked_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    revoked_because = models.CharField(max_length=300, blank=True)

    objects = CertificateQuerySet.as_manager()

    class Meta:
        ordering = ["-issued_at"]
        constraints = [
            models.CheckConstraint(condition=ONE_OWNER, name="certificate_has_one_owner"),
            models.CheckConstraint(
                condition=Q(revoked_at=None, revoked_because="") | Q(revoked_at__isnull=False) & ~Q(revoked_because=""),
                name="certificate_revoked_for_a_reason",
            ),
            models.UniqueConstraint(fields=["user", "edition"], condition=Q(user__isnull=False), name="one_certificate_a_user_and_edition"),
            models.UniqueConstraint(
                fields=["device", "edition"], condition=Q(device__isnull=False), name="one_certificate_a_device_and_edition"
            ),
        ]

    def __str__(self) -> str:
        return self.code
