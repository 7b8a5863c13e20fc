from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from portal.organisations.import_sanctions import READERS, import_sanctions
from portal.organisations.lists import ListError
from portal.organisations.models import SanctionEntry


class Command(BaseCommand):
    help = "Brings a sanctions list up to date from its file as downloaded: UN XML, SECO XML, EU XML 1.1 or EU CSV 1.1."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("list", choices=list(READERS), help="; ".join(f"{code}: {name}" for code, name in SanctionEntry.List.choices))
        parser.add_argument("file", type=Path)
        parser.add_argument("--force", action="store_true", help="even where more than a fifth of the entries would be delisted")

    def handle(self, *args: Any, file: Path, force: bool, **options: Any) -> None:
        try:
            with file.open("rb") as opened:
                size = max(1, file.stat().st_size)

                def show(read: int) -> None:
                    self.stdout.write(f"\r{min(100, 100 * opened.tell() // size)} % of the file, {read} entries", ending="")
                    self.stdout.flush()

                counts = import_sanctions(options["list"], opened, timezone.now(), force=force, progress=show)
        except OSError as error:
            raise CommandError(f"{file}: {error.strerror}.") from None
        except ListError as error:
            raise CommandError(f"{file.name}: {error} Nothing was imported.") from None
        self.stdout.write(
            f"\nList of {counts.generated_on}: {counts.added} added, {counts.changed} changed, {counts.unchanged} as before, "
            f"{counts.delisted} delisted, {counts.nameless} without a name. Organisations newly stopped by it: {counts.hits}."
        )
