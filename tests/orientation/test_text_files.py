"""Texts out to a translator and back: PO and XLIFF."""

from datetime import timedelta
from time import process_time

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.utils import timezone

from orientation.models import Course, Lesson
from orientation.texts.bring_in import bring_in
from orientation.texts.faults import faults_of
from orientation.texts.files import UnreadableFile, made_of, read, write
from orientation.texts.states import State, standings
from orientation.texts.write import wrote
from tests.people import cast, one_click  # noqa: F401

pytestmark = pytest.mark.django_db


@pytest.fixture
def now():
    """After the starter texts were loaded."""
    return timezone.now()


@pytest.fixture
def lesson(course) -> Lesson:
    Lesson.objects.filter(course=course, slug="papers").update(intro_en="Within {{fact:RU-REG-TJ}}.", intro_tg="Дар {{fact:RU-REG-TJ}}.")
    return course.lessons.get(slug="papers")


@pytest.fixture
def file(course, lesson, now):
    """As a translator sends it back with one text written anew."""

    def make(form: str = "po", old: str = "Дар {{fact:RU-REG-TJ}}.", new: str = "То {{fact:RU-REG-TJ}}, «на дертар».") -> bytes:
        data = write(made_of(course, "tg", now), form).decode()
        assert old in data
        return data.replace(old, new).encode()

    return make


def state(lesson: Lesson) -> State:
    return next(one.state for one in standings([Lesson.objects.get(pk=lesson.pk)]) if one.language == "tg")


@pytest.mark.parametrize("form", ["po", "xlf"])
def test_there_and_back(course, lesson, file, cast, now, form):  # noqa: F811
    same = read(write(made_of(course, "tg", now), form))
    assert same == made_of(course, "tg", now)
    report = bring_in(course, read(file(form)), by=cast["elena"], now=now + timedelta(days=1))
    assert report.is_taken and report.changed == 1 and report.same == len(same.texts) - 1
    lesson.refresh_from_db()
    row = lesson.translations.get(language="tg")
    assert (lesson.intro_tg, row.state, row.written_by) == ("То {{fact:RU-REG-TJ}}, «на дертар».", "draft", cast["elena"])
    again = made_of(Course.objects.get(pk=course.pk), "tg", now + timedelta(days=2))
    assert bring_in(course, again, by=cast["elena"], now=now).changed == 0


@pytest.mark.parametrize(
    ("new", "fault"),
    [
        ("Дар вақташ.", "lost {{fact:RU-REG-TJ}}"),
        ("{{fact:RU-REG-TJ}} <b>!</b>", "no HTML"),
        ("{{fact:RU-REG-TJ}} {{fact:RU-REG-UZ}}", "the English has not"),
    ],
)
def test_a_fault_in_one_row_keeps_the_whole_file_out(course, lesson, file, cast, now, new, fault):  # noqa: F811
    report = bring_in(course, read(file("po", new=new)), by=cast["elena"], now=now)
    assert not report.is_taken and fault in report.lines[0].fault and report.lines[0].key == "lesson/papers/intro"
    lesson.refresh_from_db()
    assert lesson.intro_tg == "Дар {{fact:RU-REG-TJ}}."


def test_a_newer_source_is_never_overwritten_silently(course, lesson, file, cast, now):  # noqa: F811
    data, later = file(), now + timedelta(days=1)
    wrote(lesson, ["en"], by=cast["elena"], now=later)
    report = bring_in(course, read(data), by=cast["timur"], now=later)
    assert report.is_taken and "outdated" in report.lines[0].note
    assert lesson.translations.get(language="tg").based_on_revision == 1
    wrote(lesson, ["tg"], by=cast["elena"], now=later)
    Lesson.objects.filter(pk=lesson.pk).update(intro_tg="Нав.")
    report = bring_in(course, read(data), by=cast["timur"], now=later)
    assert not report.is_taken and "Somebody has changed it" in report.lines[0].fault
    assert Lesson.objects.get(pk=lesson.pk).intro_tg == "Нав."


