"""Rows of Remittance Prices Worldwide as values of `RpwPrice`: https://remittanceprices.worldbank.org/data-download

The data set has two sheets whose columns are named differently; releases differ in how they write numbers and dates. Told in English: only
whoever runs the server reads it.
"""

import re
from collections.abc import Sequence
from contextlib import suppress
from datetime import date, datetime, time
from decimal import Decimal
from hashlib import blake2b
from typing import Any

from openpyxl.utils.datetime import from_excel, to_excel

from remittances.imports.problems import Fault, Faults
from remittances.models import RpwPrice

WORK = {"RUS": "RU", "KAZ": "KZ"}
HOME = {"TJK": "TJ", "KGZ": "KG", "UZB": "UZ"}

# By column of the model, or a name of ours, the headings of "Dataset (from Q2 2016)" and of "Dataset (up to Q1 2016)".
TEXTS = {
    "firm": ("firm",),
    "firm_type": ("firm_type",),
    "pay_in": ("payment instrument", "product"),
    "access_point": ("access point", "sending location"),
    "pickup": ("pickup method", "pick-up method"),
    "speed": ("speed actual",),
}
NUMBERS = {
    "amount_200": ("cc1 lcu amount",),
    "fee_200": ("cc1 lcu fee",),
    "margin_200": ("cc1 fx margin",),
    "cost_200": ("cc1 total cost %",),
    "amount_500": ("cc2 lcu amount",),
    "fee_500": ("cc2 lcu fee",),
    "margin_500": ("cc2 fx margin",),
    "cost_500": ("cc2 total cost %",),
}
OTHERS = {
    "period": ("period",),
    "source": ("source_code",),
    "destination": ("destination_code",),
    "currency": ("cc1 lcu code",),
    "transparent": ("transparent",),
    "seen_on": ("date",),
}
NEEDED = OTHERS | TEXTS | NUMBERS
# Not kept, but they too tell one product from another.
TELLING = {
    "pickup_location": ("pickup location",),
    "coverage": ("receiving network coverage", "coverage"),
    "note_1": ("standard note", "note1"),
    "note_2": ("note2",),
}
KEPT = ("period", "key", "sends_from_id", "sends_to_id", "currency", "seen_on", "is_transparent", *TEXTS, *NUMBERS)

MOST_PERCENT = 1000
FIRST_DAY = date(2000, 1, 1)
_PERIOD = re.compile(r"(\d{4})_([1-4])Q", re.ASCII)
_PLAIN = re.compile(r"[+-]?\d*\.?\d+(?:E[+-]?\d{1,3})?", re.ASCII | re.IGNORECASE)
_AMBIGUOUS = re.compile(r"[1-9]\d{0,2},\d{3}", re.ASCII)
_SERIAL = re.compile(r"\d{5}(?:\.0+)?", re.ASCII)
_FORMATS = ("%d.%m.%Y", "%d%b%Y", "%d-%b-%Y")  # beside those of ISO 8601
_SPACES = str.maketrans("", "", " \u00a0\u202f")


class BadCell(ValueError):
    """The message says what is wrong with it."""


