"""The list of library messages is true to the installed libraries: a reworded message would silently lose its translation."""

from importlib.util import find_spec
from pathlib import Path

from django.utils import translation

from portal.ui import catalogues, library_texts

LIBRARIES = ["django.forms", "django.core", "django.db.models", "allauth.account", "allauth.mfa", "allauth.core"]


def library_messages() -> set[tuple[tuple[str, ...], str | None]]:
    folders = [Path(folder) for name in LIBRARIES for folder in find_spec(name).submodule_search_locations]
    files = [file for folder in folders for file in folder.rglob("*.py")]
    return {(forms, context) for file in files for forms, context, _comments in catalogues.messages_in(file)}


def test_every_message_listed_is_one_of_a_library() -> None:
    listed = {(forms, context) for forms, context, _comments in catalogues.messages_in(Path(library_texts.__file__))}
    assert len(listed) > 30
    assert listed - library_messages() == set()


def test_our_translation_goes_before_that_of_the_library() -> None:
    for language in catalogues.PLURAL_FORMS:
        ours = {entry.msgid: entry.msgstr for entry in catalogues.read(language)}
        with translation.override(language):
            assert translation.gettext("This field is required.") == ours["This field is required."]
            assert translation.gettext("Incorrect code.") == ours["Incorrect code."]
