"""Files in the World Bank's format, with invented prices."""

import csv
from collections.abc import Iterable, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from openpyxl import Workbook

PLACES = (
    "id, period, source_code, source_name, source_region, source_income, source_lending, source_G8G20, "
    "destination_code, destination_name, destination_region, destination_income, destination_lending, destination_G8G20, firm, firm_type, "
)
SUMS = (
    "speed actual, cc1 lcu amount, cc1 denomination amount, cc1 lcu code, cc1 lcu fee, cc1 lcu fx rate, cc1 fx margin, cc1 total cost %, "
    "cc2 lcu amount, cc2 denomination amount, cc2 lcu code, cc2 lcu fee, cc2 lcu fx rate, cc2 fx margin, cc2 total cost %, "
    "inter lcu bank fx, transparent, "
)
NEW = f"{PLACES}payment instrument, access point, {SUMS}Standard Note, note2, receiving network coverage, pickup location, pickup method, date, corridor"
OLD = f"{PLACES}product, sending location, {SUMS}note1, note2, coverage, pick-up method, date, corridor"
HEADINGS, OLD_HEADINGS = NEW.split(", "), OLD.split(", ")

SHEET, OLD_SHEET = "Dataset (from Q2 2016)", "Dataset (up to Q1 2016)"
# fmt: off
_PRICE = [
    700001, "2026_1Q",
    "RUS", "Russian Federation", "Europe & Central Asia", "High income", "IBRD", "G8/G20",
    "KGZ", "Kyrgyz Republic", "Europe & Central Asia", "Lower middle income", "Blend", "Non G8/G20",
    "Primer Perevod", "Money Transfer Operator", "Cash,Debit card", "Agent", "Less than one hour",
    16000, 200, "RUB", 160, 0.98, 0.4, 1.4,
    40000, 500, "RUB", 400, 0.98, 0.4, 1.4,
    0.984, "yes", None, None, "High", "Agent", "Cash", date(2026, 2, 17), "RUSKGZ",
]
# fmt: on
PRICE = dict(zip(HEADINGS, _PRICE, strict=True))
OLD_NAMES = {
    "payment instrument": "product",
    "access point": "sending location",
    "Standard Note": "note1",
    "receiving network coverage": "coverage",
    "pickup method": "pick-up method",
}


def row(headings: Sequence[str] = HEADINGS, **changes: Any) -> list[Any]:
    """A price, under either sheet's headings; of `changes`, an underscore is a blank: cc1_lcu_fee, but firm_type."""
    told = {name if name in HEADINGS else name.replace("_", " "): value for name, value in changes.items()}
    assert told.keys() <= set(HEADINGS)
    by_heading = {OLD_NAMES.get(name, name) if headings is OLD_HEADINGS else name: value for name, value in (PRICE | told).items()}
    return [by_heading.get(heading) for heading in headings]


def write_csv(
    path: Path, rows: Iterable[Sequence[Any]], *, headings: Sequence[str] = HEADINGS, encoding: str = "utf-8", **how: Any
) -> Path:
    with path.open("w", encoding=encoding, newline="") as file:
        writer = csv.writer(file, **how)
        writer.writerow(headings)
        writer.writerows(rows)
    return path


def write_xlsx(path: Path, **sheets: Iterable[Sequence[Any]]) -> Path:
    """`new` and `old` are the rows of the two sheets with prices; others stand before them, as in the published file."""
    book = Workbook(write_only=True)
    for name in ("Terms of Use", "Methodology", "Legend", "Countries"):
        book.create_sheet(name).append([name])
    for key, title, headings in (("old", OLD_SHEET, OLD_HEADINGS), ("new", SHEET, HEADINGS)):
        if key in sheets:
            sheet = book.create_sheet(title)
            sheet.append(headings)
            for values in sheets[key]:
                sheet.append(values)
    book.save(path)
    return path
