"""Publishing a course freezes it.

`EditionPage.content` of a lesson: `minutes, icon, place, intro, story, points[], today[], variants[{corridors, title, html}], facts[codes shown as boxes],
fact_codes[every code on the page], questions[QUESTION], outline`. Of the course page ("") and of the final check ("check"): `summary`, `questions`, `outline`.
QUESTION: `uid, lesson, corridors[], kind, text, choices[{uid, text, feedback, is_right}], why, number, fact, tolerance, picture, picture_text`; an order's
choices stand in the right order, `fact` is the code whose number is right where `number` is "". `outline`: `{title, slug, corridors, pass_percent, lessons[{slug, title, minutes, icon, questions[{uid, corridors}]}]}`.
Texts are safe HTML with tokens (orientation/markup.py); titles are plain text.
"""

from collections import defaultdict
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.contrib.staticfiles import finders
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import override
from modeltranslation.utils import build_localized_fieldname

from orientation.markup import fact_codes, to_html, to_inline_html
from orientation.models import Course, CourseEdition, EditionPage, Fact, Lesson, Question

if TYPE_CHECKING:
    from portal.accounts.models import User

Json = dict[str, Any]


class NotPublishable(Exception):
    """The course is not whole; the message says what is missing."""


@transaction.atomic
def publish(course: Course, *, by: "User | None", now: datetime) -> CourseEdition:
    """Freeze `course` into a new current edition in every language that has all its texts. Raises `NotPublishable`."""
    course = Course.objects.select_for_update().get(pk=course.pk)
    lessons = list(course.lessons.prefetch_related("variants", "questions__choices"))
    languages = [code for code, _ in settings.LANGUAGES if not gaps(course, lessons, code)]
    if not lessons:
        raise NotPublishable("The course has no lesson.")
    if not languages:
        raise NotPublishable("No language is complete: " + "; ".join(gaps(course, lessons, "en")[:5]))
    if unasked := _unasked(course, lessons):
        raise NotPublishable("Nobody could finish: no question in " + ", ".join(unasked))
    for question in _questions(lessons):
        if fault := question_fault(question):
            raise NotPublishable(f"Question {question.slug} {fault}")
    last = course.editions.order_by("-number").first()
    course.editions.filter(is_current=True).update(is_current=False)
    edition = CourseEdition.objects.create(
        course=course, number=last.number + 1 if last else 1, pass_percent=course.pass_percent, published_at=now, published_by=by
    )
    EditionPage.objects.bulk_create(page for language in languages for page in _pages(edition, course, lessons, language))
    return edition


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
    if question.picture and finders.find(f"pictures/{question.picture}.svg") is None:
        return f"shows the picture {question.picture}, which is not there."
    return ""


def _questions(lessons: list[Lesson]) -> list[Question]:
    return [question for lesson in lessons for question in lesson.questions.all()]


def _unasked(course: Course, lessons: list[Lesson]) -> list[str]:
    """Lessons, and the final check, that have no question for one of the course's corridors."""
    asked = {lesson.slug: [q for q in lesson.questions.all() if q.stage == Question.Stage.LESSON] for lesson in lessons}
    asked["the final check"] = [q for q in _questions(lessons) if q.stage == Question.Stage.CHECK]
    return [
        f"{place} ({corridor or 'any corridor'})"
        for place, questions in asked.items()
        for corridor in course.corridors or [""]
        if not any(not corridor or not q.corridors or corridor in q.corridors for q in questions)
    ]


def _text(row: Any, field: str, language: str) -> str:
    return str(getattr(row, build_localized_fieldname(field, language)) or "")


def gaps(course: Course, lessons: list[Lesson], language: str) -> list[str]:
    """What has no text in `language`, as readable places."""
    wanted: list[tuple[Any, str, str]] = [(course, "title", course.slug)]
    for lesson in lessons:
        wanted += [(lesson, field, lesson.slug) for field in ("title", "intro", "points")]
        wanted += [(variant, "text", f"{lesson.slug}/{variant.key}") for variant in lesson.variants.all()]
        for question in lesson.questions.all():
            wanted += [(question, field, question.slug) for field in _needed(question)]
            if question.kind != Question.Kind.ORDER:
                wanted += [(choice, "feedback", f"{question.slug}/{choice.position}") for choice in question.choices.all()]
            if question.kind != Question.Kind.TRUE_FALSE:
                wanted += [(choice, "text", f"{question.slug}/{choice.position}") for choice in question.choices.all()]
    return [f"{place}: {field}" for row, field, place in wanted if not _text(row, field, language).strip()]


