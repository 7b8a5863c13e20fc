"""The steps of a candidate's profile, one form each; every form saves itself through the use case."""

from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django import forms
from django.forms.boundfield import BoundWidget
from django.utils.dates import MONTHS
from django.utils.translation import gettext_lazy as _

from matching import profile
from matching.find_names import find_names
from matching.models import Candidate, Occupation
from matching.models.candidates import ELSEWHERE, Citizenship
from matching.models.vacancies import Condition, WorkLanguage
from matching.names import country_names
from matching.register import register
from matching.sectors import by_sector
from portal.money.amounts import Currency
from portal.money.forms import AmountField
from portal.places.corridors import DESTINATIONS
from portal.places.days import legal_day
from portal.places.districts import by_district
from portal.places.models import Country, Region

FIRST_YEAR = 1930
MOST_WAGE = 999_999_999
NOT_ANSWERED = ("", _("Not answered"))
YES_NO = [("yes", _("Yes")), ("no", _("No"))]
CEFR = [
    NOT_ANSWERED,
    ("0", _("I do not know it")),
    ("1", _("A1 · a few words: greetings, numbers")),
    ("2", _("A2 · simple things: a shop, a bus, a short question")),
    ("3", _("B1 · I understand instructions and talk about my work")),
    ("4", _("B2 · I talk freely and read a contract")),
    ("5", _("C1 · nearly like my own language")),
    ("6", _("C2 · like my own language")),
]


