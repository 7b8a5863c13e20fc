"""The centre's form of a course, and the reason for taking a completion back."""

from collections.abc import Mapping
from datetime import timedelta
from decimal import Decimal
from itertools import groupby
from operator import attrgetter
from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from matching.find_names import find_names
from matching.forms.profile import DayInput
from matching.models import Skill
from matching.models.vacancies import Level
from portal.money.amounts import Currency
from portal.money.forms import AmountField
from portal.organisations.models import Organisation
from portal.places.models import Country, Region
from training.models import MOST_SEATS, TrainingOffer
from training.sentences import TOO_EARLY

EMPTY = [("", "—")]
MOST_SKILLS = 5
MOST_PRICE = Decimal(10_000_000)
LATEST_START = timedelta(days=730)
TOO_LONG = _("This is too long: write at most %(limit_value)d characters.")
SEATS = _("Write a whole number of places, from 1 to 500.")
PRICE = _("Write the price as a number, for example 300. Write 0 where the course is free.")
PAYER = _("Say who pays for the course: the learner where you wrote a price, else somebody else.")
SKILL = _("Skill")
DAY = {"required": _("Choose the day."), "invalid": _("Write the day like this: 2027-03-31.")}


def day_field(label: Any) -> forms.DateField:
    return forms.DateField(label=label, input_formats=["%Y-%m-%d", "%d.%m.%Y"], widget=DayInput, error_messages=DAY)


def regions_by_country(home: Country) -> list[tuple[str, list[tuple[str, str]]]]:
    """Groups of a select, those of one's own country first."""
    regions = Region.objects.select_related("country").order_by("country", "name")
    groups = [(country, [(row.code, row.name) for row in rows]) for country, rows in groupby(regions, key=attrgetter("country"))]
    return [(country.name, rows) for country, rows in sorted(groups, key=lambda group: group[0] != home)]


