"""Operators write down who sends money home and what it costs. Prices of the demo cannot be made here."""

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from unfold.admin import ModelAdmin, TabularInline

from portal.accounts.admin import ReadOnly
from portal.money.rates import mid_rates, rounded
from portal.organisations.find_hits import wait_for_import
from remittances import rules
from remittances.decide_hit import decide_hit
from remittances.find_hits import look_up
from remittances.listing import imported_lists, list_service, lock, unlist_service, why_not_listable
from remittances.models import FeeBand, ListingEvent, ProviderHit, Quote, TransferProvider, TransferService
from remittances.outliers import FARTHEST, why_strange
from remittances.products import admin as products_admin  # noqa: F401  # products register themselves
from remittances.quotes import CURRENCY, price_of
from remittances.waiting import with_ended_licence, without_new_price

FIRST_YEAR = 2000
WAY = ["provider", "sends_from", "sends_to", "pay_in", "pay_out", "payout_currency"]
OLD, ENDED = "old", "ended"


class QuoteForm(forms.ModelForm):  # type: ignore[type-arg]
    def clean_observed_on(self) -> Any:
        day = self.cleaned_data["observed_on"]
        if day > timezone.localdate():
            raise forms.ValidationError("This day is still to come. Write the day on which you saw the price.")
        if day.year < FIRST_YEAR:
            raise forms.ValidationError("This day is too long ago. Look at the year.")
        return day

    def clean(self) -> dict[str, Any]:
        super().clean()
        data = self.cleaned_data
        service, rate, day = data.get("service"), data.get("rate"), data.get("observed_on")
        if service is None or day is None:
            return data
        TransferService.objects.select_for_update(no_key=True).get(pk=service.pk)  # collectors of the same service wait
        same = Quote.objects.filter(service=service, observed_on=day, is_promotion=data["is_promotion"], state=Quote.State.ACCEPTED)
        if same.exclude(pk=self.instance.pk).exists():
            self.add_error("observed_on", "A price of this service and day already exists: change that one.")
        if rate is None or rate <= 0:
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


class FeeBandInline(TabularInline):
    model = FeeBand
    extra = 0


class QuoteInline(ReadOnly, TabularInline):
    model = Quote
    fields = ["observed_on", "rate", "fee_fixed", "fee_percent", "fee_added", "is_promotion", "state", "source"]
    ordering = ["-observed_on"]
    per_page = 15
    show_change_link = True


class ProviderHitInline(ReadOnly, TabularInline):
    model = ProviderHit
    fields = ["entry", "name", "found_at", "verdict", "reason", "decided_by"]
    show_change_link = True


@admin.register(TransferProvider)
class TransferProviderAdmin(ModelAdmin):
    list_display = ["name", "kind", "slug"]
    list_filter = ["kind"]
    search_fields = ["name"]
    prepopulated_fields = {"slug": ["name"]}
    inlines = [ProviderHitInline]

    def save_model(self, request: HttpRequest, obj: TransferProvider, form: Any, change: bool) -> None:
        wait_for_import()
        super().save_model(request, obj, form, change)
        if look_up(obj, timezone.now()):
            self.message_user(
                request, "A sanctions list has this name: its services are on no page until somebody decides.", messages.WARNING
            )


class VerdictForm(forms.ModelForm):  # type: ignore[type-arg]
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in self.fields:  # none where the reader may not change it
            self.fields[name].required = True


@admin.register(ProviderHit)
class ProviderHitAdmin(ModelAdmin):
    """A person compares registers, addresses and dates, and says whom the list means."""

    form = VerdictForm
    list_display = ["provider", "name", "entry", "found_at", "verdict", "decided_by"]
    list_filter = ["verdict", "entry__list"]
    list_select_related = ["provider", "entry", "decided_by"]
    search_fields = ["provider__name", "name"]
    fields = ["provider", "name", "entry", "found_at", "verdict", "reason", "decided_by", "decided_at"]
    readonly_fields = ["provider", "name", "entry", "found_at", "decided_by", "decided_at"]

    def save_model(self, request: HttpRequest, obj: ProviderHit, form: Any, change: bool) -> None:
        decide_hit(obj, obj.verdict, obj.reason, by=request.user, now=timezone.now())  # type: ignore[arg-type]

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: ProviderHit | None = None) -> bool:
        return False


class PriceFilter(admin.SimpleListFilter):
    title = "price"
    parameter_name = "price"

    def lookups(self, request, model_admin):  # type: ignore[no-untyped-def]
        return [(OLD, "none of this week")]

    def queryset(self, request, queryset):  # type: ignore[no-untyped-def]
        return without_new_price(queryset, timezone.localdate()) if self.value() == OLD else queryset


class LicenceFilter(admin.SimpleListFilter):
    title = "licence"
    parameter_name = "licence"

    def lookups(self, request, model_admin):  # type: ignore[no-untyped-def]
        return [(ENDED, "ended, and still on the list")]

    def queryset(self, request, queryset):  # type: ignore[no-untyped-def]
        return with_ended_licence(queryset, timezone.localdate()) if self.value() == ENDED else queryset


class ListingEventInline(ReadOnly, TabularInline):
    model = ListingEvent
    fields = ["at", "is_listed", "reason", "lists_of", "licence_checked_on", "by"]


class ServiceForm(forms.ModelForm):  # type: ignore[type-arg]
    def clean(self) -> dict[str, Any]:
        super().clean()
        data = self.cleaned_data
        if self.instance.is_listed and not (data.get("licence") and data.get("licence_source")):
            self.add_error("licence", "A service on the list has a licence and a source of it. Take it off the list first.")
        return data


