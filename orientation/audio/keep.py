"""Recordings of lessons: by a person through the console, by a computer where nobody has read yet."""

import importlib.util
import subprocess
import sys
from collections.abc import Iterator, Sequence
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import QuerySet
from django.utils.timezone import localdate
from django.utils.translation import override

from orientation.audio.sound import Sound, as_mp3
from orientation.audio.transcript import transcript
from orientation.models import EditionPage, Lesson, LessonAudio
from orientation.reading import read_facts

if TYPE_CHECKING:
    from portal.accounts.models import User

VOICE = Path(__file__).parent / "voice.py"
SPOKEN = ("ru", "ky", "uz")  # that espeak-ng speaks: Tajik it has not learnt, and its English helps nobody


class NoVoice(RuntimeError):
    """espeak-ng is not installed, or cannot read this."""


def read_pages(languages: Sequence[str]) -> QuerySet[EditionPage]:
    """The lessons that learners read now."""
    pages = EditionPage.objects.current().filter(language__in=languages).exclude(slug__in=[EditionPage.COURSE, EditionPage.CHECK])
    return pages.order_by("edition", "slug", "language")


def words(page: EditionPage, now: datetime) -> str:
    with override(page.language):
        return transcript(page, read_facts(page.content["fact_codes"], localdate(now)))


def keep_recording(lesson: Lesson, page: EditionPage, sound: Sound, *, by: "User | None", now: datetime) -> LessonAudio:
    """A person's recording of what the lesson's page says today, in place of any other."""
    return _keep(lesson, page, sound, LessonAudio.Voice.PERSON, words(page, now), by=by, now=now)


def speak_drafts(
    languages: Sequence[str], now: datetime, *, courses: Sequence[str] = (), only_again: bool = False
) -> Iterator[tuple[EditionPage, bool]]:
    """Speak each lesson that no person has read and whose words have changed since; yields each page, and whether it was spoken now.

    `courses` are slugs; none: all courses. `only_again`: not what no computer has read before. Raises `NoVoice`. Twice is the same as once.
    """
    lessons = {(lesson.course_id, lesson.slug): lesson for lesson in Lesson.objects.all()}
    recordings = LessonAudio.objects.filter(language__in=languages).defer("sound")
    stand = {(recording.lesson_id, recording.language): recording for recording in recordings}
    pages = read_pages(languages)
    for page in pages.filter(edition__course__slug__in=courses) if courses else pages:
        lesson = lessons.get((page.edition.course_id, page.slug))
        if lesson is None:
            continue  # deleted since it was published
        said, recording = words(page, now), stand.get((lesson.pk, page.language))
        is_due = not only_again if recording is None else (recording.voice == LessonAudio.Voice.MACHINE and recording.transcript != said)
        if is_due:
            _keep(lesson, page, as_mp3(_spoken(said, page.language)), LessonAudio.Voice.MACHINE, said, by=None, now=now)
        yield page, is_due


def speak_one(now: datetime) -> None:
    """For the demo: one lesson to hear, which takes seconds; a whole course takes minutes."""
    if can_speak():
        next(speak_drafts(["uz"], now), None)


def can_speak() -> bool:
    return importlib.util.find_spec("espeakng_loader") is not None


@transaction.atomic
def _keep(
    lesson: Lesson, page: EditionPage, sound: Sound, voice: LessonAudio.Voice, said: str, *, by: "User | None", now: datetime
) -> LessonAudio:
    """A new row each time: whoever keeps the sound at its address may keep it for ever. A computer never replaces a person."""
    Lesson.objects.select_for_update().get(pk=lesson.pk)
    before = LessonAudio.objects.defer("sound").filter(lesson=lesson, language=page.language).first()
    if before is not None:
        if before.voice == LessonAudio.Voice.PERSON and voice == LessonAudio.Voice.MACHINE:
            return before
        before.delete()
    return LessonAudio.objects.create(
        lesson=lesson,
        language=page.language,
        voice=voice,
        transcript=said,
        sound=sound.mp3,
        size=len(sound.mp3),
        seconds=sound.seconds,
        made_at=now,
        made_by=by,
    )


def _spoken(said: str, language: str) -> bytes:
    if not can_speak():
        raise NoVoice("espeak-ng is not installed: `pip install espeakng-loader`.")
    done = subprocess.run([sys.executable, VOICE, language], input=said.encode(), capture_output=True, timeout=120, check=False)
    if done.returncode:
        raise NoVoice(done.stderr.decode(errors="replace").strip()[-300:])
    return done.stdout