class OfferForm(forms.Form):
    centre = forms.ChoiceField(label=_("Training centre"), error_messages={"required": _("Choose the centre.")})
    title = forms.CharField(
        label=_("Name of the course"),
        max_length=100,
        error_messages={"required": _("Write the name of the course."), "max_length": TOO_LONG},
    )
    about = forms.CharField(
        label=_("About the course"),
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=_("A usual day, what to bring, and what somebody gets at the end."),
        error_messages={"max_length": TOO_LONG},
    )
    language = forms.ChoiceField(
        label=_("Language"), choices=EMPTY + settings.LANGUAGES, error_messages={"required": _("Choose a language.")}
    )
    region = forms.ChoiceField(label=_("Region"), error_messages={"required": _("Choose a region.")})
    address = forms.CharField(
        label=_("Where"),
        max_length=200,
        error_messages={"required": _("Write the address of the course."), "max_length": TOO_LONG},
    )
    starts_on = day_field(_("First day"))
    ends_on = day_field(_("Last day"))
    seats = forms.IntegerField(
        label=_("Places"),
        min_value=1,
        max_value=MOST_SEATS,
        widget=forms.TextInput(attrs={"inputmode": "numeric"}),
        error_messages=dict.fromkeys(("required", "invalid", "min_value", "max_value"), SEATS),
    )
    price = AmountField(
        label=_("Price"),
        help_text=PRICE,
        initial=Decimal(0),
        min_value=Decimal(0),
        max_value=MOST_PRICE,
        max_digits=18,
        decimal_places=2,
        error_messages=dict.fromkeys(
            ("required", "invalid", "min_value", "max_value", "max_digits", "max_whole_digits", "max_decimal_places"), PRICE
        ),
    )
    currency = forms.ChoiceField(label=_("Currency"), choices=Currency.choices)
    payer = forms.ChoiceField(
        label=_("Who pays for the course"),
        choices=EMPTY + TrainingOffer.Payer.choices,
        error_messages={"required": PAYER},
    )

    def __init__(self, *args: Any, centres: list[Organisation], today: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today
        self.centres = {str(centre.uid): centre for centre in centres}
        self.fields["centre"].choices = [(uid, centre.name) for uid, centre in self.centres.items()]
        if len(centres) == 1:
            del self.fields["centre"]
        self.fields["region"].choices = EMPTY + regions_by_country(home=centres[0].country)
        self.catalogue = {str(skill).casefold(): skill for skill in Skill.objects.own().order_by("name")}
        for number in range(1, MOST_SKILLS + 1):
            self.fields[f"skill_{number}"] = forms.CharField(
                label=f"{SKILL} {number}",
                max_length=200,
                required=False,
                widget=forms.TextInput(attrs={"list": "skills", "autocomplete": "off"}),
            )
            self.fields[f"level_{number}"] = forms.TypedChoiceField(
                label=_("Who completes the course"),
                choices=Level.choices,
                coerce=int,
                initial=Level.HELPS.value,
                required=False,
                empty_value=Level.HELPS.value,
            )

    @staticmethod
    def initial_of(offer: TrainingOffer) -> dict[str, Any]:
        names = ("title", "about", "language", "address", "starts_on", "ends_on", "seats", "price", "currency", "payer")
        told: dict[str, Any] = {name: getattr(offer, name) for name in names} | {"region": offer.region_id}
        for number, row in enumerate(offer.skills.all(), 1):
            told |= {f"skill_{number}": str(row.skill), f"level_{number}": row.level}
        return told

    def skill_rows(self) -> list[tuple[Any, Any]]:
        return [(self[f"skill_{number}"], self[f"level_{number}"]) for number in range(1, MOST_SKILLS + 1)]

    def clean(self) -> None:
        told = self.cleaned_data
        first, last = told.get("starts_on"), told.get("ends_on")
        if first and first <= self.today:
            self.add_error("starts_on", TOO_EARLY)
        if first and first > self.today + LATEST_START:
            self.add_error("starts_on", _("Look at the year: this is too far away."))
        if first and last and not timedelta() <= last - first <= LATEST_START:
            self.add_error("ends_on", _("The last day comes after the first one, or is the same."))
        price, payer = told.get("price"), told.get("payer")
        if price is not None and payer and bool(price) != (payer == TrainingOffer.Payer.LEARNER):
            self.add_error("payer", PAYER)
        self._clean_skills()

    def _clean_skills(self) -> None:
        self.found: dict[int, int] = {}
        for number in range(1, MOST_SKILLS + 1):
            typed = " ".join(self.cleaned_data.get(f"skill_{number}", "").split())
            if not typed:
                continue
            skill = self.catalogue.get(typed.casefold())
            if skill is None:
                self.add_error(f"skill_{number}", self._not_known(typed))
            else:
                self.found[skill.pk] = self.cleaned_data.get(f"level_{number}", Level.HELPS.value)
        if not self.found and not any(f"skill_{number}" in self.errors for number in range(1, MOST_SKILLS + 1)):
            self.add_error("skill_1", _("Name at least one skill that people learn."))

    def _not_known(self, typed: str) -> Any:
        near = find_names(Skill, typed, most=3)
        names = {skill.pk: str(skill) for skill in self.catalogue.values() if skill.pk in near}
        if not names:
            return _("Nothing like this is on the list. Try a shorter word.")
        return _("This skill is not on the list. Do you mean: %(names)s?") % {"names": "; ".join(names[pk] for pk in near)}

    def chosen_centre(self) -> Organisation:
        return self.centres.get(self.cleaned_data.get("centre", ""), next(iter(self.centres.values())))

    def values(self) -> dict[str, Any]:
        told = self.cleaned_data
        kept = {name: value for name, value in told.items() if name.partition("_")[0] not in ("skill", "level", "centre", "region")}
        return kept | {"region_id": told["region"]}

    def skills(self) -> Mapping[int, int]:
        return self.found


class TakeBackForm(forms.Form):
    """`people` are choices: who has completed the course."""

    who = forms.ChoiceField(label=_("Person"), error_messages=dict.fromkeys(("required", "invalid_choice"), _("Choose the person.")))
    reason = forms.CharField(
        label=_("Why?"),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": _("Write why: the person reads it."), "max_length": TOO_LONG},
    )

    def __init__(self, people: list[tuple[str, str]], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["who"].choices = EMPTY + people
