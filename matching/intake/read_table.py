"""An uploaded XLSX as rows of text. Nothing in it is computed, unpacked beyond a limit or trusted; whatever cannot be read says why."""

import re
import warnings
from collections.abc import Iterator
from datetime import date, datetime
from io import BytesIO
from typing import Any
from zipfile import BadZipFile, ZipFile

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from openpyxl import load_workbook

MOST_BYTES = 2 * 1024 * 1024
MOST_UNPACKED = 20 * 1024 * 1024  # a full list is a tenth of that
MOST_PARTS = 200
MOST_ROWS = 2000
MOST_COLUMNS = 40
MOST_CHARACTERS = 200  # of a cell: the longest answer is shorter

OLD_OFFICE = bytes.fromhex("d0cf11e0a1b11ae1")
ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
DECLARES = re.compile(rb"<!\s*(DOCTYPE|ENTITY)", re.IGNORECASE)


class NotReadable(ValueError):
    """`args[0]` is a sentence: why, and what to do."""

    def __init__(self, why: Promise) -> None:
        super().__init__(why)


class Formula(str):
    """What stands in a cell that computes something."""


def read_table(data: bytes) -> list[list[str | date]]:
    """The first sheet's rows, the headings first, without empty rows at the end. A cell is text, or a date. Raises `NotReadable`."""
    _check_file(data)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # what openpyxl does not keep is nothing that we read
            book = load_workbook(BytesIO(data), read_only=True, data_only=False, keep_links=False)
            rows = [list(row) for row in _rows(book.worksheets[0])]
    except Exception as fault:  # a broken file breaks openpyxl in many ways
        raise NotReadable(_("This file is damaged, or it is no list. Download the empty list again and copy the rows into it.")) from fault
    while rows and not any(rows[-1]):
        rows.pop()
    if len(rows) > MOST_ROWS + 1:
        raise NotReadable(_("This list is too long: it may have 2 000 people. Make two lists of it."))
    if not rows:
        raise NotReadable(_("Nobody is on this list yet. Write one person in each row below the headings."))
    return rows


def _rows(sheet: Any) -> Iterator[list[str | date]]:
    for row in sheet.iter_rows(max_row=MOST_ROWS + 2, max_col=MOST_COLUMNS):
        yield [_text(cell) for cell in row]


def _text(cell: Any) -> str | date:
    value = cell.value
    if value is None:
        return ""
    if cell.data_type == "f":
        return Formula("=")
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return str(value).replace("\x00", "").strip()[:MOST_CHARACTERS]


def _check_file(data: bytes) -> None:
    if len(data) > MOST_BYTES:
        raise NotReadable(_("This file is larger than 2 MB. Make two lists of it, or take pictures out."))
    if data.startswith(OLD_OFFICE):
        if ENCRYPTED in data:
            raise NotReadable(_("This file is protected by a password. Take the password off and choose it again."))
        raise NotReadable(_("This is an old XLS file. Save it as XLSX and choose it again."))
    try:
        archive = ZipFile(BytesIO(data))
    except (BadZipFile, ValueError, OSError):
        raise NotReadable(_("This is not an XLSX file. If it is CSV or another kind, save it as XLSX first.")) from None
    parts = archive.infolist()
    if any(part.flag_bits & 1 for part in parts):
        raise NotReadable(_("This file is protected by a password. Take the password off and choose it again."))
    if len(parts) > MOST_PARTS or sum(part.file_size for part in parts) > MOST_UNPACKED:
        raise NotReadable(_("Far too much is packed into this file. Copy the rows into the empty list."))
    if "[Content_Types].xml" not in archive.namelist():
        raise NotReadable(_("This is not an XLSX file. If it is CSV or another kind, save it as XLSX first."))
    try:
        declares = any(
            DECLARES.search(archive.read(part).replace(b"\x00", b"")) for part in parts if part.filename.endswith((".xml", ".rels"))
        )
    except Exception as fault:  # packed in a way that Python does not know, or cut off
        raise NotReadable(_("This file is damaged, or it is no list. Download the empty list again and copy the rows into it.")) from fault
    if declares:  # no spreadsheet does so; who does wants a few bytes to become many
        raise NotReadable(_("Far too much is packed into this file. Copy the rows into the empty list."))
