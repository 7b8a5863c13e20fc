from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from orientation.reading import country_names
from portal.money.forms import AmountField
from portal.places.corridors import DESTINATIONS, ORIGINS

MOST = Decimal(20)
NO_PERCENT = _("Write a number above 0 and at most 20: per cent of the sum that is sent.")
CODES = ("required", "invalid", "min_value", "max_value", "max_digits", "max_decimal_places", "max_whole_digits")


class PercentField(AmountField):
    def to_python(self, value: Any) -> Decimal | None:
        return super().to_python(value.replace("%", "").replace("\x00", "?") if isinstance(value, str) else value)


class AlertForm(forms.Form):
    sends_from = forms.ChoiceField(label=_("Send from"))
    sends_to = forms.ChoiceField(label=_("Send to"))
    below = PercentField(
        label=_("Tell me when it costs less than, per cent"),
        min_value=Decimal("0.01"),
        max_value=MOST,
        max_digits=4,
        decimal_places=2,
        error_messages=dict.fromkeys(CODES, NO_PERCENT),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        names = country_names()
        for field, codes in (("sends_from", DESTINATIONS), ("sends_to", ORIGINS)):
            self.fields[field].choices = [(code, names[code]) for code in codes]
            self.fields[field].error_messages["invalid_choice"] = _("Choose where you send from and where your family is.")