class StepForm(forms.Form):
    """`candidate` is None only in the first step, which makes one."""

    def __init__(self, *args: Any, candidate: Candidate | None, now: datetime, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.candidate, self.now = candidate, now
        self.today = legal_day(now, Country.objects.get(pk=candidate.citizenship)) if candidate else now.date()
        self.prepare()

    def prepare(self) -> None:
        """Fill in choices and what stands."""


class DayInput(forms.DateInput):
    input_type = "date"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%d")


class YearField(forms.IntegerField):
    widget = forms.TextInput(attrs={"inputmode": "numeric", "maxlength": "4"})


class SearchField(forms.CharField):
    """A word to look for. The button beside it shows the form again, with what was found on top, and saves nothing."""

    def __init__(self, **kwargs: Any) -> None:
        widget = forms.TextInput(attrs={"type": "search", "autocomplete": "off"})
        super().__init__(max_length=60, required=False, widget=widget, **kwargs)


def typed_word(data: Mapping[str, Any]) -> str:
    return str(data.get("search", ""))[:60] if "show" in data else ""


class WageField(AmountField):
    def __init__(self, **kwargs: Any) -> None:
        messages = {
            "invalid": _("Write a number, for example 60 000."),
            "min_value": _("Write a number above zero."),
            "max_value": _("Nobody earns this much a month. Look at the zeros."),
            "max_digits": _("Nobody earns this much a month. Look at the zeros."),
            "max_whole_digits": _("Nobody earns this much a month. Look at the zeros."),
        }
        super().__init__(
            required=False, min_value=Decimal("0.01"), max_value=MOST_WAGE, decimal_places=2, error_messages=messages, **kwargs
        )


class StartForm(StepForm):
    citizenship = forms.ChoiceField(
        label=_("Citizenship"),
        choices=Citizenship.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose your citizenship.")},
    )
    month = forms.TypedChoiceField(
        label=_("Month of birth"), choices=[("", "–"), *MONTHS.items()], coerce=int, error_messages={"required": _("Choose the month.")}
    )
    year = YearField(
        label=_("Year of birth"),
        error_messages={"required": _("Write the year."), "invalid": _("Write the year with four digits, for example 1998.")},
    )

    def prepare(self) -> None:
        if self.candidate:
            born = self.candidate.born_in
            self.initial = {"citizenship": self.candidate.citizenship, "month": born.month, "year": born.year}

    def clean(self) -> None:
        year, month = self.cleaned_data.get("year"), self.cleaned_data.get("month")
        if year is None or month is None:
            return
        if not FIRST_YEAR <= year <= self.today.year or (year, month) > (self.today.year, self.today.month):
            self.add_error("year", _("This cannot be. Write the year with four digits, for example 1998."))
        else:
            self.cleaned_data["born_in"] = date(year, month, 1)

    def save_for(self, user: Any) -> None:
        register(user, self.cleaned_data["citizenship"], self.cleaned_data["born_in"], self.now)


class NameForm(StepForm):
    given_name = forms.CharField(
        label=_("Given name"),
        max_length=60,
        widget=forms.TextInput(attrs={"autocomplete": "given-name"}),
        error_messages={"required": _("Write your name.")},
    )
    family_name = forms.CharField(
        label=_("Family name"), max_length=60, required=False, widget=forms.TextInput(attrs={"autocomplete": "family-name"})
    )

    def prepare(self) -> None:
        self.initial = {"given_name": self.candidate.given_name, "family_name": self.candidate.family_name}

    def save(self) -> None:
        profile.change(self.candidate, self.now, **self.cleaned_data)


class PlaceForm(StepForm):
    home_region = forms.ModelChoiceField(Region.objects.none(), label=_("Home region"), required=False, empty_label=_("Not answered"))
    located_in = forms.ChoiceField(label=_("Where are you now?"), required=False)
    has_papers = forms.ChoiceField(
        label=_("If you are abroad: do you have papers that allow you to stay there?"),
        choices=YES_NO,
        required=False,
        widget=forms.RadioSelect,
        help_text=_("At home you need not answer this."),
    )

    def prepare(self) -> None:
        candidate = self.candidate
        self.fields["home_region"].queryset = Region.objects.filter(country=candidate.citizenship).order_by("name")
        names = country_names()
        others = sorted((item for item in names.items() if item[0] != candidate.citizenship), key=lambda item: item[1])
        self.fields["located_in"].choices = [
            NOT_ANSWERED,
            (candidate.citizenship, _("At home: %(country)s") % {"country": names[candidate.citizenship]}),
            *others,
            (ELSEWHERE, _("Another country")),
        ]
        papers = {True: "yes", False: "no", None: ""}[candidate.has_papers]
        self.initial = {"home_region": candidate.home_region_id, "located_in": candidate.located_in, "has_papers": papers}

    def clean(self) -> None:
        located, papers = self.cleaned_data.get("located_in", ""), self.cleaned_data.get("has_papers", "")
        if located in ("", self.candidate.citizenship):
            self.cleaned_data["has_papers"] = None
        elif not papers and "has_papers" not in self.errors:
            self.add_error("has_papers", _("You are abroad: say whether you have papers that allow you to stay."))
        else:
            self.cleaned_data["has_papers"] = papers == "yes"

    def save(self) -> None:
        profile.say_where(self.candidate, now=self.now, **self.cleaned_data)


class LanguagesForm(StepForm):
    def prepare(self) -> None:
        held = dict(self.candidate.languages.values_list("language", "level"))
        for code, name in WorkLanguage.choices:
            self.fields[code] = forms.TypedChoiceField(label=name, choices=CEFR, coerce=int, empty_value=None, required=False)
            self.initial[code] = held.get(code, "")

    def save(self) -> None:
        profile.set_languages(self.candidate, self.cleaned_data, self.now)


class OccupationsForm(StepForm):
    occupations = forms.ModelMultipleChoiceField(
        Occupation.objects.none(),
        label=_("Work that you want to do"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        error_messages={
            "invalid_choice": _("This work is not on the list any more."),
            "invalid_pk_value": _("This work is not on the list."),
        },
    )
    search = SearchField(label=_("Look for a work"))

    def prepare(self) -> None:
        self.found = find_names(Occupation, typed_word(self.data))
        self.fields["occupations"].queryset = Occupation.objects.own().order_by("name")
        self.initial["occupations"] = list(self.candidate.wanted_occupations.values_list("pk", flat=True))

    def sectors(self) -> list[dict[str, Any]]:
        """What the template shows: boxes under the headings of `SECTORS`, open where one is ticked; above them what was found."""
        boxes = {box.data["value"].instance: box for box in self["occupations"].subwidgets}
        by_pk = {row.pk: box for row, box in boxes.items()}
        found = [{"name": _("Found"), "boxes": [by_pk[pk] for pk in self.found], "is_open": True}] if self.found else []
        others = [row for row in boxes if row.pk not in self.found]
        return found + [folded(name, [boxes[row] for row in rows]) for name, rows in by_sector(others)]

    def save(self) -> None:
        profile.set_occupations(self.candidate, list(self.cleaned_data["occupations"]), self.now)


def folded(name: str, boxes: list[BoundWidget]) -> dict[str, Any]:
    return {"name": name, "boxes": boxes, "is_open": any(box.data["selected"] for box in boxes)}


class WhereForm(StepForm):
    """For each destination: a wish, and the regions wanted or never."""

    WISHES = [
        ("wanted", _("I want to go there")),
        ("accepted", _("I would go there too")),
        ("excluded", _("I do not go there")),
        ("", _("Not answered")),
    ]

    def prepare(self) -> None:
        candidate, names = self.candidate, country_names()
        self.regions: dict[str, list[Region]] = {code: [] for code in DESTINATIONS}
        for region in Region.objects.filter(country__in=DESTINATIONS).order_by("name"):
            self.regions[region.country_id].append(region)
        for code in DESTINATIONS:
            self.fields[code] = forms.ChoiceField(label=names[code], choices=self.WISHES, required=False, widget=forms.RadioSelect)
            self.initial[code] = next(
                (wish for wish in ("wanted", "accepted", "excluded") if code in getattr(candidate, f"{wish}_countries")), ""
            )
            for wish, label in (("wanted", _("Regions that you want")), ("excluded", _("Regions where you do not go"))):
                self.fields[f"{wish}_{code}"] = forms.MultipleChoiceField(
                    label=label,
                    choices=[(region.code, region.name) for region in self.regions[code]],
                    required=False,
                    widget=forms.CheckboxSelectMultiple,
                    error_messages={"invalid_choice": _("This region is not on the list.")},
                )
                self.initial[f"{wish}_{code}"] = [
                    region for region in getattr(candidate, f"{wish}_regions") if region.startswith(f"{code}-")
                ]

    def destinations(self) -> list[dict[str, Any]]:
        """What the template shows: a country's wish with its two lists of regions, by district where there are districts."""
        groups = []
        for code in DESTINATIONS:
            districts = by_district(self.regions[code])
            lists = []
            for field in (self[f"wanted_{code}"], self[f"excluded_{code}"]):
                boxes = {box.data["value"]: box for box in field.subwidgets}
                parts = [folded(name, [boxes[region.code] for region in regions]) for name, regions in districts]
                lists.append({"field": field, "parts": parts, "is_open": bool(field.errors or field.value())})
            groups.append({"wish": self[code], "lists": lists})
        return groups

    def clean(self) -> None:
        for code in DESTINATIONS:
            wanted, excluded = self.cleaned_data.get(f"wanted_{code}", []), self.cleaned_data.get(f"excluded_{code}", [])
            if set(wanted) & set(excluded):
                self.add_error(f"excluded_{code}", _("A region is on both lists. Take it out of one."))
            if wanted and self.cleaned_data.get(code) == "excluded":
                self.add_error(f"wanted_{code}", _("You said that you do not go to this country."))

    def save(self) -> None:
        data = self.cleaned_data
        values = {f"{wish}_countries": [code for code in DESTINATIONS if data[code] == wish] for wish in ("wanted", "accepted", "excluded")}
        values |= {
            f"{wish}_regions": [region for code in DESTINATIONS for region in data[f"{wish}_{code}"]] for wish in ("wanted", "excluded")
        }
        profile.change(self.candidate, self.now, **values)


class WageForm(StepForm):
    wage_floor = WageField(label=_("The least you would go for, in hand, a month"))
    wage_wish = WageField(label=_("What you wish for, in hand, a month"))
    wage_currency = forms.ChoiceField(label=_("Currency"), choices=Currency.choices)

    def prepare(self) -> None:
        self.initial = {name: getattr(self.candidate, name) for name in self.fields}
        for name in ("wage_floor", "wage_wish"):
            if self.initial[name] is not None and self.initial[name] == self.initial[name].to_integral_value():
                self.initial[name] = int(self.initial[name])

    def clean(self) -> None:
        floor, wish = self.cleaned_data.get("wage_floor"), self.cleaned_data.get("wage_wish")
        if floor is not None and wish is not None and wish < floor:
            self.add_error("wage_wish", _("The wish is less than the least. Write the larger number here."))

    def save(self) -> None:
        profile.change(self.candidate, self.now, **self.cleaned_data)


class ConditionsForm(StepForm):
    conditions = forms.MultipleChoiceField(
        label=_("What should the job give?"), choices=Condition.choices, required=False, widget=forms.CheckboxSelectMultiple
    )

    def prepare(self) -> None:
        self.initial["conditions"] = self.candidate.conditions

    def save(self) -> None:
        profile.change(self.candidate, self.now, **self.cleaned_data)


class AvailableForm(StepForm):
    available_on = forms.DateField(
        label=_("First day on which you can leave"),
        required=False,
        widget=DayInput,
        input_formats=["%Y-%m-%d"],
        error_messages={"invalid": _("Write the day like this: 2026-05-20.")},
    )

    def prepare(self) -> None:
        day = self.candidate.available_on
        self.initial["available_on"] = max(day, self.today) if day else None
        self.fields["available_on"].widget.attrs["min"] = self.today.isoformat()

    def clean_available_on(self) -> date | None:
        day = self.cleaned_data["available_on"]
        if day and day < self.today:
            raise forms.ValidationError(_("This day has passed. Choose today or a later day."))
        if day and day.year > self.today.year + 2:
            raise forms.ValidationError(_("This is too far away. Choose a day in the next two years."))
        return day

    def save(self) -> None:
        profile.change(self.candidate, self.now, **self.cleaned_data)


FORMS: dict[str, type[StepForm]] = {
    "start": StartForm,
    "name": NameForm,
    "place": PlaceForm,
    "languages": LanguagesForm,
    "occupations": OccupationsForm,
    "where": WhereForm,
    "wage": WageForm,
    "conditions": ConditionsForm,
    "available": AvailableForm,
}
