"""The texts of a course one by one, and whose they are: those of a module are its course's, those of a variant and of a phrase their lesson's,
those of a choice its question's."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from modeltranslation.translator import translator
from modeltranslation.utils import build_localized_fieldname

from orientation.models import Choice, Course, Fact, Lesson, LessonVariant, Module, Phrase, Question

Thing = Course | Lesson | Question | Fact


@dataclass(frozen=True, slots=True)
class Unit:
    """One text in all languages. `key` names it in files for translators and in messages for editors."""

    key: str
    thing: Thing
    row: Any
    field: str
    is_needed: bool

    def text(self, language: str) -> str:
        return text_of(self.row, self.field, language)


def text_of(row: Any, field: str, language: str) -> str:
    return str(getattr(row, build_localized_fieldname(field, language)) or "")


def things_of(course: Course) -> list[Thing]:
    """The course, its lessons, their questions: seven queries."""
    lessons = lessons_of(course)
    return [course, *lessons, *(question for lesson in lessons for question in lesson.questions.all())]


def lessons_of(course: Course) -> list[Lesson]:
    return list(course.lessons.prefetch_related("variants", "phrases", "questions__choices").select_related("module"))


def parts_of(thing: Thing) -> list[Any]:
    """The rows that hold its texts."""
    match thing:
        case Course():
            return [thing, *thing.modules.all()]
        case Lesson():
            return [thing, *thing.variants.all(), *thing.phrases.all()]
        case Question():
            return [thing, *thing.choices.all()]
        case _:
            return [thing]


def units_of(thing: Thing) -> Iterator[Unit]:
    for row in parts_of(thing):
        place, needed = key_of(row, thing), needed_of(row, thing)
        for field in translator.get_options_for_model(type(row)).all_fields:
            yield Unit(f"{place}/{field}", thing, row, field, field in needed)


def key_of(row: Any, thing: Thing) -> str:
    match row:
        case Lesson():
            return f"lesson/{row.slug}"
        case LessonVariant():
            return f"{key_of(thing, thing)}/{row.key}"
        case Phrase():
            return f"{key_of(thing, thing)}/say/{row.key}"
        case Module():
            return f"module/{row.slug}"
        case Question():
            return f"question/{row.lesson.slug}/{row.stage}/{row.slug}"
        case Choice():
            return f"{key_of(thing, thing)}/{row.position}"
        case Fact():
            return f"fact/{row.code}"
        case _:
            return "course"


def needed_of(row: Any, thing: Thing) -> set[str]:
    """The fields that no language may lack."""
    match row:
        case Lesson():
            return {"title", "intro", "points"}
        case LessonVariant():
            return {"text"}
        case Phrase():
            return {"means"}
        case Question():
            return {"text"} | ({"why"} if row.kind in Question.NEED_WHY else set()) | ({"picture_text"} if row.picture else set())
        case Choice():
            kind = thing.kind  # type: ignore[union-attr]
            return ({"feedback"} if kind != Question.Kind.ORDER else set()) | ({"text"} if kind != Question.Kind.TRUE_FALSE else set())
        case _:
            return {"title"}
