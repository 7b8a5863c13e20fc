"""The committed catalogues: complete, in their own language, and with the placeholders of the source."""

from pathlib import Path

import django
import polib
import pytest
from django.conf import settings
from django.core.management import CommandError, call_command

from portal.ui import catalogues

from .language import bare, english_left, language_of, letters, spelling_faults

LANGUAGES = list(catalogues.PLURAL_FORMS)

# Single strings that py3langid takes for another language, with the reason: {(language, msgid): reason}.
TAKEN_FOR_ANOTHER: dict[tuple[str, str], str] = {}


def entries(language: str) -> polib.POFile:
    return catalogues.read(language)


def test_every_language_but_english_has_a_catalogue() -> None:
    assert {code for code, _name in settings.LANGUAGES} - {"en"} == set(LANGUAGES)


def test_the_catalogues_match_the_code() -> None:
    try:
        call_command("messages", "--check")
    except CommandError as error:
        pytest.fail(str(error))


@pytest.mark.parametrize("language", LANGUAGES)
def test_nothing_is_untranslated_or_fuzzy(language: str) -> None:
    missing = [entry.msgid for entry in entries(language) if catalogues.is_missing(entry)]
    assert not missing, f"{len(missing)} messages"


@pytest.mark.parametrize("language", LANGUAGES)
def test_plural_rules_are_those_of_django(language: str) -> None:
    ours = entries(language).metadata["Plural-Forms"]
    theirs = polib.pofile(str(Path(django.__file__).parent / "conf/locale" / language / "LC_MESSAGES/django.po")).metadata["Plural-Forms"]
    assert ours.replace(" ", "") == theirs.replace(" ", "")


@pytest.mark.parametrize("language", LANGUAGES)
def test_placeholders_tags_and_plural_forms_are_right(language: str) -> None:
    translated = (entry for entry in entries(language) if not catalogues.is_missing(entry))
    faults = {entry.msgid: found for entry in translated if (found := catalogues.faults(language, entry))}
    assert not faults


@pytest.mark.parametrize("language", LANGUAGES)
def test_letters_are_those_of_the_language(language: str) -> None:
    faults = {
        entry.msgid: found
        for entry in entries(language)
        for text in catalogues.texts_of(entry)
        if (found := spelling_faults(language, text))
    }
    assert not faults


@pytest.mark.parametrize("language", LANGUAGES)
def test_long_strings_are_in_the_language_they_claim(language: str) -> None:
    taken = {}
    for entry in entries(language):
        for text in catalogues.texts_of(entry):
            if letters(bare(text)) >= 60 and (found := language_of(text)) != language and (language, entry.msgid) not in TAKEN_FOR_ANOTHER:
                taken[entry.msgid] = (found, text)
    assert not taken


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_translation_holds_english(language: str) -> None:
    left = {
        entry.msgid: found for entry in entries(language) for text in catalogues.texts_of(entry) if (found := english_left(language, text))
    }
    assert not left


@pytest.mark.parametrize("language", LANGUAGES)
def test_all_translations_together_are_in_the_language_they_claim(language: str) -> None:
    assert language_of(" ".join(text for entry in entries(language) for text in catalogues.texts_of(entry))) == language
