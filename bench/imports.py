"""A release of Remittance Prices Worldwide whose rows are all of our corridors: how many a second, in how much memory, against saving each.

The files are made up, in the World Bank's format. Both ways read the same file in the same way; they differ in how rows are written.
"""

import os
from collections.abc import Iterator
from itertools import product
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from bench.harness import Line, Sizes, in_own_process, in_turns, peak_mb, ratio_line, spent

CORRIDORS = list(product(("RUS", "KAZ"), ("TJK", "KGZ", "UZB")))
QUARTERS = [f"{year}_{quarter}Q" for year in range(2016, 2026) for quarter in (1, 2, 3, 4)]


def measure(sizes: Sizes) -> list[Line]:
    from bench.fill import own_database  # needs Django, which the process of its own sets up by itself
    from tests.remittances.imports.rpw import write_csv, write_xlsx

    many, few, saved = sizes.rpw
    with TemporaryDirectory() as folder, own_database():
        big = write_csv(Path(folder) / "big.csv", made_up_rows(many))
        small = write_csv(Path(folder) / "small.csv", made_up_rows(saved))
        book = write_xlsx(Path(folder) / "book.xlsx", new=made_up_rows(few))
        lines = [line for path, rows in ((big, many), (book, few)) for line in of_file(path, rows)]
        return [*lines, against_saving(big, many, small, saved, sizes.rounds)]


def made_up_rows(count: int) -> Iterator[list[Any]]:
    """No two alike; of each firm prices of every quarter on every corridor."""
    from tests.remittances.imports.rpw import row

    for number in range(count):
        firm, place = divmod(number, len(CORRIDORS) * len(QUARTERS))
        quarter, corridor = divmod(place, len(CORRIDORS))
        source, destination = CORRIDORS[corridor]
        fee, margin = 100 + number % 300, number % 400 / 100
        costs = {f"cc{n} total cost %": f"{fee * n / amount * 100 + margin:.2f}" for n, amount in ((1, 16000), (2, 40000))}
        told = {"cc1 lcu fee": fee, "cc2 lcu fee": fee * 2, "cc1 fx margin": margin, "cc2 fx margin": margin, **costs}
        told |= {"id": number, "period": QUARTERS[quarter], "source_code": source, "destination_code": destination}
        yield row(firm=f"Firm {firm}", corridor=source + destination, date="2016-01-15", **told)


def of_file(path: Path, rows: int) -> list[Line]:
    """Into an empty table, and once more."""
    clear()
    kind, lines = path.suffix[1:].upper(), []
    before, *times = in_own_process(twice, path)
    for work, (seconds, peak, added) in zip((f"RPW, {rows:,} rows, {kind}", f"RPW, the same {kind} again"), times, strict=True):
        told = f"{rows / seconds:,.0f} rows a second, {seconds:.1f} s; {peak:,.0f} MB at the most, {before:,.0f} MB before; {added:,} new"
        lines.append(Line(work, told))
    return lines


def twice(path: Path) -> tuple[Any, ...]:
    """MB before, and (seconds, MB at the most, rows that were new) of each time. Only the process that runs this needs Django."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings")
    import django

    django.setup()
    return peak_mb(), imported(path), imported(path)


def imported(path: Path) -> tuple[float, float, int]:
    from django.utils import timezone

    from remittances.imports.import_rpw import import_rpw

    with path.open("rb") as file:
        used, counts = spent(lambda: import_rpw(file, timezone.localdate()))
    return used.wall, peak_mb(), counts.added


def against_saving(big: Path, many: int, small: Path, saved: int, rounds: int) -> Line:
    found = in_turns(
        rounds,
        {
            "COPY": lambda: clear() or imported(big)[0] / many,
            "save": lambda: clear() or saving(small, "save") / saved,
            "update_or_create": lambda: clear() or saving(small, "update_or_create") / saved,
        },
    )
    detail = f"{1 / found['COPY']:,.0f} rows a second by COPY, {1 / found['save']:,.0f} by save()"
    ratio = found["save"] / found["COPY"]
    detail += f", {1 / found['update_or_create']:,.0f} by update_or_create(), which can be done twice"
    return ratio_line("RPW imported, against saving row by row", ratio, detail, least=5)


def saving(path: Path, way: str) -> float:
    """Seconds: rows read by the importer's own reader, written one by one in one transaction."""
    from django.db import transaction
    from django.utils import timezone

    from remittances.imports.import_rpw import Counts, read_prices
    from remittances.imports.problems import Faults
    from remittances.imports.rpw_rows import KEPT
    from remittances.models import RpwPrice

    @transaction.atomic
    def work() -> None:
        with path.open("rb") as file:
            for row in read_prices(file, timezone.localdate(), Counts(), Faults()):
                values = dict(zip(KEPT, row, strict=True))
                if way == "save":
                    RpwPrice(**values).save()
                else:
                    RpwPrice.objects.update_or_create(period=values.pop("period"), key=values.pop("key"), defaults=values)

    return spent(work)[0].wall


def clear() -> None:
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("TRUNCATE remittances_rpwprice")
