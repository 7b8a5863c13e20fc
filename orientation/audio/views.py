"""Listening to a lesson: the sound, and the page that says what is said."""

import re
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from orientation.audio.transcript import recording_of
from orientation.models import LessonAudio
from orientation.reading import read_facts
from orientation.views import keep_apart, stand_in_lesson

ONE_RANGE = re.compile(r"bytes=(\d{1,12})?-(\d{1,12})?")
FOR_EVER = "public, max-age=31536000, immutable"  # another recording has another address


@require_safe
def audio(request: HttpRequest, course: str, lesson: str) -> HttpResponse:
    here = stand_in_lesson(request, course, lesson)
    page = here.page
    recording = recording_of(page, read_facts(page.content["fact_codes"], timezone.localdate()))
    if recording is None:
        raise Http404(f"Nobody has read {lesson!r} aloud")
    lines = page.recording["transcript"].splitlines()
    context = {"page": page, "outline": here.outline, "recording": recording, "lines": lines, "tab": "learn"}
    context["is_sensitive"] = here.is_sensitive
    return keep_apart(render(request, "orientation/audio/audio.html", context), sensitive=here.is_sensitive)


@require_safe
def sound(request: HttpRequest, uid: UUID) -> HttpResponse:
    """An MP3, whole or the part that a player asks for (RFC 9110, one range)."""
    data = bytes(get_object_or_404(LessonAudio.objects.only("sound"), uid=uid).sound)
    # Content-Encoding: what is compressed already is not compressed again, which would also spoil the ranges.
    headers = {"Accept-Ranges": "bytes", "Cache-Control": FOR_EVER, "Content-Encoding": "identity"}
    asked = ONE_RANGE.fullmatch(request.headers.get("Range", ""))
    if asked is None or not any(asked.groups()):
        return HttpResponse(data, content_type="audio/mpeg", headers=headers)
    first, last = (int(number) if number else None for number in asked.groups())
    start = max(0, len(data) - (last or 0)) if first is None else first
    end = min(len(data) if first is None or last is None else last + 1, len(data))
    if start >= end:
        return HttpResponse(status=416, headers={"Content-Range": f"bytes */{len(data)}"})
    headers["Content-Range"] = f"bytes {start}-{end - 1}/{len(data)}"
    return HttpResponse(data[start:end], status=206, content_type="audio/mpeg", headers=headers)
