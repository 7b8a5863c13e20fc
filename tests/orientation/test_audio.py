"""Lessons read aloud, by a real voice and a real encoder: who reads, what is said, and what a player asks for."""

import io
import wave
from functools import cache

import numpy as np
import pytest
import soundfile
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command
from django.urls import reverse
from django.utils import timezone

from orientation.admin.audio import RecordingForm
from orientation.audio import keep
from orientation.audio.sound import NotSound, Sound, as_mp3
from orientation.models import CourseEdition, Fact, Lesson, LessonAudio
from orientation.tasks import speak_again

COURSE = "russia-documents"


def a_wave(seconds: float = 1, rate: int = 44100, loud: float = 0.3, channels: int = 1) -> bytes:
    whole = io.BytesIO()
    beat = (np.sin(np.arange(int(seconds * rate)) / 20) * loud * 32767).astype("<i2")
    with wave.open(whole, "wb") as sound:
        sound.setparams((channels, 2, rate, 0, "NONE", ""))
        sound.writeframes(beat.tobytes())
    return whole.getvalue()


@cache
def over_a_minute() -> Sound:
    return as_mp3(a_wave(65))


class TestSound:
    @pytest.mark.parametrize("rate", [8000, 22050, 44100, 48000])
    def test_a_small_file_that_sounds_as_long(self, rate):
        sound = as_mp3(a_wave(2, rate))
        again = soundfile.info(io.BytesIO(sound.mp3))
        assert (sound.seconds, again.format, again.channels) == (2, "MP3", 1) and abs(again.duration - 2) < 0.2
        assert len(sound.mp3) < 12_000

    @pytest.mark.parametrize(
        ("data", "said"),
        [
            (b"", "no sound file"),
            (b"%PDF-1.7 not a sound", "no sound file"),
            (a_wave(1, loud=0), "nothing to hear"),
            (a_wave(4, channels=4), "more than two channels"),
            (a_wave(0), "nothing to hear"),
            (a_wave(901, 8000), "longer than 15 minutes"),
            (a_wave(1, 5000), "5000 frames a second"),
        ],
    )
    def test_what_is_refused_says_what_to_do(self, data, said):
        with pytest.raises(NotSound, match=said):
            as_mp3(data)


@pytest.fixture
def papers(course) -> Lesson:
    return course.lessons.get(slug="papers")


@pytest.fixture
def recording(papers, page_of, now) -> LessonAudio:
    return keep.keep_recording(papers, page_of("papers", "tg"), over_a_minute(), by=None, now=now)


def test_a_computer_speaks_what_nobody_has_read_once(papers, page_of, now, capsys):
    papers.course.lessons.exclude(slug__in=["papers", "registration"]).delete()  # readers still have their pages
    CourseEdition.objects.exclude(course=papers.course).update(is_current=False)  # what was spoken is spoken again wherever it stands
    person = keep.keep_recording(papers, page_of("papers", "uz"), as_mp3(a_wave()), by=None, now=now)
    call_command("speak_drafts", "uz", "--course", COURSE)
    assert "Spoken: 1. Left as they were: 1." in capsys.readouterr().out
    draft = LessonAudio.objects.exclude(pk=person.pk).get()
    assert (draft.voice, draft.lesson.slug, draft.language) == ("machine", "registration", "uz")
    assert 20 < draft.seconds < 400 and draft.size < 4000 * draft.seconds
    page = page_of("papers", "uz")
    assert page.title in person.transcript and "{{" not in person.transcript and "<" not in person.transcript
    call_command("speak_drafts", "uz", "--course", COURSE)
    assert "Spoken: 0. Left as they were: 2." in capsys.readouterr().out
    LessonAudio.objects.filter(pk=draft.pk).update(transcript="What it said before.")
    speak_again()
    assert not LessonAudio.objects.filter(uid=draft.uid).exists()


def test_tajik_is_for_people():
    with pytest.raises(CommandError, match="ru, ky, uz, not tg"):
        call_command("speak_drafts", "tg")


