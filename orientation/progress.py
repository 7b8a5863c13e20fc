"""Progress, computed from events by one function: nothing is stored, so nothing can disagree."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from typing import Any

from orientation.models import LearningEvent
from orientation.paths import for_corridor, path_lessons


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
    path: tuple[str, ...] = ()  # slugs of the lessons that the learner needs
    is_started: bool = False
    is_passed: bool = False
    checks: int = 0
    last_check: LearningEvent | None = None

    @property
    def done(self) -> int:
        return sum(slug in self.lessons_done for slug in self.path)

    @property
    def lessons_total(self) -> int:
        return len(self.path)

    @property
    def next_lesson(self) -> str | None:
        """The first one needed that is not done."""
        return next((slug for slug in self.path if slug not in self.lessons_done), None)


def progress_of(events: Iterable[LearningEvent], outline: dict[str, Any], corridor: str, path: Collection[str] = ()) -> CourseProgress:
    """Progress in one course from a learner's events, in any order and each told once or more often, and the course's outline.

    A lesson is done when each of its questions for the corridor has once been answered rightly; a question once answered rightly stays right.
    The course is passed when one final check was. Events of other courses are ignored. `path`: of `path_lessons()`.
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
        path=tuple(lesson["slug"] for lesson in path_lessons(outline, corridor, path)),
        is_started=started,
        is_passed=passed,
        checks=checks,
        last_check=last_check,
    )
