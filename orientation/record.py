"""Recording what a learner did. Sending the same thing twice counts once: the event's key is unique in the database."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db import transaction

from orientation.answers import Answer, NoAnswer, drawn, is_right, numbers_of, read_answer
from orientation.certify import certify
from orientation.learners import Learner
from orientation.models import CourseEdition, EditionPage, LearningEvent, Question
from orientation.paths import core_lessons, for_corridor


class Unanswered(ValueError):
    """Questions of the final check without an answer of their own: places on the page, from 1, each with what to do."""

    def __init__(self, places: Mapping[int, str]) -> None:
        super().__init__(f"Unanswered: {list(places)}")
        self.places = dict(places)


def answered(
    learner: Learner,
    edition: CourseEdition,
    question: dict[str, Any],
    answer: Answer,
    numbers: Mapping[str, Decimal],
    *,
    attempt: int,
    corridor: str,
    at: datetime,
) -> LearningEvent:
    """The event of an answer to a question of a lesson, not saved. `answer` is of `read_answer()`, `numbers` of `numbers_of()`."""
    return LearningEvent(
        uid=learner.event_uid(edition.uid, question["uid"], attempt),
        kind=LearningEvent.Kind.ANSWERED,
        edition=edition,
        attempt=attempt,
        corridor=corridor,
        happened_at=at,
        received_at=at,
        **mark_answer(question, answer, numbers),
        **learner.owner(),
    )


def mark_answer(question: dict[str, Any], answer: Answer, numbers: Mapping[str, Decimal]) -> dict[str, Any]:
    """What an event says of an answer to a question of a lesson."""
    is_choice = question["kind"] in (Question.Kind.SINGLE, Question.Kind.TRUE_FALSE)
    return {
        "lesson": question["lesson"],
        "question": UUID(question["uid"]),
        "choice": UUID(answer[0]) if is_choice else None,
        "given": [] if is_choice else answer,
        "is_right": is_right(question, answer, numbers),
    }


def mark_check(
    edition: CourseEdition, asked: Sequence[dict[str, Any]], answers: Mapping[str, Answer], numbers: Mapping[str, Decimal]
) -> dict[str, Any]:
    """What an event says of a final check. An empty answer, of a sheet of paper, is wrong."""
    right = sum(bool(answers[question["uid"]]) and is_right(question, answers[question["uid"]], numbers) for question in asked)
    return {"answers": answers, "right": right, "asked": len(asked), "is_right": right * 100 >= edition.pass_percent * len(asked)}


def record_answer(
    learner: Learner, page: EditionPage, question: dict[str, Any], told: Sequence[str], *, attempt: int, corridor: str, now: datetime
) -> bool:
    """Record an answer to a question of a lesson; returns whether it was right. Raises `NoAnswer`."""
    answer, numbers = read_answer(question, told), numbers_of([question])
    event = answered(learner, page.edition, question, answer, numbers, attempt=attempt, corridor=corridor, at=now)
    LearningEvent.objects.bulk_create([event], ignore_conflicts=True)
    return event.is_right


def check_questions(page: EditionPage, corridor: str, draw: int) -> list[dict[str, Any]]:
    """What a final check asks: `draw` says which of the bank. Anybody may try as often as they like, so it need not be a secret."""
    core = [lesson["slug"] for lesson in core_lessons(page.content["outline"], corridor)]
    return drawn(for_corridor(page.questions, corridor), f"{page.edition.uid}:{corridor}:{draw}", core)


def _read_all(asked: Sequence[dict[str, Any]], told: Mapping[str, Sequence[str]], left_out: Collection[str]) -> dict[str, Answer]:
    answers: dict[str, Answer] = {}
    missing: dict[int, str] = {}
    for place, question in enumerate(asked, 1):
        if question["uid"] in left_out:
            answers[question["uid"]] = []
            continue
        try:
            answers[question["uid"]] = read_answer(question, told.get(question["uid"], []))
        except NoAnswer as why:
            missing[place] = str(why)
    if missing:
        raise Unanswered(missing)
    return answers


@transaction.atomic
def record_check(
    learner: Learner,
    page: EditionPage,
    told: Mapping[str, Sequence[str]],
    *,
    attempt: int,
    corridor: str,
    now: datetime,
    draw: int = 0,
    left_out: Collection[str] = (),
) -> LearningEvent:
    """Grade and record a final check; a pass gives the certificate in the same transaction. `told`: question uid → what was told.
    `left_out`: questions that a sheet of paper leaves blank; such an answer is empty, and wrong.

    Raises `Unanswered` with the places of questions without an answer of their own.
    """
    asked = check_questions(page, corridor, draw)
    answers = _read_all(asked, told, left_out)
    uid = learner.event_uid(page.edition.uid, EditionPage.CHECK, attempt)
    event = LearningEvent(
        uid=uid,
        kind=LearningEvent.Kind.CHECKED,
        edition=page.edition,
        attempt=attempt,
        corridor=corridor,
        happened_at=now,
        received_at=now,
        **mark_check(page.edition, asked, answers, numbers_of(asked)),
        **learner.owner(),
    )
    LearningEvent.objects.bulk_create([event], ignore_conflicts=True)
    kept = LearningEvent.objects.select_related("edition__course").get(learner.owns(), uid=uid)
    if kept.is_right:
        certify(learner, page.edition, corridor=corridor, now=now)
    return kept