class RowReader:
    """Of one sheet, by its headings. What it cannot read goes to `faults`."""

    def __init__(self, sheet: str, headings: Sequence[Any], row: int, today: date, faults: Faults) -> None:
        self._sheet, self._today, self._faults = sheet, today, faults
        self._quarter = (today.year, (today.month + 2) // 3)
        self._periods: dict[Any, str] = {}
        found: dict[str, int] = {}
        for place, heading in enumerate(map(_text, headings)):
            if found.setdefault(heading.casefold(), place) != place and heading.casefold() in _HEADINGS:
                self._fault(row, heading, "This column stands here twice.")
        self._places: dict[str, int] = {}
        for name, called in (NEEDED | TELLING).items():
            places = [found[heading] for heading in called if heading in found]
            if places:
                self._places[name] = places[0]
            elif name in NEEDED:
                self._fault(row, called[0], "This column is missing.")

    @property
    def is_able(self) -> bool:
        return NEEDED.keys() <= self._places.keys()

    def period(self, row: int, cells: Sequence[Any]) -> str:
        """ "" where there is a fault."""
        written = self._cell(cells, "period")
        if written not in self._periods:
            try:
                self._periods[written] = self._period_of(_text(written).upper())
            except BadCell as why:
                self._fault(row, self._heading("period"), str(why))
                return ""
        return self._periods[written]

    def _period_of(self, written: str) -> str:
        found = _PERIOD.fullmatch(written)
        if found is None:
            raise BadCell(f"{written[:20]!r} is no quarter like 2031_1Q.")
        if (int(found[1]), int(found[2])) > self._quarter:
            raise BadCell(f"{written} is still to come.")
        return written

    def corridor(self, row: int, cells: Sequence[Any]) -> tuple[str, str] | None:
        """Countries of work and home if it is one of ours."""
        codes = [_text(self._cell(cells, name)).upper() for name in ("source", "destination")]
        for name, code in zip(("source", "destination"), codes, strict=True):
            if len(code) != 3 or not code.isalpha():
                self._fault(row, self._heading(name), f"{code[:20]!r} is no country's code of three letters.")
        source, destination = codes
        return (WORK[source], HOME[destination]) if source in WORK and destination in HOME else None

    def values(self, row: int, cells: Sequence[Any], period: str, corridor: tuple[str, str]) -> list[Any] | None:
        """In the order of `KEPT`; None where there is a fault."""
        before = self._faults.count
        texts = {name: _text(self._cell(cells, name)) for name in TEXTS}
        if not texts["firm"]:
            self._fault(row, self._heading("firm"), "It does not say which firm.")
        read: dict[str, Any] = {}
        for name, reading in _READINGS.items():
            try:
                read[name] = reading(self._cell(cells, name))
            except BadCell as why:
                self._fault(row, self._heading(name), str(why))
        if self._faults.count == before:
            self._check(row, read)
        if self._faults.count > before:
            return None
        if not read["transparent"]:
            read["margin_200"] = read["margin_500"] = None  # a nought that means: not known
        others = [read["currency"], read["seen_on"], read["transparent"]]
        numbers = [read[name] for name in NUMBERS]
        telling = [_text(self._cell(cells, name)) for name in TELLING]
        told = [period, *corridor, *others, *texts.values(), *numbers, *telling]
        key = blake2b("\x1f".join(map(str, told)).encode(), digest_size=16).hexdigest()
        return [period, key, *corridor, *others, *(text[: _LONGEST[name]] for name, text in texts.items()), *numbers]

    def _check(self, row: int, read: dict[str, Any]) -> None:
        """What single cells do not show."""
        if read["seen_on"] and not FIRST_DAY <= read["seen_on"] <= self._today:
            self._fault(row, self._heading("seen_on"), f"{read['seen_on']} is still to come, or too long ago.")
        for usd in ("200", "500"):
            amount, fee = read[f"amount_{usd}"], read[f"fee_{usd}"]
            if amount is not None and amount <= 0:
                self._fault(row, self._heading(f"amount_{usd}"), f"{amount} is no sum that can be sent.")
            elif fee is not None and (fee < 0 or (amount is not None and fee > amount)):
                self._fault(row, self._heading(f"fee_{usd}"), f"{fee} is no fee of {amount}.")

    def _cell(self, cells: Sequence[Any], name: str) -> Any:
        """None where the row ends early, or the sheet has no such column."""
        place = self._places.get(name)
        return cells[place] if place is not None and place < len(cells) else None

    def _heading(self, name: str) -> str:
        return (NEEDED | TELLING)[name][0]

    def _fault(self, row: int, column: str, sentence: str) -> None:
        self._faults.add(Fault(row, column, sentence, self._sheet))


def _text(value: Any) -> str:
    return " ".join(str(value).split()) if value is not None else ""


def _number(value: Any, places: Decimal, most: int) -> Decimal | None:
    """Of a number, of text, or of a number that a table shows as a date, as in some rows of 2025."""
    written = str(to_excel(value) if isinstance(value, (date, time)) else _text(value)).translate(_SPACES)
    if written.upper() in ("", "N/A"):
        return None
    if _AMBIGUOUS.fullmatch(written):
        raise BadCell(f"{written!r} can be read in two ways: write it with a point, and with nothing between thousands.")
    written = written.replace(",", ".")
    if not _PLAIN.fullmatch(written):
        raise BadCell(f"{written[:20]!r} is no number.")
    number = Decimal(written)
    if abs(number) > most:
        raise BadCell(f"{written[:20]} is far too much.")
    return number.quantize(places) + 0  # no nought below nought


def _money(value: Any) -> Decimal | None:
    return _number(value, Decimal("0.01"), 10**12)


def _fee(value: Any) -> Decimal | None:
    return _number(value, Decimal("0.0001"), 10**12)


def _percent(value: Any) -> Decimal | None:
    return _number(value, Decimal("0.000001"), MOST_PERCENT)


def _day(value: Any) -> date | None:
    """A date, the number by which Excel knows it, or text; a month that could be a day is not guessed."""
    written = _text(value)
    if not written:
        return None
    if _SERIAL.fullmatch(written):
        written = str(from_excel(float(written)))
    with suppress(ValueError):
        return datetime.fromisoformat(written).date()
    for written_as in _FORMATS:
        with suppress(ValueError):
            return datetime.strptime(written, written_as).date()  # noqa: DTZ007
    raise BadCell(f"{written[:20]!r} is no day: write it like 2031-02-17.")


def _currency(value: Any) -> str:
    code = _text(value).upper()
    if code and not re.fullmatch(r"[A-Z]{3}", code):
        raise BadCell(f"{code[:20]!r} is no currency's code of three letters.")
    return code


def _transparent(value: Any) -> bool:
    said = _text(value).casefold()
    if said not in ("yes", "no", ""):
        raise BadCell(f"{said[:20]!r} is neither yes nor no.")
    return said == "yes"


_READINGS: dict[str, Any] = {
    "currency": _currency,
    "transparent": _transparent,
    "seen_on": _day,
    **{name: {"amount": _money, "fee": _fee}.get(name.partition("_")[0], _percent) for name in NUMBERS},
}
_HEADINGS = {heading for called in (NEEDED | TELLING).values() for heading in called}
_LONGEST = {field.name: field.max_length for field in RpwPrice._meta.concrete_fields}
