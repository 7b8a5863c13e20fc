from typing import Any

from django.core.management.base import BaseCommand

from portal.accounts.groups import GROUPS, sync_groups


class Command(BaseCommand):
    help = "Writes the staff groups and their permissions, as portal/accounts/groups.py declares them. Run after migrate."

    def handle(self, *args: Any, **options: Any) -> None:
        sync_groups()
        self.stdout.write(f"Staff groups: {', '.join(GROUPS)}.")
