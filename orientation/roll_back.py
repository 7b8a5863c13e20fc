"""Back to an older edition: a new one whose pages are copies of the old, so that no number is used twice."""

from datetime import datetime
from typing import TYPE_CHECKING

from django.contrib.admin.models import CHANGE, LogEntry
from django.db import transaction

from orientation.models import Course, CourseEdition, EditionPage
from orientation.search.keep import keep_edition

if TYPE_CHECKING:
    from portal.accounts.models import User


class NotRolledBack(Exception):
    """The message says to an editor why."""


@transaction.atomic
def roll_back(to: CourseEdition, *, current: int, because: str, by: "User", now: datetime) -> CourseEdition:
    """What editors have written stays as it is. `current` is the edition that `by` has seen to be current. Raises `NotRolledBack`."""
    if not because.strip():
        raise NotRolledBack("Say why: whoever publishes next reads it.")
    course = Course.objects.select_for_update().get(pk=to.course_id)
    held = CourseEdition.objects.get(course=course, is_current=True)
    if held.number != current:
        raise NotRolledBack(f"Edition {held.number} has come out meanwhile. Look at it first.")
    if to.pk == held.pk:
        raise NotRolledBack("This is what learners read already.")
    held.is_current = False
    held.save(update_fields=["is_current"])
    edition = CourseEdition.objects.create(
        course=course,
        number=CourseEdition.objects.filter(course=course).latest("number").number + 1,
        pass_percent=to.pass_percent,
        published_at=now,
        published_by=by,
        copy_of=to,
    )
    pages = list(to.pages.all())
    for page in pages:
        page.pk, page.edition = None, edition
    EditionPage.objects.bulk_create(pages)
    keep_edition(edition)
    LogEntry.objects.log_actions(by.pk, [edition], CHANGE, f"Back to edition {to.number}: {because.strip()}", single_object=True)
    return edition
