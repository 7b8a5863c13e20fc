from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from remittances.imports.import_quotes import import_quotes
from remittances.imports.problems import ImportProblem
from remittances.imports.quote_rows import COLUMNS, MAY_LACK


class Command(BaseCommand):
    help = (
        "Takes in prices of services from a CSV in UTF-8, parted by commas or semicolons. All or nothing; twice is as good as once. "
        f"Its columns: {', '.join(column for column in COLUMNS if column not in MAY_LACK)}; "
        f"and if you have them: {', '.join(column for column in COLUMNS if column in MAY_LACK)}."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path)

    def handle(self, *args: Any, file: Path, **options: Any) -> None:
        try:
            with file.open("rb") as opened:
                counts = import_quotes(opened, None, timezone.now())
        except OSError as error:
            raise CommandError(f"{file}: {error.strerror}.") from None
        except ImportProblem as problem:
            raise CommandError(f"{problem}\nNothing was imported.") from None
        self.stdout.write(
            f"{counts.added} new prices, {counts.changed} changed, {counts.unchanged} as before; "
            f"{counts.held} look strange and wait for a second person."
        )
