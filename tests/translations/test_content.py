"""The starter content's text files: the same keys and numbers in every language, each in its own letters."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from django.conf import settings

from portal.ui import catalogues

from .language import bare, english_left, language_of, letters, spelling_faults

FILES = [
    *[
        path.relative_to(settings.BASE_DIR).as_posix()
        for app in ("orientation", "remittances")
        for path in sorted((settings.BASE_DIR / app / "content/en").glob("*.yaml"))
    ],
    "portal/support/content/en.yaml",
]
LANGUAGES = list(catalogues.PLURAL_FORMS)
IN_EACH_LANGUAGE = pytest.mark.parametrize(("file", "language"), [(file, language) for file in FILES for language in LANGUAGES])

# Texts that py3langid takes for another language, with the reason: {(language, place): reason}.
TAKEN_FOR_ANOTHER: dict[tuple[str, str], str] = {}

_TOKEN = re.compile(r"\{\{.*?\}\}")


def load(file: str, language: str) -> Any:
    path = Path(settings.BASE_DIR / re.sub(r"/en(?=/|\.yaml)", f"/{language}", file))
    assert path.exists(), f"{path.relative_to(settings.BASE_DIR)} is not there"
    return yaml.safe_load(path.read_text(encoding="utf-8"))


def texts(node: Any, place: str = "") -> Iterator[tuple[str, str]]:
    """(place, text) of every text, like ("lessons/papers/points/0", "Take the original passport …")."""
    if isinstance(node, dict):
        for key, value in node.items():
            yield from texts(value, f"{place}/{key}".lstrip("/"))
    elif isinstance(node, list):
        for number, value in enumerate(node):
            yield from texts(value, f"{place}/{number}")
    else:
        yield place, str(node)


def chapters(file: str, language: str) -> dict[str, str]:
    """What a reader sees together, joined: a lesson, a situation, otherwise the file."""
    joined: dict[str, list[str]] = {}
    for place, text in texts(load(file, language)):
        parts = place.split("/")
        joined.setdefault("/".join(parts[:2]) if parts[0] in ("lessons", "situations") else "", []).append(text)
    return {place: " ".join(parts) for place, parts in joined.items()}


@IN_EACH_LANGUAGE
def test_has_the_same_keys_as_the_english_file(file: str, language: str) -> None:
    english, translated = ([place for place, _text in texts(load(file, code))] for code in ("en", language))
    assert sorted(translated) == sorted(english)


@IN_EACH_LANGUAGE
def test_names_the_same_facts_and_examples(file: str, language: str) -> None:
    english = {place: sorted(set(_TOKEN.findall(text))) for place, text in texts(load(file, "en"))}
    translated = {place: sorted(set(_TOKEN.findall(text))) for place, text in texts(load(file, language))}
    assert translated == english


@pytest.mark.parametrize(("file", "language"), [(file, language) for file in FILES for language in ("en", *LANGUAGES)])
def test_no_number_stands_outside_a_token(file: str, language: str) -> None:
    assert not [(place, text) for place, text in texts(load(file, language)) if re.search(r"\d", _TOKEN.sub("", text))]


@IN_EACH_LANGUAGE
def test_no_text_is_empty(file: str, language: str) -> None:
    assert not [place for place, text in texts(load(file, language)) if not text.strip() or text == "None"]


@IN_EACH_LANGUAGE
def test_letters_are_those_of_the_language(file: str, language: str) -> None:
    assert not {place: found for place, text in texts(load(file, language)) if (found := spelling_faults(language, text))}


@IN_EACH_LANGUAGE
def test_holds_no_english(file: str, language: str) -> None:
    assert not {place: found for place, text in texts(load(file, language)) if (found := english_left(language, text))}


@IN_EACH_LANGUAGE
def test_lessons_are_in_the_language_they_claim(file: str, language: str) -> None:
    assert {place: language_of(text) for place, text in chapters(file, language).items()} == dict.fromkeys(
        chapters(file, language), language
    )


@IN_EACH_LANGUAGE
def test_long_texts_are_in_the_language_they_claim(file: str, language: str) -> None:
    taken = {}
    for place, text in texts(load(file, language)):
        if letters(bare(text)) >= 60 and (found := language_of(text)) != language and (language, place) not in TAKEN_FOR_ANOTHER:
            taken[place] = (found, text)
    assert not taken
