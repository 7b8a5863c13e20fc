"""Progress, computed from events by one function: nothing is stored, so nothing can disagree."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from orientation.models import LearningEvent


@dataclass(frozen=True, slots=True)
class QuestionState:
    """What a learner last did with a question: no `answer`: not answered yet."""

    answer: tuple[str, ...] = ()
    is_right: bool = False
    attempts: int = 0


@dataclass(frozen=True, slots=True)
class CourseProgress:
    questions: dict[str, QuestionState] = field(default_factory=dict)
    lessons_done: frozenset[str] = frozenset()
    lessons_total: int = 0
    next_lesson: str | None = None
    is_started: bool = False
    is_passed: bool = False
    checks: int = 0
    last_check: LearningEvent | None = None

    @property
    def done(self) -> int:
        return len(self.lessons_done)


def for_corridor(items: Iterable[dict[str, Any]], corridor: str) -> list[dict[str, Any]]:
    """The parts of a page meant for the corridor; without a corridor, all of them."""
    return [item for item in items if not corridor or not item["corridors"] or corridor in item["corridors"]]


def progress_of(events: Iterable[LearningEvent], outline: dict[str, Any], corridor: str) -> CourseProgress:
    """Progress in one course from a learner's events, in any order and each told once or more often, and the course's outline.

    A lesson is done when each of its questions for the corridor has once been answered rightly; a question once answered rightly stays right.
    The course is passed when one final check was. Events of other courses are ignored.
    """
    questions: dict[str, QuestionState] = {}
    last_check, checks, passed, started = None, 0, False, False
    for event in sorted({event.uid: event for event in events}.values(), key=lambda event: (event.happened_at, event.attempt, event.uid)):
        if event.edition.course.slug != outline["slug"]:
            continue
        started = True
        if event.kind == LearningEvent.Kind.CHECKED:
            last_check, checks, passed = event, checks + 1, passed or event.is_right
        elif event.kind == LearningEvent.Kind.ANSWERED:
            before = questions.get(str(event.question), QuestionState())
            if not before.is_right:
                questions[str(event.question)] = QuestionState(tuple(event.answer), event.is_right, before.attempts + 1)
    done = []
    for lesson in outline["lessons"]:
        asked = for_corridor(lesson["questions"], corridor)
        if asked and all(questions.get(question["uid"], QuestionState()).is_right for question in asked):
            done.append(lesson["slug"])
    return CourseProgress(
        questions=questions,
        lessons_done=frozenset(done),
        lessons_total=len(outline["lessons"]),
        next_lesson=next((lesson["slug"] for lesson in outline["lessons"] if lesson["slug"] not in done), None),
        is_started=started,
        is_passed=passed,
        checks=checks,
        last_check=last_check,
    )
