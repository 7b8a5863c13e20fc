from django.contrib import admin
from modeltranslation.admin import TranslationAdmin
from unfold.admin import ModelAdmin, TabularInline

from matching import law_admin  # noqa: F401  # the console's other half registers itself
from matching.models import Ladder, Occupation, OccupationSkill, Skill, SkillGroup, Vacancy


@admin.register(SkillGroup)
class SkillGroupAdmin(ModelAdmin, TranslationAdmin):
    list_display = ["name", "slug"]
    search_fields = ["name", "slug"]


@admin.register(Skill)
class SkillAdmin(ModelAdmin, TranslationAdmin):
    list_display = ["name", "slug", "group"]
    list_filter = ["group"]
    search_fields = ["name", "slug"]


class NeedInline(TabularInline):
    model = OccupationSkill
    extra = 0
    autocomplete_fields = ["skill"]


@admin.register(Occupation)
class OccupationAdmin(ModelAdmin, TranslationAdmin):
    list_display = ["name", "slug", "isco"]
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

    def has_add_permission(self, request, obj=None) -> bool:  # type: ignore[no-untyped-def]
        return False

    def has_change_permission(self, request, obj=None) -> bool:  # type: ignore[no-untyped-def]
        return False

    def has_delete_permission(self, request, obj=None) -> bool:  # type: ignore[no-untyped-def]
        return False
