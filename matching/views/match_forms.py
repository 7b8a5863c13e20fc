"""What people answer about a match: a reason, a note, whose case it is, the ten items of a contract."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from matching.models import DeskView, Offer, SecondLook, Vacancy
from matching.models.vacancies import Condition
from portal.money.forms import AmountField
from portal.organisations.models import Person

HIGHEST_WAGE = 100_000_000


class ReasonForm(forms.Form):
    reason = forms.ChoiceField(label=_("Why?"), widget=forms.RadioSelect)
    note = forms.CharField(label=_("A few words more"), max_length=500, required=False)

    def __init__(self, reasons: type[TextChoices], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["reason"].choices = reasons.choices


class NoteForm(forms.Form):
    text = forms.CharField(label=_("A note for your colleagues"), max_length=500, widget=forms.Textarea(attrs={"rows": 2}))


class AnswerForm(forms.Form):
    answer = forms.CharField(label=_("Your answer"), max_length=600, widget=forms.Textarea(attrs={"rows": 3}))


class AssignForm(forms.Form):
    NOBODY = "0"

    to = forms.ChoiceField(label=_("Whose case is it?"))

    def __init__(self, colleagues: Mapping[int, str], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["to"].choices = [(self.NOBODY, _("nobody’s yet")), *((str(pk), name) for pk, name in colleagues.items())]


class VerdictForm(forms.Form):
    verdict = forms.ChoiceField(
        label=_("What would you have done?"),
        choices=[(code, label) for code, label in SecondLook.Verdict.choices if code],
        widget=forms.RadioSelect,
    )
    note = forms.CharField(label=_("Why?"), max_length=300, widget=forms.Textarea(attrs={"rows": 2}))


class DeskViewForm(forms.Form):
    """A name that is there already names another view from now on."""

    MOST = 20

    name = forms.CharField(label=_("Keep these filters under a name"), max_length=40)

    def __init__(self, user: Person, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user = user

    def clean_name(self) -> str:
        name: str = self.cleaned_data["name"]
        others = DeskView.objects.filter(user=self.user.pk).exclude(name=name)
        if others.count() >= self.MOST:
            raise forms.ValidationError(_("You have kept %(count)d views. Delete one of them first."), params={"count": self.MOST})
        return name


class DayInput(forms.DateInput):
    input_type = "date"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%d")


class OfferForm(forms.ModelForm):
    conditions = forms.MultipleChoiceField(
        label=_("The employer gives"), choices=Condition.choices, required=False, widget=forms.CheckboxSelectMultiple
    )

    class Meta:
        model = Offer
        fields = [
            "employer_name",
            "job_title",
            "address",
            "wage_amount",
            "wage_currency",
            "wage_period",
            "wage_basis",
            "hours_a_week",
            "pay_days",
            "starts_on",
            "ends_on",
            "conditions",
        ]
        field_classes = {"wage_amount": AmountField}
        labels = {
            "employer_name": _("Employer, as written in the contract"),
            "job_title": _("Work"),
            "address": _("Place of work"),
            "wage_amount": _("Guaranteed wage"),
            "wage_currency": _("Currency"),
            "wage_period": _("The wage is paid for"),
            "wage_basis": _("Before or after tax"),
            "hours_a_week": _("Hours a week"),
            "starts_on": _("Start of work"),
            "ends_on": _("End"),
            "pay_days": _("Days of payment"),
        }
        help_texts = {"pay_days": _("For example: on the tenth and the twenty-fifth of each month."), "ends_on": _("Empty: no end date.")}
        widgets = {"starts_on": DayInput(), "ends_on": DayInput(), "wage_period": forms.RadioSelect, "wage_basis": forms.RadioSelect}

    def __init__(self, today, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today
        self.fields["wage_amount"].validators += [MinValueValidator(1), MaxValueValidator(HIGHEST_WAGE)]
        self.fields["hours_a_week"].validators += [MinValueValidator(1), MaxValueValidator(84)]
        for name in ("wage_period", "wage_basis"):
            self.fields[name].choices = [choice for choice in self.fields[name].choices if choice[0]]

    def clean_starts_on(self):
        day = self.cleaned_data["starts_on"]
        if day < self.today:
            raise forms.ValidationError(_("The start lies in the past."))
        return day

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        if data.get("ends_on") and data.get("starts_on") and data["ends_on"] <= data["starts_on"]:
            self.add_error("ends_on", _("The end must be after the start."))
        return data


def from_vacancy(vacancy: Vacancy) -> dict[str, Any]:
    """What the agency starts from: the contract should say what was promised."""
    return {
        "employer_name": vacancy.employer.name,
        "job_title": str(vacancy),
        "address": vacancy.address,
        "wage_amount": vacancy.wage_amount,
        "wage_currency": vacancy.wage_currency,
        "wage_period": vacancy.wage_period,
        "wage_basis": vacancy.wage_basis,
        "hours_a_week": vacancy.hours_a_week or 40,
        "starts_on": vacancy.starts_on,
        "conditions": vacancy.conditions,
    }
