from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from matching.import_esco import import_esco
from matching.read_esco import EscoError

WIDTH = 40  # characters
ATTRIBUTION = "This service uses the ESCO classification of the European Commission."


class Command(BaseCommand):
    help = "Loads the official ESCO download (CSV; a folder or the zip) as extra taxonomy. All or nothing; twice is as good as once."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("path", type=Path, help="the folder or zip file from https://esco.ec.europa.eu/en/use-esco/download")
        parser.add_argument("--language", default="", help="two letters; needed only where the names of the files do not tell one")

    def handle(self, *args: Any, path: Path, language: str, verbosity: int, **options: Any) -> None:
        self.shown = -1 if verbosity and self.stderr.isatty() else WIDTH
        try:
            counts = import_esco(path, language.lower(), self.show)
        except OSError as error:
            raise CommandError(f"{path}: {error.strerror}.") from None
        except EscoError as error:
            raise CommandError(f"{error}\nNothing was imported.") from None
        if verbosity:
            self.stdout.write(
                f"Written: {counts.occupations} occupations, {counts.skills} skills, {counts.groups} groups, {counts.needs} relations, "
                f"{counts.labels} labels.\n{ATTRIBUTION}"
            )

    def show(self, done: int, total: int) -> None:
        """A bar over one line of a terminal."""
        filled = WIDTH * done // max(total, 1)
        if filled > self.shown:
            self.shown = filled
            self.stderr.write(f"\r[{'#' * filled}{'.' * (WIDTH - filled)}] read", style_func=str, ending="" if filled < WIDTH else "\n")
