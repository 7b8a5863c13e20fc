"""Courses from files. `SLUG.yaml` says what a course is, and `LANGUAGE/SLUG.yaml` its texts; its lessons stand there too, or, where it has modules,
in a folder SLUG of one file a module, with its texts in LANGUAGE/SLUG."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.db import models
from django.utils import timezone

from orientation.models import Choice, Course, Lesson, LessonVariant, Module, Phrase, Question
from orientation.publish import NotPublishable, publish
from orientation.texts.write import came_with_safar
from portal.starter import LANGUAGES, ContentError, keep, localized, read_yaml

Json = dict[str, Any]
Row = tuple[Json, Json]  # what it is found by, and what it then says
Asked = tuple[Json, Json, list[Json]]  # a question, with what its choices say


@dataclass(frozen=True, slots=True)
class Part:
    """A file with its texts in all languages."""

    file: str
    plan: Json
    texts: Mapping[str, Json]

    def said(self, fields: Sequence[str], *keys: str) -> dict[str, str]:
        return localized(dict(self.texts), self.file, list(fields), *keys)


@dataclass(frozen=True, slots=True)
class Planned:
    """A lesson as the files have it."""

    part: Part
    module: Module | None
    row: Json


def load_courses(folder: Path, slugs: Sequence[str], *, subject: Course.Subject, first: int, overwrite: bool) -> int:
    """Load these courses of `folder` at the positions from `first` on, and publish those that are new or that `overwrite` wrote anew.

    Returns how many courses were written. Raises `ContentError`.
    """
    return sum(_load_course(folder, slug, subject, position, overwrite=overwrite) for position, slug in enumerate(slugs, first))


def _load_course(folder: Path, slug: str, subject: Course.Subject, position: int, *, overwrite: bool) -> bool:
    head, *modules = [
        _read(folder, f"{slug}.yaml"),
        *(_read(folder, f"{slug}/{path.name}") for path in sorted((folder / slug).glob("*.yaml"))),
    ]
    values = {"subject": subject, "corridors": head.plan["corridors"], "pass_percent": head.plan["pass_percent"], "position": position}
    is_new = not Course.objects.filter(slug=slug).exists()
    course, written = keep(Course, values | head.said(["title", "summary"]), overwrite=overwrite, slug=slug)
    if not written:
        return False
    planned = [
        Planned(part, module, row)
        for part, module in zip([head, *modules], [None, *_put(Module, _modules(course, modules), is_new=is_new)], strict=True)
        for row in part.plan.get("lessons", [])
    ]
    lessons: list[Lesson] = _put(Lesson, [_lesson(course, each, place) for place, each in enumerate(planned, 1)], is_new=is_new)
    by_slug = {lesson.slug: lesson for lesson in lessons}
    told = list(zip(lessons, planned, strict=True))
    _put(LessonVariant, [found for lesson, each in told for found in _variants(lesson, each)], is_new=is_new)
    _put(Phrase, [found for lesson, each in told for found in _phrases(lesson, each)], is_new=is_new)
    asked = [found for lesson, each in told for found in _questions(lesson, each)]
    asked += [found for part in [head, *modules] for found in _check(by_slug, part)]
    questions: list[Question] = _put(Question, [(found, values) for found, values, _choices in asked], is_new=is_new)
    _put_choices(questions, [choices for _found, _values, choices in asked], is_new=is_new)
    came_with_safar([course, *lessons, *questions], timezone.now())
    try:
        publish(course, by=None, now=timezone.now())
    except NotPublishable as why:
        raise ContentError(f"{head.file}: {why}") from why
    return True


def _read(folder: Path, file: str) -> Part:
    return Part(file, read_yaml(folder / file), {language: read_yaml(folder / language / file) for language in LANGUAGES})


def _put(model: type[models.Model], rows: Iterable[Row], *, is_new: bool) -> list[Any]:
    """Of a course that is new nothing stands, and all its rows go in at once; where something stands it keeps its uid."""
    manager = model._default_manager
    if is_new:
        return manager.bulk_create([model(**found, **values) for found, values in rows])
    return [manager.update_or_create(**found, defaults=values)[0] for found, values in rows]


def _put_choices(questions: list[Question], choices: list[list[Json]], *, is_new: bool) -> None:
    """A choice that stands keeps its uid: answers name it."""
    if not is_new:
        for question, said in zip(questions, choices, strict=True):
            question.choices.filter(position__gt=len(said)).delete()
    rows = [
        ({"question": question, "position": place}, texts)
        for question, said in zip(questions, choices, strict=True)
        for place, texts in enumerate(said, 1)
    ]
    _put(Choice, rows, is_new=is_new)


def _modules(course: Course, parts: Sequence[Part]) -> list[Row]:
    return [
        ({"course": course, "slug": part.plan["slug"]}, {"position": place} | part.said(["title"])) for place, part in enumerate(parts, 1)
    ]


def _lesson(course: Course, planned: Planned, place: int) -> Row:
    row = planned.row
    values = {"module": planned.module, "position": place, "icon": row["icon"], "minutes": row["minutes"], "fact_codes": row["facts"]}
    values |= {"is_sensitive": row.get("sensitive", False), "is_core": row.get("core", False), "picture": row.get("picture", "")}
    values |= {field: row.get(field, []) for field in ("corridors", "paths", "related")}
    values |= planned.part.said(["title", "intro", "story", "points", "today"], "lessons", row["slug"])
    return {"course": course, "slug": row["slug"]}, values


def _variants(lesson: Lesson, planned: Planned) -> Iterator[Row]:
    for variant in planned.row.get("variants", []):
        texts = planned.part.said(["title", "text"], "lessons", lesson.slug, "variants", variant["key"])
        yield {"lesson": lesson, "key": variant["key"]}, {"corridors": variant["corridors"]} | texts


def _phrases(lesson: Lesson, planned: Planned) -> Iterator[Row]:
    for number, phrase in enumerate(planned.row.get("phrases", []), 1):
        texts = _phrase_texts(planned.part, phrase, "lessons", lesson.slug)
        yield {"lesson": lesson, "key": phrase["key"]}, {"position": number, "spoken": phrase["language"], "said": phrase["say"]} | texts


def _phrase_texts(part: Part, phrase: Json, *keys: str) -> dict[str, str]:
    """Whoever reads a page in Russian needs no help to read a Russian sentence."""
    keys = (*keys, "phrases", phrase["key"])
    helped = {language: tree for language, tree in part.texts.items() if language != phrase["language"]}
    return part.said(["means"], *keys) | localized(helped, part.file, ["reading"], *keys)


def _questions(lesson: Lesson, planned: Planned) -> Iterator[Asked]:
    for number, row in enumerate(planned.row["questions"], 1):
        yield _question(lesson, Question.Stage.LESSON, number, planned.part, row, "lessons", lesson.slug, "questions")


def _check(lessons: Mapping[str, Lesson], part: Part) -> Iterator[Asked]:
    for number, row in enumerate(part.plan.get("check", []), 1):
        if row["lesson"] not in lessons:
            raise ContentError(f"{part.file}: check {row['slug']}: no lesson {row['lesson']}.")
        yield _question(lessons[row["lesson"]], Question.Stage.CHECK, number, part, row, "check")


def _question(lesson: Lesson, stage: str, number: int, part: Part, row: Json, *place: str) -> Asked:
    """`choices` are keys, `right` is one of them, or a list of them where several are; an order's stand in the right order."""
    keys = (*place, row["slug"])
    kind = row.get("kind", Question.Kind.SINGLE)
    fields = ["text", *(["why"] if kind in Question.NEED_WHY else []), *(["picture_text"] if "picture" in row else [])]
    values = {"kind": kind, "position": number, "corridors": row.get("corridors", []), "picture": row.get("picture", "")}
    values |= {"number": row.get("number"), "fact_code": row.get("fact", "")} | part.said(fields, *keys)
    choices, told = row.get("choices", []), row.get("right", [])
    right = told if isinstance(told, list) else [told]
    for key in right:
        if key not in choices:
            raise ContentError(f"{part.file}: {row['slug']}: the right choice {key} is not one of its choices.")
    fields = {Question.Kind.ORDER: ["text"], Question.Kind.TRUE_FALSE: ["feedback"]}.get(kind, ["text", "feedback"])
    said = [{"is_right": key in right} | part.said(fields, *keys, "choices", key) for key in choices]
    return {"lesson": lesson, "stage": stage, "slug": row["slug"]}, values, said
