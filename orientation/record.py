"""Recording what a learner did. Sending the same thing twice counts once: the event's key is unique in the database."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction

from orientation.certify import certify
from orientation.learners import Learner
from orientation.models import EditionPage, LearningEvent
from orientation.progress import for_corridor


class NoSuchQuestion(LookupError):
    """The page has no such question, or the question no such choice."""


class Unanswered(ValueError):
    """Questions of the final check without an answer of their own: `places` on the page, from 1."""

    def __init__(self, places: list[int]) -> None:
        super().__init__(f"Unanswered: {places}")
        self.places = places


def choice_of(question: dict[str, Any], uid: str) -> dict[str, Any]:
    """The choice with this uid; raises `NoSuchQuestion`."""
    for choice in question["choices"]:
        if choice["uid"] == uid:
            return dict(choice)
    raise NoSuchQuestion(uid)


def record_answer(
    learner: Learner, page: EditionPage, question: dict[str, Any], choice_uid: str, *, attempt: int, corridor: str, now: datetime
) -> bool:
    """Record an answer to a question of a lesson; returns whether it was right. Raises `NoSuchQuestion` for a foreign choice."""
    choice = choice_of(question, choice_uid)
    event = LearningEvent(
        uid=learner.event_uid(page.edition.uid, question["uid"], attempt),
        kind=LearningEvent.Kind.ANSWERED,
        edition=page.edition,
        lesson=page.slug,
        question=question["uid"],
        choice=choice["uid"],
        attempt=attempt,
        is_right=choice["is_right"],
        corridor=corridor,
        happened_at=now,
        received_at=now,
        **learner.owner(),
    )
    LearningEvent.objects.bulk_create([event], ignore_conflicts=True)
    return bool(choice["is_right"])


@transaction.atomic
def record_check(
    learner: Learner, page: EditionPage, answers: Mapping[str, str], *, attempt: int, corridor: str, now: datetime
) -> LearningEvent:
    """Grade and record a final check; a pass gives the certificate in the same transaction. `answers`: question uid → choice uid.

    Raises `Unanswered` with the places of questions without an answer of their own.
    """
    asked = for_corridor(page.content["questions"], corridor)
    chosen: dict[str, dict[str, Any]] = {}
    missing = []
    for place, question in enumerate(asked, 1):
        try:
            chosen[question["uid"]] = choice_of(question, answers.get(question["uid"], ""))
        except NoSuchQuestion:
            missing.append(place)
    if missing:
        raise Unanswered(missing)
    right = sum(choice["is_right"] for choice in chosen.values())
    uid = learner.event_uid(page.edition.uid, EditionPage.CHECK, attempt)
    event = LearningEvent(
        uid=uid,
        kind=LearningEvent.Kind.CHECKED,
        edition=page.edition,
        attempt=attempt,
        is_right=right * 100 >= page.edition.pass_percent * len(asked),
        answers={question: choice["uid"] for question, choice in chosen.items()},
        right=right,
        asked=len(asked),
        corridor=corridor,
        happened_at=now,
        received_at=now,
        **learner.owner(),
    )
    LearningEvent.objects.bulk_create([event], ignore_conflicts=True)
    kept = LearningEvent.objects.select_related("edition__course").get(learner.owns(), uid=uid)
    if kept.is_right:
        certify(learner, page.edition, corridor=corridor, now=now)
    return kept
