"""An editor has read lessons again after a fact of theirs changed, and they are still right."""

from collections.abc import Iterable
from datetime import date, datetime

from django.db.models import Count
from django.urls import reverse
from django.utils.formats import date_format

from orientation.board.section import Row, Section
from orientation.models import Fact, Rereading
from portal.accounts.models import User


def mark_read_again(rows: Iterable[int], *, by: User, now: datetime) -> int:
    """Returns how many were open. A row whose fact has changed once more is another row by now, so it stays."""
    return Rereading.objects.filter(pk__in=rows, read_at=None).update(read_by=by, read_at=now)


def section(user: User, today: date) -> Section:
    waiting = Rereading.objects.filter(read_at=None).order_by("lesson").values_list("lesson", "lesson__title").annotate(facts=Count("pk"))
    console = reverse("admin:orientation_rereading_changelist")
    return Section(
        "menu_book",
        "Lessons to read again",
        "A fact that they name has changed. Read each once more beside it: is all around it still true?",
        [Row(title, url=f"{console}?lesson__id__exact={lesson}&read_at__isnull=True", count=facts) for lesson, title, facts in waiting],
    )


def to_tidy(user: User, today: date) -> Section:
    """Pages go by the day themselves; the row is put in order by hand, so that the next change finds its place empty."""
    facts = Fact.objects.filter(next_from__lte=today).order_by("next_from", "code")
    return Section(
        "event_available",
        "Facts whose next number has come",
        "Pages show it already. Write it into “number”, and empty the two fields of the next one.",
        [
            Row(
                f"{fact.code}: {fact.title}",
                f"since {date_format(fact.next_from)}",
                reverse("admin:orientation_fact_change", args=[fact.pk]),
            )
            for fact in facts
            if fact.next_from
        ],
    )
