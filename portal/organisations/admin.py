from typing import Any

from django import forms
from django.contrib import admin
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from unfold.admin import ModelAdmin, TabularInline

from portal.organisations import rules
from portal.organisations.decide_hit import decide_hit
from portal.organisations.find_hits import look_up
from portal.organisations.models import Membership, Organisation, OrganisationQuerySet, SanctionEntry, SanctionHit
from portal.organisations.vet import unvet


class MembershipInline(TabularInline):
    model = Membership
    extra = 0
    autocomplete_fields = ["user"]


@admin.register(Organisation)
class OrganisationAdmin(ModelAdmin):
    list_display = ["name", "kind", "country", "number", "vetted_at"]
    list_filter = ["kind", "country"]
    search_fields = ["name", "=number"]
    readonly_fields = ["created_at", "asked", "replied", "checked_at", "checked_by", "vetted_at", "vetted_by"]
    inlines = [MembershipInline]
    actions = ["mark_unvetted"]

    def save_model(self, request: HttpRequest, obj: Organisation, form: Any, change: bool) -> None:
        super().save_model(request, obj, form, change)
        look_up(obj, timezone.now())

    @admin.action(description=_("Take the vetting back"), permissions=["change"])
    def mark_unvetted(self, request: HttpRequest, queryset: OrganisationQuerySet) -> None:
        allowed = queryset.to_vet(request.user)
        if allowed.count() < queryset.count():
            self.message_user(request, _("Your own organisation is vetted by somebody else."), "warning")
        for organisation in allowed:
            unvet(organisation, by=request.user, now=timezone.now())

    def view_on_site(self, obj: Organisation) -> str:
        """Vetting needs a checklist and two people: it has pages of its own."""
        return reverse("organisations:vetting_one", args=[obj.uid])


@admin.register(Membership)
class MembershipAdmin(ModelAdmin):
    list_display = ["user", "organisation", "role", "created_at"]
    list_filter = ["role", "organisation__kind"]
    autocomplete_fields = ["user", "organisation"]


@admin.register(SanctionEntry)
class SanctionEntryAdmin(ModelAdmin):
    """As imported by `manage.py import_sanctions`; nobody edits it."""

    list_display = ["list", "reference", "kind", "name", "programme", "listed_on", "delisted_on"]
    list_filter = ["list", "kind", ("delisted_on", admin.EmptyFieldListFilter)]
    search_fields = ["=reference", "names"]

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: SanctionEntry | None = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: SanctionEntry | None = None) -> bool:
        return False


class VerdictForm(forms.ModelForm):  # type: ignore[type-arg]
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in self.fields:  # none where the reader may not change it
            self.fields[name].required = True


@admin.register(SanctionHit)
class SanctionHitAdmin(ModelAdmin):
    """A person compares papers, addresses and dates, and says whom the list means."""

    form = VerdictForm
    list_display = ["organisation", "name", "entry", "found_at", "verdict", "decided_by"]
    list_filter = ["verdict", "entry__list"]
    search_fields = ["organisation__name", "name"]
    fields = ["organisation", "name", "entry", "found_at", "verdict", "reason", "decided_by", "decided_at"]
    readonly_fields = ["organisation", "name", "entry", "found_at", "decided_by", "decided_at"]

    def save_model(self, request: HttpRequest, obj: SanctionHit, form: Any, change: bool) -> None:
        decide_hit(obj, obj.verdict, obj.reason, by=request.user, now=timezone.now())  # type: ignore[arg-type]

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: SanctionHit | None = None) -> bool:
        return super().has_change_permission(request, obj) and (obj is None or rules.can_vet(request.user, obj.organisation))

    def has_delete_permission(self, request: HttpRequest, obj: SanctionHit | None = None) -> bool:
        return False
