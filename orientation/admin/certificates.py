from django import forms
from django.contrib import admin
from django.http import HttpRequest
from django.utils import timezone
from unfold.admin import ModelAdmin
from unfold.widgets import UnfoldAdminTextInputWidget

from orientation.admin.base import ReadOnlyAdmin
from orientation.certificates.code import grouped, plain_code
from orientation.certificates.revoke import revoke
from orientation.models import Certificate, CourseEdition, Endorsement


def course_of(edition: CourseEdition) -> str:
    return f"{edition.course}, edition {edition.number}"


class RevokeForm(forms.ModelForm):
    """To save is to revoke."""

    revoked_because = forms.CharField(
        label="Take it back, because",
        max_length=300,
        widget=UnfoldAdminTextInputWidget,
        help_text="The holder reads this; others only that it is no longer valid. It cannot be undone.",
        error_messages={"required": "Write the reason. The holder will read it."},
    )

    class Meta:
        model = Certificate
        fields = ["revoked_because"]


@admin.register(Certificate)
class CertificateAdmin(ModelAdmin):
    """Without names: for whom a certificate was made out is the holder's own."""

    form = RevokeForm
    list_display = ["shown_code", "course", "issued_at", "revoked_at"]
    list_select_related = ["edition__course"]
    list_filter = [("revoked_at", admin.EmptyFieldListFilter)]
    search_fields = ["code"]
    readonly_fields = ["shown_code", "course", "corridor", "issued_at", "revoked_at", "revoked_by"]
    fields = [*readonly_fields, "revoked_because"]

    @admin.display(description="code", ordering="code")
    def shown_code(self, certificate: Certificate) -> str:
        return grouped(certificate.code)

    @admin.display(description="course")
    def course(self, certificate: Certificate) -> str:
        return course_of(certificate.edition)

    def get_search_results(self, request, queryset, search_term):  # type: ignore[no-untyped-def]
        """A code as people type it."""
        return super().get_search_results(request, queryset, plain_code(search_term))

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj=None) -> bool:  # type: ignore[no-untyped-def]
        return False

    def has_change_permission(self, request: HttpRequest, obj=None) -> bool:  # type: ignore[no-untyped-def]
        return (obj is None or obj.revoked_at is None) and super().has_change_permission(request, obj)

    def save_model(self, request, obj, form, change) -> None:  # type: ignore[no-untyped-def]
        revoke(obj.uid, request.user, form.cleaned_data["revoked_because"], timezone.now())


@admin.register(Endorsement)
class EndorsementAdmin(ReadOnlyAdmin):
    list_display = ["course", "authority", "signer", "signed_at", "until", "withdrawn_at"]
    list_select_related = ["edition__course", "authority", "signed_by"]

    @admin.display(description="course")
    def course(self, endorsement: Endorsement) -> str:
        return course_of(endorsement.edition)

    @admin.display(description="signed by")
    def signer(self, endorsement: Endorsement) -> str:
        by = endorsement.signed_by
        return by.email or by.phone or str(by) if by else ""
