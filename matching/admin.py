from django.contrib import admin
from django.utils.html import format_html_join
from modeltranslation.admin import TranslationAdmin
from unfold.admin import ModelAdmin, TabularInline

from matching import law_admin  # noqa: F401  # the console's other half registers itself
from matching.models import Ladder, Occupation, OccupationSkill, Skill, SkillCourse, SkillGroup, Vacancy
from matching.why_few import why_few


@admin.register(SkillGroup)
class SkillGroupAdmin(ModelAdmin, TranslationAdmin):
    list_display = ["name", "slug"]
    search_fields = ["name", "slug"]


class CourseInline(TabularInline):
    """Which courses teach the skill, or its first steps: people who lack it are shown them."""

    model = SkillCourse
    extra = 0
    autocomplete_fields = ["course"]


@admin.register(Skill)
class SkillAdmin(ModelAdmin, TranslationAdmin):
    list_display = ["name", "slug", "group"]
    list_filter = ["from_esco", "group"]
    search_fields = ["name", "slug"]
    inlines = [CourseInline]


class NeedInline(TabularInline):
    model = OccupationSkill
    extra = 0
    autocomplete_fields = ["skill"]


@admin.register(Occupation)
class OccupationAdmin(ModelAdmin, TranslationAdmin):
    list_display = ["name", "slug", "isco"]
    list_filter = ["from_esco"]
    search_fields = ["name", "slug", "isco"]
    inlines = [NeedInline]


@admin.register(Ladder)
class LadderAdmin(ModelAdmin):
    list_display = ["higher", "lower"]
    autocomplete_fields = ["higher", "lower"]


@admin.register(Vacancy)
class VacancyAdmin(ModelAdmin):
    """To look at: what an employer wrote, only the employer changes."""

    list_display = ["occupation", "employer", "region", "status", "published_at", "openings", "seats_taken"]
    list_filter = ["status", "region__country"]
    search_fields = ["employer__name", "title"]
    readonly_fields = ["few_match"]

    def get_object(self, request, object_id, from_field=None) -> Vacancy | None:  # type: ignore[no-untyped-def]
        found: Vacancy | None = super().get_object(request, object_id, from_field)
        if found is not None:
            found.few = why_few(found, request.user)  # type: ignore[attr-defined]
        return found

    @admin.display(description="why few match")
    def few_match(self, vacancy: Vacancy) -> str:
        few = vacancy.few  # type: ignore[attr-defined]
        told = [[reason.text, reason.without, reason.unanswered] for reason in few.reasons] if few else []
        return format_html_join("", "<p>{}</p>", ((" ".join(filter(None, words)),) for words in told)) or "–"

    def has_add_permission(self, request, obj=None) -> bool:  # type: ignore[no-untyped-def]
        return False

    def has_change_permission(self, request, obj=None) -> bool:  # type: ignore[no-untyped-def]
        return False

    def has_delete_permission(self, request, obj=None) -> bool:  # type: ignore[no-untyped-def]
        return False
