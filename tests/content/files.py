"""The starter content as it stands in its files, each read once; and how a test tells its faults.

Nothing here needs settings or servers, so that translators can check files that do not load yet:
`.venv/bin/pytest --noconftest -q -p no:xdist tests/content -k tg`
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml

BASE = Path(__file__).parents[2]
TRANSLATIONS = ["ru", "tg", "ky", "uz"]
LANGUAGES = ["en", *TRANSLATIONS]
IN_EACH_LANGUAGE = pytest.mark.parametrize("language", LANGUAGES)
IN_EACH_TRANSLATION = pytest.mark.parametrize("language", TRANSLATIONS)
ON_ONE_WORKER = pytest.mark.xdist_group("content")  # so that the files are read once

COURSES = {"before-you-go": "orientation/content", "money-home": "remittances/content"}
CORRIDORS = ["TJ-RU", "UZ-RU", "KG-RU", "TJ-KZ", "UZ-KZ", "KG-KZ"]
TOKEN = re.compile(r"\{\{\s*(fact|eg):\s*([^{}]*?)\s*\}\}")

Json = dict[str, Any]


@cache
def read(file: str) -> Any:
    path = BASE / file
    return yaml.load(path.read_text(encoding="utf-8"), yaml.CSafeLoader) if path.exists() else None


@cache
def english_files() -> tuple[str, ...]:
    folders = [BASE / app / "content/en" for app in ("orientation", "remittances")]
    found = [path.relative_to(BASE).as_posix() for folder in folders for path in sorted(folder.rglob("*.yaml"))]
    return (*found, "portal/support/content/en.yaml")


def in_language(file: str, language: str) -> str:
    return re.sub(r"/en(?=/|\.yaml)", f"/{language}", file)


@cache
def texts(file: str) -> Mapping[str, str]:
    """{place: text}, like {"lessons/papers/points/0": "Take the original passport …"}; empty where the file is not there."""
    return dict(_flat(read(file) or {}))


def _flat(node: Any, place: str = "") -> Iterator[tuple[str, str]]:
    if isinstance(node, dict):
        for key, value in node.items():
            yield from _flat(value, f"{place}/{key}".lstrip("/"))
    elif isinstance(node, list):
        for number, value in enumerate(node):
            yield from _flat(value, f"{place}/{number}")
    else:
        yield place, "" if node is None else str(node)


def all_texts(language: str) -> Iterator[tuple[str, str]]:
    """("file: place", text) of everything that stands in the language."""
    for english in english_files():
        file = in_language(english, language)
        for place, text in texts(file).items():
            yield f"{file}: {place}", text


def is_reading(place: str) -> bool:
    """How a foreign sentence sounds is in the letters of a language, but not in the language."""
    return place.endswith("/reading")


@dataclass(frozen=True)
class Module:
    course: str
    name: str  # 02-documents
    plan: Json

    @property
    def file(self) -> str:
        return f"{COURSES[self.course]}/{self.course}/{self.name}.yaml"

    def text_file(self, language: str) -> str:
        return f"{COURSES[self.course]}/{language}/{self.course}/{self.name}.yaml"


@dataclass(frozen=True)
class Lesson:
    module: Module
    plan: Json

    @property
    def slug(self) -> str:
        return str(self.plan["slug"])

    @property
    def place(self) -> str:
        return f"{self.module.file}: {self.slug}"

    @property
    def corridors(self) -> list[str]:
        return self.plan.get("corridors") or CORRIDORS

    @property
    def check(self) -> list[Json]:
        return [row for row in self.module.plan.get("check", []) if row["lesson"] == self.slug]

    @property
    def questions(self) -> list[tuple[str, Json]]:
        """(where its texts stand, question), those of the final check too."""
        rows = [(f"lessons/{self.slug}/questions/{row['slug']}", row) for row in self.plan["questions"]]
        return rows + [(f"check/{row['slug']}", row) for row in self.check]

    def text_place(self, language: str) -> str:
        return f"{self.module.text_file(language)}: lessons/{self.slug}"

    def said(self, language: str) -> Json:
        """Its texts as a tree; empty where they do not stand yet."""
        return ((read(self.module.text_file(language)) or {}).get("lessons") or {}).get(self.slug) or {}

    def texts(self, language: str) -> dict[str, str]:
        """All its texts by place, with those of its questions in the final check."""
        mine = (f"lessons/{self.slug}/", *(f"check/{row['slug']}/" for row in self.check))
        return {place: text for place, text in texts(self.module.text_file(language)).items() if place.startswith(mine)}


@cache
def modules() -> tuple[Module, ...]:
    return tuple(
        Module(course, path.stem, read(path.relative_to(BASE).as_posix()))
        for course, folder in COURSES.items()
        for path in sorted((BASE / folder / course).glob("*.yaml"))
    )


@cache
def lessons() -> tuple[Lesson, ...]:
    return tuple(Lesson(module, plan) for module in modules() for plan in module.plan["lessons"])


@cache
def facts() -> Mapping[str, Json]:
    return {row["id"]: row for file in fact_files() for row in read(file)}


def fact_files() -> list[str]:
    return [path.relative_to(BASE).as_posix() for path in sorted((BASE / "orientation/content").glob("facts*.yaml"))]


def of_facts(file: str, language: str) -> str:
    return file.replace("content/", f"content/{language}/")


def none_of(faults: Mapping[str, object]) -> None:
    """Fail with all faults at once, a line each: pytest alone would cut a long dict short."""
    if faults:
        pytest.fail("\n".join(f"{place}: {fault}" for place, fault in faults.items()), pytrace=False)
