"""The starter content's text files: the same keys and numbers in every language, each in its own letters."""

import re

from tests.translations.language import alphabet_faults, bare, english_left, language_of, letters, spelling_faults

from .files import (
    IN_EACH_LANGUAGE,
    IN_EACH_TRANSLATION,
    ON_ONE_WORKER,
    TOKEN,
    all_texts,
    english_files,
    fact_files,
    facts,
    in_language,
    is_reading,
    lessons,
    modules,
    none_of,
    of_facts,
    read,
    texts,
)

pytestmark = ON_ONE_WORKER

UNITS = ["RUB", "KZT", "USD", "UZS", "KGS", "TJS", "day", "working_day", "month", "year", "hour", "percent"]
# Texts that py3langid takes for another language, with the reason: {(language, "file: place"): reason}.
TAKEN_FOR_ANOTHER: dict[tuple[str, str], str] = {}
RIGHT = {"en": "Right", "ru": "Верно", "tg": "Дуруст", "ky": "Туура", "uz": "Toʻgʻri"}
NO = {"en": "No", "ru": "Нет", "tg": "Не", "ky": "Жок", "uz": "Yoʻq"}
LOOK_ALIKE = re.compile(r"(?<![\w/.-])[aceopxyABCEHKMOPTXY](?![\w/.-])")


def _translated(language: str) -> list[tuple[str, str]]:
    """(English file, file of the language) of what stands."""
    return [(file, in_language(file, language)) for file in english_files() if read(in_language(file, language)) is not None]


def _needs_no_reading(language: str) -> set[str]:
    """Places of readings that a language may lack: whoever reads Russian can read a Russian sentence."""
    return {
        f"{lesson.module.text_file(language)}: lessons/{lesson.slug}/phrases/{phrase['key']}/reading"
        for lesson in lessons()
        for phrase in lesson.plan.get("phrases", [])
        if phrase["language"] == language
    }


@IN_EACH_LANGUAGE
def test_every_module_stands(language: str) -> None:
    needed = {module.text_file(language) for module in modules()} | {in_language(file, language) for file in english_files()}
    needed |= {of_facts(file, language) for file in fact_files()}
    none_of({file: "is not there" for file in sorted(needed) if read(file) is None})


@IN_EACH_TRANSLATION
def test_has_the_same_keys_as_the_english_file(language: str) -> None:
    spared = _needs_no_reading(language)
    faults: dict[str, object] = {}
    for english, file in _translated(language):
        there, here = set(texts(english)), set(texts(file))
        faults |= {f"{file}: {place}": "is missing" for place in sorted(there - here) if f"{file}: {place}" not in spared}
        faults |= {f"{file}: {place}": "is not in the English file" for place in sorted(here - there)}
    none_of(faults)


@IN_EACH_TRANSLATION
def test_names_the_same_facts_and_examples(language: str) -> None:
    faults: dict[str, object] = {}
    for english, file in _translated(language):
        for place, text in texts(file).items():
            here, there = (sorted(set(TOKEN.findall(each))) for each in (text, texts(english).get(place, text)))
            if here != there:
                faults[f"{file}: {place}"] = f"{here} instead of {there}"
    none_of(faults)


@IN_EACH_LANGUAGE
def test_facts_and_examples_are_known(language: str) -> None:
    faults: dict[str, object] = {}
    for place, text in all_texts(language):
        for kind, value in TOKEN.findall(text):
            if kind == "fact" and value not in facts():
                faults[place] = f"no fact {value}"
            if kind == "eg" and not re.fullmatch(rf"\d{{1,15}}(\.\d+)? ({'|'.join(UNITS)})", value):
                faults[place] = f"no amount and unit: {value}"
        if re.search(r"[{}]", TOKEN.sub("", text)):
            faults[place] = f"a loose brace: {text}"
    none_of(faults)


@IN_EACH_LANGUAGE
def test_no_number_stands_outside_a_token(language: str) -> None:
    """The facts' own texts may name a law or a year; the first facts did without."""
    none_of(
        {
            place: text
            for place, text in all_texts(language)
            if re.search(r"\d", TOKEN.sub("", text)) and not re.search(r"/facts-[a-z-]+\.yaml", place)
        }
    )


@IN_EACH_LANGUAGE
def test_no_text_is_empty(language: str) -> None:
    none_of({place: "is empty" for place, text in all_texts(language) if not text.strip()})


@IN_EACH_LANGUAGE
def test_no_address_and_no_tag_stands_in_a_lesson(language: str) -> None:
    faults: dict[str, object] = {}
    for module in modules():
        file = module.text_file(language)
        faults |= {f"{file}: {place}": text for place, text in texts(file).items() if re.search(r"https?:|www\.|[<>]", text)}
    none_of(faults)


@IN_EACH_TRANSLATION
def test_letters_are_those_of_the_language(language: str) -> None:
    faults: dict[str, object] = {}
    for place, text in all_texts(language):
        found = alphabet_faults(language, text) if is_reading(place) else spelling_faults(language, text)
        if language != "uz":
            found += [f"Latin {letter!r}" for letter in LOOK_ALIKE.findall(bare(text))]
        if found:
            faults[place] = found
    none_of(faults)


@IN_EACH_TRANSLATION
def test_holds_no_english(language: str) -> None:
    none_of({place: found for place, text in all_texts(language) if not is_reading(place) and (found := english_left(language, text))})


@IN_EACH_TRANSLATION
def test_lessons_are_in_the_language_they_claim(language: str) -> None:
    """What a reader sees together, joined: a lesson, a situation, otherwise the file."""
    joined: dict[str, list[str]] = {}
    for place, text in all_texts(language):
        file, path = place.split(": ", 1)
        parts = path.split("/")
        key = f"{file}: {'/'.join(parts[:2])}" if parts[0] in ("lessons", "situations") else file
        if not is_reading(place):
            joined.setdefault(key, []).append(text)
    taken = {place: language_of(" ".join(parts)) for place, parts in joined.items()}
    none_of({place: f"reads like {found}" for place, found in taken.items() if found != language})


@IN_EACH_TRANSLATION
def test_long_texts_are_in_the_language_they_claim(language: str) -> None:
    faults: dict[str, object] = {}
    for place, text in all_texts(language):
        if is_reading(place) or letters(bare(text)) < 60 or (language, place) in TAKEN_FOR_ANOTHER:
            continue
        if (found := language_of(text)) != language:
            faults[place] = f"reads like {found}: {text}"
    none_of(faults)


@IN_EACH_LANGUAGE
def test_feedback_agrees_with_the_marked_answer(language: str) -> None:
    """A wrong choice is not praised, and a right one is not refused: so letters of choices were not mixed up on the way."""
    faults: dict[str, object] = {}
    for lesson in lessons():
        file = lesson.module.text_file(language)
        for place, row in lesson.questions:
            if row.get("kind", "single") not in ("single", "true_false"):
                continue
            for key in row["choices"]:
                where = f"{place}/choices/{key}/feedback"
                first = re.match(r"[\wʻʼ]+(?=[.!])", texts(file).get(where, ""))
                if first and first[0] == (NO if key == row["right"] else RIGHT)[language]:
                    faults[f"{file}: {where}"] = f"{first[0]}! But the right choice is {row['right']}"
    none_of(faults)
