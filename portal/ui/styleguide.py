"""Every component in every tone on one page, for those who build pages. In DEBUG only."""

from dataclasses import dataclass, field, replace

from django import forms
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from portal.ui.templatetags.ui import icons


@dataclass(frozen=True, slots=True)
class SampleFact:
    code: str = ""
    title: str = "Registration for citizens of Tajikistan in Russia"
    value: str = "15 days"
    text: str = "The person whose home you live in registers you. Count from the day you entered."
    corridors: list[str] = field(default_factory=lambda: ["Tajikistan → Russia"])
    source_name: str = "Federal Law 109-FZ"
    source_url: str = "https://example.org/law"
    source_dated: str = "26.11.2022"
    is_checked: bool = False
    checked_on: str = ""
    confidence: str = "From an official page"
    status_note: str = ""
    old_note: str = ""
    next_note: str = ""
    changed_on: str = ""
    lang: str = ""


class SampleForm(forms.Form):
    phone = forms.CharField(
        label="Phone number", help_text="With the country code: +992 90 123 45 67", widget=forms.TextInput({"type": "tel"})
    )
    name = forms.CharField(label="Name", required=False)
    country = forms.ChoiceField(label="Where do you go?", choices=[("RU", "Russia"), ("KZ", "Kazakhstan")])
    way = forms.ChoiceField(label="How do you travel?", choices=[("bus", "By bus"), ("air", "By air")], widget=forms.RadioSelect)
    story = forms.CharField(label="What happened?", widget=forms.Textarea({"rows": 3}))
    agree = forms.BooleanField(label="Safar may keep my answers", required=False)


@require_safe
def styleguide(request: HttpRequest) -> HttpResponse:
    fact = SampleFact()
    facts = [
        fact,
        replace(fact, is_checked=True, checked_on="12.10.2026", corridors=["Tajikistan → Russia", "Uzbekistan → Russia"]),
        replace(
            fact,
            value="",
            status_note="This is a bill, not yet a law. Until it is one, do as before.",
            old_note="Check this: it is 3 years old.",
            source_url="",
        ),
        replace(fact, value="10 000 ₽", next_note="From 1 January 2027: 12 000 ₽", changed_on="1 November 2026"),
    ]
    pages = Paginator(range(60), 10)
    context = {
        "facts": facts,
        "form": SampleForm(),
        "filled": SampleForm({"phone": "12", "country": "XX", "way": ""}),
        "page": pages.page(3),
        "icons": sorted(icons()),
        "tones": ["", "warn", "danger", "neutral"],
        "tab": "learn",
    }
    return render(request, "styleguide.html", context)
