"""The ten items of a contract, asked of the agency in their order; what it needs not type is filled in."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import Any

from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator, RegexValidator
from django.db.models import Q
from django.forms import BoundField
from django.utils.translation import gettext_lazy as _

from matching.forms.profile import DayInput
from matching.forms.vacancies import EMPTY
from matching.model_contract.items import TITLES
from matching.models import Given, Match, Occupation, Offer, Vacancy
from matching.models.vacancies import Condition
from matching.sectors import sector_choices
from portal.money.forms import AmountField
from portal.organisations.models import Person

HIGHEST_WAGE = 100_000_000
RANGES = {"wage_amount": (1, HIGHEST_WAGE), "shifts_a_month": (1, 31), "hours_a_week": (1, 84)}
RANGES |= {"pay_day": (1, 31), "second_pay_day": (1, 31), "days_off": (1, 6), "leave_days": (1, 120), "notice_days": (1, 90)}
# Numbers of the items → what is asked of them. The tenth, the signatures, is on paper.
SECTIONS = {
    (1,): ["employer_name", "employer_number", "employer_address"],
    (2,): ["occupation", "job_title"],
    (3,): ["address"],
    (4,): ["wage_amount", "wage_currency", "wage_period", "wage_basis", "shifts_a_month", "pay_day", "second_pay_day"],
    (5,): ["hours_a_week", "overtime"],
    (6,): ["days_off", "leave_days"],
    (7,): ["starts_on", "ends_on", "notice_days"],
    (8, 9): ["conditions"],
}
# What a vacancy does not say: taken from the terms that the agency has entered last for the same vacancy.
UNTOLD = ("employer_number", "employer_address", "overtime", "days_off", "leave_days", "notice_days", "ends_on")


class OfferForm(forms.ModelForm):
    conditions = forms.MultipleChoiceField(
        label=_("The employer gives, free of charge"), choices=Given.choices, required=False, widget=forms.CheckboxSelectMultiple
    )
    pay_day = forms.IntegerField(label=_("Day of payment"), help_text=_("The day of the month, for example 10."))
    second_pay_day = forms.IntegerField(label=_("Second day of payment"), required=False)

    class Meta:
        model = Offer
        fields = [
            "employer_name",
            "employer_number",
            "employer_address",
            "occupation",
            "job_title",
            "address",
            "wage_amount",
            "wage_currency",
            "wage_period",
            "wage_basis",
            "shifts_a_month",
            "hours_a_week",
            "overtime",
            "days_off",
            "leave_days",
            "starts_on",
            "ends_on",
            "notice_days",
            "conditions",
        ]
        field_classes = {"wage_amount": AmountField}
        labels = {
            "employer_name": _("Employer, as written in the contract"),
            "employer_number": _("Tax number (INN or BIN)"),
            "employer_address": _("Address of the employer"),
            "occupation": _("Occupation"),
            "job_title": _("Job title, word by word as in the contract"),
            "address": _("Place of work"),
            "wage_amount": _("Guaranteed wage"),
            "wage_currency": _("Currency"),
            "wage_period": _("The wage is paid for"),
            "wage_basis": _("Before or after tax"),
            "shifts_a_month": _("Shifts a month"),
            "hours_a_week": _("Hours a week"),
            "overtime": _("Overtime"),
            "days_off": _("Days off a week"),
            "leave_days": _("Days of paid leave a year"),
            "starts_on": _("Start of work"),
            "ends_on": _("End"),
            "notice_days": _("How many days before must it be said that the work ends early?"),
        }
        help_texts = {
            "occupation": _("The worker reads its name in their own language."),
            **dict.fromkeys(("job_title", "employer_number", "days_off", "leave_days"), ""),
            "shifts_a_month": _("Only where the wage is for a shift."),
            "ends_on": _("Empty: no end date."),
            "notice_days": _("Empty: as the law says."),
        }
        widgets = {
            "starts_on": DayInput(),
            "ends_on": DayInput(),
            "wage_period": forms.RadioSelect,
            "wage_basis": forms.RadioSelect,
            "overtime": forms.RadioSelect,
        }

    def __init__(self, today: date, vacancy: Vacancy, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today
        for name, (least, most) in RANGES.items():
            self.fields[name].validators += [MinValueValidator(least), MaxValueValidator(most)]
        self.fields["employer_number"].validators.append(
            RegexValidator(r"^[0-9]{10,12}$", _("Write it in digits only, ten to twelve of them."))
        )
        self.fields["overtime"].required = True
        for name in ("wage_period", "wage_basis", "overtime"):
            self.fields[name].choices = [choice for choice in self.fields[name].choices if choice[0]]
        occupations = Occupation.objects.filter(Q(from_esco=False) | Q(pk=vacancy.occupation_id)).order_by("name")
        self.fields["occupation"].queryset = occupations
        self.fields["occupation"].choices = [*EMPTY, *sector_choices(occupations)]

    def sections(self) -> Iterator[tuple[str, list[BoundField]]]:
        for numbers, names in SECTIONS.items():
            yield " · ".join(f"{number}. {TITLES[number - 1]}" for number in numbers), [self[name] for name in names]

    def clean_starts_on(self):
        day = self.cleaned_data["starts_on"]
        if day < self.today:
            raise forms.ValidationError(_("The start lies in the past."))
        return day

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        if data.get("ends_on") and data.get("starts_on") and data["ends_on"] <= data["starts_on"]:
            self.add_error("ends_on", _("The end must be after the start."))
        if data.get("wage_period") == "shift" and "shifts_a_month" in data and not data["shifts_a_month"]:
            self.add_error("shifts_a_month", _("Write how many shifts a month are sure."))
        return data

    def save(self, commit: bool = True) -> Offer:
        days = {self.cleaned_data["pay_day"], self.cleaned_data["second_pay_day"]} - {None}
        self.instance.paid_on = sorted(days)
        return super().save(commit)


def start_from(match: Match, by: Person) -> dict[str, Any]:
    """What the agency starts from: its newest terms; at first the vacancy, as the contract should say what was promised."""
    newest = match.offers.last()
    if newest is not None:
        told = {name: getattr(newest, name) for name in OfferForm.Meta.fields} | _pay_days(newest)
        return told | {"wage_amount": _whole(newest.wage_amount)}
    told = from_vacancy(match.vacancy)
    others = Offer.objects.filter(match__in=Match.objects.in_care_of(by).filter(vacancy=match.vacancy), occupation__isnull=False)
    last = others.order_by("entered_at").last()
    if last is not None:
        told |= {name: getattr(last, name) or told.get(name) for name in UNTOLD} | _pay_days(last)
        told["conditions"] = [*told["conditions"], *(code for code in last.conditions if code not in Condition.values)]
    return told


def from_vacancy(vacancy: Vacancy) -> dict[str, Any]:
    occupation = vacancy.occupation
    return {
        "employer_name": vacancy.employer.name,
        "employer_number": vacancy.employer.number,
        "occupation": occupation,
        "job_title": vacancy.title or occupation.name_ru or str(occupation),  # contracts there are in Russian
        "address": vacancy.address,
        "wage_amount": _whole(vacancy.wage_amount),
        "wage_currency": vacancy.wage_currency,
        "wage_period": vacancy.wage_period,
        "wage_basis": vacancy.wage_basis,
        "shifts_a_month": vacancy.shifts_a_month,
        "hours_a_week": vacancy.hours_a_week or 40,
        "starts_on": vacancy.starts_on,
        "conditions": vacancy.conditions,
    }


def _whole(amount: Decimal | None) -> Decimal | int | None:
    """Without the cents that are none."""
    return int(amount) if amount is not None and amount % 1 == 0 else amount


def _pay_days(offer: Offer) -> dict[str, int]:
    return dict(zip(("pay_day", "second_pay_day"), offer.paid_on, strict=False))
