from typing import Any

from django.core.management.base import BaseCommand, CommandError

from matching.check_ready import unready


class Command(BaseCommand):
    help = "Lists what nobody has signed yet. Outside the demo, matching stays closed until the list is empty."

    def handle(self, *args: Any, **options: Any) -> None:
        lines = unready()
        for line in lines:
            self.stdout.write(line)
        if lines:
            raise CommandError(f"Not ready: {len(lines)} still to be signed.")
        self.stdout.write("Ready: matching is open.")
