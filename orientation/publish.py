"""Publishing a course freezes it: what its pages hold is in orientation/freeze.py."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from django.contrib.staticfiles import finders
from django.db import transaction

from orientation.freeze import pages_of, related_to
from orientation.models import Course, CourseEdition, EditionPage, Fact, Lesson, Question, Translation
from orientation.search.keep import keep_edition
from orientation.taken_words import course_words, lesson_words
from orientation.texts.states import LANGUAGES, Standing, name_of, standings
from orientation.texts.units import Thing, lessons_of

if TYPE_CHECKING:
    from portal.accounts.models import User

TOLD = 12  # of what waits: nobody reads a hundred lines


class NotPublishable(Exception):
    """The course is not whole; the message says what is missing."""


@transaction.atomic
def publish(course: Course, *, by: "User | None", now: datetime) -> CourseEdition:
    """Freeze `course` into a new current edition in every language that has all its texts. Raises `NotPublishable`.

    Nothing goes out unread but what came with Safar: `by` is nobody where that is loaded, an editor else.
    A language that learners read now is never left out because somebody is writing in it: publishing waits for them.
    """
    course = Course.objects.select_for_update().get(pk=course.pk)
    lessons = lessons_of(course)
    things: list[Thing] = [course, *lessons, *_questions(lessons)]
    found = standings(things)
    whole = [language for language in LANGUAGES if not gaps(found, language)]
    _must_be_whole(course, lessons, found, whole)
    last = course.editions.order_by("-number").first()
    languages = whole
    if by is not None:
        waiting = {language: [one for one in found if one.language == language and one.waits] for language in whole}
        live = set(EditionPage.objects.filter(edition__course=course, edition__is_current=True).values_list("language", flat=True))
        languages = [language for language in whole if not waiting[language]]
        if not languages or live & set(whole) - set(languages):
            raise NotPublishable(_what_waits([one for language in whole if language in live or not languages for one in waiting[language]]))
    course.editions.filter(is_current=True).update(is_current=False)
    edition = CourseEdition.objects.create(
        course=course, number=last.number + 1 if last else 1, pass_percent=course.pass_percent, published_at=now, published_by=by
    )
    rows = {(name_of(one.thing), one.thing.pk, one.language): one.row for one in found if one.row is not None}
    pages = EditionPage.objects.bulk_create(page for language in languages for page in pages_of(edition, course, lessons, language, rows))
    keep_edition(edition, pages)
    return edition


def _must_be_whole(course: Course, lessons: list[Lesson], found: Sequence[Standing], whole: list[str]) -> None:
    if not lessons:
        raise NotPublishable("The course has no lesson.")
    if not whole:
        raise NotPublishable("No language is complete: " + "; ".join(gaps(found, "en")[:5]))
    if unasked := _unasked(course, lessons):
        raise NotPublishable("Nobody could finish: no question in " + ", ".join(unasked))
    for question in _questions(lessons):
        if fault := question_fault(question):
            raise NotPublishable(f"Question {question.slug} {fault}")
    for slug in [course.slug] if course.slug in course_words() else [row.slug for row in lessons if row.slug in lesson_words()]:
        raise NotPublishable(f"The slug {slug} is the address of another page: choose another.")
    known = related_to(lessons)
    for row in lessons:
        if fault := lesson_fault(row, known):
            raise NotPublishable(f"Lesson {row.slug} {fault}")


def gaps(found: Sequence[Standing], language: str) -> list[str]:
    """What has no text in `language`, as readable places."""
    missing = [key for one in found if one.language == language for key in one.gaps]
    return [": ".join(key.removeprefix("lesson/").rsplit("/", 1)) for key in missing]


def _what_waits(waiting: Sequence[Standing]) -> str:
    told = [f"{one.language} {one.key} waits for {_whom(one)}" for one in waiting[:TOLD]]
    more = [f"and {len(waiting) - TOLD} more"] if len(waiting) > TOLD else []
    return "Texts wait: " + "; ".join([*told, *more]) + "."


def _whom(standing: Standing) -> str:
    if standing.row is None:
        return "somebody to save it"
    writer = standing.row.written_by
    name = writer.email or "its writer" if writer else "its writer"
    return f"{name} to send it to review" if standing.row.state == Translation.State.DRAFT else f"a reviewer other than {name}"


def lesson_fault(lesson: Lesson, known: Mapping[str, Lesson]) -> str:
    """What stands in the way of showing it, to be read after its name; "" when nothing does."""
    lost = [name for name in lesson.related if "/" not in name and f"{lesson.course.slug}/{name}" not in known]
    if lost:  # those of another course are shown where they are there
        return f"names as related what is no lesson of the course: {', '.join(lost)}."
    if lesson.picture and not _is_there(lesson.picture):
        return f"shows the picture {lesson.picture}, which is not there."
    return ""


def _is_there(picture: str) -> bool:
    return finders.find(f"pictures/{picture}.svg") is not None


def question_fault(question: Question) -> str:
    """What stands in the way of asking it, to be read after the question's name; "" when nothing does."""
    choices = list(question.choices.all())
    right = sum(choice.is_right for choice in choices)
    match question.kind:
        case Question.Kind.NUMBER if choices:
            return "asks for a number and has no use for choices."
        case Question.Kind.NUMBER if question.fact_code and not Fact.objects.filter(code=question.fact_code, number__isnull=False).exists():
            return f"asks for the number of {question.fact_code}, and no fact of this code has one."
        case Question.Kind.ORDER if len(choices) < 3:
            return "needs at least three lines to put in order."
        case Question.Kind.MULTIPLE if not right or len(choices) < 3:
            return "needs at least three choices and one that is right."
        case Question.Kind.TRUE_FALSE if len(choices) != 2 or right != 1:
            return "needs two choices, “true” and “false”, one of them right."
        case Question.Kind.SINGLE if right != 1:
            return "needs exactly one right choice."
    if question.picture and not _is_there(question.picture):
        return f"shows the picture {question.picture}, which is not there."
    return ""


def _questions(lessons: list[Lesson]) -> list[Question]:
    return [question for lesson in lessons for question in lesson.questions.all()]


def _unasked(course: Course, lessons: list[Lesson]) -> list[str]:
    """Lessons, and the final check, that have no question for one of their corridors."""
    everywhere = course.corridors or [""]
    asked = [(row.slug, row.corridors or everywhere, _of_stage([row], Question.Stage.LESSON)) for row in lessons]
    asked.append(("the final check", everywhere, _of_stage(lessons, Question.Stage.CHECK)))
    return [
        f"{place} ({corridor or 'any corridor'})"
        for place, corridors, questions in asked
        for corridor in corridors
        if not any(not corridor or not q.corridors or corridor in q.corridors for q in questions)
    ]


def _of_stage(lessons: list[Lesson], stage: Question.Stage) -> list[Question]:
    return [question for question in _questions(lessons) if question.stage == stage]


def missing_facts(course: Course) -> list[str]:
    """Codes that the course's current pages name and no `Fact` has: shown to editors, while the pages go on without them."""
    codes: set[str] = set()
    for content in EditionPage.objects.filter(edition__course=course, edition__is_current=True).values_list("content", flat=True):
        codes.update(content.get("fact_codes", []))
    return sorted(codes - set(Fact.objects.filter(code__in=codes).values_list("code", flat=True)))
