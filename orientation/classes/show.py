"""A class as a page prints it: its hours are those of its place."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from django.utils.formats import date_format, time_format
from django.utils.translation import override

from orientation.models import ClassSession, EditionPage
from orientation.reading import corridor_name


def at_its_place(moment: datetime, session: ClassSession) -> datetime:
    return moment.astimezone(ZoneInfo(session.region.zone))


def when_of(session: ClassSession) -> str:
    first, last = at_its_place(session.starts_at, session), at_its_place(session.ends_at, session)
    end = time_format(last, "H:i") if first.date() == last.date() else f"{date_format(last.date())}, {time_format(last, 'H:i')}"
    return f"{date_format(first.date())}, {time_format(first, 'H:i')}–{end}"


@dataclass(frozen=True, slots=True)
class ShownClass:
    """`session` comes with its region and organisation. `title` is the course's, in `title_language`. No query."""

    session: ClassSession
    title: str
    title_language: str

    @property
    def when(self) -> str:
        return when_of(self.session)

    @property
    def road(self) -> str:
        return corridor_name(self.session.corridor) if self.session.corridor else ""

    @property
    def left(self) -> int:
        """Free places; for sessions of `with_seats_taken()`."""
        taken: int = self.session.taken  # type: ignore[attr-defined]
        return max(0, self.session.seats - taken)


def show_classes(sessions: Iterable[ClassSession]) -> list[ShownClass]:
    """One query: the courses' titles."""
    sessions = list(sessions)
    pages = EditionPage.objects.in_best_language().filter(slug=EditionPage.COURSE, edition__in={each.edition_id for each in sessions})
    titles = {page.edition_id: page for page in pages.defer("content")}
    return [ShownClass(each, titles[each.edition_id].title, titles[each.edition_id].language) for each in sessions]


def page_for(session: ClassSession, slug: str) -> EditionPage:
    """A page of the class's edition in the class's language, or the next best."""
    with override(session.language):
        pages = EditionPage.objects.in_best_language().filter(edition=session.edition_id, slug=slug)
        return pages.select_related("edition__course")[0]
