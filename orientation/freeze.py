"""The pages of a course as learners read them, made of what editors have written.

`EditionPage.content` of a lesson: `minutes, icon, place, picture, intro, story, points[], today[], variants[{corridors, title, html}],
phrases[{corridors, spoken, said, means, reading}], related[{course, slug, title, corridors}], facts[codes shown as boxes], fact_codes[every code on the page], questions[QUESTION], outline`. Of the course page ("") and of the final check ("check"): `summary`, `questions`, `outline`.
QUESTION: `uid, lesson, corridors[], kind, text, choices[{uid, text, feedback, is_right}], why, number, fact, tolerance, picture, picture_text`; an order's
choices stand in the right order, `fact` is the code whose number is right where `number` is "". `outline`: `{title, slug, corridors, pass_percent, modules[{slug, title}],
lessons[{slug, title, minutes, icon, module, corridors, is_core, paths, is_sensitive, questions[{uid, corridors}]}]}`.
`is_outdated` is there where the English has changed since the page's language was written.
Texts are safe HTML with tokens (orientation/markup.py); titles are plain text.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import override

from orientation.markup import fact_codes, to_html, to_inline_html
from orientation.models import Course, CourseEdition, EditionPage, Lesson, Phrase, Question, Translation
from orientation.texts.states import name_of
from orientation.texts.units import Thing, text_of
from portal.places.corridors import Corridor

Json = dict[str, Any]
Rows = Mapping[tuple[str, int, str], Translation]

# Russian is understood on all roads.
SPOKEN_ON: dict[str, list[str]] = {
    Phrase.Language.RUSSIAN: [],
    Phrase.Language.KAZAKH: [road.value for road in Corridor if road.destination == "KZ"],
}


def pages_of(edition: CourseEdition, course: Course, lessons: list[Lesson], language: str, rows: Rows) -> list[EditionPage]:
    """Not saved. `rows`, of `rows_of()`, say who has read the texts and which are behind the English."""
    outline, known = _outline(course, lessons, language), related_to(lessons)
    in_outline = fact_codes(_strings(outline))  # of all pages the same
    title = text_of(course, "title", language)

    def page(slug: str, title: str, content: Json, texts: Iterable[Thing]) -> EditionPage:
        content |= {"fact_codes": _codes(content, in_outline), "outline": outline}
        made = EditionPage(edition=edition, slug=slug, language=language, title=title, content=content)
        _say_who_has_read(made, [(text, rows.get((name_of(text), text.pk, language))) for text in texts])
        return made

    def of_stage(questions: Iterable[Question], stage: str) -> list[Question]:
        return [question for question in questions if question.stage == stage]

    bank = of_stage((question for lesson in lessons for question in lesson.questions.all()), Question.Stage.CHECK)
    return [
        page(EditionPage.COURSE, title, {"summary": text_of(course, "summary", language)}, [course, *lessons]),
        page(EditionPage.CHECK, title, {"questions": [_question(question, language) for question in bank]}, bank),
        *(
            page(
                lesson.slug,
                text_of(lesson, "title", language),
                _lesson(lesson, place, language, relatives(lesson, known)),
                [lesson, *of_stage(lesson.questions.all(), Question.Stage.LESSON)],
            )
            for place, lesson in enumerate(lessons, 1)
        ),
    ]


def _say_who_has_read(page: EditionPage, texts: list[tuple[Thing, Translation | None]]) -> None:
    """The reader is the last one of those who have read a part."""
    read = [row for thing, row in texts if row is not None and row.reviewed_at is not None]
    if len(read) == len(texts):
        last = max(read, key=lambda row: row.reviewed_at)  # type: ignore[arg-type, return-value]
        page.reviewed_by, page.reviewed_at = last.reviewed_by, last.reviewed_at
    if any(row is not None and row.based_on_revision < thing.revision for thing, row in texts):
        page.content["is_outdated"] = True


def _outline(course: Course, lessons: list[Lesson], language: str) -> Json:
    return {
        "slug": course.slug,
        "title": text_of(course, "title", language),
        "corridors": course.corridors,
        "pass_percent": course.pass_percent,
        "modules": [{"slug": module.slug, "title": text_of(module, "title", language)} for module in course.modules.all()],
        "lessons": [
            {
                "slug": lesson.slug,
                "title": text_of(lesson, "title", language),
                "minutes": lesson.minutes,
                "icon": lesson.icon,
                "module": lesson.module.slug if lesson.module else "",
                "corridors": lesson.corridors,
                "is_core": lesson.is_core,
                "paths": lesson.paths,
                "is_sensitive": lesson.is_sensitive,
                "questions": [
                    {"uid": str(q.uid), "corridors": q.corridors} for q in lesson.questions.all() if q.stage == Question.Stage.LESSON
                ],
            }
            for lesson in lessons
        ],
    }


def lesson_texts(content: Json) -> list[str]:
    """The texts of a lesson's page in the order in which they are read, for all corridors, without its questions and sentences to say."""
    variants = [text for each in content.get("variants", []) for text in (each["title"], each["html"])]
    return [content.get("intro", ""), content.get("story", ""), *variants, *content.get("points", []), *content.get("today", [])]


