"""Operators write down what services ask: a price with the day and the place where it was seen. Prices of the demo cannot be made here."""

from typing import Any

from django import forms
from django.contrib import admin
from django.utils import timezone
from unfold.admin import ModelAdmin, TabularInline

from portal.money.rates import mid_rates, rounded
from remittances.models import Quote, TransferProvider, TransferService
from remittances.quotes import CURRENCY
from remittances.waiting import without_new_price

# A rate farther than this from the middle rate is turned upside down, or has lost a zero.
FARTHEST = 30  # per cent
FIRST_YEAR = 2000


class QuoteForm(forms.ModelForm):
    """The service comes with the form, or, in the service's own page, is the one that is edited."""

    def clean_observed_on(self):  # type: ignore[no-untyped-def]
        day = self.cleaned_data["observed_on"]
        if day > timezone.localdate():
            raise forms.ValidationError("This day is still to come. Write the day on which you saw the price.")
        if day.year < FIRST_YEAR:
            raise forms.ValidationError("This day is too long ago. Look at the year.")
        return day

    def clean(self) -> dict[str, Any]:
        """What stood there before does not keep anybody from taking its service off the list."""
        super().clean()
        data = self.cleaned_data
        if not self.has_changed():
            return data
        service, rate, day = data.get("service"), data.get("rate"), data.get("observed_on")
        if not service or service.sends_from_id not in CURRENCY or rate is None or rate <= 0 or day is None:
            return data
        paid_in, paid_out = CURRENCY[service.sends_from_id], service.payout_currency
        mid = mid_rates(day, day).of(paid_in, paid_out, day)
        if mid is not None and abs(1 - rate / mid.value) * 100 > FARTHEST:
            self.add_error(
                "rate",
                f"This is far from the middle rate of that day: 1 {paid_in} = {rounded(mid.value).normalize():f} {paid_out}. "
                "Is it turned upside down, or is a zero missing?",
            )
        return data


class QuoteInline(TabularInline):
    model = Quote
    form = QuoteForm
    extra = 0
    fields = ["observed_on", "rate", "fee_fixed", "fee_percent", "fee_added", "source", "is_demo"]
    readonly_fields = ["is_demo"]
    ordering = ["-observed_on"]
    per_page = 15


@admin.register(TransferProvider)
class TransferProviderAdmin(ModelAdmin):
    list_display = ["name", "slug"]
    search_fields = ["name"]
    prepopulated_fields = {"slug": ["name"]}


class PriceFilter(admin.SimpleListFilter):
    title = "price"
    parameter_name = "price"

    def lookups(self, request, model_admin):  # type: ignore[no-untyped-def]
        return [("old", "none of this week")]

    def queryset(self, request, queryset):  # type: ignore[no-untyped-def]
        return without_new_price(queryset, timezone.localdate()) if self.value() == "old" else queryset


@admin.register(TransferService)
class TransferServiceAdmin(ModelAdmin):
    list_display = ["provider", "sends_from", "sends_to", "pay_in", "pay_out", "payout_currency", "minutes", "is_listed"]
    list_filter = [PriceFilter, "is_listed", "sends_from", "sends_to", "payout_currency"]
    list_select_related = ["provider", "sends_from", "sends_to"]
    search_fields = ["provider__name"]
    autocomplete_fields = ["provider"]
    inlines = [QuoteInline]


@admin.register(Quote)
class QuoteAdmin(ModelAdmin):
    form = QuoteForm
    list_display = ["service", "observed_on", "rate", "fee_fixed", "fee_percent", "fee_added", "source", "is_demo"]
    list_filter = ["is_demo", "observed_on", "service__sends_from", "service__sends_to"]
    list_select_related = ["service__provider"]
    search_fields = ["service__provider__name", "source"]
    autocomplete_fields = ["service"]
    readonly_fields = ["is_demo"]
    date_hierarchy = "observed_on"
