"""What a collector types while looking at a service's page or standing at its window, and what a second person says of it."""

import unicodedata
from datetime import date
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.functional import lazy
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from portal.money.amounts import CENT
from portal.money.formats import currency_word, format_number
from portal.money.forms import AmountField
from portal.money.parse import MOST
from remittances.ask import PAID
from remittances.collect import Seen
from remittances.models import Quote, TransferService
from remittances.quotes import CURRENCY

MONEY, PERCENT = "money", "percent"
HIGHEST_PERCENT = 50
MOST_BYTES = 200 * 1024  # some 1 500 prices: each is held against those before it while somebody waits
SMALLEST_RATE = Decimal("0.00000001")
TOO_LONG = _("This is too long: write at most %(limit_value)d characters.")
NOT_A_SUM = _("Write the sum in digits, without its currency. It is more than zero.")
NOT_A_FEE = _("Write the fee in digits. Where there is none, write 0.")
NOT_A_RATE = _("Write the rate in digits, with a comma before its decimals. It is more than zero.")
MOST_RECEIVED = MOST * 10_000  # in the money of home
WRONG = ("required", "invalid", "min_value", "max_decimal_places")


def too_much(most: Decimal) -> dict[str, Any]:
    """What a field says of a number above `most`."""

    def sentence() -> str:
        return _now("This is too much for us to count with: %(most)s is the most. Look at the zeros.") % {"most": format_number(most)}

    return {"max_value": lazy(sentence, str)()}


class RateField(forms.DecimalField):
    """Digits of any script; a comma or a point stands before the decimals, of which a rate may have many."""

    widget = forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"})

    def to_python(self, value: Any) -> Decimal | None:
        if isinstance(value, str):
            letters = [letter for letter in value if not letter.isspace() and unicodedata.category(letter) != "Cf"]
            plain = "".join(str(unicodedata.decimal(letter, letter)) for letter in letters)
            value = plain.replace("٫", ".").replace(",", ".")
        rate: Decimal | None = super().to_python(value)
        return rate


def sum_field(label: Any, wrong: Any, least: Decimal, most: Decimal = MOST, **kwargs: Any) -> AmountField:
    return AmountField(
        label=label,
        min_value=least,
        max_value=most,
        decimal_places=2,
        error_messages=dict.fromkeys(WRONG, wrong) | too_much(most),
        **kwargs,
    )


def rate_field(**kwargs: Any) -> RateField:
    most = Quote.HIGHEST_RATE - CENT
    said = dict.fromkeys(WRONG, NOT_A_RATE) | too_much(most)
    return RateField(min_value=SMALLEST_RATE, max_value=most, decimal_places=8, error_messages=said, **kwargs)


