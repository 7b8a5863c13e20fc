from typing import Any

from django import forms
from django.contrib import admin
from django.http import HttpRequest
from django.utils import timezone
from unfold.admin import ModelAdmin
from unfold.widgets import UnfoldAdminFileFieldWidget

from orientation.centre.file import MOST_BYTES
from orientation.centre.take_in import NotTaken, take_in
from orientation.models import CentreImport


class CentreFileForm(forms.ModelForm):
    """The file is taken in while the form is checked, so that its faults stand beside the field."""

    file = forms.FileField(widget=UnfoldAdminFileFieldWidget, help_text="Of `manage.py export_learning`, at most 10 MB.")

    class Meta:
        model = CentreImport
        fields: list[str] = []

    def clean(self) -> dict[str, Any]:
        told = super().clean() or self.cleaned_data
        if file := told.get("file"):
            try:
                self.kept = take_in(file.read(MOST_BYTES + 1), by=self.by, now=timezone.now())  # type: ignore[attr-defined]
            except NotTaken as why:
                self.add_error("file", list(why.faults))
        return told


@admin.register(CentreImport)
class CentreImportAdmin(ModelAdmin):
    """Files of classrooms without internet. Adding one takes it in."""

    list_display = ["centre", "events", "imported_at", "imported_by"]
    list_select_related = ["imported_by"]
    form = CentreFileForm

    def get_form(self, request, obj=None, change=False, **kwargs):  # type: ignore[no-untyped-def]
        form = super().get_form(request, obj, change=change, **kwargs)
        return type("Form", (form,), {"by": request.user})

    def get_fields(self, request: HttpRequest, obj: CentreImport | None = None) -> list[str]:
        return ["centre", "events", "sha256", "imported_at", "imported_by"] if obj else ["file"]

    def save_model(self, request: HttpRequest, obj: CentreImport, form: CentreFileForm, change: bool) -> None:
        obj.pk = form.kept.pk
        obj.refresh_from_db()

    def has_change_permission(self, request: HttpRequest, obj: CentreImport | None = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: CentreImport | None = None) -> bool:
        return False
