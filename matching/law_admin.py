"""The operators' console for what matching builds on: the law with its signatures, employers' files, sign-offs."""

from collections.abc import Sequence
from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.urls import reverse
from django.utils import timezone
from unfold.admin import ModelAdmin

from matching.danger import stop_soon
from matching.mark import mark_vacancies_of
from matching.models import DangerArea, EmployerFile, LegalRoute, LicenceRecognition, SignOff
from matching.sign import end_danger, score_by_the_law, sign, take_signature_off

SIGNATURE = ["signed_as", "signed_by", "signed_at"]


class SignedFilter(admin.SimpleListFilter):
    title = "signature"
    parameter_name = "signed"

    def lookups(self, request, model_admin):  # type: ignore[no-untyped-def]
        return [("no", "nobody has signed it")]

    def queryset(self, request, queryset):  # type: ignore[no-untyped-def]
        return queryset.unsigned() if self.value() == "no" else queryset


class LawAdmin(ModelAdmin):
    """A changed row has been signed by nobody."""

    list_filter: Sequence[Any] = [SignedFilter]
    readonly_fields = SIGNATURE
    actions = ["sign_rows"]

    @admin.action(description="I have read the source: sign", permissions=["change"])
    def sign_rows(self, request, queryset) -> None:  # type: ignore[no-untyped-def]
        rows = list(queryset)
        try:
            sign(rows, by=request.user, now=timezone.now())
        except PermissionDenied:
            messages.warning(request, "A danger area that you entered is signed by somebody else. Nothing was signed.")
        else:
            messages.success(request, f"You have signed {len(rows)} rows.")

    def save_model(self, request, obj, form, change) -> None:  # type: ignore[no-untyped-def]
        if change and not form.changed_data:
            return
        take_signature_off(obj)
        super().save_model(request, obj, form, change)
        score_by_the_law(timezone.now())


@admin.register(LegalRoute)
class LegalRouteAdmin(LawAdmin):
    list_display = ["__str__", "region", "activity", "lead_days", "valid_from", "valid_to", "signed_as"]
    list_filter = [SignedFilter, "effect", "origin", "destination", "regime"]


@admin.register(LicenceRecognition)
class LicenceRecognitionAdmin(LawAdmin):
    list_display = ["__str__", "paid_driving", "valid_from", "valid_to", "signed_as"]
    list_filter = [SignedFilter, "issuing", "destination"]


@admin.register(DangerArea)
class DangerAreaAdmin(LawAdmin):
    """A signed area is not edited, since it would hold nobody back until somebody signs again: it is ended, or another one is entered."""

    list_display = ["__str__", "valid_from", "valid_to", "signed_as"]
    readonly_fields = [*SIGNATURE, "entered_by"]
    actions = ["sign_rows", "end_rows"]

    def get_readonly_fields(self, request, obj=None):  # type: ignore[no-untyped-def]
        is_signed = obj is not None and DangerArea.objects.signed().filter(pk=obj.pk).exists()
        return [field.name for field in DangerArea._meta.fields if field.name != "id"] if is_signed else self.readonly_fields

    @admin.action(description="The danger ends today", permissions=["change"])
    def end_rows(self, request, queryset) -> None:  # type: ignore[no-untyped-def]
        try:
            end_danger(list(queryset), by=request.user, now=timezone.now())
        except PermissionDenied:
            messages.warning(request, "A danger area that you entered is ended by somebody else. Nothing was changed.")
        else:
            messages.success(request, "From tomorrow people can be sent there again. Vacancies that were stopped stay closed.")

    def save_model(self, request, obj, form, change) -> None:  # type: ignore[no-untyped-def]
        obj.entered_by = request.user
        super().save_model(request, obj, form, change)


@admin.register(EmployerFile)
class EmployerFileAdmin(ModelAdmin):
    """A file stays, and stays this employer's: one that went or changed hands would lift a suspension without a word to scoring.

    Suspending has a page of its own, which keeps the reasons and tells the employer ("View on site").
    """

    list_display = ["employer", "activities", "on_file", "suspended_because"]
    search_fields = ["employer__name"]

    def get_readonly_fields(self, request, obj=None):  # type: ignore[no-untyped-def]
        return ["employer", "suspended_because"] if obj else ["suspended_because"]

    def view_on_site(self, obj):  # type: ignore[no-untyped-def]
        return reverse("matching:suspension", args=[obj.employer.uid])

    def has_delete_permission(self, request, obj=None) -> bool:  # type: ignore[no-untyped-def]
        return False

    def save_model(self, request, obj, form, change) -> None:  # type: ignore[no-untyped-def]
        super().save_model(request, obj, form, change)
        mark_vacancies_of(obj.employer, timezone.now())
        stop_soon()  # where weapons are among its goods


@admin.register(SignOff)
class SignOffAdmin(ModelAdmin):
    """Subjects are those that `manage.py check_ready` names, a language as `language:tg`."""

    list_display = ["subject", "signed_by", "signed_at"]
    readonly_fields = ["signed_by", "signed_at"]

    def save_model(self, request, obj, form, change) -> None:  # type: ignore[no-untyped-def]
        obj.signed_by, obj.signed_at = request.user, timezone.now()
        super().save_model(request, obj, form, change)
