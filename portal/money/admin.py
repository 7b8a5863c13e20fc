from django import forms
from django.conf import settings
from django.contrib import admin
from django.http import HttpRequest
from django.utils import timezone
from unfold.admin import ModelAdmin

from portal.money.ask_now import ask_now
from portal.money.models import DayRate, RateFeed, RateFeedQuerySet


class DayRateForm(forms.ModelForm):
    def clean_day(self):  # type: ignore[no-untyped-def]
        day = self.cleaned_data["day"]
        if day > timezone.localdate():
            raise forms.ValidationError("This day is still to come. Write the day of which the rate is.")
        return day


@admin.register(DayRate)
class DayRateAdmin(ModelAdmin):
    """A bank's own rates are as it has published them; what a bank has not given can be typed, with its source."""

    form = DayRateForm
    list_display = ["day", "base", "currency", "short_rate", "nominal", "source", "fetched_at", "is_demo"]
    list_filter = ["currency", "base", "source", "is_demo"]
    date_hierarchy = "day"
    fields = ["day", "base", "currency", "rate", "nominal", "source", "fetched_at", "is_demo"]
    readonly_fields = ["fetched_at", "is_demo"]

    @admin.display(description="Rate", ordering="rate")
    def short_rate(self, rate: DayRate) -> str:
        return f"{rate.rate.normalize():f}"

    def has_change_permission(self, request: HttpRequest, obj: DayRate | None = None) -> bool:
        return super().has_change_permission(request, obj) and (obj is None or obj.fetched_at is None)

    def has_delete_permission(self, request: HttpRequest, obj: DayRate | None = None) -> bool:
        return super().has_delete_permission(request, obj) and obj is not None and obj.fetched_at is None


class QuietFilter(admin.SimpleListFilter):
    title = "rates"
    parameter_name = "quiet"

    def lookups(self, request, model_admin):  # type: ignore[no-untyped-def]
        return [("yes", "none for days")]

    def queryset(self, request, queryset):  # type: ignore[no-untyped-def]
        return queryset.quiet(timezone.localdate()) if self.value() == "yes" else queryset


@admin.register(RateFeed)
class RateFeedAdmin(ModelAdmin):
    """How each bank's feed stands. Nobody writes here; a bank can be asked at once."""

    list_display = ["bank", "newest_day", "answered_at", "asked_at", "failures", "problem", "ask_after"]
    list_filter = [QuietFilter]
    fields = ["bank", "addresses", "newest_day", "answered_at", "asked_at", "failures", "problem", "ask_after", "without"]
    readonly_fields = ["addresses"]
    actions = ["ask"]

    @admin.display(description="Addresses")
    def addresses(self, feed: RateFeed) -> str:
        return " ".join(settings.RATE_FEEDS[feed.bank]) or "None: this bank is not asked here."

    @admin.action(description="Ask these banks now", permissions=["ask"])
    def ask(self, request: HttpRequest, queryset: RateFeedQuerySet) -> None:
        silent = [str(feed) for feed in queryset if not settings.RATE_FEEDS[feed.bank]]
        if silent:
            self.message_user(request, f"No address is set, so nobody is asked: {', '.join(silent)}.", "warning")
        if len(silent) == len(queryset):
            return
        if ask_now(queryset):
            self.message_user(request, "A worker is asking them. Load this page again in a minute.")
        else:
            self.message_user(request, "No worker answers just now. They are asked within the hour.", "warning")

    def has_ask_permission(self, request: HttpRequest) -> bool:
        return request.user.has_perm("money.change_ratefeed")

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: RateFeed | None = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: RateFeed | None = None) -> bool:
        return False
