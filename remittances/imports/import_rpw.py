"""Taking in a release of Remittance Prices Worldwide: all of it or nothing, and only prices of our corridors."""

import csv
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from io import StringIO
from itertools import islice
from typing import Any, BinaryIO

from django.db import connection, transaction

from remittances.imports.problems import Fault, Faults, ImportProblem
from remittances.imports.read_sheets import Sheet, read_sheets
from remittances.imports.rpw_rows import KEPT, TEXTS, RowReader

BATCH = 5000
SHEETS = "dataset"  # what the names of the two sheets with prices begin with
COLUMNS = ", ".join(KEPT)

_STAGE = f"CREATE TEMP TABLE rpw ON COMMIT DROP AS SELECT {COLUMNS} FROM remittances_rpwprice WHERE false"
_COPY = f"COPY rpw ({COLUMNS}) FROM STDIN (FORMAT csv, FORCE_NOT_NULL (currency, {', '.join(TEXTS)}))"
_ONCE = f"CREATE TEMP TABLE rpw_once ON COMMIT DROP AS SELECT DISTINCT ON (period, key) {COLUMNS} FROM rpw"
_GONE = """
    DELETE FROM remittances_rpwprice AS price
    WHERE period = ANY(%s) AND NOT EXISTS (SELECT FROM rpw_once AS new WHERE (new.period, new.key) = (price.period, price.key))
"""
_ADDED = f"INSERT INTO remittances_rpwprice ({COLUMNS}) SELECT {COLUMNS} FROM rpw_once ON CONFLICT (period, key) DO NOTHING"
# The total that is published should be fee and margin together. Where it is not, it stands as published.
_MISSED = """
    SELECT count(*) FROM rpw_once
    WHERE abs(fee_200 / amount_200 * 100 + margin_200 - cost_200) > 0.05 OR abs(fee_500 / amount_500 * 100 + margin_500 - cost_500) > 0.05
"""


@dataclass(slots=True)
class Counts:
    """Of rows. `others` are of corridors that are not ours, `missed` have a total that is not fee and margin together."""

    periods: set[str] = field(default_factory=set)
    others: int = 0
    staged: int = 0
    repeated: int = 0
    missed: int = 0
    added: int = 0
    unchanged: int = 0
    gone: int = 0


@transaction.atomic
def import_rpw(file: BinaryIO, today: date, *, dry_run: bool = False) -> Counts:
    """`file` is the World Bank's XLSX, or one of its sheets as CSV. Each quarter in it replaces what stands of that quarter.

    The same file again writes nothing; `dry_run` never does. Raises `ImportProblem`, and nothing is loaded.
    """
    counts, faults = Counts(), Faults()
    with connection.cursor() as cursor:
        cursor.execute("LOCK TABLE remittances_rpwprice IN SHARE ROW EXCLUSIVE MODE")  # one import at a time; readers go on
        cursor.execute(_STAGE)
        rows = read_prices(file, today, counts, faults)
        while batch := list(islice(rows, BATCH)):
            cursor.copy_expert(_COPY, _as_csv(batch))
            counts.staged += len(batch)
        faults.refuse()
        if not counts.staged:
            raise ImportProblem(
                Fault(None, "", "There is no price from Russia or Kazakhstan to Tajikistan, Kyrgyzstan or Uzbekistan in it.")
            )
        cursor.execute(_ONCE)
        once = cursor.rowcount
        cursor.execute(_MISSED)
        counts.missed = cursor.fetchone()[0]
        cursor.execute(_GONE, [sorted(counts.periods)])
        counts.gone = cursor.rowcount
        cursor.execute(_ADDED)
        counts.added = cursor.rowcount
        cursor.execute("DROP TABLE rpw, rpw_once")
    counts.repeated, counts.unchanged = counts.staged - once, once - counts.added
    transaction.set_rollback(dry_run)
    return counts


def read_prices(file: BinaryIO, today: date, counts: Counts, faults: Faults) -> Iterator[list[Any]]:
    """Of our corridors, in the order of `KEPT`."""
    names = []
    for sheet in read_sheets(file):
        names.append(sheet.name)
        if not sheet.name or sheet.name.casefold().startswith(SHEETS):
            yield from _rows_of(sheet, today, counts, faults)
    if not any(not name or name.casefold().startswith(SHEETS) for name in names):
        faults.add(Fault(None, "", f"No sheet is called “Dataset …”, only {', '.join(names)}."))


def _rows_of(sheet: Sheet, today: date, counts: Counts, faults: Faults) -> Iterator[list[Any]]:
    first, headings = next(sheet.rows, (1, ()))
    reader = RowReader(sheet.name, headings, first, today, faults)
    for row, cells in sheet.rows if reader.is_able else ():
        if not any(cells):
            continue
        period, corridor = reader.period(row, cells), reader.corridor(row, cells)
        counts.periods.add(period)
        if corridor is None:
            counts.others += 1
        elif values := reader.values(row, cells, period, corridor):
            yield values


def _as_csv(rows: list[list[Any]]) -> StringIO:
    text = StringIO()
    csv.writer(text).writerows(rows)
    text.seek(0)
    return text
