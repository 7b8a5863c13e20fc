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


class Module(models.Model):
    """Lessons of a course that stand together under a heading. A short course needs none."""

    course = models.ForeignKey(Course, on_delete=models.CASCADE, related_name="modules")
    slug = models.SlugField()
    position = models.PositiveSmallIntegerField()
    title = models.CharField(max_length=120)

    class Meta:
        ordering = ["course", "position"]
        constraints = [models.UniqueConstraint(fields=["course", "slug"], name="module_slug_once_a_course")]

    def __str__(self) -> str:
        return self.title or self.slug


class Lesson(Revisioned):
    """Points and steps for today are one a line. Texts take **bold**, {{fact:CODE}} and {{eg:60000 RUB}}."""

    class Path(models.TextChoices):
        """Whom a lesson is a part of the way for that is no core lesson, as learners say it of themselves: orientation/paths.py."""

        FIRST = "first", "going for the first time"
        CHILDREN = "children", "with children, along or at home"
        NO_JOB = "no-job", "no job found yet"
        HOUSEHOLD = "household", "work in a private home"
        APP = "app", "work through an app"
        BUS = "bus", "fifteen minutes before the bus"

    uid = UidField()
    course = models.ForeignKey(Course, on_delete=models.CASCADE, related_name="lessons")
    module = models.ForeignKey(Module, null=True, blank=True, on_delete=models.SET_NULL, related_name="lessons")
    slug = models.SlugField()
    position = models.PositiveSmallIntegerField()
    icon = models.CharField(max_length=30, default="book")
    minutes = models.PositiveSmallIntegerField(default=5)
    is_sensitive = models.BooleanField(
        default=False, help_text="Dangerous in a wrong hand: stays out of “save this course” unless asked for."
    )
    corridors = corridors_field()
    is_core = models.BooleanField(
        "core", default=False, help_text="Everybody on its corridors learns it. Where no lesson is core, all are."
    )
    paths = ArrayField(models.CharField(max_length=9, choices=Path), default=list, blank=True, help_text="Who else learns it.")
    related = ArrayField(
        models.CharField(max_length=101), default=list, blank=True, help_text="Slugs of lessons, or COURSE/SLUG of those of other courses."
    )
    picture = models.SlugField(
        blank=True, help_text="A file of portal/ui/assets/pictures/, without .svg. It says nothing that the text does not."
    )
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


class Phrase(models.Model):
    """A sentence to say where the learner goes, with what it means and how to read it in letters that they know."""

    class Language(models.TextChoices):
        RUSSIAN = "ru", "Russian"
        KAZAKH = "kk", "Kazakh"

    lesson = models.ForeignKey(Lesson, on_delete=models.CASCADE, related_name="phrases")
    key = models.SlugField()
    position = models.PositiveSmallIntegerField()
    spoken = models.CharField("language", max_length=2, choices=Language)
    said = models.CharField("sentence", max_length=200)
    means = models.CharField("what it means", max_length=250)
    reading = models.CharField("how to read it", max_length=250, blank=True, help_text="Empty where the language is the learner's own.")

    class Meta:
        ordering = ["lesson", "position"]
        constraints = [models.UniqueConstraint(fields=["lesson", "key"], name="phrase_key_once_a_lesson")]

    def __str__(self) -> str:
        return self.said


class Question(Revisioned):
    class Stage(models.TextChoices):
        LESSON = "lesson", "in the lesson"
        CHECK = "check", "in the final check"

    class Kind(models.TextChoices):
        """What is right: orientation/answers.py."""

        SINGLE = "single", "one answer is right"
        MULTIPLE = "multiple", "several answers are right"
        TRUE_FALSE = "true_false", "true or false"
        ORDER = "order", "put lines in their order"
        NUMBER = "number", "a number"

    NEED_WHY = (Kind.ORDER, Kind.NUMBER)  # their choices, if they have any, say nothing

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    lesson = models.ForeignKey(Lesson, on_delete=models.CASCADE, related_name="questions")
    stage = models.CharField(max_length=6, choices=Stage, default=Stage.LESSON)
    kind = models.CharField(max_length=10, choices=Kind, default=Kind.SINGLE)
    slug = models.SlugField()
    position = models.PositiveSmallIntegerField()
    corridors = corridors_field()
    text = models.TextField()
    why = models.TextField(blank=True, help_text="Told after an answer. Needed for an order and for a number.")
    number = models.DecimalField("right number", max_digits=18, decimal_places=2, null=True, blank=True)
    fact_code = models.CharField(
        "fact whose number is right", max_length=40, blank=True, help_text="Instead of a number: it follows the fact."
    )
    tolerance = models.DecimalField("right within", max_digits=18, decimal_places=2, default=0)
    picture = models.SlugField(blank=True, help_text="A file of portal/ui/assets/pictures/, without .svg.")
    picture_text = models.CharField("what the picture shows", max_length=300, blank=True, help_text="For whoever does not see it.")

    class Meta:
        ordering = ["lesson", "stage", "position"]
        constraints = [
            models.UniqueConstraint(fields=["lesson", "stage", "slug"], name="question_slug_once_a_lesson"),
            models.CheckConstraint(
                condition=~Q(kind="number") & Q(number=None, fact_code="")
                | Q(kind="number") & (Q(number__isnull=False, fact_code="") | Q(number=None) & ~Q(fact_code="")),
                name="question_has_one_right_number",
            ),
            models.CheckConstraint(condition=Q(tolerance__gte=0), name="question_tolerance_is_no_debt"),
        ]

    def __str__(self) -> str:
        return self.slug


class Choice(models.Model):
    """Of an order: a line, at its right place. How many are right depends on the question's kind: publishing asks."""

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    question = models.ForeignKey(Question, on_delete=models.CASCADE, related_name="choices")
    position = models.PositiveSmallIntegerField()
    is_right = models.BooleanField(default=False)
    text = models.TextField()
    feedback = models.TextField("why", blank=True)

    class Meta:
        ordering = ["question", "position"]
        constraints = [
            models.UniqueConstraint(fields=["question", "position"], name="one_choice_a_position"),
        ]

    def __str__(self) -> str:
        return self.text[:60]
