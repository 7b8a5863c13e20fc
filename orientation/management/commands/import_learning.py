from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from orientation.centre.file import MOST_BYTES
from orientation.centre.take_in import NotTaken, take_in


class Command(BaseCommand):
    help = "Takes in a file of `export_learning`, once: all of it, or nothing and why."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path)

    def handle(self, *args: Any, file: Path, **options: Any) -> None:
        try:
            with file.open("rb") as source:
                kept = take_in(source.read(MOST_BYTES + 1), by=None, now=timezone.now())
        except NotTaken as why:
            raise CommandError(str(why)) from why
        except OSError as why:
            raise CommandError(f"{file} cannot be read: {why.strerror}.") from why
        self.stdout.write(f"{kept.centre}: {kept.events} new answers and checks.")
