"""A number in a text would grow old where nobody sees it: texts of steps and news name a fact, or an example. Lessons: tests/content."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

import orientation.load
from orientation.markup import TOKEN, parse_example
from orientation.texts.faults import bare_numbers

FILES = [
    *sorted(orientation.load.FILES.glob("??/steps.yaml")),
    *sorted(orientation.load.FILES.glob("??/facts.yaml")),
    orientation.load.FILES / "demo_news.yaml",
]
TEXTS = {"title", "summary", "intro", "story", "points", "today", "text", "why", "feedback", "picture_text"}


def strings(tree: Any, place: str = "", is_text: bool = False) -> Iterator[tuple[str, str]]:
    """(place, text) for each text that a reader sees."""
    if isinstance(tree, dict):
        for key, part in tree.items():
            yield from strings(part, f"{place}.{key}", is_text or key in TEXTS)
    elif isinstance(tree, list):
        for number, part in enumerate(tree, 1):
            yield from strings(part, f"{place}.{number}", is_text)
    elif is_text:
        yield place.removeprefix("."), str(tree)


def faults(path: Path, tree: Any) -> list[str]:
    found = []
    for place, text in strings(tree):
        where = f"{path.parent.name}/{path.name}: {place}"
        if bare_numbers(text):
            found.append(f"{where}: a bare number in {text!r}")
        found += [f"{where}: {match[0]}" for match in TOKEN.finditer(text) if match[1] == "eg" and not is_example(match[2])]
    return found


def is_example(text: str) -> bool:
    try:
        return bool(parse_example(text))
    except ValueError:
        return False


@pytest.mark.parametrize("path", FILES, ids=lambda path: f"{path.parent.name}/{path.name}")
def test_no_text_has_a_bare_number(path):
    tree = yaml.safe_load(path.read_text(encoding="utf-8"))
    assert len(list(strings(tree))) >= 6 and not faults(path, tree)


def test_the_test_finds_what_it_looks_for():
    tree = {
        "lessons": {
            "papers": {
                "title": "Within {{fact:RU-REG-TJ}}",
                "points": ["Pay {{eg:60000 RUB}}", "Pay 60 000"],
                "questions": {"q": {"text": "{{eg:sixty RUB}}", "choices": {"a": {"text": "٣ days"}}}},
            }
        }
    }
    found = faults(Path("ru/course.yaml"), tree)
    assert [fault.split(": ")[1] for fault in found] == [
        "lessons.papers.points.2",
        "lessons.papers.questions.q.text",
        "lessons.papers.questions.q.choices.a.text",
    ]
    assert all(fault.startswith("ru/course.yaml: ") for fault in found)
