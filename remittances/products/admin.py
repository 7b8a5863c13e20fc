"""Operators write down products: each with its licence and the page of the register that says so. A demo's product cannot be made here."""

from typing import Any

from django import forms
from django.conf import settings
from django.contrib import admin
from django.http import HttpRequest
from django.utils import timezone
from modeltranslation.admin import TranslationAdmin
from modeltranslation.utils import build_localized_fieldname
from unfold.admin import ModelAdmin
from unfold.widgets import UnfoldAdminCheckboxSelectMultipleWidget

from orientation.reading import country_names
from remittances.models import Product
from remittances.models.products import COUNTRIES, LANGUAGES
from remittances.products.show import OWN_NAMES

TEXTS = ("title", "summary", "conditions")


class ProductForm(forms.ModelForm):  # type: ignore[type-arg]
    checked_today = forms.BooleanField(
        required=False,
        label="I have looked today at the register and at the conditions",
        help_text="Sets the day and your name. Without it readers go on seeing the day of the last look.",
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        names = country_names()
        self._choose("countries", [(code, names[code]) for code, _code in COUNTRIES])
        self._choose("languages", [(code, OWN_NAMES[code]) for code, _code in LANGUAGES])

    def _choose(self, name: str, choices: list[tuple[str, str]]) -> None:
        if name in self.fields:  # not in the form of whoever may only read
            said = self.fields[name].help_text
            widget = UnfoldAdminCheckboxSelectMultipleWidget
            self.fields[name] = forms.MultipleChoiceField(choices=choices, widget=widget, help_text=said)

    def clean(self) -> dict[str, Any]:
        """A language has all texts or none, so that no page mixes two."""
        told = super().clean() or self.cleaned_data
        written = {
            code: {text: told.get(build_localized_fieldname(text, code)) for text in (*TEXTS, "women_note")}
            for code, _ in settings.LANGUAGES
        }
        for code, texts in written.items():
            needed = [*TEXTS, *(["women_note"] if any(other["women_note"] for other in written.values()) else [])]
            for name in [name for name in needed if any(texts.values()) and not texts[name]]:
                self.add_error(build_localized_fieldname(name, code), "Write all texts in this language, or none of them.")
        ends_on, is_shown = told.get("licence_valid_to"), told.get("is_listed")
        if is_shown and ends_on and ends_on < timezone.localdate():
            self.add_error("licence_valid_to", "This licence has ended: nobody would see the product.")
        if not told.get("checked_today") and (self.instance.pk is None or (is_shown and "is_listed" in self.changed_data)):
            self.add_error("checked_today", "Look at both first: readers see the day on which somebody did.")
        return told


@admin.register(Product)
class ProductAdmin(ModelAdmin, TranslationAdmin):
    form = ProductForm
    list_display = ["title", "provider", "kind", "countries", "checked_on", "licence_valid_to", "is_pilot", "is_listed"]
    list_filter = ["is_listed", "kind", "is_pilot", "is_interest_free", "is_demo"]
    search_fields = ["title", "provider", "slug"]
    prepopulated_fields = {"slug": ["provider", "title"]}
    readonly_fields = ["checked_on", "checked_by", "is_demo"]

    def get_readonly_fields(self, request: HttpRequest, obj: Product | None = None) -> list[str]:
        """Messages that went out lead to its address."""
        return [*super().get_readonly_fields(request, obj), *(["slug"] if obj else [])]

    def get_prepopulated_fields(self, request: HttpRequest, obj: Product | None = None) -> dict[str, Any]:
        return {} if obj else dict(super().get_prepopulated_fields(request, obj))

    def save_model(self, request: HttpRequest, obj: Product, form: Any, change: bool) -> None:
        if form.cleaned_data["checked_today"]:
            obj.checked_on, obj.checked_by = timezone.localdate(), request.user  # type: ignore[assignment]
        super().save_model(request, obj, form, change)
