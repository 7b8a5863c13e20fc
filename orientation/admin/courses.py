from django.contrib import admin, messages
from django.http import HttpRequest
from django.utils import timezone
from modeltranslation.admin import TranslationAdmin, TranslationStackedInline
from unfold.admin import ModelAdmin, StackedInline

from orientation.admin.base import ReadOnlyAdmin, RevisedAdmin
from orientation.board.urls import urls as board_urls
from orientation.models import Choice, Course, CourseEdition, Lesson, LessonVariant, Question
from orientation.publish import NotPublishable, missing_facts, publish


@admin.register(Course)
class CourseAdmin(RevisedAdmin):
    list_display = ["title", "slug", "revision", "facts_that_are_missing"]
    search_fields = ["title", "slug"]
    readonly_fields = ["revision", "facts_that_are_missing"]
    actions = ["publish_courses"]

    def get_urls(self):  # type: ignore[no-untyped-def]
        return [*board_urls(), *super().get_urls()]

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
            messages.success(request, f"{course.slug}: edition {edition.number} is what learners read now.")
            if missing := missing_facts(course):
                messages.warning(
                    request, f"{course.slug}: no fact has the code {', '.join(missing)}. The pages say that the number is being checked."
                )


class VariantInline(StackedInline, TranslationStackedInline):
    model = LessonVariant
    extra = 0


@admin.register(Lesson)
class LessonAdmin(RevisedAdmin):
    list_display = ["title", "course", "position", "revision"]
    list_filter = ["course"]
    inlines = [VariantInline]


class ChoiceInline(StackedInline, TranslationStackedInline):
    model = Choice
    extra = 0


@admin.register(Question)
class QuestionAdmin(ModelAdmin, TranslationAdmin):
    list_display = ["slug", "lesson", "stage", "position"]
    list_filter = ["stage", "lesson__course"]
    inlines = [ChoiceInline]


@admin.register(CourseEdition)
class CourseEditionAdmin(ReadOnlyAdmin):
    list_display = ["course", "number", "is_current", "published_at", "published_by"]
