"""What the console's pages of learning share."""

from modeltranslation.admin import TranslationAdmin
from unfold.admin import ModelAdmin


class RevisedAdmin(ModelAdmin, TranslationAdmin):
    """Every change by hand raises the row's revision: translations that stand on an older one are out of date."""

    readonly_fields = ["revision"]

    def save_related(self, request, form, formsets, change) -> None:  # type: ignore[no-untyped-def]
        super().save_related(request, form, formsets, change)
        if change and (form.changed_data or any(formset.has_changed() for formset in formsets)):
            self.note_change(form.instance)

    def note_change(self, row) -> None:  # type: ignore[no-untyped-def]
        row.raise_revision()


class ReadOnlyAdmin(ModelAdmin):
    def has_add_permission(self, request, obj=None) -> bool:  # type: ignore[no-untyped-def]
        return False

    def has_change_permission(self, request, obj=None) -> bool:  # type: ignore[no-untyped-def]
        return False

    def has_delete_permission(self, request, obj=None) -> bool:  # type: ignore[no-untyped-def]
        return False
