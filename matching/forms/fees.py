"""The question about money, and what was done about an answer."""

from typing import Any

from django import forms
from django.core.validators import MinValueValidator
from django.utils.translation import gettext_lazy as _

from matching.fees import Told
from matching.models import FeeAnswer
from portal.money.amounts import Currency
from portal.money.forms import AmountField


class FeeForm(forms.Form):
    asked = forms.ChoiceField(
        label=_("Did anyone ask you for money, under any name?"),
        help_text=_("For the place, for papers, for the trip, as a gift, as a deposit: everything counts."),
        choices=[("no", _("No")), ("yes", _("Yes"))],
        widget=forms.RadioSelect,
    )
    by = forms.ChoiceField(label=_("If yes: who asked?"), choices=FeeAnswer.By.choices, widget=forms.RadioSelect, required=False)
    amount = AmountField(
        label=_("How much, if you want to say"), max_digits=18, decimal_places=2, required=False, validators=[MinValueValidator(1)]
    )
    currency = forms.ChoiceField(label=_("In which money"), choices=[("", "–"), *Currency.choices], required=False)
    told = forms.MultipleChoiceField(
        label=_("Do you want help? Who may know?"),
        help_text=_("Nobody else reads your answer. Tick nothing, and nobody does."),
        choices=FeeAnswer.Told.choices,
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or {}
        if data.get("asked") != "yes":
            return data
        if not data.get("by"):
            self.add_error("by", _("Say who asked, or choose “somebody else”."))
        if data.get("amount") is not None and not data.get("currency"):
            self.add_error("currency", _("Say in which money."))
        if data.get("by") == FeeAnswer.By.AGENCY and FeeAnswer.Told.AGENCY in data.get("told", []):
            self.add_error("told", _("It was the agency that asked. Choose the staff of Safar."))
        return data

    def answer(self) -> Told:
        data = self.cleaned_data
        if data["asked"] == "no":
            return Told()
        return Told(by=data["by"], amount=data["amount"], currency=data["currency"], told=tuple(data["told"]))


class OutcomeForm(forms.Form):
    outcome = forms.CharField(label=_("What was done?"), max_length=300, widget=forms.Textarea(attrs={"rows": 2}))
