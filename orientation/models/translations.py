"""Who has written and read the texts of an object in each language, and what is owed."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from orientation.models.courses import Course, Lesson, Question
from orientation.models.facts import Fact

OBJECTS = ("course", "lesson", "question", "fact")
ONE_OBJECT = Q(pk__in=[])
for _name in OBJECTS:
    ONE_OBJECT |= Q(**{f"{other}__isnull": other != _name for other in OBJECTS})


class Translation(models.Model):
    """The texts of one object in one language, English too. No row: nobody has written any.

    `based_on_revision` is the revision of the object that they say; where the object has moved on, they are outdated.
    The texts of a variant are its lesson's, those of a choice are its question's.
    """

    class State(models.TextChoices):
        DRAFT = "draft", "draft"
        IN_REVIEW = "in_review", "waits for a reviewer"
        PUBLISHED = "published", "may go out"

    course = models.ForeignKey(Course, null=True, on_delete=models.CASCADE, related_name="translations")
    lesson = models.ForeignKey(Lesson, null=True, on_delete=models.CASCADE, related_name="translations")
    question = models.ForeignKey(Question, null=True, on_delete=models.CASCADE, related_name="translations")
    fact = models.ForeignKey(Fact, null=True, on_delete=models.CASCADE, related_name="translations")
    language = models.CharField(max_length=2, choices=settings.LANGUAGES)
    state = models.CharField(max_length=9, choices=State, default=State.DRAFT)
    based_on_revision = models.PositiveIntegerField()
    is_starter = models.BooleanField(default=False, help_text="Came with Safar: goes out unread, and pages say so.")
    written_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    written_at = models.DateTimeField()
    reviewed_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    reviewed_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["language", "pk"]
        constraints = [
            models.CheckConstraint(condition=ONE_OBJECT, name="translation_of_one_object"),
            *(
                models.UniqueConstraint(
                    fields=[name, "language"], condition=Q(**{f"{name}__isnull": False}), name=f"one_translation_a_{name}_and_language"
                )
                for name in OBJECTS
            ),
            models.CheckConstraint(
                condition=~Q(state="published") | Q(is_starter=True) | Q(reviewed_at__isnull=False), name="translation_goes_out_reviewed"
            ),
            models.CheckConstraint(
                condition=Q(written_by=None) | Q(reviewed_by=None) | ~Q(reviewed_by=F("written_by")), name="nobody_reviews_their_own_words"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.language} {self.state}"


class Rereading(models.Model):
    """A lesson that names a fact which has changed since: an editor reads it again."""

    fact = models.ForeignKey(Fact, on_delete=models.CASCADE, related_name="rereadings")
    lesson = models.ForeignKey(Lesson, on_delete=models.CASCADE, related_name="rereadings")
    since = models.DateTimeField()
    read_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    read_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["since", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["fact", "lesson"], condition=Q(read_at=None), name="one_rereading_a_fact_and_lesson")
        ]

    def __str__(self) -> str:
        return f"{self.lesson_id} because of {self.fact_id}"


class FallbackMiss(models.Model):
    """How often on a day a page was asked for in a language that it does not have. Counted in the cache, written by beat."""

    course = models.ForeignKey(Course, on_delete=models.CASCADE, related_name="misses")
    slug = models.SlugField(blank=True, help_text="As of an edition's page.")
    language = models.CharField(max_length=2)
    day = models.DateField()
    count = models.PositiveIntegerField()

    class Meta:
        ordering = ["-day", "course", "slug", "language"]
        constraints = [models.UniqueConstraint(fields=["course", "slug", "language", "day"], name="one_miss_a_page_language_and_day")]

    def __str__(self) -> str:
        return f"{self.slug or 'course'} ({self.language}): {self.count}"
