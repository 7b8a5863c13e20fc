from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from matching.models import ScoringWeights
from matching.weights import in_force, to_file

NEWEST = "in force"


class Command(BaseCommand):
    help = "Lists the versions of the weights, or writes one as the file in which a new one is proposed."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--export", nargs="?", const=NEWEST, metavar="DIGEST", help="the beginning of its digest; without one the version in force"
        )

    def handle(self, *args: Any, export: str | None, **options: Any) -> None:
        standing = in_force()
        if export is None:
            for version in ScoringWeights.objects.all():
                state = NEWEST if version == standing else "proposed" if version.approved_at is None else "older"
                self.stdout.write(f"{version.digest[:8]}  {state}  {version.created_at:%Y-%m-%d}  {version.note}")
            return
        row = standing if export == NEWEST else ScoringWeights.objects.filter(digest__startswith=export).first()
        if row is None:
            raise CommandError("There is no version of the weights like that.")
        self.stdout.write(to_file(row), ending="")
