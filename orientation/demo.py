"""Learners of the demo at every stage: through answers and final checks as anybody gives them, on past days."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from enum import StrEnum
from random import Random
from typing import Any

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.db import transaction

from orientation.answers import Answer, numbers_of
from orientation.certify import write_name
from orientation.learners import Learner
from orientation.models import Certificate, Course, EditionPage, LearningEvent, Question
from orientation.paths import core_lessons, for_corridor
from orientation.record import answered, record_check
from portal.accounts.models import User

AT_ONCE = 100  # learners in one transaction: what a load that is killed loses


class Stage(StrEnum):
    NONE = "none"
    BEGUN = "begun"  # one lesson, not finished
    SOME = "some"  # lessons, not all
    ALL = "all"  # lessons, no final check yet
    FAILED = "failed"  # the final check
    PASSED = "passed"  # with a certificate


ODDS = {Stage.NONE: 22, Stage.BEGUN: 14, Stage.SOME: 20, Stage.ALL: 9, Stage.FAILED: 9, Stage.PASSED: 26}


@dataclass(frozen=True, slots=True)
class DemoLearner:
    """`name` goes on certificates. Who has to be `ready` has passed by then; None: by now, and anybody may be at any stage."""

    user: User
    name: str
    corridor: str
    since: datetime
    ready: datetime | None = None
    stage: Stage | None = None

    def chance(self) -> Random:
        return Random(f"safar-learning-{self.user.email or self.user.phone}")

    def chosen_stage(self) -> Stage:
        if self.stage is not None:
            return self.stage
        return Stage.PASSED if self.ready else self.chance().choices(list(ODDS), list(ODDS.values()))[0]


@dataclass(frozen=True, slots=True)
class Taught:
    """A current course in one language: its final check, and the questions of its lessons by their slugs."""

    check: EditionPage
    lessons: dict[str, list[dict[str, Any]]]
    numbers: dict[str, Decimal]

    def is_for(self, corridor: str) -> bool:
        corridors = self.check.content["outline"]["corridors"]
        return not corridors or corridor in corridors

    def path(self, corridor: str) -> list[list[dict[str, Any]]]:
        """What is asked in each lesson that everybody on the road learns."""
        core = core_lessons(self.check.content["outline"], corridor)
        return [for_corridor(self.lessons[lesson["slug"]], corridor) for lesson in core]


def must_be_demo() -> None:
    if not settings.DEMO:
        raise ImproperlyConfigured("Made-up people and what they have done exist in the demo only: set SAFAR_DEMO=1.")


def load_demo_learning(
    learners: Iterable[DemoLearner], now: datetime, report: Callable[[int, int], None] = lambda done, total: None
) -> int:
    """Returns how many learners were new. Who has learnt anything already is left alone, so twice is the same as once."""
    must_be_demo()
    busy = set(LearningEvent.objects.filter(user__isnull=False).order_by().values_list("user", flat=True).distinct())
    courses = current_courses()
    new = [
        learner
        for learner in learners
        if learner.user.pk not in busy
        and learner.chosen_stage() != Stage.NONE
        and any(course.is_for(learner.corridor) for course in courses)
    ]
    for start in range(0, len(new), AT_ONCE):
        report(start, len(new))
        _learn(new[start : start + AT_ONCE], courses, now)
    if new:
        report(len(new), len(new))
    return len(new)


def current_courses() -> list[Taught]:
    """Those about the road first."""
    pages: dict[int, dict[str, EditionPage]] = {}
    for page in EditionPage.objects.current().in_best_language():
        pages.setdefault(page.edition_id, {})[page.slug] = page
    return sorted(map(_taught, pages.values()), key=lambda course: course.check.edition.course.subject != Course.Subject.ORIENTATION)


def _taught(pages: dict[str, EditionPage]) -> Taught:
    check = pages[EditionPage.CHECK]
    lessons = {row["slug"]: pages[row["slug"]].questions for row in check.content["outline"]["lessons"]}
    return Taught(check, lessons, numbers_of(question for questions in [*lessons.values(), check.questions] for question in questions))


@transaction.atomic
def _learn(learners: list[DemoLearner], courses: list[Taught], now: datetime) -> None:
    events: list[LearningEvent] = []
    checks: list[tuple[datetime, DemoLearner, Taught, bool, int]] = []
    for learner in learners:
        chance, stage = learner.chance(), learner.chosen_stage()
        chance.random()  # the stage's
        for place, course in enumerate([course for course in courses if course.is_for(learner.corridor)]):
            if place and (stage != Stage.PASSED or chance.random() > 0.4):
                break  # a second course is for those who have passed the first
            lessons = course.path(learner.corridor)
            done = {Stage.BEGUN: 1, Stage.SOME: chance.randint(1, max(1, len(lessons) - 1))}.get(stage, len(lessons))
            moments = _evenings(learner, done + 2, now, chance)
            for asked, at in zip(lessons[:done], moments, strict=False):
                events += _answers(learner, course, asked[:1] if stage == Stage.BEGUN else asked, at, chance)
            if stage in (Stage.FAILED, Stage.PASSED):
                tries = [False] if stage == Stage.FAILED else [False, True] if chance.random() < 0.25 else [True]
                checks += [
                    (at, learner, course, is_pass, attempt)
                    for attempt, (is_pass, at) in enumerate(zip(tries, moments[-len(tries) :], strict=True), 1)
                ]
    LearningEvent.objects.bulk_create(events)
    for at, learner, course, is_pass, attempt in sorted(checks, key=lambda check: (check[0], check[1].user.pk)):
        _check(learner, course, at, attempt, is_pass=is_pass)


def _evenings(learner: DemoLearner, count: int, now: datetime, chance: Random) -> list[datetime]:
    """Past moments in order, after the learner came and before they had to be ready, half an hour apart."""
    first, apart = learner.since + timedelta(minutes=5), timedelta(minutes=30)
    span = (min(learner.ready or now, now) - count * apart - first).total_seconds()
    return [
        first + place * apart + timedelta(seconds=max(0, at))
        for place, at in enumerate(sorted(chance.uniform(0, span) for _ in range(count)))
    ]


def _answers(
    learner: DemoLearner, course: Taught, questions: list[dict[str, Any]], at: datetime, chance: Random
) -> Iterator[LearningEvent]:
    """One in five questions is answered wrongly at first."""
    who = Learner(learner.user, None)
    for place, question in enumerate(questions):
        for attempt, is_right in enumerate([False, True] if chance.random() < 0.2 else [True], 1):
            moment = at + timedelta(minutes=2 * place + attempt)
            answer = an_answer(question, is_right, course.numbers, chance)
            corridor, edition = learner.corridor, course.check.edition
            yield answered(who, edition, question, answer, course.numbers, attempt=attempt, corridor=corridor, at=moment)


def an_answer(question: dict[str, Any], is_right: bool, numbers: Mapping[str, Decimal], chance: Random) -> Answer:
    """Some answer to it that is right, or wrong. `numbers` is of `numbers_of()`."""
    uids = [choice["uid"] for choice in question["choices"]]
    match question["kind"]:
        case Question.Kind.NUMBER:
            number = numbers.get(question["fact"]) or Decimal(question["number"] or 1)
            return [str(number if is_right else number + Decimal(question["tolerance"]) + 1)]
        case Question.Kind.ORDER:
            return uids if is_right else [*uids[1:], uids[0]]
        case Question.Kind.MULTIPLE:
            right = [choice["uid"] for choice in question["choices"] if choice["is_right"]]
            return right if is_right else [uid for uid in uids if uid not in right] or uids[:1]
        case _:
            return [chance.choice([choice["uid"] for choice in question["choices"] if choice["is_right"] == is_right])]


def _check(learner: DemoLearner, course: Taught, at: datetime, attempt: int, *, is_pass: bool) -> None:
    """Everything right, or everything wrong: the certificate comes by itself, and two of three put their name on it."""
    chance = Random(0)
    answers = {question["uid"]: an_answer(question, is_pass, course.numbers, chance) for question in course.check.questions}
    record_check(Learner(learner.user, None), course.check, answers, attempt=attempt, corridor=learner.corridor, now=at)
    if is_pass and learner.chance().random() < 0.66:
        certificate = Certificate.objects.get(user=learner.user, edition=course.check.edition)
        write_name(Certificate.objects.filter(user=learner.user), certificate.uid, learner.name)
