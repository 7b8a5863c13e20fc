from django.contrib import admin, messages
from django.http import HttpRequest
from django.utils import timezone
from modeltranslation.admin import TranslationAdmin, TranslationStackedInline
from unfold.admin import ModelAdmin, StackedInline, TabularInline

from orientation.models import Certificate, Choice, Course, CourseEdition, Fact, Lesson, LessonVariant, Question, Source
from orientation.publish import NotPublishable, missing_facts, publish


class SourceInline(TabularInline):
    model = Source
    extra = 0


class RevisedAdmin(ModelAdmin, TranslationAdmin):
    """Every change by hand raises the row's revision: translations that stand on an older one are out of date."""

    readonly_fields = ["revision"]

    def save_related(self, request, form, formsets, change) -> None:  # type: ignore[no-untyped-def]
        super().save_related(request, form, formsets, change)
        if change and (form.changed_data or any(formset.has_changed() for formset in formsets)):
            self.note_change(form.instance)

    def note_change(self, row) -> None:  # type: ignore[no-untyped-def]
        row.raise_revision()


@admin.register(Fact)
class FactAdmin(RevisedAdmin):
    list_display = ["code", "title", "status", "confidence", "review_by", "verified_at"]
    list_filter = ["status", "confidence"]
    search_fields = ["code", "title"]
    readonly_fields = ["revision", "verified_by", "verified_at"]
    inlines = [SourceInline]
    actions = ["mark_checked"]

    @admin.action(description="I have read the source: mark as checked by me", permissions=["change"])
    def mark_checked(self, request: HttpRequest, queryset) -> None:  # type: ignore[no-untyped-def]
        count = queryset.update(verified_by=request.user, verified_at=timezone.now())
        messages.success(request, f"{count} facts are marked as checked by you.")

    def note_change(self, row) -> None:  # type: ignore[no-untyped-def]
        """A changed fact, or one with other sources, has been checked by nobody."""
        super().note_change(row)
        Fact.objects.filter(pk=row.pk).update(verified_by=None, verified_at=None)


@admin.register(Course)
class CourseAdmin(RevisedAdmin):
    list_display = ["title", "slug", "revision", "facts_that_are_missing"]
    search_fields = ["title", "slug"]
    readonly_fields = ["revision", "facts_that_are_missing"]
    actions = ["publish_courses"]

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


class ReadOnlyAdmin(ModelAdmin):
    def has_add_permission(self, request, obj=None) -> bool:  # type: ignore[no-untyped-def]
        return False

    def has_change_permission(self, request, obj=None) -> bool:  # type: ignore[no-untyped-def]
        return False

    def has_delete_permission(self, request, obj=None) -> bool:  # type: ignore[no-untyped-def]
        return False


@admin.register(CourseEdition)
class CourseEditionAdmin(ReadOnlyAdmin):
    list_display = ["course", "number", "is_current", "published_at", "published_by"]


@admin.register(Certificate)
class CertificateAdmin(ReadOnlyAdmin):
    list_display = ["code", "edition", "issued_at"]
    search_fields = ["code"]
    fields = ["code", "edition", "corridor", "issued_at"]
