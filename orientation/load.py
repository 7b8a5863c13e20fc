"""Starter content of the lessons: facts and courses from files, texts in five languages."""

from decimal import Decimal
from pathlib import Path
from typing import Any

from django.utils import timezone

from orientation.facts_changed import note_changed_fact, says_the_same
from orientation.models import Choice, Course, Fact, Lesson, LessonVariant, Question, Source
from orientation.publish import publish
from orientation.texts.write import came_with_safar
from portal.places.unsafe import unsafe_hosts, unsafe_in
from portal.starter import LANGUAGES, ContentError, keep, localized, read_yaml

FILES = Path(__file__).parent / "content"
ORIENTATION = ["russia-documents"]


def load_facts(*, overwrite: bool) -> int:
    """Returns how many facts were written. Raises `ContentError`."""
    texts = {language: read_yaml(FILES / language / "facts.yaml") for language in LANGUAGES}
    hosts = unsafe_hosts()
    written: list[Fact] = []
    for row in read_yaml(FILES / "facts.yaml"):
        value = row["value"] or {}
        values = {key: row[key] for key in ("topic", "corridors", "status", "confidence", "as_of", "valid_from", "valid_to", "review_by")}
        values |= {"number": Decimal(str(value["number"])) if value else None, "unit": value.get("unit", "")}
        if overwrite:
            values |= {"verified_by": None, "verified_at": None}  # a person checked what stood there before
            values |= {"next_number": None, "next_from": None}
        before = Fact.objects.filter(code=row["id"]).first() if overwrite else None
        fact, was_written = keep(
            Fact, values | localized(texts, "facts.yaml", ["title", "text"], row["id"]), overwrite=overwrite, code=row["id"]
        )
        if was_written:
            written.append(fact)
            if before and not says_the_same(before, fact):
                note_changed_fact(fact, timezone.now())
            fact.sources.all().delete()
            Source.objects.bulk_create(
                Source(
                    fact=fact,
                    position=place,
                    publisher=source["publisher"],
                    url=source["url"],
                    dated=str(source["dated"] or ""),
                    unsafe_in=unsafe_in(source["url"], hosts),
                )
                for place, source in enumerate(row["sources"], 1)
            )
    came_with_safar(written, timezone.now())
    return len(written)


def load_orientation(*, overwrite: bool) -> int:
    """Returns how many courses were written. Raises `ContentError`."""
    return load_courses(FILES, ORIENTATION, subject=Course.Subject.ORIENTATION, first=1, overwrite=overwrite)


def load_courses(folder: Path, slugs: list[str], *, subject: Course.Subject, first: int, overwrite: bool) -> int:
    """Load `folder`/SLUG.yaml with its texts in `folder`/LANGUAGE/SLUG.yaml as the courses at the positions from `first` on.

    A course is published where it has no edition yet, or where `overwrite` wrote it anew. Returns how many courses were written. Raises `ContentError`.
    """
    return sum(_load_course(folder, slug, subject, position, overwrite=overwrite) for position, slug in enumerate(slugs, first))


def _load_course(folder: Path, slug: str, subject: Course.Subject, position: int, *, overwrite: bool) -> bool:
    file = f"{slug}.yaml"
    plan = read_yaml(folder / file)
    texts = {language: read_yaml(folder / language / file) for language in LANGUAGES}
    values = {"subject": subject, "corridors": plan["corridors"], "pass_percent": plan["pass_percent"], "position": position}
    course, written = keep(Course, values | localized(texts, file, ["title", "summary"]), overwrite=overwrite, slug=slug)
    if not written:
        return False
    lessons: dict[str, Lesson] = {}
    questions: list[Question] = []
    for place, row in enumerate(plan["lessons"], 1):
        values = {"position": place, "icon": row["icon"], "minutes": row["minutes"], "fact_codes": row["facts"]}
        values["is_sensitive"] = row.get("sensitive", False)
        values |= localized(texts, file, ["title", "intro", "story", "points", "today"], "lessons", row["slug"])
        lesson, _ = Lesson.objects.update_or_create(course=course, slug=row["slug"], defaults=values)
        lessons[row["slug"]] = lesson
        for variant in row.get("variants", []):
            variant_values = localized(texts, file, ["title", "text"], "lessons", row["slug"], "variants", variant["key"])
            LessonVariant.objects.update_or_create(
                lesson=lesson, key=variant["key"], defaults={"corridors": variant["corridors"]} | variant_values
            )
        for number, question in enumerate(row["questions"], 1):
            keys = ("lessons", row["slug"], "questions", question["slug"])
            questions.append(_load_question(lesson, Question.Stage.LESSON, number, question, texts, file, keys))
    for number, question in enumerate(plan["check"], 1):
        if question["lesson"] not in lessons:
            raise ContentError(f"{file}: check {question['slug']}: no lesson {question['lesson']}.")
        lesson = lessons[question["lesson"]]
        questions.append(_load_question(lesson, Question.Stage.CHECK, number, question, texts, file, ("check", question["slug"])))
    came_with_safar([course, *lessons.values(), *questions], timezone.now())
    publish(course, by=None, now=timezone.now())
    return True


def _load_question(
    lesson: Lesson, stage: str, number: int, row: dict[str, Any], texts: dict[str, Any], file: str, keys: tuple[str, ...]
) -> Question:
    """`choices` are keys, `right` is one of them, or a list of them where several are; an order's stand in the right order."""
    kind = row.get("kind", Question.Kind.SINGLE)
    fields = ["text", *(["why"] if kind in Question.NEED_WHY else []), *(["picture_text"] if "picture" in row else [])]
    values = {"kind": kind, "position": number, "corridors": row.get("corridors", []), "picture": row.get("picture", "")}
    values |= {"number": row.get("number"), "fact_code": row.get("fact", "")} | localized(texts, file, fields, *keys)
    question, _ = Question.objects.update_or_create(lesson=lesson, stage=stage, slug=row["slug"], defaults=values)
    choices, told = row.get("choices", []), row.get("right", [])
    right = told if isinstance(told, list) else [told]
    for key in right:
        if key not in choices:
            raise ContentError(f"{file}: {row['slug']}: the right choice {key} is not one of its choices.")
    question.choices.filter(position__gt=len(choices)).delete()
    fields = {Question.Kind.ORDER: ["text"], Question.Kind.TRUE_FALSE: ["feedback"]}.get(kind, ["text", "feedback"])
    for place, key in enumerate(choices, 1):
        choice_values = {"is_right": key in right} | localized(texts, file, fields, *keys, "choices", key)
        Choice.objects.update_or_create(question=question, position=place, defaults=choice_values)
    return question