def relatives(lesson: Lesson, known: Mapping[str, Lesson]) -> list[Lesson]:
    """The lessons that it names as related and that are there. `known`: of `related_to()`."""
    own = lesson.course.slug
    return [known[name] for name in (f"{own}/{name}" if "/" not in name else name for name in lesson.related) if name in known]


def related_to(lessons: list[Lesson]) -> dict[str, Lesson]:
    """Every lesson that one of these names, as COURSE/SLUG. One query."""
    names = {name.rpartition("/")[2] for lesson in lessons for name in lesson.related}
    return {f"{other.course.slug}/{other.slug}": other for other in Lesson.objects.filter(slug__in=names).select_related("course")}


def _lesson(lesson: Lesson, place: int, language: str, others: list[Lesson]) -> Json:
    lines = {
        field: [to_inline_html(line) for line in text_of(lesson, field, language).splitlines() if line.strip()]
        for field in ("points", "today")
    }
    return {
        "minutes": lesson.minutes,
        "icon": lesson.icon,
        "place": place,
        "picture": lesson.picture,
        "intro": to_html(text_of(lesson, "intro", language)),
        "story": to_html(text_of(lesson, "story", language)),
        **lines,
        "variants": [
            {"corridors": v.corridors, "title": text_of(v, "title", language), "html": to_html(text_of(v, "text", language))}
            for v in lesson.variants.all()
        ],
        "phrases": [
            {
                "corridors": SPOKEN_ON[phrase.spoken],
                "spoken": phrase.spoken,
                "said": phrase.said,
                "means": text_of(phrase, "means", language),
                "reading": text_of(phrase, "reading", language),
            }
            for phrase in lesson.phrases.all()
        ],
        "related": [
            {"course": other.course.slug, "slug": other.slug, "title": text_of(other, "title", language), "corridors": other.corridors}
            for other in others
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
        "text": to_inline_html(text_of(question, "text", language)),
        "why": to_inline_html(text_of(question, "why", language)),
        "number": str(question.number) if question.number is not None else "",
        "fact": question.fact_code,
        "tolerance": str(question.tolerance),
        "picture": question.picture,
        "picture_text": text_of(question, "picture_text", language) if question.picture else "",
        "choices": [
            {
                "uid": str(choice.uid),
                "text": to_inline_html(text_of(choice, "text", language) or said[choice.position]),
                "feedback": to_inline_html(text_of(choice, "feedback", language)),
                "is_right": choice.is_right,
            }
            for choice in question.choices.all()
        ],
    }


def _codes(content: Json, more: list[str]) -> list[str]:
    """Every code on the page, each once: its boxes', its questions', its texts', then `more`."""
    numbers = [question["fact"] for question in content.get("questions", []) if question["fact"]]
    return list(dict.fromkeys([*content.get("facts", []), *numbers, *fact_codes(_strings(content)), *more]))


def _strings(value: Any) -> list[str]:
    if isinstance(value, str):
        return [value]
    if isinstance(value, dict):
        return [text for part in value.values() for text in _strings(part)]
    if isinstance(value, list):
        return [text for part in value for text in _strings(part)]
    return []