def _needed(question: Question) -> list[str]:
    """Its texts that no language may lack."""
    return ["text", *(["why"] if question.kind in Question.NEED_WHY else []), *(["picture_text"] if question.picture else [])]


def missing_facts(course: Course) -> list[str]:
    """Codes that the course's current pages name and no `Fact` has: shown to editors, while the pages go on without them."""
    codes: set[str] = set()
    for content in EditionPage.objects.filter(edition__course=course, edition__is_current=True).values_list("content", flat=True):
        codes.update(content.get("fact_codes", []))
    return sorted(codes - set(Fact.objects.filter(code__in=codes).values_list("code", flat=True)))


def _pages(edition: CourseEdition, course: Course, lessons: list[Lesson], language: str) -> list[EditionPage]:
    outline = _outline(course, lessons, language)
    title = _text(course, "title", language)
    pages = [
        EditionPage(
            edition=edition,
            slug=EditionPage.COURSE,
            language=language,
            title=title,
            content={"summary": _text(course, "summary", language), "outline": outline},
        ),
        EditionPage(
            edition=edition,
            slug=EditionPage.CHECK,
            language=language,
            title=title,
            content=_with_codes(
                {"questions": [_question(q, language) for q in _questions(lessons) if q.stage == Question.Stage.CHECK], "outline": outline}
            ),
        ),
    ]
    for place, lesson in enumerate(lessons, 1):
        content = _with_codes(_lesson(lesson, place, language) | {"outline": outline})
        pages.append(
            EditionPage(edition=edition, slug=lesson.slug, language=language, title=_text(lesson, "title", language), content=content)
        )
    return pages


def _outline(course: Course, lessons: list[Lesson], language: str) -> Json:
    return {
        "slug": course.slug,
        "title": _text(course, "title", language),
        "corridors": course.corridors,
        "pass_percent": course.pass_percent,
        "lessons": [
            {
                "slug": lesson.slug,
                "title": _text(lesson, "title", language),
                "minutes": lesson.minutes,
                "icon": lesson.icon,
                "questions": [
                    {"uid": str(q.uid), "corridors": q.corridors} for q in lesson.questions.all() if q.stage == Question.Stage.LESSON
                ],
            }
            for lesson in lessons
        ],
    }


def _lesson(lesson: Lesson, place: int, language: str) -> Json:
    lines = {
        field: [to_inline_html(line) for line in _text(lesson, field, language).splitlines() if line.strip()]
        for field in ("points", "today")
    }
    return {
        "minutes": lesson.minutes,
        "icon": lesson.icon,
        "place": place,
        "intro": to_html(_text(lesson, "intro", language)),
        "story": to_html(_text(lesson, "story", language)),
        **lines,
        "variants": [
            {"corridors": v.corridors, "title": _text(v, "title", language), "html": to_html(_text(v, "text", language))}
            for v in lesson.variants.all()
        ],
        "facts": lesson.fact_codes,
        "questions": [_question(q, language) for q in lesson.questions.all() if q.stage == Question.Stage.LESSON],
    }


def _question(question: Question, language: str) -> Json:
    """The choices of a true-or-false question need no text of an editor's."""
    with override(language):
        said = {1: _("True"), 2: _("False")} if question.kind == Question.Kind.TRUE_FALSE else defaultdict(str)
    return {
        "uid": str(question.uid),
        "lesson": question.lesson.slug,
        "corridors": question.corridors,
        "kind": question.kind,
        "text": to_inline_html(_text(question, "text", language)),
        "why": to_inline_html(_text(question, "why", language)),
        "number": str(question.number) if question.number is not None else "",
        "fact": question.fact_code,
        "tolerance": str(question.tolerance),
        "picture": question.picture,
        "picture_text": _text(question, "picture_text", language) if question.picture else "",
        "choices": [
            {
                "uid": str(choice.uid),
                "text": to_inline_html(_text(choice, "text", language) or said[choice.position]),
                "feedback": to_inline_html(_text(choice, "feedback", language)),
                "is_right": choice.is_right,
            }
            for choice in question.choices.all()
        ],
    }


def _with_codes(content: Json) -> Json:
    numbers = [question["fact"] for question in content.get("questions", []) if question["fact"]]
    return content | {"fact_codes": list(dict.fromkeys([*content.get("facts", []), *numbers, *fact_codes(_strings(content))]))}


def _strings(value: Any) -> list[str]:
    if isinstance(value, str):
        return [value]
    if isinstance(value, dict):
        return [text for part in value.values() for text in _strings(part)]
    if isinstance(value, list):
        return [text for part in value for text in _strings(part)]
    return []
