from typing import Any

from django.core.management.base import BaseCommand

from orientation.rebuild import rebuild_progress


class Command(BaseCommand):
    help = "Counts everybody's progress from what they did, as pages do each time, and gives certificates that are missing."

    def handle(self, *args: Any, **options: Any) -> None:
        counts = rebuild_progress()
        self.stdout.write(
            f"{counts['learners']} learners, {counts['events']} events: {counts['courses']} courses begun, "
            f"{counts['lessons']} lessons done, {counts['passed']} courses passed. {counts['certificates']} missing certificates made."
        )
