"""The numbers of a calculator as its address holds them: what was typed, what it means, and what is wrong with it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Any

from django.http import QueryDict
from django.utils.functional import Promise
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from orientation.tools.read_days import read_day
from portal.money.formats import format_number
from portal.money.parse import LONGEST, AmountProblem, read_amount

MOST = Decimal(10_000_000_000)  # a house in Uzbek soums


class Kind(StrEnum):
    SUM = "sum"
    NUMBER = "number"  # with hundredths, without a currency
    WHOLE = "whole"
    DAY = "day"
    CHOICE = "choice"
    CURRENCY = "currency"


@dataclass(frozen=True, slots=True)
class Field:
    """`money`: the name of the field that holds the currency of a sum. `group`: the heading above, where one begins."""

    name: str
    label: str | Promise
    kind: Kind = Kind.SUM
    required: bool = False
    most: Decimal = MOST
    options: Sequence[str] = ()
    group: str | Promise = ""


class Wrong(ValueError):
    """Its message is a key of `problem_words`."""


@dataclass(slots=True)
class Asked:
    """`values` are for the sums, by field; `units` are the currencies, by field."""

    typed: dict[str, str]
    is_asked: bool
    values: dict[str, Any] = field(default_factory=dict)
    units: dict[str, str] = field(default_factory=dict)
    problems: dict[str, str] = field(default_factory=dict)

    @property
    def is_clear(self) -> bool:
        return self.is_asked and not self.problems

    @property
    def link(self) -> str:
        """The address's numbers once more, each in one way of writing and nothing else: what is passed on."""
        return "?" + urlencode({name: _written(value) for name, value in (self.units | self.values).items() if value})


def _written(value: Any) -> str:
    return f"{value:f}".removesuffix(".00") if isinstance(value, Decimal) else str(value)


def problem_words() -> dict[str, str]:
    """What is said at a field; tools.js says the same."""
    examples = {"whole": format_number(15000), "parts": format_number(Decimal("15000.50"))}
    return {
        "digits": _("Write the sum in digits, for example %(whole)s or %(parts)s.") % examples,
        "positive": _("Write a sum that is more than zero."),
        "negative": _("Write zero or more."),
        "most": _("This is too much for us to count with: %(most)s is the most. Look at the zeros."),
        "whole": _("Write a whole number, without a comma."),
        "choice": _("Choose one of the list."),
        "day": _("There is no such day. Write it like 05.03.2026."),
        "never": _("So it takes more than fifty years. Put more aside each month, or choose a smaller goal."),
        "fee": _("The fees eat the whole loan. Look at the numbers again."),
        "too-little": _("With these payments you would give back less than you borrow. Look at the numbers again."),
        "before": _("The contract ends before the patent begins. Look at both days again."),
        "price": _("We do not know this price today. Write what the region asks for one month."),
        "days": _("Write on how many days you worked longer."),
        "unknown": _("A number of the law is being checked now. Ask a help line before you count on a result."),
    }


def read_fields(fields: Sequence[Field], get: QueryDict, begin: dict[str, str]) -> Asked:
    """`begin`: what stands in a form that nobody has filled in."""
    is_asked = any(each.name in get for each in fields)
    told = {each.name: get.get(each.name, "").strip()[:LONGEST].replace("\x00", "") for each in fields}
    asked = Asked({**begin, **{name: typed for name, typed in told.items() if typed or (is_asked and name not in begin)}}, is_asked)
    words = problem_words()
    for each in fields:
        try:
            value = READERS[each.kind](each, asked.typed.get(each.name, ""))
        except Wrong as problem:
            if is_asked:
                asked.problems[each.name] = words[str(problem)] % {"most": format_number(each.most)}
            continue
        if each.kind == Kind.DAY:
            asked.typed[each.name] = str(value)  # as a field for days takes it
        (asked.units if each.kind == Kind.CURRENCY else asked.values)[each.name] = value
    return asked


def _read_number(field: Field, typed: str) -> Decimal:
    try:
        number = read_amount(typed) if typed else Decimal(0)
    except AmountProblem:
        raise Wrong("digits") from None
    if number < 0 or (field.required and not number):
        raise Wrong("positive" if field.required else "negative")
    if number > field.most:
        raise Wrong("most")
    if field.kind == Kind.WHOLE and number % 1:
        raise Wrong("whole")
    return number


def _read_day(field: Field, typed: str) -> date:
    try:
        day = read_day(typed)
    except ValueError:
        day = None
    if day is None or not 2000 <= day.year <= 2100:
        raise Wrong("day")
    return day


def _read_choice(field: Field, typed: str) -> str:
    if typed not in field.options:
        raise Wrong("choice")
    return typed


READERS: dict[Kind, Callable[[Field, str], Any]] = {
    Kind.SUM: _read_number,
    Kind.NUMBER: _read_number,
    Kind.WHOLE: _read_number,
    Kind.DAY: _read_day,
    Kind.CHOICE: _read_choice,
    Kind.CURRENCY: _read_choice,
}
