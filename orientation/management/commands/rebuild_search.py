from typing import Any

from django.core.management.base import BaseCommand

from orientation.search.keep import keep_everything


class Command(BaseCommand):
    help = "Write anew what lessons, facts and help are found by."

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(f"{keep_everything()} texts can be found.")
