"""Reading what central banks publish. A reader takes the bytes of one answer and returns what it says of our currencies: nothing else is asked."""

import re
from collections.abc import Collection, Iterable
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from io import BytesIO
from time import strptime
from typing import NamedTuple
from xml.etree.ElementTree import Element

from portal.money.amounts import Currency
from portal.money.models import DayRate
from portal.xml import XmlProblem, pieces

PLACES = Decimal("1E-10")  # that the database keeps of a rate
_NUMBER = re.compile(r"\d{1,9}(?:[.,]\d{1,8})?", re.ASCII)
_WHOLE = re.compile(r"[1-9]\d{0,6}", re.ASCII)
_BLANKS = re.compile(r"[\s\N{NO-BREAK SPACE}\N{NARROW NO-BREAK SPACE}]")


class FeedProblem(Exception):
    """`str()` says what is wrong with a bank's answer; `wait` is how long the bank itself asks us to.

    It is written down: of what the bank's server sent, it names no sign that a text cannot hold.
    """

    def __init__(self, sentence: str, wait: timedelta = timedelta(0)) -> None:
        super().__init__("".join(sign if sign.isprintable() else "?" for sign in sentence))
        self.wait = wait


class Row(NamedTuple):
    """A rate as it is written in an answer: `value` is the price of `nominal` units."""

    day: str
    code: str
    nominal: str
    value: str


class Rate(NamedTuple):
    """How much `nominal` units of `base` cost in the bank's own money."""

    base: str
    nominal: int
    value: Decimal

    @property
    def of_one(self) -> Decimal:
        return (self.value / self.nominal).quantize(PLACES)


@dataclass(frozen=True, slots=True)
class Published:
    day: date
    rates: tuple[Rate, ...]


def published(own: Currency, day_form: str, rows: Iterable[Row]) -> Published | None:
    """The rows of our currencies, the bank's `own` apart; None when there is no row at all: the bank has set no rates.

    Raises `FeedProblem`: none of ours, one of them twice, rates of several days, no day, no nominal, no price.
    """
    rows = list(rows)
    if not rows:
        return None
    ours = [row for row in rows if row.code in Currency.values and row.code != own]
    if not ours:
        raise FeedProblem("There are rates in it, but none of our currencies.")
    if len({row.code for row in ours}) < len(ours):
        raise FeedProblem("A currency stands in it twice.")
    days = sorted({row.day for row in ours})
    if len(days) > 1:
        raise FeedProblem(f"There are rates of several days in it: {days[0]:.20}, {days[1]:.20}.")
    return Published(_day(days[0], day_form), tuple(_rate(row) for row in ours))


def _day(text: str, form: str) -> date:
    try:
        return date(*strptime(text, form)[:3])
    except ValueError:
        raise FeedProblem(f"{text[:40]!r} is no day." if text else "It does not say of which day it is.") from None


def _rate(row: Row) -> Rate:
    if not _WHOLE.fullmatch(row.nominal):
        raise FeedProblem(f"{row.code}: {row.nominal[:40]!r} is no number of units." if row.nominal else f"{row.code} has no nominal.")
    value = _BLANKS.sub("", row.value)
    if not _NUMBER.fullmatch(value):
        raise FeedProblem(f"{row.code}: {row.value[:40]!r} is no price.")
    rate = Rate(row.code, int(row.nominal), Decimal(value.replace(",", ".")))
    if not 0 < rate.of_one < DayRate.HIGHEST:
        raise FeedProblem(f"{row.code}: a price of {value} for {row.nominal} cannot be.")
    return rate


def elements(data: bytes, *roots: str) -> tuple[Element, list[Element]]:
    """The root element, which is one of `roots`, and those right under it.

    In the encoding that the data declares; what should be UTF-8 and is not is windows-1251, whatever the declaration says. Raises `FeedProblem`.
    """
    try:
        return _parse(data, roots)
    except XmlProblem as problem:
        if not _is_utf8(data):
            with suppress(XmlProblem):
                return _parse(data.decode("windows-1251", "replace").encode(), roots)
        raise FeedProblem(str(problem)) from problem


def _parse(data: bytes, roots: Collection[str]) -> tuple[Element, list[Element]]:
    root, *children = pieces(BytesIO(data), roots, 1)
    return root, children


def _is_utf8(data: bytes) -> bool:
    try:
        data.decode()
    except UnicodeDecodeError:
        return False
    return True
