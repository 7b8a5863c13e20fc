from typing import Any

from django import forms
from django.contrib import admin, messages
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString
from unfold.admin import TabularInline

from orientation.admin.base import ReadOnlyAdmin, RevisedAdmin
from orientation.facts_changed import SAYS, TEXTS, note_changed_fact
from orientation.facts_reread import mark_read_again
from orientation.models import Fact, Rereading, Source
from orientation.search.keep import drop_facts, keep_fact


class FactForm(forms.ModelForm):  # type: ignore[type-arg]
    def clean(self) -> dict[str, Any]:
        told = super().clean() or self.cleaned_data
        number, unit, next_number, next_from = (told.get(field) for field in ("number", "unit", "next_number", "next_from"))
        if number is not None and not unit and "unit" not in self.errors:
            self.add_error("unit", "Say what the number counts: days, roubles, per cent.")
        if number is None and unit and "number" not in self.errors:
            self.add_error("number", "A unit stands beside a number. Write the number, or choose no unit.")
        if next_number is not None and number is None:
            self.add_error("next_number", "There is no number yet that it could follow. Write this one into “number”.")
        if next_number is not None and next_from is None and "next_from" not in self.errors:
            self.add_error("next_from", "Say from which day on the next number holds.")
        if next_from is not None and next_number is None and "next_number" not in self.errors:
            self.add_error("next_number", "Say what the number will be from that day on, or empty the day.")
        if next_from is not None and next_from <= timezone.localdate():
            self.add_error("next_from", "This day has come. Write the next number into “number”, and empty it and its day.")
        if told.get("valid_from") and told.get("valid_to") and told["valid_to"] < told["valid_from"]:
            self.add_error("valid_to", "It cannot end before it begins.")
        return told


class SourceInline(TabularInline):
    model = Source
    extra = 0


@admin.register(Fact)
class FactAdmin(RevisedAdmin):
    form = FactForm
    list_display = ["code", "title", "topic", "status", "confidence", "review_by", "verified_at"]
    list_filter = ["topic", "status", "confidence"]
    search_fields = ["code", "title"]
    readonly_fields = ["revision", "changed_at", "verified_by", "verified_at"]
    inlines = [SourceInline]
    actions = ["mark_checked"]
    says = SAYS

    def get_readonly_fields(self, request: HttpRequest, obj: Fact | None = None) -> list[str]:
        """Lessons name a fact by its code."""
        return [*super().get_readonly_fields(request, obj), *(["code"] if obj else [])]

    @admin.action(description="I have read the source: mark as checked by me", permissions=["change"])
    def mark_checked(self, request: HttpRequest, queryset) -> None:  # type: ignore[no-untyped-def]
        count = queryset.update(verified_by=request.user, verified_at=timezone.now())
        messages.success(request, f"{count} facts are marked as checked by you.")

    def save_related(self, request, form, formsets, change) -> None:  # type: ignore[no-untyped-def]
        super().save_related(request, form, formsets, change)
        keep_fact(form.instance)
        changed = SAYS.intersection(form.changed_data).difference(TEXTS if form.cleaned_data.get("minor_change") else ())
        if change and changed:
            note_changed_fact(form.instance, timezone.now())

    def delete_model(self, request, obj) -> None:  # type: ignore[no-untyped-def]
        self.delete_queryset(request, Fact.objects.filter(pk=obj.pk))

    def delete_queryset(self, request, queryset) -> None:  # type: ignore[no-untyped-def]
        drop_facts(list(queryset.values_list("code", flat=True)))
        super().delete_queryset(request, queryset)

    def note_change(self, row) -> None:  # type: ignore[no-untyped-def]
        """A changed fact, or one with other sources, has been checked by nobody."""
        super().note_change(row)
        Fact.objects.filter(pk=row.pk).update(verified_by=None, verified_at=None)


@admin.register(Rereading)
class RereadingAdmin(ReadOnlyAdmin):
    list_display = ["to_read", "because_of", "since", "read_by", "read_at"]
    list_display_links = None
    list_filter = ["lesson__course", ("read_at", admin.EmptyFieldListFilter)]
    list_select_related = ["lesson", "fact", "read_by"]
    actions = ["still_right"]

    @admin.display(description="lesson")
    def to_read(self, row: Rereading) -> SafeString:
        return link("admin:orientation_lesson_change", row.lesson_id, str(row.lesson))

    @admin.display(description="fact that has changed")
    def because_of(self, row: Rereading) -> SafeString:
        return link("admin:orientation_fact_change", row.fact_id, f"{row.fact.code}: {row.fact.title}")

    def has_reread_permission(self, request: HttpRequest) -> bool:
        return request.user.has_perm("orientation.change_rereading")

    @admin.action(description="Read again: still right", permissions=["reread"])
    def still_right(self, request: HttpRequest, queryset) -> None:  # type: ignore[no-untyped-def]
        count = mark_read_again(queryset.values_list("pk", flat=True), by=request.user, now=timezone.now())
        messages.success(request, f"{count} marked as read again by you. What was not open any more stays as it was.")


def link(name: str, pk: int, text: str) -> SafeString:
    return format_html('<a href="{}" class="text-primary-600 dark:text-primary-500">{}</a>', reverse(name, args=[pk]), text)
