"""Columns and checks that every app shares."""

import json
import logging
import re
import subprocess
import sys
import threading

import pytest
import structlog
from django.conf import settings
from django.db import connection, connections, transaction

from orientation.models import Course
from portal.apps import postgres_is_new_enough
from portal.fields import fallback_languages
from portal.logs import configure_logs


@pytest.mark.django_db
def test_the_database_makes_time_ordered_uids_for_every_way_of_inserting():
    first = Course.objects.create(slug="first")
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO orientation_course (slug, title, summary, corridors, pass_percent, position, revision, subject) VALUES ('second', '', '', '{}', 80, 1, 1, 'money')"
        )
    second = Course.objects.get(slug="second")
    first.refresh_from_db()
    assert first.uid.version == second.uid.version == 7 and first.uid < second.uid


@pytest.mark.django_db
def test_an_older_postgres_is_refused_with_a_sentence(monkeypatch):
    assert postgres_is_new_enough(None, ["default"]) == []
    monkeypatch.setitem(connections["default"].__dict__, "pg_version", 170004)
    assert "PostgreSQL 18 or newer" in postgres_is_new_enough(None, ["default"])[0].msg


def test_two_who_raise_a_revision_at_once_raise_it_twice(fresh_db):
    course = Course.objects.get(slug="russia-documents")
    before = course.revision
    ready = threading.Barrier(2)

    def raise_it():
        mine = Course.objects.get(pk=course.pk)
        ready.wait()
        with transaction.atomic():
            mine.raise_revision()
        connections.close_all()

    threads = [threading.Thread(target=raise_it) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    course.refresh_from_db()
    assert course.revision == before + 2


@pytest.mark.parametrize(("language", "order"), [("tg", ("tg", "ru", "en")), ("ru", ("ru", "en")), ("en", ("en", "ru"))])
def test_texts_fall_back_to_russian_then_english(language, order):
    from django.utils.translation import override

    with override(language):
        assert fallback_languages() == order


def test_logs_are_json_lines_without_local_variables(capsys):
    formatter = configure_logs(console=False)["formatters"]["lines"]
    handler = logging.StreamHandler()
    handler.setFormatter(formatter.pop("()")(**formatter))
    log = logging.getLogger("tests.json")
    log.handlers, log.propagate = [handler], False
    code = "".join(["49", "31", "77"])

    def fails(secret: str) -> None:
        raise ValueError("broken")

    try:
        fails(code)
    except ValueError:
        structlog.get_logger("tests.json").exception("it.broke", message="Тоҷикӣ")
    line = json.loads(capsys.readouterr().err)
    assert (line["event"], line["level"], line["message"]) == ("it.broke", "error", "Тоҷикӣ")
    assert "ValueError" in line["exception"] and code not in json.dumps(line)


@pytest.mark.parametrize(
    ("variables", "says"),
    [
        ({"SECRET_KEY": ""}, "Set SECRET_KEY"),
        ({"DEBUG": "yes"}, "DEBUG must be 0 or 1"),
        ({"REDIS_URL": "http://x"}, "REDIS_URL must start with"),
        ({"SAFAR_PEOPLE": "many"}, "SAFAR_PEOPLE must be a whole number from 1 on, not 'many'"),
        ({"SAFAR_PEOPLE": "0"}, "SAFAR_PEOPLE must be a whole number from 1 on"),
        ({"CODES_A_DAY": "-1"}, "CODES_A_DAY must be a whole number from 1 on"),
        ({"OUTBOX_DELIVERY": "pigeon"}, "OUTBOX_DELIVERY must be"),
        ({"RATES_CBR": "https://x.example/{date}"}, "RATES_CBR must be web addresses"),
    ],
)
def test_settings_fail_loudly_on_nonsense(variables, says, monkeypatch):
    for name, value in ({"SECRET_KEY": "x", "DEBUG": "0"} | variables).items():
        monkeypatch.setenv(name, value)
    run = subprocess.run([sys.executable, "-c", "import portal.settings"], capture_output=True, text=True, cwd=settings.BASE_DIR)
    assert run.returncode != 0 and says in run.stderr


def test_no_file_is_long():
    long = {
        str(path.relative_to(settings.BASE_DIR)): count
        for path in settings.BASE_DIR.glob("[a-z]*/**/*.py")
        if "migrations" not in path.parts and (count := len(path.read_text().splitlines())) > 400
    }
    assert long == {}


def test_nothing_is_fetched_from_another_host():
    """Templates, styles and scripts name no host but the examples and namespaces."""
    allowed = re.compile(r"https?://(www\.w3\.org|example\.org)")
    for folder in ("templates", "portal/ui/assets"):
        for path in (settings.BASE_DIR / folder).rglob("*.*"):
            if path.suffix in {".html", ".css", ".js", ".svg", ".webmanifest"}:
                found = [url for url in re.findall(r"https?://[^\s\"'<)]+", path.read_text()) if not allowed.match(url)]
                assert not found, (path, found)


def test_options_of_the_database_url_are_kept(monkeypatch):
    monkeypatch.setenv("DATABASE_URL", "postgres://u@h/d?sslmode=require")
    run = [sys.executable, "-c", "import portal.settings as s; print(s.DATABASES['default']['OPTIONS'])"]
    assert "'sslmode': 'require'" in subprocess.run(run, capture_output=True, text=True, cwd=settings.BASE_DIR).stdout
