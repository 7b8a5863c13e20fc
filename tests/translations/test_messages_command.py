"""`manage.py messages` and `compile_messages` on a small project of their own."""

import gettext
import json
import os
from pathlib import Path
from threading import Thread
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from portal.ui import catalogues

PYTHON = """
from django.utils.translation import gettext as _, ngettext_lazy, pgettext as p

# Translators: shown above the list
title = _("Lessons")
left = ngettext_lazy("%(count)s day left", "%(count)s days left", "count")
may = p("month", "May")
"""
TEMPLATE = """
    {% translate "Lessons" %}
  {# Translators: the person's given name #}
{% blocktranslate trimmed with name=person.name %}
    Hello,
    <b>{{ name }}</b>!
{% endblocktranslate %}
      <c-card title="{% translate 'Paid 100%' %}">
{% blocktranslate trimmed count n=3 %}{{ n }} answer{% plural %}{{ n }} answers{% endblocktranslate %}</c-card>
{{ _("May I?") }} {% if x == _("Never") %}{% endif %}
"""


@pytest.fixture
def project(tmp_path: Path, settings: Any) -> Path:
    settings.BASE_DIR = tmp_path
    settings.LOCALE_PATHS = [tmp_path / "locale"]
    write(tmp_path / "app/__init__.py", "")
    write(tmp_path / "app/views.py", PYTHON)
    write(tmp_path / "app/migrations/0001.py", "_('in a migration')")
    write(tmp_path / "tests/__init__.py", "_('in a test')")
    write(tmp_path / "templates/page.html", TEMPLATE)
    return tmp_path


def write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


def catalogue(language: str) -> dict[str, Any]:
    return {entry.msgid: entry for entry in catalogues.read(language)}


def test_finds_messages_in_python_and_templates(project: Path) -> None:
    call_command("messages")
    found = catalogue("ru")
    assert list(found) == [
        "%(count)s day left",
        "%(n)s answer",
        "Hello, <b>%(name)s</b>!",
        "Lessons",
        "May",
        "May I?",
        "Never",
        "Paid 100%%",
    ]
    assert [file for file, _line in found["Lessons"].occurrences] == ["app/views.py", "templates/page.html"]
    assert found["Lessons"].comment == "Translators: shown above the list"
    assert found["Hello, <b>%(name)s</b>!"].comment == "Translators: the person's given name"
    assert found["May"].msgctxt == "month"
    assert found["%(n)s answer"].msgid_plural == "%(n)s answers"
    assert found["%(n)s answer"].flags == ["python-format"]


@pytest.mark.parametrize(("language", "forms"), [("tg", 2), ("ky", 1), ("uz", 1), ("ru", 4)])
def test_plural_messages_have_as_many_forms_as_the_language(project: Path, language: str, forms: int) -> None:
    call_command("messages")
    assert catalogue(language)["%(count)s day left"].msgstr_plural == dict.fromkeys(range(forms), "")


def test_check_fails_until_the_catalogues_match_and_writes_nothing(project: Path) -> None:
    with pytest.raises(CommandError, match="tg, ky, uz, ru do not match"):
        call_command("messages", "--check")
    assert not (project / "locale").exists()
    call_command("messages")
    call_command("messages", "--check")
    write(project / "app/more.py", "_('not imported, so no message')")
    call_command("messages", "--check")
    write(project / "app/more.py", "gettext('More')")
    with pytest.raises(CommandError):
        call_command("messages", "--check")


def test_keeps_translations_and_drops_what_is_gone(project: Path, tmp_path: Path) -> None:
    call_command("messages")
    fill(tmp_path, "tg", {"Lessons": "Дарсҳо", "%(count)s day left": "%(count)s рӯз мондааст", "Never": "Ҳеҷ гоҳ"})
    write(project / "templates/page.html", "{% translate 'New' %}")
    call_command("messages")
    found = catalogue("tg")
    assert found["Lessons"].msgstr == "Дарсҳо"
    assert found["%(count)s day left"].msgstr_plural == {0: "%(count)s рӯз мондааст", 1: "%(count)s рӯз мондааст"}
    assert found["New"].msgstr == ""
    assert "Never" not in found


def test_one_message_with_two_plurals_is_refused(project: Path) -> None:
    write(project / "app/more.py", 'ngettext("%(count)s day left", "%(count)s other days", 2)')
    with pytest.raises(CommandError, match="has two plurals"):
        call_command("messages")


