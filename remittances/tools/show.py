"""What a calculator's page prints, in the reader's language."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from orientation.reading import country_names
from portal.money.amounts import Currency
from portal.money.formats import currency_word, format_number, format_percent
from portal.places.models import Region
from remittances.quotes import CURRENCY
from remittances.tools import wage as wages
from remittances.tools.catalogue import DAY, PERCENT, PLAIN, Row, Tool
from remittances.tools.fields import Asked, Field, Kind
from remittances.tools.goal import STEPS

NOTHING = "–"
UNIT_OF = {place: CURRENCY[place[:2]] for place in wages.LOWEST}


@dataclass(frozen=True, slots=True)
class ShownField:
    field: Field
    typed: str
    problem: str
    options: list[tuple[str, str]]
    hint: str = ""

    @property
    def is_day(self) -> bool:
        return self.field.kind == Kind.DAY


def shown_fields(tool: Tool, asked: Asked, rate_day: str) -> list[ShownField]:
    """At most one query, for the names of regions."""
    names = option_names(tool)
    hint = _("Leave it empty to count with the middle rate of %(day)s.") % {"day": rate_day} if rate_day else ""
    return [
        ShownField(
            field=each,
            typed=typed(each, asked),
            problem=asked.problems.get(each.name, ""),
            options=[(code, names[code]) for code in each.options],
            hint=hint if each.name == "thousand" else "",
        )
        for each in tool.fields
    ]


def typed(field: Field, asked: Asked) -> str:
    """What the field holds: a sum that was understood stands in thousands, so that its zeros can be counted."""
    value = asked.values.get(field.name)
    is_sum = field.kind == Kind.SUM and field.name not in asked.problems
    return format_number(value) if is_sum and value else asked.typed.get(field.name, "")


def option_names(tool: Tool) -> dict[str, str]:
    codes = {code for each in tool.fields for code in each.options}
    regions = [code for code in codes if "-" in code]
    return (
        {code: f"{label} ({currency_word(code)})" for code, label in Currency.choices}
        | country_names()
        | {"RU": _("Another region of Russia"), "other": _("Another region of Russia")}
        | (
            {"patent": _("With a patent or a permit"), "union": _("As a citizen of Kyrgyzstan"), "other": _("Neither")}
            if "union" in codes
            else {}
        )
        | {region.code: region.name for region in (Region.objects.filter(code__in=regions) if regions else [])}
    )


def shown_rows(tool: Tool, result: Any, asked: Asked) -> list[tuple[Row, str]]:
    return [(row, written(getattr(result, row.name), currency_of(row, asked)) if result else "") for row in tool.rows]


def currency_of(row: Row, asked: Asked) -> str:
    """Or the unit itself."""
    told = asked.units.get(row.unit) or asked.values.get(row.unit) or row.unit
    return UNIT_OF.get(told, told)


def written(value: Decimal | date | None, unit: str) -> str:
    if value is None:
        return NOTHING
    if isinstance(value, date):
        assert unit == DAY
        return f"{value:%d.%m.%Y}"
    if unit == PERCENT:
        return format_percent(value)
    return plain(value) if unit == PLAIN else f"{format_number(value)} {currency_word(unit)}"  # on two lines where it is too long


def plain(value: Decimal) -> str:
    text = format_number(value)
    return text.rstrip("0") if value % 1 else text


def points(path: tuple[Decimal, ...]) -> str:
    """Of an SVG path, 120 wide and 100 high."""
    return "M" + "L".join(f"{step * 120 // STEPS} {100 - int(96 * each / path[-1])}" for step, each in enumerate(path))
