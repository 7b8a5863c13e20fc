"""What lessons, facts and help are found by: their words in one alphabet, and what was looked for in vain."""

from django.conf import settings
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVector, SearchVectorField
from django.db import models


class LearningText(models.Model):
    """One thing in one language. `names` and `text` are folded by `orientation/search`; `names` are short and may be met nearly.

    `title` and `shown` are for reading: plain text, where `{{fact:…}}` still stands for its value.
    """

    class Kind(models.TextChoices):
        LESSON = "lesson", "lesson"
        FACT = "fact", "fact"
        HELP = "help", "help"

    kind = models.CharField(max_length=6, choices=Kind)
    key = models.CharField(max_length=120, help_text="course/lesson, the fact's code, or situation/contact.")
    language = models.CharField(max_length=2, choices=settings.LANGUAGES)
    corridors = models.JSONField(default=list, help_text="Whom it is for, as corridors or as countries of origin; empty: everybody.")
    title = models.CharField(max_length=300)
    shown = models.TextField(default="")
    names = models.TextField()
    text = models.TextField()
    vector = models.GeneratedField(
        expression=SearchVector("names", weight="A", config="simple") + SearchVector("text", weight="C", config="simple"),
        output_field=SearchVectorField(),
        db_persist=True,
    )

    class Meta:
        ordering = ["kind", "key", "language"]
        constraints = [models.UniqueConstraint(fields=["kind", "key", "language"], name="one_text_a_thing_and_language")]
        indexes = [
            GinIndex(fields=["vector"], name="learning_text_words"),
            GinIndex(fields=["names"], opclasses=["gin_trgm_ops"], name="learning_names_trigrams"),
        ]

    def __str__(self) -> str:
        return f"{self.key} ({self.language})"


class SearchMiss(models.Model):
    """Words that found nothing, once enough different visitors had typed them: fewer could tell who they are."""

    language = models.CharField(max_length=2, choices=settings.LANGUAGES)
    words = models.CharField(max_length=60)
    visitors = models.PositiveIntegerField()
    last_on = models.DateField()
    closed_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    closed_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-visitors", "words"]
        verbose_name_plural = "search misses"
        constraints = [models.UniqueConstraint(fields=["language", "words"], name="one_miss_a_language_and_words")]

    def __str__(self) -> str:
        return self.words
