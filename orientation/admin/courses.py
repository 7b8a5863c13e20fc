from django import forms
from django.conf import settings
from django.contrib import admin, messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from unfold.decorators import action

from orientation.admin.base import ReadOnlyAdmin, RevisedAdmin, TextsInline
from orientation.board.urls import urls as board_urls
from orientation.models import Choice, Course, CourseEdition, Lesson, LessonVariant, Module, Phrase, Question
from orientation.publish import NotPublishable, missing_facts, publish
from orientation.taken_words import course_words, lesson_words

TAKEN = "This is the address of another page: choose another."


class CourseForm(forms.ModelForm):  # type: ignore[type-arg]
    def clean_slug(self) -> str:
        if self.cleaned_data["slug"] in course_words():
            raise forms.ValidationError(TAKEN)
        return self.cleaned_data["slug"]


class LessonForm(forms.ModelForm):  # type: ignore[type-arg]
    def clean_slug(self) -> str:
        if self.cleaned_data["slug"] in lesson_words():
            raise forms.ValidationError(TAKEN)
        return self.cleaned_data["slug"]


class ModuleInline(TextsInline):
    model = Module


@admin.register(Course)
class CourseAdmin(RevisedAdmin):
    form = CourseForm
    list_display = ["title", "slug", "revision", "facts_that_are_missing"]
    search_fields = ["title", "slug"]
    readonly_fields = ["revision", "facts_that_are_missing"]
    inlines = [ModuleInline]
    actions = ["publish_courses"]
    actions_list = ["open_board"]
    actions_detail = ["open_texts", "open_editions"]
    says = ["corridors", "pass_percent"]

    def get_urls(self):  # type: ignore[no-untyped-def]
        return [*board_urls(), *super().get_urls()]

    @action(description="Editors' board", icon="checklist")
    def open_board(self, request: HttpRequest) -> HttpResponse:
        return redirect("admin:learning_board")

    @action(description="Texts and their review", icon="translate")
    def open_texts(self, request: HttpRequest, object_id: int) -> HttpResponse:
        return redirect("admin:learning_texts", object_id)

    @action(description="Editions", icon="history")
    def open_editions(self, request: HttpRequest, object_id: int) -> HttpResponse:
        return redirect("admin:learning_editions", object_id)

    @admin.display(description="facts named on its pages that do not exist")
    def facts_that_are_missing(self, course: Course) -> str:
        return ", ".join(missing_facts(course)) or "none"

    @admin.action(description="Publish: freeze a new edition for learners", permissions=["change"])
    def publish_courses(self, request: HttpRequest, queryset) -> None:  # type: ignore[no-untyped-def]
        for course in queryset:
            try:
                edition = publish(course, by=request.user, now=timezone.now())
            except NotPublishable as error:
                messages.error(request, f"{course.slug}: {error}")
                continue
            languages = ", ".join(sorted(set(edition.pages.values_list("language", flat=True))))
            messages.success(request, f"{course.slug}: edition {edition.number} is what learners read now, in {languages}.")
            if missing := missing_facts(course):
                messages.warning(
                    request, f"{course.slug}: no fact has the code {', '.join(missing)}. The pages say that the number is being checked."
                )


class VariantInline(TextsInline):
    model = LessonVariant


class PhraseInline(TextsInline):
    model = Phrase


@admin.register(Lesson)
class LessonAdmin(RevisedAdmin):
    form = LessonForm
    list_display = ["title", "course", "position", "revision"]
    list_filter = ["course", "is_core", "is_sensitive"]
    search_fields = ["title", "slug"]
    inlines = [VariantInline, PhraseInline]
    change_form_before_template = "orientation/board/preview_buttons.html"
    languages = settings.LANGUAGES
    actions_detail = ["open_preview"]
    says = ["fact_codes", "corridors"]

    @action(description="Preview", icon="smartphone")
    def open_preview(self, request: HttpRequest, object_id: int) -> HttpResponse:
        return redirect("admin:learning_preview", object_id)


class ChoiceInline(TextsInline):
    model = Choice


@admin.register(Question)
class QuestionAdmin(RevisedAdmin):
    list_display = ["slug", "lesson", "stage", "position", "revision"]
    list_filter = ["stage", "lesson__course"]
    search_fields = ["slug", "text"]
    inlines = [ChoiceInline]
    says = ["stage", "kind", "corridors", "number", "fact_code", "tolerance", "picture"]


@admin.register(CourseEdition)
class CourseEditionAdmin(ReadOnlyAdmin):
    list_display = ["course", "number", "is_current", "published_at", "published_by", "copy_of"]
