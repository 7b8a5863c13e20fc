"""The words of the lessons: those of the glossary, and written with the letters of their language."""

import re
from functools import cache
from itertools import product

import pytest

from tests.translations.language import spelling_faults

from .files import BASE, IN_EACH_TRANSLATION, ON_ONE_WORKER, TRANSLATIONS, Json, all_texts, is_reading, lessons, none_of, read

pytestmark = ON_ONE_WORKER

COLUMNS = ["en", "ru", "tg", "ky", "uz", "note"]
PLAIN = {
    "tg": {"ғ": "г", "ӣ": "и", "қ": "к", "ӯ": "у", "ҳ": "х", "ҷ": "ч"},
    "ky": {"ң": "н", "ө": "о", "ү": "у"},
}
# The polite ending of Kyrgyz: жазыңыз, never жазыныз.
_ENDING = re.compile(r"\w(?:ныз|низ|нуз|нүз)(?:дар|дер|ды|ди|дын|дин|га|ге|да|де|дан|ден)?", re.IGNORECASE)
_ENDS_SO_ANYWAY = {"карниз", "низ", "дениз"}
_ASKED = re.compile(r"^check/|/questions/")  # names a thing in passing, often as somebody would say it
_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
_RUSSIAN_PAPER = re.compile(r"«[^»]*»|\([^()]*\)")


@cache
def _glossary() -> dict[str, Json]:
    """{English term: its row}, from the tables under the headings."""
    lines = (BASE / "docs/glossary.md").read_text(encoding="utf-8").splitlines()
    cells = [[cell.strip() for cell in line.strip("|").split("|")] for line in lines if line.startswith("|")]
    rows = [row for row in cells if len(row) == len(COLUMNS) and row != COLUMNS and not set(row[0]) <= set("- ")]
    return {row[0]: dict(zip(COLUMNS, row, strict=True)) for row in rows}


def _terms() -> list[Json]:
    return read("tests/content/terms.yaml")  # type: ignore[no-any-return]


def _has(stems: list[str], text: str) -> bool:
    return any(stem.lower() in text for stem in stems)


def test_the_glossary_has_its_terms_in_all_languages() -> None:
    assert len(_glossary()) == 120
    none_of({term: row for term, row in _glossary().items() if not all(row[language] for language in COLUMNS[:-1])})


@IN_EACH_TRANSLATION
def test_the_glossary_is_spelt_right(language: str) -> None:
    none_of({term: found for term, row in _glossary().items() if (found := spelling_faults(language, row[language]))})


@IN_EACH_TRANSLATION
def test_the_stems_are_those_of_the_glossary(language: str) -> None:
    """So that neither the table nor the stems change alone."""
    faults: dict[str, object] = {}
    for row in _terms():
        cell = _glossary().get(row["term"], {}).get(language, "")
        if not _has(row[language], cell.lower()):
            faults[row["term"]] = f"{row[language]}, but the glossary says {cell!r}"
    none_of(faults)


@IN_EACH_TRANSLATION
def test_lessons_use_the_terms_of_the_glossary(language: str) -> None:
    """What the English lesson calls by its name, the lesson says by its name too, at least once."""
    faults: dict[str, object] = {}
    terms = [(row["term"], re.compile(rf"\b(?:{row['en']})\b"), row[language]) for row in _terms()]
    for lesson in lessons():
        if not lesson.said(language):
            continue
        english = " ".join(text for place, text in lesson.texts("en").items() if not _ASKED.search(place))
        text = " ".join(lesson.texts(language).values())
        lowered = text.lower()
        lacking = {f"{term}: {', '.join(stems)}" for term, pattern, stems in terms if pattern.search(english) and not _has(stems, lowered)}
        if lacking:
            faults[lesson.text_place(language)] = f"lacks a word for {sorted(lacking)}"
    none_of(faults)


@cache
def _misspellings(language: str) -> tuple[dict[str, str], dict[str, str]]:
    """({wrong beginning: right}, {wrong word: right})."""
    beginnings: dict[str, str] = {}
    whole: dict[str, str] = {}
    for entry in read("tests/content/spelling.yaml")[language]:
        right = entry.removesuffix(".").lower()
        for letters in product(*({letter, PLAIN[language].get(letter, letter)} for letter in right)):
            if (wrong := "".join(letters)) != right:
                (whole if entry.endswith(".") else beginnings)[wrong] = right
    if language == "tg":
        beginnings |= read("tests/content/spelling.yaml")["old"]
    return beginnings, whole


def _misspelt(language: str, text: str) -> list[str]:
    beginnings, whole = _misspellings(language)
    found = []
    for word in {word.lower() for word in _WORD.findall(_RUSSIAN_PAPER.sub(" ", text))}:
        right = whole.get(word) or next((beginnings[word[:end]] for end in range(3, len(word) + 1) if word[:end] in beginnings), "")
        if right:
            found.append(f"{word} ({right}…)")
        if language == "ky" and _ENDING.search(word) and re.search(_ENDING.pattern + "$", word) and word not in _ENDS_SO_ANYWAY:
            found.append(f"{word} (…ңыз)")
    return sorted(found)


@pytest.mark.parametrize("language", ["tg", "ky"])
def test_words_have_their_own_letters(language: str) -> None:
    none_of({place: found for place, text in all_texts(language) if not is_reading(place) and (found := _misspelt(language, text))})


@pytest.mark.parametrize("language", ["tg", "ky"])
def test_the_glossary_has_its_own_letters(language: str) -> None:
    none_of({term: found for term, row in _glossary().items() if (found := _misspelt(language, row[language]))})


def test_every_term_is_held_in_every_language() -> None:
    assert len(_terms()) >= 40
    none_of({row["term"]: row for row in _terms() if set(row) != {"term", "en", *TRANSLATIONS}})
