from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from orientation.centre.export import NoCentre, export_learning


class Command(BaseCommand):
    help = "Writes what was learnt in this centre into a file for the portal: see docs/running.md, “A centre without internet”."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path)

    def handle(self, *args: Any, file: Path, **options: Any) -> None:
        try:
            content = export_learning(timezone.now())
            file.write_bytes(content)
        except NoCentre as why:
            raise CommandError(str(why)) from why
        except OSError as why:
            raise CommandError(f"{file} cannot be written: {why.strerror}.") from why
        self.stdout.write(f"{file}: {len(content) // 1024 + 1} KB.")
