from contextlib import suppress
from decimal import Decimal
from typing import Any

from django import forms

from portal.money.parse import AmountProblem, read_amount


class AmountField(forms.DecimalField):
    """A sum as people type it, "60.000,50" too, without its currency: a field beside it asks for that, and the two could differ.

    What cannot be read so is left to the field's own limits and messages.
    """

    widget = forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"})

    def to_python(self, value: Any) -> Decimal | None:
        if isinstance(value, str):
            with suppress(AmountProblem):
                value = read_amount(value)
        number: Decimal | None = super().to_python(value)
        return number
