from typing import Any

from django import forms
from django.contrib import admin
from django.http import HttpRequest
from django.utils import timezone
from unfold.admin import ModelAdmin

from orientation.audio.keep import keep_recording, read_pages
from orientation.audio.sound import LARGEST, NotSound, as_mp3
from orientation.models import LessonAudio


class RecordingForm(forms.ModelForm):
    file = forms.FileField(help_text="MP3, WAV, FLAC or OGG, at most 15 minutes. It replaces what there was.")

    class Meta:
        model = LessonAudio
        fields = ["lesson", "language"]

    def clean(self) -> dict[str, Any]:
        told = super().clean() or {}
        lesson, language, file = told.get("lesson"), told.get("language"), told.get("file")
        if lesson and language and file:
            self.page = read_pages([language]).filter(edition__course=lesson.course_id, slug=lesson.slug).first()
            if self.page is None:
                self.add_error("language", "Learners do not read this lesson in this language yet. Publish it first.")
            try:
                self.sound = as_mp3(file.read(LARGEST + 1))
            except NotSound as why:
                self.add_error("file", str(why))
        return told

    def _post_clean(self) -> None:
        """Django would make the row here, and refuse it where one stands: `keep_recording` makes it, in that one's place."""


@admin.register(LessonAudio)
class LessonAudioAdmin(ModelAdmin):
    """Recordings by people. What to read stands beside each lesson under “What is said”; a computer's drafts: manage.py speak_drafts."""

    list_display = ["lesson", "language", "voice", "seconds", "size", "made_at", "made_by"]
    list_filter = ["language", "voice"]
    list_select_related = ["lesson", "made_by"]
    form = RecordingForm

    def get_queryset(self, request: HttpRequest):  # type: ignore[no-untyped-def]
        return super().get_queryset(request).defer("sound")

    def has_change_permission(self, request: HttpRequest, obj: LessonAudio | None = None) -> bool:
        return False

    def save_model(self, request: HttpRequest, obj: LessonAudio, form: RecordingForm, change: bool) -> None:
        kept = keep_recording(form.cleaned_data["lesson"], form.page, form.sound, by=request.user, now=timezone.now())
        obj.pk, obj.lesson_id, obj.language = kept.pk, kept.lesson_id, kept.language
