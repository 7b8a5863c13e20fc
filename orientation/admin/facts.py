from django.contrib import admin, messages
from django.http import HttpRequest
from django.utils import timezone
from unfold.admin import TabularInline

from orientation.admin.base import RevisedAdmin
from orientation.models import Fact, Source


class SourceInline(TabularInline):
    model = Source
    extra = 0


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
