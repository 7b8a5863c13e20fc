"""Courses from files. `SLUG.yaml` says what a course is, and `LANGUAGE/SLUG.yaml` its texts; its lessons stand there too, or, where it has modules,
in a folder SLUG of one file a module, with its texts in LANGUAGE/SLUG."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.utils import timezone

from orientation.models import Choice, Course, Lesson, LessonVariant, Module, Phrase, Question
from orientation.publish import NotPublishable, publish
from orientation.texts.write import came_with_safar
from portal.starter import LANGUAGES, ContentError, keep, localized, read_yaml

Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Part:
    """A file with its texts in all languages."""

    file: str
    plan: Json
    texts: Mapping[str, Json]

    def said(self, fields: Sequence[str], *keys: str) -> dict[str, str]:
        return localized(dict(self.texts), self.file, list(fields), *keys)


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
    course, written = keep(Course, values | head.said(["title", "summary"]), overwrite=overwrite, slug=slug)
    if not written:
        return False
    lessons: dict[str, Lesson] = {}
    questions: list[Question] = []
    for place, part in enumerate([head, *modules]):
        module = _load_module(course, part, place) if part is not head else None
        for row in part.plan.get("lessons", []):
            lesson = lessons[row["slug"]] = _load_lesson(course, module, part, row, len(lessons) + 1)
            keys = ("lessons", row["slug"], "questions")
            questions += [
                _load_question(lesson, Question.Stage.LESSON, number, part, each, *keys) for number, each in enumerate(row["questions"], 1)
            ]
    for part in [head, *modules]:
        for number, row in enumerate(part.plan.get("check", []), 1):
            if row["lesson"] not in lessons:
                raise ContentError(f"{part.file}: check {row['slug']}: no lesson {row['lesson']}.")
            questions.append(_load_question(lessons[row["lesson"]], Question.Stage.CHECK, number, part, row, "check"))
    came_with_safar([course, *lessons.values(), *questions], timezone.now())
    try:
        publish(course, by=None, now=timezone.now())
    except NotPublishable as why:
        raise ContentError(f"{head.file}: {why}") from why
    return True


def _read(folder: Path, file: str) -> Part:
    return Part(file, read_yaml(folder / file), {language: read_yaml(folder / language / file) for language in LANGUAGES})


def _load_module(course: Course, part: Part, place: int) -> Module:
    values = {"position": place} | part.said(["title"])
    return Module.objects.update_or_create(course=course, slug=part.plan["slug"], defaults=values)[0]


def _load_lesson(course: Course, module: Module | None, part: Part, row: Json, place: int) -> Lesson:
    keys = ("lessons", row["slug"])
    values = {"module": module, "position": place, "icon": row["icon"], "minutes": row["minutes"], "fact_codes": row["facts"]}
    values |= {"is_sensitive": row.get("sensitive", False), "is_core": row.get("core", False), "picture": row.get("picture", "")}
    values |= {field: row.get(field, []) for field in ("corridors", "paths", "related")}
    values |= part.said(["title", "intro", "story", "points", "today"], *keys)
    lesson, _ = Lesson.objects.update_or_create(course=course, slug=row["slug"], defaults=values)
    for variant in row.get("variants", []):
        texts = part.said(["title", "text"], *keys, "variants", variant["key"])
        LessonVariant.objects.update_or_create(lesson=lesson, key=variant["key"], defaults={"corridors": variant["corridors"]} | texts)
    for number, phrase in enumerate(row.get("phrases", []), 1):
        values = {"position": number, "spoken": phrase["language"], "said": phrase["say"]} | _phrase_texts(part, phrase, *keys)
        Phrase.objects.update_or_create(lesson=lesson, key=phrase["key"], defaults=values)
    return lesson


def _phrase_texts(part: Part, phrase: Json, *keys: str) -> dict[str, str]:
    """Whoever reads a page in Russian needs no help to read a Russian sentence."""
    keys = (*keys, "phrases", phrase["key"])
    helped = {language: tree for language, tree in part.texts.items() if language != phrase["language"]}
    return part.said(["means"], *keys) | localized(helped, part.file, ["reading"], *keys)


def _load_question(lesson: Lesson, stage: str, number: int, part: Part, row: Json, *place: str) -> Question:
    """`choices` are keys, `right` is one of them, or a list of them where several are; an order's stand in the right order."""
    keys = (*place, row["slug"])
    kind = row.get("kind", Question.Kind.SINGLE)
    fields = ["text", *(["why"] if kind in Question.NEED_WHY else []), *(["picture_text"] if "picture" in row else [])]
    values = {"kind": kind, "position": number, "corridors": row.get("corridors", []), "picture": row.get("picture", "")}
    values |= {"number": row.get("number"), "fact_code": row.get("fact", "")} | part.said(fields, *keys)
    question, is_new = Question.objects.update_or_create(lesson=lesson, stage=stage, slug=row["slug"], defaults=values)
    choices, told = row.get("choices", []), row.get("right", [])
    right = told if isinstance(told, list) else [told]
    for key in right:
        if key not in choices:
            raise ContentError(f"{part.file}: {row['slug']}: the right choice {key} is not one of its choices.")
    fields = {Question.Kind.ORDER: ["text"], Question.Kind.TRUE_FALSE: ["feedback"]}.get(kind, ["text", "feedback"])
    said = [{"is_right": key in right} | part.said(fields, *keys, "choices", key) for key in choices]
    if is_new:
        Choice.objects.bulk_create([Choice(question=question, position=at, **texts) for at, texts in enumerate(said, 1)])
        return question
    question.choices.filter(position__gt=len(choices)).delete()
    for at, texts in enumerate(said, 1):  # a choice that stands keeps its uid: answers name it
        Choice.objects.update_or_create(question=question, position=at, defaults=texts)
    return question
