"""What somebody looks for in the public list. It stands in the address of the page, where nonsense is no wish."""

import re
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, fields, replace
from datetime import date
from decimal import Decimal
from typing import Any, Self

from django.http import QueryDict
from django.utils.http import urlencode

from matching.models.vacancies import Cefr, Condition, WorkLanguage
from portal.money.amounts import Currency
from portal.money.parse import MOST, AmountProblem, read_amount

PLACE = re.compile(r"[A-Z]{2}(-[A-Z0-9]{1,3})?")
WORK = re.compile(r"[a-z0-9-]{1,50}|sector:[a-z]{1,20}")
MONTH = re.compile(r"(20\d\d)-(0[1-9]|1[0-2])")
LONGEST_TEXT = 80


@dataclass(frozen=True, slots=True)
class Wish:
    """`place` is a country or a region, `work` an occupation's slug or a "sector:…", `start` the first day of a month, `levels` how well the
    reader speaks a language: what asks for more is not for them."""

    text: str = ""
    place: str = ""
    work: str = ""
    wage: Decimal | None = None
    currency: str = ""
    gives: tuple[str, ...] = ()
    levels: tuple[tuple[str, int], ...] = ()
    start: date | None = None
    by_wage: bool = False

    @classmethod
    def of(cls, asked: QueryDict) -> Self:
        currency = asked.get("currency", "")
        currency = currency if currency in Currency.values else ""
        wage = _wage(asked.get("wage", ""), currency)
        told = ((code, asked.get(code, "")) for code in WorkLanguage.values)
        return cls(
            text=" ".join(asked.get("q", "").replace("\0", "").split())[:LONGEST_TEXT].strip(),
            place=_like(PLACE, asked.get("place", "")),
            work=_like(WORK, asked.get("occupation", "")),
            wage=wage,
            currency=currency if wage else "",
            gives=tuple(code for code in Condition.values if code in asked.getlist("gives")),
            levels=tuple((code, int(level)) for code, level in told if level in LEVELS),
            start=_month(asked.get("start", "")),
            by_wage=asked.get("order") == "wage",
        )

    @property
    def query(self) -> str:
        """Of the address, in one order whatever the order it came in: the same wish is the same text."""
        return urlencode(list(self._pairs()))

    @property
    def wage_typed(self) -> str:
        return f"{self.wage:f}" if self.wage else ""

    @property
    def other_order(self) -> str:
        """The same, as an address, in the order in which it is not."""
        return replace(self, by_wage=not self.by_wage).query

    def _pairs(self) -> Iterator[tuple[str, str]]:
        if self.text:
            yield "q", self.text
        if self.place:
            yield "place", self.place
        if self.work:
            yield "occupation", self.work
        if self.wage:
            yield from (("wage", self.wage_typed), ("currency", self.currency))
        yield from (("gives", code) for code in self.gives)
        yield from ((code, str(level)) for code, level in self.levels)
        if self.start:
            yield "start", f"{self.start:%Y-%m}"
        if self.by_wage:
            yield "order", "wage"

    def __bool__(self) -> bool:
        """Whether anything is left out; an order leaves out nothing."""
        return replace(self, by_wage=False) != Wish()

    def parts(self) -> Iterator[tuple[str, "Wish"]]:
        """(name of a part, the wish without it), for each part there is."""
        empty: dict[str, Any] = {field.name: field.default for field in fields(Wish)}
        for name in ("text", "place", "work", "start"):
            if getattr(self, name):
                yield name, replace(self, **{name: empty[name]})
        if self.wage:
            yield "wage", replace(self, wage=None, currency="")
        for code in self.gives:
            yield f"gives:{code}", replace(self, gives=tuple(each for each in self.gives if each != code))
        for language, _level in self.levels:
            yield f"levels:{language}", replace(self, levels=tuple(each for each in self.levels if each[0] != language))


LEVELS = {str(level) for level in Cefr.values}


def _like(pattern: re.Pattern[str], text: str) -> str:
    return text if pattern.fullmatch(text) else ""


def _wage(text: str, currency: str) -> Decimal | None:
    if not (text.strip() and currency):
        return None
    with suppress(AmountProblem):
        amount = read_amount(text, currency)
        if 0 < amount <= MOST:
            return amount.quantize(Decimal("0.01")).normalize()
    return None


def _month(text: str) -> date | None:
    found = MONTH.fullmatch(text)
    return date(int(found[1]), int(found[2]), 1) if found else None
