from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction
from django.utils import timezone

from matching.load import load_taxonomy
from matching.load_routes import load_routes
from orientation.load import load_facts, load_orientation
from orientation.search.keep import keep_everything
from portal.places.load import load_places
from portal.starter import ContentError
from portal.support.load import load_help
from remittances.load import load_money_courses


class Command(BaseCommand):
    help = "Load the starter content: places, facts, help, courses, occupations and skills. Rows that stand are left alone unless --overwrite is given."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--overwrite", action="store_true", help="bring standing rows up to the files, and publish new editions")

    def handle(self, *args: Any, overwrite: bool, **options: Any) -> None:
        began = timezone.now()
        try:
            with transaction.atomic():
                places = load_places(overwrite=overwrite)
                facts = load_facts(overwrite=overwrite)
                contacts = load_help(overwrite=overwrite)
                courses = load_money_courses(overwrite=overwrite) + load_orientation(
                    overwrite=overwrite
                )  # lessons of the road name those on money
                market = load_taxonomy(overwrite=overwrite)
                routes = load_routes(overwrite=overwrite)
                keep_everything(kept_since=began)
        except ContentError as error:
            raise CommandError(f"Nothing was loaded. {error}") from error
        counts = f"{places} places, {facts} facts, {contacts} help entries, {courses} courses, {market} occupations and skills"
        self.stdout.write(f"Starter content: {counts}, {routes} legal rows written.")
