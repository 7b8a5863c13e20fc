"""The employer's forms, one a step. A field for charging the worker does not exist."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from matching.edit import AskedLanguage, AskedSkill
from matching.models import Occupation, Skill, Vacancy
from matching.models.taxonomy import Importance
from matching.models.vacancies import Cefr, Certificate, Condition, Level, Licence, WorkLanguage
from matching.sectors import sector_choices
from portal.money.amounts import Currency, WageBasis, WagePeriod
from portal.money.forms import AmountField
from portal.organisations.models import Organisation
from portal.places.corridors import DESTINATIONS
from portal.places.districts import region_choices
from portal.places.models import Region

EMPTY = [("", "—")]
MOST_SKILLS = 30
MOST_WAGE = Decimal(100_000_000)
LATEST_START = timedelta(days=730)
TOO_LONG = _("This is too long: write at most %(limit_value)d characters.")


class PlaceForm(forms.Form):
    employer = forms.ChoiceField(label=_("Employer"), error_messages={"required": _("Choose the employer.")})
    occupation = forms.ChoiceField(label=_("Occupation"), error_messages={"required": _("Choose an occupation.")})
    title = forms.CharField(
        label=_("Title in your own words"),
        max_length=100,
        required=False,
        help_text=_("People read the occupation in their own language first."),
        error_messages={"max_length": TOO_LONG},
    )
    region = forms.ChoiceField(label=_("Region"), error_messages={"required": _("Choose a region.")})
    address = forms.CharField(
        label=_("Address of the worksite"),
        max_length=200,
        help_text=_("Town, street and house: where people will really work."),
        error_messages={"required": _("Write the address of the worksite."), "max_length": TOO_LONG},
    )
    other_sites = forms.CharField(
        label=_("Other sites"),
        max_length=300,
        required=False,
        help_text=_("Where else people work for you, if they do: the address of each."),
        error_messages={"max_length": TOO_LONG},
    )
    description = forms.CharField(
        label=_("What the work is"),
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text=_("A usual day in short sentences: what is done, with what, with whom."),
        error_messages={"max_length": TOO_LONG},
    )

    def __init__(self, *args: Any, employers: list[Organisation], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["employer"].choices = [(str(employer.uid), employer.name) for employer in employers]
        if len(employers) == 1:
            del self.fields["employer"]
        self.occupations = {each.slug: each for each in Occupation.objects.own().order_by("name")}
        self.fields["occupation"].choices = EMPTY + sector_choices(self.occupations.values(), "slug")
        regions = Region.objects.filter(country__in=DESTINATIONS).select_related("country").order_by("-country", "name")
        self.regions = {region.code: region for region in regions}
        self.fields["region"].choices = EMPTY + region_choices(regions)

    @staticmethod
    def initial_of(vacancy: Vacancy) -> dict[str, Any]:
        return {
            "occupation": vacancy.occupation.slug,
            "title": vacancy.title,
            "region": vacancy.region_id,
            "address": vacancy.address,
            "other_sites": vacancy.other_sites,
            "description": vacancy.description,
        }

    def values(self) -> dict[str, Any]:
        told = self.cleaned_data
        return {
            "occupation": self.occupations[told["occupation"]],
            "region": self.regions[told["region"]],
            **{name: told[name] for name in ("title", "address", "other_sites", "description")},
        }


class SkillsForm(forms.Form):
    """One row a skill: how much it is needed, at which level, whether nobody without it can start. `other` adds a row."""

    IMPORTANCE = [("", _("not asked")), (Importance.ESSENTIAL, _("needed")), (Importance.OPTIONAL, _("good to have"))]

    find = forms.CharField(label=_("Find a skill"), required=False, max_length=60)
    other = forms.ChoiceField(label=_("Add another skill"), required=False)

    def __init__(self, data: Any, *, slugs: list[str], initial: dict[str, Any], catalogue: dict[str, Skill]) -> None:
        super().__init__(data, initial=initial)
        self.catalogue = catalogue
        self.unknown = [slug for slug in slugs if slug not in catalogue]
        self.slugs = [slug for slug in dict.fromkeys(slugs) if slug in catalogue]
        for slug in self.slugs:
            name = str(catalogue[slug])
            self.fields[f"importance_{slug}"] = forms.ChoiceField(choices=self.IMPORTANCE, required=False, label=name)
            self.fields[f"level_{slug}"] = forms.TypedChoiceField(
                choices=Level.choices, coerce=int, empty_value=Level.ALONE.value, required=False, initial=Level.ALONE.value, label=name
            )
            self.fields[f"critical_{slug}"] = forms.BooleanField(required=False, label=_("nobody can start without it"))
        self.fields["other"].choices = EMPTY + self._others((data or {}).get("find", ""))

    def _others(self, find: str) -> list[tuple[str, list[tuple[str, str]]]]:
        """The skills without a row whose name has all words of `find`, by group."""
        words = find.casefold().split()
        groups: dict[str, list[tuple[str, str]]] = {}
        for slug, skill in self.catalogue.items():
            name = f"{skill} {skill.group}".casefold()
            if slug not in self.slugs and all(word in name for word in words):
                groups.setdefault(str(skill.group), []).append((slug, str(skill)))
        return sorted((group, sorted(rows, key=lambda row: row[1])) for group, rows in groups.items())

    def rows(self) -> list[dict[str, Any]]:
        return [
            {
                "slug": slug,
                "name": str(self.catalogue[slug]),
                "importance": self[f"importance_{slug}"],
                "level": self[f"level_{slug}"],
                "critical": self[f"critical_{slug}"],
            }
            for slug in self.slugs
        ]

    def clean(self) -> None:
        if self.unknown:
            self.add_error(None, _("The form named a skill that we do not know. Choose skills from the list."))
        if len(self.asked()) > MOST_SKILLS:
            self.add_error(None, _("These are too many skills: ask for at most %(most)d.") % {"most": MOST_SKILLS})

    def asked(self) -> list[AskedSkill]:
        told = self.cleaned_data
        return [
            AskedSkill(
                self.catalogue[slug].pk, told[f"importance_{slug}"], told.get(f"level_{slug}", Level.ALONE), told[f"critical_{slug}"]
            )
            for slug in self.slugs
            if told.get(f"importance_{slug}")
        ]


class RequirementsForm(forms.Form):
    entry = forms.BooleanField(label=_("No experience needed: we teach the work"), required=False)
    experience_months = forms.IntegerField(
        label=_("Months of experience"),
        required=False,
        min_value=0,
        max_value=480,
        widget=forms.TextInput(attrs={"inputmode": "numeric"}),
        error_messages={
            "invalid": _("Write a whole number of months, for example 12."),
            "min_value": _("Months cannot be fewer than none."),
            "max_value": _("Write at most %(limit_value)d months."),
        },
    )
    licences = forms.MultipleChoiceField(
        label=_("Driving licences"), choices=Licence.choices, required=False, widget=forms.CheckboxSelectMultiple
    )
    certificates = forms.MultipleChoiceField(
        label=_("Certificates"), choices=Certificate.choices, required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        levels = [(level.value, level.label) for level in Cefr]
        for code in WorkLanguage.values:
            self.fields[f"minimum_{code}"] = forms.TypedChoiceField(
                label=_("at least"), choices=EMPTY + levels, coerce=int, empty_value=None, required=False
            )
            self.fields[f"target_{code}"] = forms.TypedChoiceField(
                label=_("best"), choices=EMPTY + levels[1:], coerce=int, empty_value=None, required=False
            )

    @staticmethod
    def initial_of(vacancy: Vacancy) -> dict[str, Any]:
        told: dict[str, Any] = {name: getattr(vacancy, name) for name in ("entry", "licences", "certificates")}
        told["experience_months"] = vacancy.experience_months or None
        for row in vacancy.languages.all():
            told |= {f"minimum_{row.language}": row.minimum, f"target_{row.language}": row.target}
        return told

    def language_rows(self) -> list[dict[str, Any]]:
        return [
            {"name": str(language.label), "minimum": self[f"minimum_{language.value}"], "target": self[f"target_{language.value}"]}
            for language in WorkLanguage
        ]

    def clean(self) -> None:
        told = self.cleaned_data
        if told.get("entry") and told.get("experience_months"):
            self.add_error("experience_months", _("Either no experience is needed, or some months are: choose one."))
        for code in WorkLanguage.values:
            minimum, target = told.get(f"minimum_{code}"), told.get(f"target_{code}")
            if minimum is not None and target is not None and minimum > target:
                self.add_error(f"target_{code}", _("The best level cannot be lower than what is needed at least."))

    def values(self) -> dict[str, Any]:
        told = self.cleaned_data
        return {
            "entry": told["entry"],
            "experience_months": told["experience_months"] or 0,
            "licences": [code for code in Licence.values if code in told["licences"]],
            "certificates": [code for code in Certificate.values if code in told["certificates"]],
        }

    def languages(self) -> list[AskedLanguage]:
        """A language is asked for when it has a level above none; a level that is left open is the other one, or none."""
        asked = []
        for code in WorkLanguage.values:
            minimum, target = self.cleaned_data[f"minimum_{code}"] or 0, self.cleaned_data[f"target_{code}"]
            target = target or minimum
            if target:
                asked.append(AskedLanguage(code, minimum, target))
        return asked


class PayForm(forms.Form):
    wage_amount = AmountField(
        label=_("Guaranteed wage"),
        help_text=_("What everybody gets for sure: without bonuses, without overtime."),
        min_value=Decimal("0.01"),
        max_value=MOST_WAGE,
        max_digits=18,
        decimal_places=2,
        error_messages={
            "required": _("Write the guaranteed wage."),
            "invalid": _("Write the wage as a number, for example 60000."),
            "min_value": _("The wage must be more than zero."),
            "max_value": _("This wage is too big to be true. Look at the zeros."),
            "max_digits": _("This wage is too big to be true. Look at the zeros."),
            "max_whole_digits": _("This wage is too big to be true. Look at the zeros."),
            "max_decimal_places": _("Write at most two figures after the point."),
        },
    )
    wage_currency = forms.ChoiceField(label=_("Currency"), choices=Currency.choices)
    wage_period = forms.ChoiceField(label=_("Paid for"), choices=WagePeriod.choices)
    wage_basis = forms.ChoiceField(label=_("Before or after tax"), choices=WageBasis.choices)
    shifts_a_month = forms.IntegerField(
        label=_("Shifts a month"),
        required=False,
        min_value=1,
        max_value=31,
        help_text=_("Only where the wage is for a shift."),
        widget=forms.TextInput(attrs={"inputmode": "numeric"}),
        error_messages={
            "invalid": _("Write a whole number of shifts, from 1 to 31."),
            "min_value": _("Write a whole number of shifts, from 1 to 31."),
            "max_value": _("Write a whole number of shifts, from 1 to 31."),
        },
    )
    hours_a_week = forms.IntegerField(
        label=_("Hours a week"),
        required=False,
        min_value=1,
        max_value=84,
        help_text=_("In a usual week, without overtime."),
        widget=forms.TextInput(attrs={"inputmode": "numeric"}),
        error_messages={
            "invalid": _("Write a whole number of hours, for example 40."),
            "min_value": _("Write a whole number of hours, for example 40."),
            "max_value": _("A week has no more than %(limit_value)d hours of work."),
        },
    )
    conditions = forms.MultipleChoiceField(
        label=_("You give, free of charge"), choices=Condition.choices, required=False, widget=forms.CheckboxSelectMultiple
    )
    starts_on = forms.DateField(
        label=_("Work starts on"),
        input_formats=["%Y-%m-%d", "%d.%m.%Y"],
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
        error_messages={"required": _("Choose the day when work starts."), "invalid": _("Write the day like this: 2027-03-31.")},
    )
    openings = forms.IntegerField(
        label=_("How many people do you need?"),
        min_value=1,
        max_value=1000,
        widget=forms.TextInput(attrs={"inputmode": "numeric"}),
        error_messages={
            "required": _("Write how many people you need."),
            "invalid": _("Write how many people you need, for example 5."),
            "min_value": _("Write at least one opening."),
            "max_value": _("Write at most %(limit_value)d openings."),
        },
    )

    def __init__(self, *args: Any, vacancy: Vacancy, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.vacancy, self.today = vacancy, today

    @staticmethod
    def initial_of(vacancy: Vacancy) -> dict[str, Any]:
        names = ("wage_amount", "wage_period", "wage_basis", "shifts_a_month", "hours_a_week", "conditions", "starts_on", "openings")
        told: dict[str, Any] = {name: getattr(vacancy, name) for name in names}
        if vacancy.wage_amount is not None and vacancy.wage_amount % 1 == 0:
            told["wage_amount"] = int(vacancy.wage_amount)
        return told | {"wage_currency": vacancy.wage_currency or vacancy.region.country.currency}

    def clean_starts_on(self) -> date:
        day: date = self.cleaned_data["starts_on"]
        if day < self.today and day != self.vacancy.starts_on:
            raise forms.ValidationError(_("This day has passed. Choose today or later."))
        if day > self.today + LATEST_START:
            raise forms.ValidationError(_("This day is too far away: choose one within two years."))
        return day

    def clean(self) -> None:
        told = self.cleaned_data
        if told.get("wage_period") == WagePeriod.SHIFT and "shifts_a_month" in told and not told["shifts_a_month"]:
            self.add_error("shifts_a_month", _("Write how many shifts a month are sure."))

    def values(self) -> dict[str, Any]:
        told = dict(self.cleaned_data)
        return told | {"conditions": [code for code in Condition.values if code in told["conditions"]]}
