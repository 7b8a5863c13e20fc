"""A row of our own table of prices (CSV): which service, and the columns of a `Quote`."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.text import format_lazy
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from portal.money.amounts import CENT
from remittances.prices.forms import HIGHEST_PERCENT, NOT_A_FEE, NOT_A_SUM, TOO_LONG, rate_field, sum_field

SERVICE = ("provider", "from", "to", "pay_in", "pay_out", "payout_currency")
BANDS = (1, 2, 3)
FIRST_DAY = date(2000, 1, 1)
TOO_MUCH_FEE = _("A fee is at most 50 per cent. Look at the comma.")
SAY_YES_OR_NO = dict.fromkeys(("required", "invalid_choice"), format_lazy(_("Write {yes} or {no}."), yes="yes", no="no"))


def yes_no_field(**kwargs: Any) -> forms.TypedChoiceField:
    choices = [("yes", "yes"), ("no", "no")]
    return forms.TypedChoiceField(choices=choices, coerce=lambda said: said == "yes", error_messages=SAY_YES_OR_NO, **kwargs)


def amount_field() -> forms.DecimalField:
    return sum_field("", NOT_A_SUM, CENT, required=False)


def fee_field() -> forms.DecimalField:
    return sum_field("", NOT_A_FEE, Decimal(0), required=False)


def percent_field() -> forms.DecimalField:
    field = sum_field("", NOT_A_FEE, Decimal(0), Decimal(HIGHEST_PERCENT), required=False)
    field.error_messages["max_value"] = TOO_MUCH_FEE
    return field


class PriceRow(forms.Form):
    """Its fields are the columns that are not `SERVICE`. Beside the quote's own fee it may have a table of fees: for sums above so much, so much."""

    amount = amount_field()
    fee_fixed = fee_field()
    fee_percent = percent_field()
    fee_added = yes_no_field()
    rate = rate_field()
    observed_on = forms.DateField(
        input_formats=["%Y-%m-%d", "%d.%m.%Y"],
        error_messages=dict.fromkeys(("required", "invalid"), _("Write the day like this: 2027-03-31.")),
    )
    source = forms.CharField(max_length=120, error_messages={"required": _("Write where you saw the price."), "max_length": TOO_LONG})
    link = forms.URLField(
        max_length=200,
        required=False,
        assume_scheme="https",
        error_messages={"invalid": _("This is not a web address. Write it like this: https://example.org."), "max_length": TOO_LONG},
    )
    is_promotion = yes_no_field(required=False, empty_value=False)
    note = forms.CharField(max_length=300, required=False, error_messages={"max_length": TOO_LONG})
    above_1, fee_fixed_1, fee_percent_1 = amount_field(), fee_field(), percent_field()
    above_2, fee_fixed_2, fee_percent_2 = amount_field(), fee_field(), percent_field()
    above_3, fee_fixed_3, fee_percent_3 = amount_field(), fee_field(), percent_field()

    def __init__(self, cells: dict[str, str], today: date) -> None:
        said = {name: cells.get(name, "").casefold() for name in ("fee_added", "is_promotion")}
        super().__init__(cells | said)
        self.today = today

    def clean_observed_on(self) -> date:
        day: date = self.cleaned_data["observed_on"]
        if not FIRST_DAY <= day <= self.today:
            raise forms.ValidationError(_now("This day is still to come, or too long ago."))
        return day

    def clean(self) -> None:
        told = self.cleaned_data
        if not self.errors and told["fee_fixed"] is None and told["fee_percent"] is None:
            self.add_error("fee_fixed", NOT_A_FEE)
        last = Decimal(0)
        for number in () if self.errors else BANDS:
            above, fixed, percent = (told[f"{name}_{number}"] for name in ("above", "fee_fixed", "fee_percent"))
            if above is None and fixed is None and percent is None:
                continue
            if above is None or above <= last:
                self.add_error(f"above_{number}", _now("Write above which sum this fee is taken, the smallest sum first."))
                return
            if fixed is None and percent is None:
                self.add_error(f"fee_fixed_{number}", NOT_A_FEE)
            last = above

    def values(self) -> dict[str, Any]:
        """Columns of the quote."""
        told = self.cleaned_data
        same = {name: told[name] for name in ("amount", "fee_added", "rate", "observed_on", "source", "link", "is_promotion", "note")}
        return same | {"fee_fixed": told["fee_fixed"] or Decimal(0), "fee_percent": told["fee_percent"] or Decimal(0)}

    def bands(self) -> Iterator[tuple[Decimal, Decimal, Decimal]]:
        """(above, fixed, per cent) each, the lowest first."""
        told, nothing = self.cleaned_data, Decimal(0)
        for number in BANDS:
            if above := told[f"above_{number}"]:
                yield above, told[f"fee_fixed_{number}"] or nothing, told[f"fee_percent_{number}"] or nothing


COLUMNS = (*SERVICE, *PriceRow.base_fields)
MAY_LACK = {
    "amount",
    "link",
    "is_promotion",
    "note",
    *(f"{name}_{number}" for name in ("above", "fee_fixed", "fee_percent") for number in BANDS),
}
