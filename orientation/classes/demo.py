"""The demo's classes: one that is over, with sheets and certificates, one today, one coming. Made by the use cases, with the clock set back."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from random import Random
from typing import Any
from uuid import uuid4
from zoneinfo import ZoneInfo

from django.db import transaction
from django.utils.datastructures import MultiValueDict

from orientation.answers import numbers_of
from orientation.classes.life import close, start_class
from orientation.classes.paper import enter_sheet
from orientation.classes.seats import add_learner, attend_by_phone, learner_in, sign_up
from orientation.classes.show import page_for
from orientation.demo import an_answer, must_be_demo
from orientation.learners import Learner
from orientation.models import ClassLearner, ClassSession, Course, EditionPage, LearningEvent, Question
from orientation.paths import core_lessons, for_corridor
from orientation.record import answered, check_questions
from portal.accounts.cast import PEOPLE
from portal.accounts.models import User
from portal.places.models import Region

NAMES = ["Саидмурод Раҳимов", "Гулчеҳра Назарова", "Ҷамшед Холов", "Зарина Ёрова", "Умед Қурбонов", "Манижа Сафарова", "Далер Ниёзов"]
ROAD = "TJ-RU"


@dataclass(frozen=True, slots=True)
class DemoClass:
    """`day` counts from the day of seeding; without `begins` it goes on just now. `signed` ask for a place before it, `walked_in` come without one."""

    day: int
    begins: int | None
    hours: int
    seats: int
    signed: int
    walked_in: int = 0


CLASSES = [DemoClass(-6, 9, 4, 12, 5, 2), DemoClass(0, None, 4, 15, 6), DemoClass(9, 14, 3, 20, 3)]


@transaction.atomic
def load_demo_classes(now: datetime) -> None:
    """Twice is the same as once."""
    must_be_demo()
    if ClassSession.objects.exists():
        return
    trainer = User.objects.get(email=PEOPLE["rustam"].email)
    page = (
        EditionPage.objects.current()
        .filter(edition__course__subject=Course.Subject.ORIENTATION, slug=EditionPage.COURSE)
        .order_by("edition__course__position", "pk")[0]
    )
    for place, each in enumerate(CLASSES):
        _load_class(each, place, trainer, page, now)


def _load_class(each: DemoClass, place: int, trainer: User, page: EditionPage, now: datetime) -> None:
    region = Region.objects.get(code="TJ-KT")
    there = now.astimezone(ZoneInfo(region.zone))
    hour = max(there.hour - 1, 0) if each.begins is None else each.begins
    morning = there.replace(hour=hour, minute=0, second=0, microsecond=0) + timedelta(days=each.day)
    written = min(morning, now) - timedelta(days=8)
    values = {
        "edition": page.edition,
        "language": "tg",
        "corridor": ROAD if ROAD in page.content["outline"]["corridors"] else "",
        "region": region,
        "place": "Бохтар, кӯчаи Айнӣ, 14, синфи 2",
        "starts_at": morning,
        "ends_at": min(morning + timedelta(hours=each.hours), morning.replace(hour=23, minute=59)),  # a class is over by midnight
        "seats": each.seats,
    }
    session = start_class(trainer.memberships.get().organisation, values, trainer, written)
    chance = Random(f"safar-class-{place}")
    if place:  # one with an account; the past one is of learners without
        sign_up(session, Learner(User.objects.get(phone=PEOPLE["farrukh"].phone), None), "", written + timedelta(hours=1))
    for number, name in enumerate(NAMES[: each.signed]):
        sign_up(session, Learner(None, uuid4()), name if number % 3 else "", written + timedelta(hours=number + 2))
    if each.day < 0:
        _hold(session, NAMES[each.signed :][: each.walked_in], chance, trainer)


def _hold(session: ClassSession, walked_in: list[str], chance: Random, trainer: User) -> None:
    """Most came; they answered the lessons' questions, then the check on paper: all but one passed."""
    begun = session.starts_at + timedelta(minutes=10)
    for name in walked_in:
        add_learner(session, name, trainer, begun)
    seats = list(session.learners.select_related("user"))
    questions = _questions(session)
    numbers = numbers_of(questions)
    for seat in seats[:-1]:
        attend_by_phone(session, learner_in(seat), "", begun)
    LearningEvent.objects.bulk_create(event for seat in seats[:-1] for event in _answers(session, seat, questions, numbers, chance))
    check = page_for(session, EditionPage.CHECK)
    right = numbers_of(check.questions)
    for place, seat in enumerate(seats[:-1]):
        asked = check_questions(check, session.corridor, seat.number)
        told: dict[str, list[str]] = {}
        for at, question in enumerate(asked):
            answer = an_answer(question, place > 0 and at % 9 != place, right, chance)
            if question["kind"] == Question.Kind.ORDER:
                told |= {f"{question['uid']}-{uid}": [str(where)] for where, uid in enumerate(answer, 1)}
            else:
                told[question["uid"]] = answer
        enter_sheet(session, seat.number, MultiValueDict(told), 1, trainer, session.ends_at - timedelta(minutes=20))
    close(session, trainer, session.ends_at)


def _questions(session: ClassSession) -> list[dict[str, Any]]:
    """Of the lessons that everybody on the road learns, in their order."""
    outline = page_for(session, EditionPage.COURSE).content["outline"]
    asked = [
        for_corridor(page_for(session, lesson["slug"]).questions, session.corridor) for lesson in core_lessons(outline, session.corridor)
    ]
    return [question for lesson in asked for question in lesson]


def _answers(
    session: ClassSession, seat: ClassLearner, questions: list[dict[str, Any]], numbers: dict[str, Decimal], chance: Random
) -> Iterator[LearningEvent]:
    """One in four questions is answered wrongly at first."""
    at = session.starts_at + timedelta(minutes=15)
    for question in questions:
        for attempt, right in enumerate([False, True] if chance.random() < 0.25 else [True], 1):
            at += timedelta(minutes=chance.randint(2, 5))
            answer = an_answer(question, right, numbers, chance)
            yield answered(learner_in(seat), session.edition, question, answer, numbers, attempt=attempt, corridor=session.corridor, at=at)
