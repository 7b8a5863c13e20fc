"""What readers tell us about lessons and facts, and what we tell them is new on their road."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from orientation.models.courses import Lesson, corridors_field
from orientation.models.facts import Fact
from portal.fields import UidField, WebField


class Feedback(models.Model):
    """One tap on a lesson or a fact. Whose it is, is not kept; `uid` is made by whoever sends it, so that twice counts once."""

    class Kind(models.TextChoices):
        WRONG = "wrong", "this is wrong"
        UNCLEAR = "unclear", "not understood"

    uid = models.UUIDField(unique=True)
    kind = models.CharField(max_length=7, choices=Kind)
    lesson = models.ForeignKey(Lesson, null=True, on_delete=models.CASCADE, related_name="feedback")
    fact = models.ForeignKey(Fact, null=True, on_delete=models.CASCADE, related_name="feedback")
    language = models.CharField(max_length=2, choices=settings.LANGUAGES)
    corridor = models.CharField(max_length=5, blank=True)
    told = models.TextField(max_length=500, blank=True)
    received_at = models.DateTimeField()
    closed_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    closed_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-received_at", "pk"]
        verbose_name_plural = "feedback"
        constraints = [
            models.CheckConstraint(
                condition=Q(lesson__isnull=False, fact=None) | Q(lesson=None, fact__isnull=False), name="feedback_about_one_thing"
            )
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.received_at:%Y-%m-%d}"


class News(models.Model):
    """Shown to the readers of its corridors from `published_at` until the end of `until`."""

    uid = UidField()
    corridors = corridors_field()
    title = models.CharField(max_length=150)
    text = models.TextField(help_text="Takes **bold**, {{fact:CODE}} and {{eg:60000 RUB}}.")
    publisher = models.CharField("who says so", max_length=200)
    url = WebField("where it was read", max_length=500, blank=True)
    written_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    published_at = models.DateTimeField(null=True, blank=True)
    published_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    until = models.DateField()

    class Meta:
        ordering = ["-published_at", "-pk"]
        verbose_name_plural = "news"
        constraints = [
            models.CheckConstraint(
                condition=Q(written_by=None) | Q(published_by=None) | ~Q(published_by=F("written_by")),
                name="nobody_publishes_their_own_news",
            )
        ]

    def __str__(self) -> str:
        return self.title
