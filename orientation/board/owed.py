"""What is owed in which language, for the editors' board."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.urls import reverse

from orientation.board.section import Row, Section
from orientation.models import Course, FallbackMiss
from orientation.texts.states import LANGUAGES, Standing, State, standings_of_course, standings_of_facts

FACTS = 0  # in the address of a page of texts, where a course's number stands
SECTIONS = [
    (State.IN_REVIEW, "rate_review", "Waits for a reviewer", "Somebody else than the writer reads it and lets it go out."),
    (State.DRAFT, "edit_note", "Drafts", "Their writers finish them and send them to review."),
    (State.OUTDATED, "update", "Outdated", "The English has changed. Write the translation anew, or say that it is still correct."),
    (State.MISSING, "translate", "Missing", "Learners read Russian or English until these texts are there."),
]


@dataclass(frozen=True, slots=True)
class Cell:
    """A course, or the facts, in a language: how many of its texts are in each state that asks for something."""

    language: str
    url: str
    counts: dict[State, list[Standing]]
    unread: int

    @property
    def told(self) -> str:
        return ", ".join(f"{len(found)} {state.label}" for state, found in self.counts.items()) or "whole"


def matrix() -> list[tuple[str, list[Cell]]]:
    """Each course with its languages, eight queries a course; then the facts."""
    courses = Course.objects.order_by("position", "slug")
    rows = [(str(course), _cells(course.pk, standings_of_course(course))) for course in courses]
    return [*rows, ("Facts", _cells(FACTS, standings_of_facts()))]


def _cells(pk: int, found: Sequence[Standing]) -> list[Cell]:
    cells = []
    for language in LANGUAGES:
        here = [one for one in found if one.language == language]
        counts = {state: [one for one in here if one.state == state] for state, *_told in SECTIONS}
        url = f"{reverse('admin:learning_texts', args=[pk])}?language={language}"
        cells.append(Cell(language, url, {state: rows for state, rows in counts.items() if rows}, sum(one.is_unread for one in here)))
    return cells


def sections(rows: Iterable[tuple[str, list[Cell]]]) -> list[Section]:
    """A row for each course and language."""
    rows = list(rows)
    return [
        Section(
            icon,
            title,
            text,
            [
                Row(f"{shelf}, {cell.language}", _first(cell.counts[state]), cell.url, len(cell.counts[state]))
                for shelf, cells in rows
                for cell in cells
                if state in cell.counts
            ],
        )
        for state, icon, title, text in SECTIONS
    ]


def _first(found: Sequence[Standing]) -> str:
    return ", ".join(one.key for one in found[:3]) + (" …" if len(found) > 3 else "")


def misses() -> Section:
    """The newest hundred: what readers wanted and did not find."""
    found = FallbackMiss.objects.select_related("course")[:100]
    return Section(
        "travel_explore",
        "Read in another language",
        "How often on a day a page was opened in a language that it does not have.",
        [Row(f"{miss.course}: {miss.slug or 'the course'}, {miss.language}", f"{miss.day:%d.%m.%Y}", count=miss.count) for miss in found],
    )