@pytest.mark.django_db
def test_without_a_voice_the_command_says_what_is_missing(monkeypatch):
    monkeypatch.setattr(keep, "can_speak", lambda: False)
    with pytest.raises(CommandError, match="pip install espeakng-loader"):
        call_command("speak_drafts", "ky")


def test_the_lesson_offers_it_and_says_who_reads(client, recording, page_of):
    lesson, said = reverse("learn:lesson", args=[COURSE, "papers"]), reverse("learn:audio", args=[COURSE, "papers"])
    html = client.get(lesson.replace("/en/", "/tg/")).content.decode()
    assert f'preload="none" src="/audio/{recording.uid}.mp3"' in html and "1:05" in html and said.replace("/en/", "/tg/") in html
    assert "Nobody has read this lesson aloud yet." in client.get(lesson).content.decode()
    told = client.get(said.replace("/en/", "/tg/")).content.decode()
    assert recording.transcript.splitlines()[0] in told
    assert client.get(said).status_code == 404  # English has none
    LessonAudio.objects.update(voice="machine", transcript="Before.", language="en")
    html = client.get(lesson).content.decode()
    assert "A computer reads" in html and "The text has changed since" in html
    assert "Before." in client.get(said).content.decode()


def test_a_changed_fact_makes_it_old(client, papers, page_of, now):
    page = page_of("registration", "en")
    lesson = papers.course.lessons.get(slug="registration")
    keep.keep_recording(lesson, page, as_mp3(a_wave()), by=None, now=timezone.now())
    url = reverse("learn:lesson", args=[COURSE, "registration"])
    assert "The text has changed since" not in client.get(url).content.decode()
    Fact.objects.filter(code__in=page.content["fact_codes"], number__isnull=False).update(number=77)
    assert "The text has changed since" in client.get(url).content.decode()


class TestPlayer:
    @pytest.mark.parametrize(
        ("asked", "status", "part"),
        [
            (None, 200, slice(None)),
            ("bytes=0-", 206, slice(None)),
            ("bytes=10-19", 206, slice(10, 20)),
            ("bytes=-5", 206, slice(-5, None)),
            ("bytes=5-99999999", 206, slice(5, None)),
            ("bytes=-", 200, slice(None)),
            ("bytes=0-1,4-5", 200, slice(None)),
            ("lines=1-2", 200, slice(None)),
            ("bytes=99999999-", 416, slice(0)),
            ("bytes=9-3", 416, slice(0)),
        ],
    )
    def test_parts(self, client, recording, asked, status, part):
        headers = {"Range": asked} if asked else {}
        answer = client.get(f"/audio/{recording.uid}.mp3", headers={"Accept-Encoding": "gzip", **headers})
        assert (answer.status_code, answer.content) == (status, bytes(recording.sound)[part])
        if status == 206:
            assert answer["Content-Range"].endswith(f"/{recording.size}") and "immutable" in answer["Cache-Control"]

    def test_an_address_of_before(self, client, recording):
        LessonAudio.objects.all().delete()
        assert client.get(f"/audio/{recording.uid}.mp3").status_code == 404


class TestConsole:
    ADD = "/admin/orientation/lessonaudio/add/"

    def test_an_editor_sends_a_recording_in_place_of_the_draft(self, one_click, papers, recording):
        editor = one_click("elena")
        told = {"lesson": papers.pk, "language": "tg", "file": SimpleUploadedFile("tg.wav", a_wave(3))}
        assert editor.post(self.ADD, told).status_code == 302
        (kept,) = LessonAudio.objects.all()
        assert (kept.seconds, kept.voice, kept.language) == (3, "person", "tg") and kept.uid != recording.uid and kept.made_by

    @pytest.mark.parametrize(
        ("language", "data", "said"), [("tg", b"\x00", "no sound file"), ("", a_wave(), "required"), ("tg", b"", "is empty")]
    )
    def test_what_is_no_recording(self, papers, recording, language, data, said):
        form = RecordingForm({"lesson": papers.pk, "language": language}, {"file": SimpleUploadedFile("a.wav", data)})
        assert said in str(form.errors) and LessonAudio.objects.get() == recording

    def test_others_do_not(self, signed_in):
        assert signed_in("manizha").get(self.ADD).status_code in (302, 403, 404)
