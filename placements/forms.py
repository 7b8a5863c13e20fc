"""What a worker chooses and answers, and what an operator writes about a call. Everything but names, numbers and sums is one tap."""

from collections.abc import Collection
from typing import Any

from django import forms
from django.core.validators import MinValueValidator
from django.utils.translation import gettext_lazy as _

from matching.models import Candidate
from placements.allow import HELPING
from placements.answer import Answers
from placements.choose import Choices
from placements.models import CallTask, CheckIn, Placement, asked_by
from portal.accounts.models import User
from portal.accounts.phones import country_choices, read_phone, show_phone
from portal.money.amounts import Currency
from portal.money.forms import AmountField
from portal.outbox.models import Channel, Purpose
from portal.outbox.tell import way_of, ways_to

Who = CheckIn.Who


class ChoicesForm(forms.Form):
    hours = forms.ChoiceField(
        label=_("When may Safar ask you?"),
        help_text=_("By the clocks where you work. After one, three and six months, one minute each."),
        choices=Placement.Hours.choices,
        widget=forms.RadioSelect,
    )
    channel = forms.ChoiceField(label=_("How?"), widget=forms.RadioSelect)
    trusted_name = forms.CharField(label=_("A person you trust"), max_length=60, required=False)
    country = forms.ChoiceField(label=_("Country of the number"))
    trusted_phone = forms.CharField(
        label=_("Their phone number"),
        max_length=40,
        required=False,
        widget=forms.TextInput(attrs={"type": "tel", "inputmode": "tel", "autocomplete": "off"}),
    )
    may_ask_trusted = forms.BooleanField(label=_("If Safar cannot reach me, it may ask this person how I am."), required=False)

    def __init__(self, user: User, candidate: Candidate, placement: Placement | None, *args: Any, **kwargs: Any) -> None:
        initial = {"hours": Placement.Hours.ANY, "channel": way_of(user, Purpose.CHECK_IN), "country": candidate.citizenship}
        if placement is not None:
            phone = show_phone(placement.trusted_phone) if placement.trusted_phone else ""
            initial |= {"hours": placement.hours, "trusted_name": placement.trusted_name, "trusted_phone": phone}
            initial["may_ask_trusted"] = placement.may_ask_trusted
        super().__init__(*args, initial=initial, **kwargs)
        self.user = user
        self.fields["channel"].choices = [(way, _("only here") if way == Channel.APP else way.label) for way in ways_to(user)]
        self.fields["country"].choices = country_choices()

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or {}
        name, phone = data.get("trusted_name", ""), data.get("trusted_phone", "")
        if phone and not name:
            self.add_error("trusted_name", _("Write the name too, or delete the number."))
        if name and not phone and "trusted_phone" not in self.errors:
            self.add_error("trusted_phone", _("Write the number too, or delete the name."))
        if phone and "country" in data:
            try:
                data["trusted_phone"] = read_phone(phone, data["country"])
            except forms.ValidationError as problem:
                self.add_error("trusted_phone", problem)
        if phone and data.get("trusted_phone") == self.user.phone:
            self.add_error("trusted_phone", _("This is your own number. Write that of the other person."))
        return data

    def chosen(self) -> Choices:
        data = self.cleaned_data
        person = {name: data[name] for name in ("trusted_name", "trusted_phone", "may_ask_trusted")}
        return Choices(hours=data["hours"], channel=Channel(data["channel"]), **person)


class CheckInForm(forms.Form):
    pay = forms.ChoiceField(label=_("Have you got your pay?"), choices=CheckIn.Pay.choices, widget=forms.RadioSelect)
    papers = forms.ChoiceField(label=_("Do you have your documents with you?"), choices=CheckIn.Papers.choices, widget=forms.RadioSelect)
    place = forms.ChoiceField(label=_("Do you work where the contract says?"), choices=CheckIn.Place.choices, widget=forms.RadioSelect)
    money = forms.ChoiceField(label=_("Did anyone ask you for money, under any name?"), choices=asked_by, widget=forms.RadioSelect)
    pay_amount = AmountField(
        label=_("How much pay you got for the last month, if you want to say"),
        max_digits=18,
        decimal_places=2,
        required=False,
        validators=[MinValueValidator(1)],
    )
    currency = forms.ChoiceField(label=_("In which money"), choices=[("", "–"), *Currency.choices], required=False)

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or {}
        if data.get("pay_amount") is not None and not data.get("currency"):
            self.add_error("currency", _("Say in which money."))
        return data

    def answers(self) -> Answers:
        return Answers(**self.cleaned_data)


class HelpForm(forms.Form):
    help_from = forms.MultipleChoiceField(
        label=_("From whom do you want help?"),
        help_text=_("Whom you tick here may know your answers. The person you trust gets a message that you ask for a call."),
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    may_know = forms.MultipleChoiceField(label=_("Who else may know?"), widget=forms.CheckboxSelectMultiple, required=False)

    def __init__(self, there: Collection[CheckIn.Who], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [(who.value, who.label) for who in there]
        self.fields["help_from"].choices = [choice for choice in choices if choice[0] in HELPING]
        self.fields["may_know"].choices = choices

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or {}
        if not self.errors and not data["help_from"] and not data["may_know"]:
            self.add_error("help_from", _("Tick who is to help you, or choose “Nobody” below."))
        return data


class CallForm(forms.Form):
    outcome = forms.ChoiceField(
        label=_("How is it?"),
        choices=[choice for choice in CallTask.Outcome.choices if choice[0] != CallTask.Outcome.ANSWERED],
        widget=forms.RadioSelect,
    )
    note = forms.CharField(label=_("What was done?"), max_length=300, widget=forms.Textarea(attrs={"rows": 2}))
