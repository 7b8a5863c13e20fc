"""What somebody types into their plan."""

from datetime import date
from decimal import Decimal
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from portal.money.amounts import Currency
from portal.money.formats import currency_word, format_number
from portal.money.parse import AmountProblem, read_amount
from remittances.models import Goal, Plan
from remittances.plan.keep_plan import Terms
from remittances.plan.write_goal import Wish

MOST = Decimal(100_000_000_000)  # a house in soum
LAST_YEARS = 30
TOO_LONG = _("This is too long: write at most %(limit_value)d characters.")


class SumField(forms.CharField):
    """A sum of the plan's own money, which may be named. Empty is None."""

    currency: str | None = None

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(widget=forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off", "maxlength": "60"}), **kwargs)

    def prepare_value(self, value: Any) -> Any:
        return format_number(value) if isinstance(value, Decimal) else value

    def validate(self, value: Any) -> None:
        if self.required and value is None:
            raise forms.ValidationError(_now("Write the sum, for example %(example)s.") % {"example": format_number(15000)})

    def to_python(self, value: Any) -> Any:
        text = super().to_python(value)
        if not text:
            return None
        try:
            amount = read_amount(text, self.currency)
        except AmountProblem as problem:
            raise forms.ValidationError(str(problem)) from None
        if amount <= 0:
            raise forms.ValidationError(_now("Write a sum that is more than zero."))
        if amount > MOST:
            raise forms.ValidationError(_now("A plan counts sums up to %(most)s. Look at the zeros.") % {"most": format_number(MOST)})
        return amount


class DayField(forms.DateField):
    def __init__(self, **kwargs: Any) -> None:
        super().__init__(
            required=False,
            input_formats=["%Y-%m-%d", "%d.%m.%Y"],
            widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
            error_messages={"invalid": _("Write the day like this: 2027-03-31.")},
            **kwargs,
        )


def to_come(day: date | None) -> date | None:
    today = timezone.localdate()
    if day is not None and (day < today or day.year > today.year + LAST_YEARS):
        raise forms.ValidationError(_now("Choose a day that is still to come, in the next %(years)d years.") % {"years": LAST_YEARS})
    return day


class PlanForm(forms.Form):
    currency = forms.ChoiceField(label=_("Currency"), choices=Currency.choices)
    pay = SumField(label=_("Pay a month"), required=False)
    shows_pay = forms.BooleanField(label=_("My family sees my pay"), required=False)
    is_nudged = forms.BooleanField(label=_("Remind me once a month."), required=False)

    def __init__(self, *args: Any, plan: Plan | None, currency: str, **kwargs: Any) -> None:
        initial = {"currency": currency, "is_nudged": True}
        if plan is not None:
            initial |= {name: getattr(plan, name) for name in ("currency", "pay", "shows_pay", "is_nudged")}
        super().__init__(*args, initial=initial, **kwargs)

    def terms(self) -> Terms:
        return Terms(**self.cleaned_data)


class GoalForm(forms.Form):
    kind = forms.ChoiceField(label=_("What do you want to save for?"), choices=Goal.Kind.choices)
    title = forms.CharField(label=_("Give it a name"), max_length=80, error_messages={"max_length": TOO_LONG})
    target = SumField(label=_("How much do you need?"))
    by = DayField(label=_("Until which day"))
    monthly_gain = SumField(
        label=_("More pay a month after a course"),
        help_text=_("Ask people who do this work how much more they earn. We count when a course has paid for itself."),
        required=False,
    )
    is_shared = forms.BooleanField(label=_("My family sees it"), required=False)

    def __init__(self, *args: Any, plan: Plan, goal: Goal | None = None, kind: str = "", **kwargs: Any) -> None:
        initial = {name: getattr(goal, name) for name in Wish.__dataclass_fields__} if goal is not None else {"kind": kind}
        super().__init__(*args, initial=initial, **kwargs)
        for name in ("target", "monthly_gain"):
            self.fields[name].currency = plan.currency
            self.fields[name].label = f"{self.fields[name].label} ({currency_word(plan.currency)})"

    def clean_by(self) -> date | None:
        day: date | None = self.cleaned_data["by"]
        return to_come(day) if "by" in self.changed_data else day

    def wish(self) -> Wish:
        data = self.cleaned_data
        return Wish(**data | {"monthly_gain": data["monthly_gain"] if data["kind"] == Goal.Kind.SKILL else None})


class SavingForm(forms.Form):
    amount = SumField(label=_("How much"))

    def __init__(self, *args: Any, plan: Plan, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["amount"].currency = plan.currency


class StepForm(forms.Form):
    text = forms.CharField(
        label=_("Next step"),
        max_length=120,
        error_messages={"max_length": TOO_LONG},
    )
    due_on = DayField(label=_("Until which day"))

    def clean_due_on(self) -> date | None:
        return to_come(self.cleaned_data["due_on"])


class JoinForm(forms.Form):
    code = forms.CharField(
        label=_("Code"),
        max_length=20,
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters"}),
        error_messages={"max_length": TOO_LONG},
    )
