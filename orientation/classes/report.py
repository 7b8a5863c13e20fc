"""What a trainer learns from a class: what was difficult, who needs help, who has passed, how long lessons took. For its organisation only."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from itertools import pairwise
from statistics import median
from typing import Any

from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import override

from orientation.answers import is_right, numbers_of
from orientation.classes.progress import checks_in, events_of, has_passed
from orientation.markup import plain
from orientation.models import ClassLearner, ClassSession, EditionPage, LearningEvent
from orientation.reading import filled, read_facts

PAUSE = timedelta(minutes=30)  # a longer one is a break, not learning
MANY_WRONG = 40  # per cent of what somebody answered
MOST_QUESTIONS = 10
Answers = Mapping[int, Sequence[tuple[str, bool]]]


@dataclass(frozen=True, slots=True)
class HardQuestion:
    text: str
    lesson: str
    wrong: int
    asked: int

    @property
    def percent(self) -> int:
        return round(100 * self.wrong / self.asked)


@dataclass(frozen=True, slots=True)
class NeedsHelp:
    seat: ClassLearner
    why: str


@dataclass(frozen=True, slots=True)
class Report:
    """`lessons`: title, about how many minutes, of how many learners. `language`: of questions and titles."""

    signed_up: int
    came: int
    passed: list[ClassLearner]
    help: list[NeedsHelp]
    hard: list[HardQuestion]
    lessons: list[tuple[str, int, int]]
    language: str


def report_of(session: ClassSession, seats: Sequence[ClassLearner]) -> Report:
    """Five queries."""
    pages = _pages(session)
    outline = pages[EditionPage.COURSE].content["outline"]
    lessons = {lesson["slug"]: lesson["title"] for lesson in outline["lessons"]}
    questions = {question["uid"]: question for slug, page in pages.items() if slug != EditionPage.COURSE for question in page.questions}
    events, numbers = events_of(session, seats), numbers_of(questions.values())
    answers = {pk: list(_first_answers(own, questions, numbers)) for pk, own in events.items()}
    return Report(
        signed_up=len(seats),
        came=sum(seat.attended_at is not None for seat in seats),
        passed=[seat for seat in seats if has_passed(events[seat.pk])],
        help=[NeedsHelp(seat, why) for seat in seats if (why := _why_help(seat, events[seat.pk], answers[seat.pk]))],
        hard=_hard(answers, questions, lessons, pages, session.language),
        lessons=[(title, *minutes) for slug, title in lessons.items() if (minutes := _minutes(events.values(), slug))],
        language=pages[EditionPage.COURSE].language,
    )


def _pages(session: ClassSession) -> dict[str, EditionPage]:
    with override(session.language):
        return {page.slug: page for page in EditionPage.objects.in_best_language().filter(edition=session.edition_id)}


def _first_answers(events: Sequence[LearningEvent], questions: Mapping[str, Any], numbers: Mapping[str, Any]) -> Any:
    """The first answer that somebody gave to each question, and whether it was right: later ones come after the reason was read."""
    seen: set[str] = set()
    for event in events:
        told = event.answers_of_check if event.kind == LearningEvent.Kind.CHECKED else {str(event.question): event.answer}
        for uid, answer in told.items():
            if uid in questions and uid not in seen:
                seen.add(uid)
                yield uid, bool(answer) and is_right(questions[uid], answer, numbers)


def _why_help(seat: ClassLearner, events: Sequence[LearningEvent], answers: Sequence[tuple[str, bool]]) -> str:
    """ "" for whoever has passed, or was not there and has answered nothing."""
    if has_passed(events):
        return ""
    if checks := checks_in(events):
        return _("Final check: %(right)s of %(asked)s right") % {"right": checks[-1].right, "asked": checks[-1].asked}
    wrong = sum(not right for _uid, right in answers)
    if answers and wrong * 100 >= MANY_WRONG * len(answers):
        return _("Questions of the lessons: %(wrong)s of %(asked)s wrong at first") % {"wrong": wrong, "asked": len(answers)}
    return _("Was there, and has answered nothing yet") if seat.attended_at and not events else ""


def _hard(
    answers: Answers, questions: Mapping[str, Any], lessons: Mapping[str, str], pages: Mapping[str, EditionPage], language: str
) -> list[HardQuestion]:
    asked: defaultdict[str, list[bool]] = defaultdict(list)
    for own in answers.values():
        for uid, right in own:
            asked[uid].append(right)
    wrong = {uid: marks.count(False) for uid, marks in asked.items() if False in marks}
    worst = sorted(wrong, key=lambda uid: (-wrong[uid] / len(asked[uid]), -wrong[uid], uid))[:MOST_QUESTIONS]
    codes = dict.fromkeys(code for page in pages.values() for code in page.content.get("fact_codes", ()))
    with override(language):
        facts = read_facts(codes, localdate()) if worst else {}
        return [
            HardQuestion(
                plain(filled(questions[uid]["text"], facts)), lessons.get(questions[uid]["lesson"], ""), wrong[uid], len(asked[uid])
            )
            for uid in worst
        ]


def _minutes(all_events: Any, lesson: str) -> tuple[int, int] | tuple[()]:
    """(median minutes, of how many learners): from answer to answer, so only about. () where nobody gave two in a row."""
    found = []
    for events in all_events:
        spent = timedelta()
        for before, event in pairwise(events):
            gap = event.happened_at - before.happened_at
            if event.lesson == lesson and gap <= PAUSE:
                spent += gap
        if spent:
            found.append(spent.total_seconds() / 60)
    return (max(1, round(median(found))), len(found)) if found else ()