class PriceForm(forms.Form):
    """In the currencies of `service`. The rate is written, or worked out of what would be received."""

    amount = sum_field("", NOT_A_SUM, CENT)
    fee = sum_field(_("The fee"), NOT_A_FEE, Decimal(0))
    fee_kind = forms.ChoiceField(label=_("The fee is in"), widget=forms.RadioSelect, initial=MONEY)
    fee_added = forms.TypedChoiceField(
        label=_("The fee comes"),
        choices=[("yes", _("on top of the sum")), ("no", _("out of the sum"))],
        coerce=lambda value: value == "yes",
        widget=forms.RadioSelect,
        initial="yes",
    )
    rate = rate_field(required=False)
    received = sum_field("", NOT_A_SUM, CENT, MOST_RECEIVED, required=False)
    observed_on = forms.DateField(
        label=_("Day when you saw it"),
        input_formats=["%Y-%m-%d", "%d.%m.%Y"],
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
        error_messages=dict.fromkeys(("required", "invalid"), _("Write the day like this: 2027-03-31.")),
    )
    source = forms.CharField(
        label=_("Where did you see it?"),
        max_length=120,
        help_text=_("“Their app”, “the window in the station”. Everybody reads this: write no person’s name."),
        error_messages={"required": _("Write where you saw the price."), "max_length": TOO_LONG},
    )
    link = forms.URLField(
        label=_("Link"),
        max_length=200,
        required=False,
        assume_scheme="https",
        widget=forms.TextInput(attrs={"inputmode": "url"}),
        error_messages={"invalid": _("This is not a web address. Write it like this: https://example.org."), "max_length": TOO_LONG},
    )
    is_promotion = forms.BooleanField(label=_("It is a special price: for a first transfer, or for a few days"), required=False)
    note = forms.CharField(
        label=_("What exactly did you see?"),
        max_length=300,
        required=False,
        help_text=_("For whoever looks again. No photo is needed, and no names."),
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"max_length": TOO_LONG},
    )

    def __init__(self, *args: Any, service: TransferService, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today
        paid_in, paid_out = CURRENCY[service.sends_from_id], service.payout_currency
        words = {"paid_in": currency_word(paid_in), "paid_out": currency_word(paid_out)}
        self.fields["amount"].label = _("The sum you ask about, in %(paid_in)s") % words
        self.fields["fee_kind"].choices = [(MONEY, currency_word(paid_in)), (PERCENT, "%")]
        self.fields["rate"].label = _("The rate: how much %(paid_out)s for 1 %(paid_in)s?") % words
        self.fields["rate"].help_text = _("Where they tell you no rate, leave it empty and write what is received.")
        self.fields["received"].label = _("What would be received, in %(paid_out)s") % words

    @staticmethod
    def initial_of(service: TransferService, last: Quote | None, is_own: bool, today: date) -> dict[str, Any]:
        """One's own report of today stands there to be put right; of an older one only what stays the same for weeks."""
        told: dict[str, Any] = {"amount": format_number(last.amount if last and last.amount else PAID[service.sends_from_id])}
        told |= {"observed_on": today, "link": service.link}
        if last is None:
            return told
        in_percent = last.fee_percent > 0 and not last.fee_fixed
        told |= {"fee_kind": PERCENT if in_percent else MONEY, "fee_added": "yes" if last.fee_added else "no"}
        told |= {"source": last.source, "link": last.link or service.link}
        if is_own:
            told |= {"fee": format_number(last.fee_percent if in_percent else last.fee_fixed), "rate": f"{last.rate.normalize():f}"}
            told |= {"is_promotion": last.is_promotion, "note": last.note}
        return told

    def clean_observed_on(self) -> date:
        day: date = self.cleaned_data["observed_on"]
        if not self.today - Quote.LEAVES_AFTER <= day <= self.today:
            raise forms.ValidationError(_("This day is still to come, or too long ago."))
        return day

    def clean(self) -> None:
        told = self.cleaned_data
        if self.errors:
            return
        if told["fee_kind"] == PERCENT and told["fee"] > HIGHEST_PERCENT:
            self.add_error("fee", _("A fee is at most 50 per cent. Look at the comma."))
        elif told["rate"] is None and told["received"] is None:
            self.add_error("rate", _("Write the rate, or what would be received."))
        else:
            self._work_out_rate()

    def _work_out_rate(self) -> None:
        told = self.cleaned_data
        fee = told["amount"] * told["fee"] / 100 if told["fee_kind"] == PERCENT else told["fee"]
        changed = told["amount"] if told["fee_added"] else told["amount"] - fee
        if changed <= 0:
            self.add_error("fee", _("This fee takes the whole sum. Look at the zeros."))
        elif told["received"] is not None:
            rate = (told["received"] / changed).quantize(SMALLEST_RATE)
            if not 0 < rate < Quote.HIGHEST_RATE:
                self.add_error("received", _("This does not go with the sum you ask about. Look at the zeros."))
            elif told["rate"] is not None and abs(rate - told["rate"]) > told["rate"] / 100:
                self.add_error("received", _("This does not go with the rate you wrote. Leave one of the two empty."))
            told["rate"] = told["rate"] or rate

    def seen(self) -> Seen:
        told, is_percent = self.cleaned_data, self.cleaned_data["fee_kind"] == PERCENT
        fee = told["fee"]
        same = {name: told[name] for name in ("amount", "fee_added", "rate", "observed_on", "source", "link", "is_promotion", "note")}
        return Seen(fee_fixed=Decimal(0) if is_percent else fee, fee_percent=fee if is_percent else Decimal(0), **same)


class VerdictForm(forms.Form):
    verdict = forms.ChoiceField(choices=[(state, state) for state in (Quote.State.ACCEPTED, Quote.State.REFUSED)])
    reason = forms.CharField(
        label=_("Reason"),
        max_length=300,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        error_messages={"required": _("Write the reason."), "max_length": TOO_LONG},
    )


class FileForm(forms.Form):
    file = forms.FileField(
        label=_("A table of prices (CSV)"),
        error_messages={"required": _("Choose the file."), "empty": _("This file is empty.")},
        widget=forms.ClearableFileInput(attrs={"accept": ".csv"}),
    )

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        if file.size > MOST_BYTES:
            raise forms.ValidationError(_("This file is too large. A table of prices is at most 200 KB here."))
        return file
