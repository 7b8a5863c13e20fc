"""A table out of a file, row by row: a CSV, or the sheets of an XLSX. What is read is never held as a whole, computed or trusted."""

import csv
import warnings
from codecs import BOM_UTF16_BE, BOM_UTF16_LE
from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from itertools import chain
from typing import Any, BinaryIO
from zipfile import BadZipFile, ZipFile

from django.utils.translation import gettext as _
from openpyxl import load_workbook

from remittances.imports.problems import Fault, ImportProblem

DELIMITERS = ",;\t"
ZIP, OLD_OFFICE = b"PK\x03\x04", bytes.fromhex("d0cf11e0a1b11ae1")
MOST_PARTS = 200
MOST_UNPACKED = 2 * 2**30  # the World Bank's workbook of fifteen years is a sixth of that
MOST_STRINGS = 256 * 2**20  # the only part that openpyxl holds as a whole
MOST_TIMES = 100  # a sheet packs to a tenth or so; a bomb to a thousandth
MOST_ROWS, MOST_COLUMNS = 2**20, 60
MOST_LINE = 2**20

Row = tuple[int, tuple[Any, ...]]  # its number from 1, and its cells


@dataclass(frozen=True, slots=True)
class Sheet:
    """`name` is "" for a CSV. `rows` can be gone through once, and raises `ImportProblem` where the file is broken."""

    name: str
    rows: Iterator[Row]


def read_sheets(file: BinaryIO) -> Iterator[Sheet]:
    """Each sheet, in the file's order: read one before you ask for the next. Raises `ImportProblem`."""
    start = file.read(len(OLD_OFFICE))
    file.seek(0)
    if start.startswith(OLD_OFFICE):
        raise _refusal(_("This is an old XLS file, or one with a password. Save it as XLSX or CSV, without a password."))
    return _sheets_of_book(file) if start.startswith(ZIP) else iter([Sheet("", read_csv(file))])


def read_csv(file: BinaryIO) -> Iterator[Row]:
    """UTF-8, with or without a mark at its beginning; parted by whichever of comma, semicolon and tab the first line has most of."""
    start = file.read(len(BOM_UTF16_LE))
    file.seek(0)
    if start in (BOM_UTF16_LE, BOM_UTF16_BE):
        raise _not_utf8(1)
    lines = (line.decode(errors="surrogateescape") for line in iter(partial(file.readline, MOST_LINE), b""))
    first, number = next(lines, "").removeprefix("\ufeff"), 0
    try:
        reader = csv.reader(chain([first], lines), delimiter=max(DELIMITERS, key=first.count), strict=True)
        for number, row in enumerate(reader, 1):
            _check_text("".join(row), number)
            yield number, tuple(row)
    except csv.Error:
        raise _refusal(_("This row is no CSV: is a quotation mark missing?"), number + 1) from None


def _check_text(text: str, row: int) -> None:
    try:
        text.encode()
    except UnicodeEncodeError:
        raise _not_utf8(row) from None
    if "\0" in text:
        raise _refusal(_("There is a sign in this row that no text has."), row)


def _sheets_of_book(file: BinaryIO) -> Iterator[Sheet]:
    _check_archive(file)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # what openpyxl does not keep is nothing that we read
            book = load_workbook(file, read_only=True, data_only=True, keep_links=False)
    except Exception as fault:  # a broken file breaks openpyxl in many ways
        raise _damaged() from fault
    for sheet in book.worksheets:
        yield Sheet(sheet.title, _rows_of(sheet))


def _rows_of(sheet: Any) -> Iterator[Row]:
    sheet.reset_dimensions()  # what a file says of its own size is often wrong
    number = 0
    try:
        for number, row in enumerate(sheet.iter_rows(max_row=MOST_ROWS, max_col=MOST_COLUMNS, values_only=True), 1):
            yield number, row
    except Exception as fault:
        raise _damaged(sheet.title, number + 1) from fault


def _check_archive(file: BinaryIO) -> None:
    """By what its directory says of the parts: Python reads no more of a part than is written there."""
    try:
        with ZipFile(file) as archive:
            parts = archive.infolist()
    except (BadZipFile, ValueError, OSError) as fault:
        raise _damaged() from fault
    strings = sum(part.file_size for part in parts if part.filename.casefold().endswith("sharedstrings.xml"))
    unpacked = sum(part.file_size for part in parts)
    packed = sum(part.compress_size for part in parts)
    if len(parts) > MOST_PARTS or strings > MOST_STRINGS or unpacked > min(MOST_UNPACKED, MOST_TIMES * packed):
        raise _refusal(_("Far too much is packed into this file. Take the file as it was published."))
    if not any(part.filename == "[Content_Types].xml" for part in parts):
        raise _refusal(_("This is neither an XLSX nor a CSV file."))


def _not_utf8(row: int) -> ImportProblem:
    return _refusal(_("This file is not in UTF-8. Save it as “CSV UTF-8”."), row)


def _damaged(sheet: str = "", row: int | None = None) -> ImportProblem:
    return _refusal(_("The file is damaged here, or cut off. Download it again."), row, sheet)


def _refusal(sentence: str, row: int | None = None, sheet: str = "") -> ImportProblem:
    return ImportProblem(Fault(row, "", sentence, sheet))
