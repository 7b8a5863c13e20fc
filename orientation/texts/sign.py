"""A native speaker puts their name to the texts that came with Safar: pages say "not yet read" until then."""

from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import Q

from orientation.models import Course, EditionPage, Translation
from orientation.texts.review import NotReviewable

if TYPE_CHECKING:
    from portal.accounts.models import User


def of_shelf(course: Course | None) -> Q:
    """The rows of `Translation` that are a course's, or all facts'."""
    if course is None:
        return Q(fact__isnull=False)
    return Q(course=course) | Q(lesson__course=course) | Q(question__lesson__course=course)


@transaction.atomic
def sign(course: Course | None, language: str, *, by: "User", now: datetime) -> int:
    """`by` has read the course, or all facts, as learners read it. Returns how many texts and pages were unread. Raises `NotReviewable`."""
    if course:
        Course.objects.select_for_update().get(pk=course.pk)
    rows = Translation.objects.filter(of_shelf(course), language=language)
    if rows.filter(written_by=by).exists():
        raise NotReviewable("You have written a part of it: somebody else signs.")
    unread = {"reviewed_by": by, "reviewed_at": now}
    pages = EditionPage.objects.filter(edition__course=course, edition__is_current=True, language=language, reviewed_at=None)
    return rows.filter(is_starter=True, reviewed_at=None).update(**unread) + pages.update(**unread)