@admin.register(TransferService)
class TransferServiceAdmin(ModelAdmin):
    form = ServiceForm
    list_display = ["provider", "sends_from", "sends_to", "pay_in", "pay_out", "payout_currency", "licence_valid_to", "is_listed"]
    list_filter = [PriceFilter, LicenceFilter, "is_listed", "sends_from", "sends_to", "payout_currency"]
    list_select_related = ["provider", "sends_from", "sends_to"]
    search_fields = ["provider__name"]
    autocomplete_fields = ["provider"]
    readonly_fields = ["is_listed", "listing"]
    inlines = [ListingEventInline, QuoteInline]

    def get_readonly_fields(self, request: HttpRequest, obj: TransferService | None = None) -> list[str]:
        """Prices and what was looked at for the list are of this way of this provider: another way is another service."""
        is_known = obj is not None and (obj.is_listed or obj.quotes.exists() or obj.listing_events.exists())
        return [*super().get_readonly_fields(request, obj), *(WAY if is_known else [])]

    def listing(self, obj: TransferService) -> str:
        if obj.pk is None:
            return "Save it first."
        url = reverse("admin:remittances_listingevent_add", query={"service": obj.pk})
        return format_html(
            '<a class="text-primary-600 dark:text-primary-500" href="{}">{}</a>',
            url,
            "Take it off the list, or check it again" if obj.is_listed else "Put it on the list",
        )


class ListingForm(forms.ModelForm):  # type: ignore[type-arg]
    """What is in the way stands in the form; the locks are held until the event is written."""

    by: Any = None

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "is_listed" in self.fields:  # not where an event is only read
            self.fields["is_listed"].help_text = f"The provider is compared with the sanctions lists now. {imported_lists()}"

    def clean(self) -> dict[str, Any]:
        super().clean()
        data = self.cleaned_data
        if not self.errors and data["is_listed"]:
            if data["licence_checked_on"] is None:
                self.add_error("licence_checked_on", "Write the day on which you looked the licence up.")
            else:
                wait_for_import()
                locked = lock(data["service"], self.by)
                if why := why_not_listable(locked, data["reason"], data["licence_checked_on"], timezone.now()):
                    self.add_error(None, why)
        return data


@admin.register(ListingEvent)
class ListingEventAdmin(ModelAdmin):
    """Adding one is the act of putting a service on the list, or of taking it off. Nobody changes what was done."""

    form = ListingForm
    list_display = ["service", "is_listed", "reason", "lists_of", "licence_checked_on", "by", "at"]
    list_filter = ["is_listed", "at"]
    list_select_related = ["service__provider", "by"]
    search_fields = ["service__provider__name", "reason"]
    autocomplete_fields = ["service"]
    fields = ["service", "is_listed", "reason", "licence_checked_on"]

    def get_form(self, request: HttpRequest, obj: ListingEvent | None = None, change: bool = False, **kwargs: Any) -> Any:
        return type("ListingFormOfReader", (super().get_form(request, obj, change, **kwargs),), {"by": request.user})

    def save_model(self, request: HttpRequest, obj: ListingEvent, form: Any, change: bool) -> None:
        by, now = request.user, timezone.now()
        if obj.is_listed:
            event = list_service(obj.service, obj.reason, obj.licence_checked_on, by=by, now=now)  # type: ignore[arg-type]
        else:
            event = unlist_service(obj.service, obj.reason, by=by, now=now)  # type: ignore[arg-type]
        obj.pk, obj.at, obj.by = event.pk, event.at, event.by

    def has_change_permission(self, request: HttpRequest, obj: ListingEvent | None = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: ListingEvent | None = None) -> bool:
        return False


@admin.register(Quote)
class QuoteAdmin(ModelAdmin):
    """Also an operator's price waits for a second person where it is strange."""

    form = QuoteForm
    list_display = ["service", "observed_on", "rate", "fee_fixed", "fee_percent", "fee_added", "state", "source", "is_demo"]
    list_filter = ["state", "is_promotion", "is_demo", "observed_on", "service__sends_from", "service__sends_to"]
    list_select_related = ["service__provider"]
    search_fields = ["service__provider__name", "source"]
    autocomplete_fields = ["service"]
    readonly_fields = ["state", "held_because", "observed_by", "decided_by", "decided_at", "decided_because", "is_demo"]
    date_hierarchy = "observed_on"
    inlines = [FeeBandInline]

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Collectors have a page of their own."""
        return super().has_add_permission(request) and rules.can_review(request.user)  # type: ignore[arg-type]

    def has_change_permission(self, request: HttpRequest, obj: Quote | None = None) -> bool:
        """What waits is decided on its page, and what was refused stays as it was."""
        return super().has_change_permission(request, obj) and (obj is None or obj.state == Quote.State.ACCEPTED)

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        super().save_related(request, form, formsets, change)
        if not form.has_changed() and not any(formset.has_changed() for formset in formsets):
            return
        quote = Quote.objects.with_fees().select_related("service").get(pk=form.instance.pk)
        quote.observed_by = request.user  # type: ignore[assignment]
        quote.held_because = why_strange(quote.service, price_of(quote), quote.amount, quote.observed_on)
        if quote.held_because:
            quote.state = Quote.State.HELD
            self.message_user(request, f"Another person looks at this price first. {quote.held_because}", messages.WARNING)
        quote.save(update_fields=["observed_by", "held_because", "state"])
