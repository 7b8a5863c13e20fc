"""What learners read: immutable pages, one a lesson and language, frozen when a course is published."""

from datetime import date
from typing import Any

from django.conf import settings
from django.contrib.postgres.expressions import ArraySubquery
from django.db import models
from django.db.models import Case, IntegerField, OuterRef, Q, Value, When
from django.db.models.functions import JSONObject

from orientation.models.audio import recording_of_page
from orientation.models.courses import Course, Question
from portal.fields import UidField, fallback_languages
from portal.organisations.models import Organisation


class CourseEdition(models.Model):
    uid = UidField()
    course = models.ForeignKey(Course, on_delete=models.PROTECT, related_name="editions")
    number = models.PositiveIntegerField()
    is_current = models.BooleanField(default=True)
    pass_percent = models.PositiveSmallIntegerField()
    published_at = models.DateTimeField()
    published_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    copy_of = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="+", help_text="Rolled back to this one.")

    class Meta:
        ordering = ["course", "-number"]
        constraints = [
            models.UniqueConstraint(fields=["course", "number"], name="edition_number_once_a_course"),
            models.UniqueConstraint(fields=["course"], condition=Q(is_current=True), name="one_current_edition_a_course"),
        ]

    def __str__(self) -> str:
        return f"{self.course_id}/{self.number}"


class EndorsementQuerySet(models.QuerySet["Endorsement"]):
    def standing(self, today: date) -> "EndorsementQuerySet":
        """Not withdrawn, not past their day, of authorities that are still vetted."""
        return self.filter(withdrawn_at=None, until__gte=today, authority__vetted_at__isnull=False)


class Endorsement(models.Model):
    """An authority vouches for an edition until a day; shown on it and on its certificates."""

    edition = models.ForeignKey(CourseEdition, on_delete=models.PROTECT, related_name="endorsements")
    authority = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="endorsements")
    signed_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    signed_at = models.DateTimeField()
    until = models.DateField()
    withdrawn_at = models.DateTimeField(null=True)

    objects = EndorsementQuerySet.as_manager()

    class Meta:
        ordering = ["signed_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["edition", "authority"], condition=Q(withdrawn_at=None), name="one_endorsement_an_edition_and_authority"
            )
        ]

    def __str__(self) -> str:
        return f"{self.edition_id} until {self.until}"


class EditionPageQuerySet(models.QuerySet["EditionPage"]):
    def current(self) -> "EditionPageQuerySet":
        return self.filter(edition__is_current=True).select_related("edition", "edition__course")

    def with_recording(self) -> "EditionPageQuerySet":
        """Annotates `recording` (dict or None): see `recording_of_page()`."""
        return self.annotate(recording=recording_of_page())

    def in_best_language(self) -> "EditionPageQuerySet":
        """The page's own language first, then Russian, then English; one row a page."""
        languages = fallback_languages()
        rank = Case(*(When(language=code, then=Value(place)) for place, code in enumerate(languages)), output_field=IntegerField())
        return (
            self.filter(language__in=languages)
            .annotate(language_rank=rank)
            .order_by("edition__course__position", "edition_id", "slug", "language_rank")
            .distinct("edition__course__position", "edition_id", "slug")
        )

    def with_endorsements(self, today: date) -> "EditionPageQuerySet":
        """`endorsements`: the names of who vouches for the edition today, and until when."""
        standing = Endorsement.objects.standing(today).filter(edition=OuterRef("edition"))
        return self.annotate(endorsements=ArraySubquery(standing.values_list(JSONObject(authority="authority__name", until="until"))))


# What questions of editions say that were published before there were kinds.
PLAIN = {"kind": Question.Kind.SINGLE, "why": "", "number": "", "fact": "", "tolerance": "0", "picture": "", "picture_text": ""}


class EditionPage(models.Model):
    """`slug` is the lesson's, or "" for the course's own page, or "check" for the final check. `content`: see orientation/freeze.py."""

    COURSE = ""
    CHECK = "check"

    edition = models.ForeignKey(CourseEdition, on_delete=models.PROTECT, related_name="pages")
    slug = models.SlugField(blank=True)
    language = models.CharField(max_length=2)
    title = models.CharField(max_length=120)
    content = models.JSONField()
    reviewed_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    reviewed_at = models.DateTimeField(null=True, help_text="A native speaker has read it; empty: pages say that nobody has.")

    objects = EditionPageQuerySet.as_manager()

    class Meta:
        ordering = ["edition", "slug", "language"]
        constraints = [models.UniqueConstraint(fields=["edition", "slug", "language"], name="one_page_a_slug_and_language")]

    def __str__(self) -> str:
        return f"{self.slug or 'course'} ({self.language})"

    @property
    def questions(self) -> list[dict[str, Any]]:
        """Each with all that a question has today."""
        return [PLAIN | question for question in self.content["questions"]]
