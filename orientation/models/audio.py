"""A lesson read aloud."""

from django.conf import settings
from django.db import models
from django.db.models import OuterRef, Q, Subquery
from django.db.models.functions import JSONObject

from orientation.models.courses import Lesson
from portal.fields import UidField


class LessonAudio(models.Model):
    """One recording a lesson and language, an MP3. It lives in the database, so that it is backed up and moved with the text that it says."""

    class Voice(models.TextChoices):
        PERSON = "person", "a person"
        MACHINE = "machine", "a computer"

    uid = UidField()
    lesson = models.ForeignKey(Lesson, on_delete=models.CASCADE, related_name="recordings")
    language = models.CharField(max_length=2, choices=settings.LANGUAGES)
    voice = models.CharField(max_length=7, choices=Voice)
    transcript = models.TextField(help_text="What is said.")
    sound = models.BinaryField()
    size = models.PositiveIntegerField(help_text="Bytes.")
    seconds = models.PositiveIntegerField()
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        ordering = ["lesson", "language"]
        verbose_name_plural = "recordings"
        constraints = [
            models.UniqueConstraint(fields=["lesson", "language"], name="one_recording_a_lesson_and_language"),
            models.CheckConstraint(condition=Q(size__gt=0, seconds__gt=0), name="recording_is_not_empty"),
        ]

    def __str__(self) -> str:
        return f"{self.lesson_id} ({self.language})"


def recording_of_page() -> Subquery:
    """For a queryset of edition pages: the recording of the page's lesson in its language (dict or None), without its sound."""
    here = LessonAudio.objects.filter(
        lesson__course=OuterRef("edition__course"), lesson__slug=OuterRef("slug"), language=OuterRef("language")
    ).order_by()
    told = JSONObject(uid="uid", voice="voice", transcript="transcript", size="size", seconds="seconds")
    return Subquery(here.values(json=told)[:1])
