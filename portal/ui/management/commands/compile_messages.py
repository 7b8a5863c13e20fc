from django.core.management.base import BaseCommand

from portal.ui import catalogues


class Command(BaseCommand):
    help = "Compile locale/*/LC_MESSAGES/django.po into .mo files where they are missing or of another age."
    requires_system_checks: list[str] = []

    def handle(self, *args: object, **options: object) -> None:
        compiled = catalogues.compile_all()
        self.stdout.write(f"Compiled {', '.join(compiled)}." if compiled else "The compiled catalogues are up to date.")
