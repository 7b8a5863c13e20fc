"""A whole edition in one language, with today's numbers of its facts: what every export is made of. The final check is in none."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from orientation.answers import numbers_of, right_number
from orientation.models import EditionPage
from orientation.reading import LessonView, read_facts, read_lesson


@dataclass(frozen=True, slots=True)
class Whole:
    """`page` is the course's own; `lessons` stand in the order in which they are learnt."""

    page: EditionPage
    lessons: list[LessonView]
    numbers: dict[str, Decimal]

    def right_number(self, question: dict[str, Any]) -> str:
        return right_number(question, self.numbers)


def read_whole(language: str, today: date, **edition: UUID | int) -> Whole | None:
    """`edition`: lookups of the edition. None where there is no such edition, or none in this language. Three queries at most."""
    lookups = {f"edition__{name}": value for name, value in edition.items()}
    found = EditionPage.objects.filter(language=language, **lookups).select_related("edition__course").order_by("slug")
    pages = {page.slug: page for page in found}
    course = pages.get(EditionPage.COURSE)
    if course is None:
        return None
    lessons = [pages[lesson["slug"]] for lesson in course.content["outline"]["lessons"] if lesson["slug"] in pages]
    facts = read_facts({code for lesson in lessons for code in lesson.content["fact_codes"]}, today)
    views = [read_lesson(lesson, "", today, facts) for lesson in lessons]
    return Whole(course, views, numbers_of([question for view in views for question in view.questions]))
