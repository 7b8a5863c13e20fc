"""What editors write. Learners never read these rows: publishing freezes them into an edition."""

import uuid
from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q

from portal.fields import Revisioned, UidField
from portal.places.corridors import Corridor


def corridors_field() -> Any:
    return ArrayField(models.CharField(max_length=5, choices=Corridor), default=list, blank=True, help_text="Empty: for everybody.")


class Course(Revisioned):
    class Subject(models.TextChoices):
        ORIENTATION = "orientation", "before the road"
        MONEY = "money", "money"

    uid = UidField()
    subject = models.CharField(max_length=11, choices=Subject, default=Subject.ORIENTATION, help_text="Which tab shows it.")
    slug = models.SlugField(unique=True)
    title = models.CharField(max_length=120)
    summary = models.TextField(blank=True)
    corridors = corridors_field()
    pass_percent = models.PositiveSmallIntegerField(default=80, validators=[MinValueValidator(1), MaxValueValidator(100)])
    position = models.PositiveSmallIntegerField(default=1)

    class Meta:
        ordering = ["position", "slug"]
        constraints = [models.CheckConstraint(condition=Q(pass_percent__range=(1, 100)), name="course_pass_percent_is_percent")]

    def __str__(self) -> str:
        return self.title or self.slug


class Lesson(Revisioned):
    """Points and steps for today are one a line. Texts take **bold**, {{fact:CODE}} and {{eg:60000 RUB}}."""

    uid = UidField()
    course = models.ForeignKey(Course, on_delete=models.CASCADE, related_name="lessons")
    slug = models.SlugField()
    position = models.PositiveSmallIntegerField()
    icon = models.CharField(max_length=30, default="book")
    minutes = models.PositiveSmallIntegerField(default=5)
    fact_codes = ArrayField(models.CharField(max_length=40), default=list, blank=True)
    title = models.CharField(max_length=120)
    intro = models.TextField(blank=True)
    story = models.TextField(blank=True)
    points = models.TextField("key points", blank=True)
    today = models.TextField("what to do today", blank=True)

    class Meta:
        ordering = ["course", "position"]
        constraints = [
            models.UniqueConstraint(fields=["course", "slug"], name="lesson_slug_once_a_course"),
            models.CheckConstraint(condition=~Q(slug="check"), name="lesson_slug_is_not_check"),
        ]

    def __str__(self) -> str:
        return self.title or self.slug


class LessonVariant(models.Model):
    """A part of a lesson for some corridors only, where the law differs."""

    lesson = models.ForeignKey(Lesson, on_delete=models.CASCADE, related_name="variants")
    key = models.SlugField()
    corridors = corridors_field()
    title = models.CharField(max_length=120)
    text = models.TextField()

    class Meta:
        ordering = ["lesson", "pk"]
        constraints = [models.UniqueConstraint(fields=["lesson", "key"], name="variant_key_once_a_lesson")]

    def __str__(self) -> str:
        return self.title or self.key


class Question(models.Model):
    class Stage(models.TextChoices):
        LESSON = "lesson", "in the lesson"
        CHECK = "check", "in the final check"

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    lesson = models.ForeignKey(Lesson, on_delete=models.CASCADE, related_name="questions")
    stage = models.CharField(max_length=6, choices=Stage, default=Stage.LESSON)
    slug = models.SlugField()
    position = models.PositiveSmallIntegerField()
    corridors = corridors_field()
    text = models.TextField()

    class Meta:
        ordering = ["lesson", "stage", "position"]
        constraints = [models.UniqueConstraint(fields=["lesson", "stage", "slug"], name="question_slug_once_a_lesson")]

    def __str__(self) -> str:
        return self.slug


class Choice(models.Model):
    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    question = models.ForeignKey(Question, on_delete=models.CASCADE, related_name="choices")
    position = models.PositiveSmallIntegerField()
    is_right = models.BooleanField(default=False)
    text = models.TextField()
    feedback = models.TextField("why")

    class Meta:
        ordering = ["question", "position"]
        constraints = [
            models.UniqueConstraint(fields=["question", "position"], name="one_choice_a_position"),
            models.UniqueConstraint(fields=["question"], condition=Q(is_right=True), name="one_right_choice_a_question"),
        ]

    def __str__(self) -> str:
        return self.text[:60]
