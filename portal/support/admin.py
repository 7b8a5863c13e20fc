from django.contrib import admin
from modeltranslation.admin import TranslationAdmin
from unfold.admin import ModelAdmin, TabularInline

from portal import hooks
from portal.support.models import Contact, ContactCall, ContactPhone, Situation, SituationContact


class PhoneInline(TabularInline):
    model = ContactPhone
    extra = 0


class SituationContactInline(TabularInline):
    model = SituationContact
    extra = 0


class ReachedFilter(admin.SimpleListFilter):
    title = "reached by phone"
    parameter_name = "reached"

    def lookups(self, request, model_admin):  # type: ignore[no-untyped-def]
        return [("never", "never, and it has a number")]

    def queryset(self, request, queryset):  # type: ignore[no-untyped-def]
        return queryset.never_reached() if self.value() == "never" else queryset


class HelpAdmin(ModelAdmin, TranslationAdmin):
    """Whoever keeps what Help says hears of each change."""

    def save_related(self, request, form, formsets, change) -> None:  # type: ignore[no-untyped-def]
        super().save_related(request, form, formsets, change)
        self.tell()

    def delete_model(self, request, obj) -> None:  # type: ignore[no-untyped-def]
        super().delete_model(request, obj)
        self.tell()

    def delete_queryset(self, request, queryset) -> None:  # type: ignore[no-untyped-def]
        super().delete_queryset(request, queryset)
        self.tell()

    def tell(self) -> None:
        for step in hooks.help_changed:
            step()


@admin.register(Contact)
class ContactAdmin(HelpAdmin):
    list_display = ["name", "slug", "located_in", "confidence"]
    list_filter = [ReachedFilter]
    search_fields = ["slug", "name"]
    inlines = [PhoneInline]


@admin.register(ContactCall)
class ContactCallAdmin(ModelAdmin):
    """A call is logged by the person who made it and never changed."""

    list_display = ["phone", "called_at", "answered"]
    fields = ["phone", "called_at", "answered"]

    def save_model(self, request, obj, form, change):  # type: ignore[no-untyped-def]
        obj.called_by = request.user
        super().save_model(request, obj, form, change)

    def has_change_permission(self, request, obj=None):  # type: ignore[no-untyped-def]
        return False


@admin.register(Situation)
class SituationAdmin(HelpAdmin):
    list_display = ["title", "slug", "position"]
    inlines = [SituationContactInline]
