"""Whose lessons are whose: what a learner needs of a course, by their road and by what they say of their way.

Lessons are those of an outline (orientation/freeze.py); editions published before there were core lessons say nothing of them.
"""

from collections.abc import Collection, Iterable
from itertools import groupby
from typing import Any

from orientation.models import Lesson

Json = dict[str, Any]


def for_corridor(items: Iterable[Json], corridor: str) -> list[Json]:
    """The parts of a page or a course meant for the corridor; without a corridor, all of them."""
    return [item for item in items if not corridor or not item.get("corridors") or corridor in item["corridors"]]


def core_lessons(outline: Json, corridor: str) -> list[Json]:
    """What everybody on the road learns; where a course marks none, all."""
    here = for_corridor(outline["lessons"], corridor)
    return [lesson for lesson in here if lesson.get("is_core")] or here


def path_lessons(outline: Json, corridor: str, path: Collection[str]) -> list[Json]:
    """The core lessons and those of the learner's `path`, values of `Lesson.Path`, in the order of the course."""
    core = [lesson["slug"] for lesson in core_lessons(outline, corridor)]
    here = for_corridor(outline["lessons"], corridor)
    return [lesson for lesson in here if lesson["slug"] in core or set(lesson.get("paths", ())) & set(path)]


def other_lessons(outline: Json, corridor: str, path: Collection[str]) -> list[Json]:
    """Those of the learner's road that are not on their path."""
    mine = [lesson["slug"] for lesson in path_lessons(outline, corridor, path)]
    return [lesson for lesson in for_corridor(outline["lessons"], corridor) if lesson["slug"] not in mine]


def bus_lessons(outline: Json, corridor: str) -> list[Json]:
    """For whoever has only a quarter of an hour left."""
    return [lesson for lesson in for_corridor(outline["lessons"], corridor) if Lesson.Path.BUS in lesson.get("paths", ())]


def has_paths(outline: Json) -> bool:
    """Whether it matters what a learner says of their way."""
    return any(lesson.get("paths") for lesson in outline["lessons"])


def lesson_of(outline: Json, slug: str) -> Json:
    return next((lesson for lesson in outline["lessons"] if lesson["slug"] == slug), {})


def is_sensitive(outline: Json, slug: str) -> bool:
    return bool(lesson_of(outline, slug).get("is_sensitive"))


def grouped(outline: Json, lessons: Iterable[Json]) -> list[tuple[str, list[Json]]]:
    """(title of the module or "", its lessons), in the order of the course."""
    titles = {module["slug"]: module["title"] for module in outline.get("modules", [])}
    return [(titles.get(slug, ""), list(rows)) for slug, rows in groupby(lessons, key=lambda lesson: lesson.get("module", ""))]
