from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from unfold.admin import ModelAdmin, TabularInline

from portal.organisations import rules
from portal.organisations.models import Membership, Organisation
from portal.organisations.vet import unvet, vet


class MembershipInline(TabularInline):
    model = Membership
    extra = 0
    autocomplete_fields = ["user"]


@admin.register(Organisation)
class OrganisationAdmin(ModelAdmin):
    list_display = ["name", "kind", "country", "vetted_at"]
    list_filter = ["kind", "country"]
    search_fields = ["name"]
    readonly_fields = ["created_at", "vetted_at", "vetted_by"]
    inlines = [MembershipInline]
    actions = ["mark_vetted", "mark_unvetted"]

    @admin.action(description=_("Mark as vetted"), permissions=["change"])
    def mark_vetted(self, request: HttpRequest, queryset: QuerySet[Organisation]) -> None:
        for organisation in self.vettable(request, queryset):
            vet(organisation, by=request.user, now=timezone.now())

    @admin.action(description=_("Take the vetting back"), permissions=["change"])
    def mark_unvetted(self, request: HttpRequest, queryset: QuerySet[Organisation]) -> None:
        for organisation in self.vettable(request, queryset):
            unvet(organisation, by=request.user, now=timezone.now())

    def vettable(self, request: HttpRequest, queryset: QuerySet[Organisation]) -> list[Organisation]:
        allowed = [organisation for organisation in queryset if rules.can_vet(request.user, organisation)]
        if len(allowed) < len(queryset):
            self.message_user(request, _("Your own organisation is vetted by somebody else."), "warning")
        return allowed


@admin.register(Membership)
class MembershipAdmin(ModelAdmin):
    list_display = ["user", "organisation", "role", "created_at"]
    list_filter = ["role", "organisation__kind"]
    autocomplete_fields = ["user", "organisation"]
