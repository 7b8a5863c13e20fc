from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from remittances.imports.import_rpw import import_rpw
from remittances.imports.problems import ImportProblem

ATTRIBUTION = "Source: The World Bank, Remittance Prices Worldwide, remittanceprices.worldbank.org (CC BY 4.0)."


class Command(BaseCommand):
    help = (
        "Takes in a release of Remittance Prices Worldwide (XLSX, or one of its sheets as CSV). All or nothing; twice is as good as once."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, help="the data set from https://remittanceprices.worldbank.org/data-download")
        parser.add_argument("--dry-run", action="store_true", help="say what would be done, and write nothing")

    def handle(self, *args: Any, file: Path, dry_run: bool, **options: Any) -> None:
        try:
            with file.open("rb") as opened:
                counts = import_rpw(opened, timezone.localdate(), dry_run=dry_run)
        except OSError as error:
            raise CommandError(f"{file}: {error.strerror}.") from None
        except ImportProblem as problem:
            raise CommandError(f"{problem}\nNothing was imported.") from None
        first, last = min(counts.periods), max(counts.periods)
        self.stdout.write(
            f"{len(counts.periods)} quarters from {first} to {last}: {counts.added} new prices, {counts.unchanged} as before, "
            f"{counts.gone} gone.\n{counts.others} rows are of other corridors, {counts.repeated} stand there more than once; "
            f"of {counts.missed} the total is not fee and margin together, and is kept as published.\n{ATTRIBUTION}"
        )
        if dry_run:
            self.stdout.write("Nothing was written.")