@pytest.mark.parametrize(
    ("data", "fault"),
    [
        (b"\xff\xfe\x00", "not in UTF-8"),
        (b"/etc/hostname", "no PO file"),
        (b'\nmsgid "a"\nwhat is this\n', "no PO file"),
        (b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "b">]><xliff/>', "document type"),
        (b"<xliff", "no XLIFF file"),
        (b"<xliff/>", "no XLIFF 1.2"),
        (b'<?xml version="1.0" encoding="klingon"?><xliff/>', "no XLIFF file"),
        (b'msgid ""\nmsgstr ""\n"POT-Creation-Date: 2026-11-21T09:00:00+00:00\\n"\n\nmsgid "a"\nmsgstr "b"\n', "lost its key"),
        (b'msgid ""\nmsgstr ""\n"Language: tg\\n"\n\nmsgctxt "course/title@1"\nmsgid "a"\nmsgstr "b"\n', "when it was made"),
        (b" " * 2_000_001, "larger than any course"),
    ],
)
def test_what_is_no_file_of_ours_is_told_so(data, fault):
    with pytest.raises(UnreadableFile, match=fault):
        read(data)


@pytest.mark.parametrize("begun", ["<a", "[", "{{fact:" + " " * 4000])
def test_a_text_that_only_begins_things_costs_no_minutes(begun):
    before = process_time()
    faults_of(begun * 30_000 if len(begun) < 9 else begun)
    assert process_time() - before < 0.5


def test_a_file_of_another_course_or_language_and_a_text_twice(course, file, cast, now):  # noqa: F811
    data = file().decode()
    twice = file("xlf").decode().replace("lesson/papers/story@1", "lesson/papers/intro@1")
    gone = data.replace("lesson/papers/intro@1", "lesson/gone/intro@1")
    for bad, fault in (
        (data.replace("safar russia-documents", "safar money-home"), "is of the course"),
        (data.replace('"Language: tg', '"Language: en'), "none that a course is translated into"),
        (twice, "stands in the file twice"),
        (gone, "no such text any more"),
    ):
        report = bring_in(course, read(bad.encode()), by=cast["elena"], now=now)
        assert not report.is_taken and fault in " ".join([*report.faults, *(line.fault for line in report.lines)])


def test_in_the_console_and_on_the_command_line(one_click, course, lesson, file, cast, tmp_path, capsys):  # noqa: F811
    elena, page = one_click("elena"), f"/admin/orientation/course/{course.pk}/texts/"
    for form in ("po", "xlf"):
        response = elena.get(f"{page}tg.{form}")
        assert response.status_code == 200 and f"russia-documents.tg.{form}" in response.headers["Content-Disposition"]
    assert elena.get(f"{page}en.po").status_code == elena.get(f"{page}tg.exe").status_code == 404
    changed = response.content.decode().replace("Дар {{fact:RU-REG-TJ}}.", "То {{fact:RU-REG-TJ}}.")
    bad = changed.replace("То {{fact:RU-REG-TJ}}.", "То рӯзи даҳум.")
    refused = elena.post(f"{page}file/", {"file": SimpleUploadedFile("tg.xlf", bad.encode())})
    assert refused.status_code == 400 and "It has lost" in refused.content.decode()
    assert elena.post(f"{page}file/").status_code == 400
    taken = elena.post(f"{page}file/", {"file": SimpleUploadedFile("tg.xlf", changed.encode())})
    assert "1 texts are drafts of yours now" in taken.content.decode() and state(lesson) == State.DRAFT
    key = f"lesson:{lesson.pk}@{lesson.translations.get(language='tg').written_at.isoformat()}"
    assert "waits for a reviewer" in elena.post(f"{page}tg/review/", {"thing": key, "act": "send"}, follow=True).content.decode()
    assert "somebody else reads it" in elena.post(f"{page}tg/review/", {"thing": key, "act": "approve"}, follow=True).content.decode()
    timur = one_click("timur")
    assert "may go out now" in timur.post(f"{page}tg/review/", {"thing": key, "act": "approve"}, follow=True).content.decode()
    assert state(lesson) == State.PUBLISHED
    assert "Your name stands under" in timur.post(f"{page}ky/sign/", follow=True).content.decode()
    assert timur.post(f"{page}tg/review/", {"thing": key, "act": "eat"}).status_code == 404
    path = tmp_path / "tg.po"
    call_command("export_texts", course.slug, "tg", "--output", str(path))
    path.write_text(path.read_text().replace("То {{fact:RU-REG-TJ}}.", "Дар {{fact:RU-REG-TJ}}."))
    call_command("import_texts", str(path), "--by", cast["elena"].email)
    assert "1 texts are drafts of elena" in capsys.readouterr().out