def fill(folder: Path, language: str, given: Any) -> None:
    write(folder / "given.json", json.dumps(given))
    call_command("messages", "--fill", language, str(folder / "given.json"))


def test_missing_prints_a_list_that_fill_takes_back(project: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    call_command("messages")
    capsys.readouterr()
    call_command("messages", "--missing", "ru")
    rows = json.loads(capsys.readouterr().out)
    assert len(rows) == 8
    may = next(row for row in rows if row["msgid"] == "May")
    assert may == {"msgid": "May", "context": "month", "files": ["app/views.py"], "text": ""}
    may["text"] = "Май"
    fill(tmp_path, "ru", rows)
    assert catalogue("ru")["May"].msgstr == "Май"
    capsys.readouterr()
    call_command("messages", "--missing", "ru")
    assert len(json.loads(capsys.readouterr().out)) == 7


@pytest.mark.parametrize(
    ("msgid", "text", "problem"),
    [
        ("Hello, <b>%(name)s</b>!", "Салом!", "must hold"),
        ("Hello, <b>%(name)s</b>!", "Салом, <b>%(имя)s</b>!", "must hold"),
        ("Hello, <b>%(name)s</b>!", "Салом, <i>%(name)s</i>!", "must hold"),
        ("%(count)s day left", ["%(count)s день", "%(count)s дня"], "4 forms are needed"),
        ("%(count)s day left", ["остался день", "%(count)s дня", "%(count)s дней", "%(count)s дня"], "form 0 must hold"),
        ("Lessons", ["Уроки"], "one form"),
        ("Lessons", "Уроки ", "space"),
        ("No such message", "Нет", "no such message"),
    ],
)
def test_a_wrong_translation_is_not_written(
    project: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], msgid: str, text: Any, problem: str
) -> None:
    call_command("messages")
    with pytest.raises(CommandError, match="were not written"):
        fill(tmp_path, "ru", {msgid: text, "Never": "Никогда"})
    assert problem in capsys.readouterr().err
    assert catalogue("ru")["Never"].msgstr == "Никогда"
    assert msgid not in catalogue("ru") or catalogues.is_missing(catalogue("ru")[msgid])


def test_tajik_may_leave_out_the_number_one(project: Path, tmp_path: Path) -> None:
    write(project / "app/more.py", 'ngettext("One lesson", "%(count)s lessons", 2)')
    call_command("messages")
    fill(tmp_path, "tg", {"One lesson": ["Як дарс", "%(count)s дарс"]})
    assert catalogue("tg")["One lesson"].msgstr_plural[0] == "Як дарс"


@pytest.mark.parametrize("text", ["{", "[1]", '[{"msgid": "x"}]', '"text"'])
def test_a_file_that_is_no_translation_is_one_sentence(project: Path, tmp_path: Path, text: str) -> None:
    call_command("messages")
    write(tmp_path / "bad.json", text)
    with pytest.raises(CommandError):
        call_command("messages", "--fill", "tg", str(tmp_path / "bad.json"))


def test_compiles_what_changed_and_only_that(project: Path, tmp_path: Path) -> None:
    call_command("messages")
    assert catalogues.compile_all() == ["tg", "ky", "uz", "ru"]
    assert catalogues.compile_all() == []
    fill(tmp_path, "uz", {"Lessons": "Darslar", "%(count)s day left": "%(count)s kun qoldi"})
    assert catalogues.compile_all() == ["uz"]
    compiled = gettext.translation("django", project / "locale", ["uz"])
    assert compiled.gettext("Lessons") == "Darslar"
    assert compiled.ngettext("%(count)s day left", "%(count)s days left", 5) == "%(count)s kun qoldi"
    assert compiled.gettext("Never") == "Never"


def test_an_older_catalogue_put_back_is_compiled_too(project: Path) -> None:
    call_command("messages")
    catalogues.compile_all()
    os.utime(catalogues.catalogue_path("ky"), (1, 1))
    assert catalogues.compile_all() == ["ky"]


def test_several_processes_may_compile_at_once(project: Path) -> None:
    call_command("messages")
    threads = [Thread(target=catalogues.compile_all) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert catalogues.compile_all() == []
    assert sorted(path.name for path in (project / "locale/tg/LC_MESSAGES").iterdir()) == ["django.mo", "django.po"]
