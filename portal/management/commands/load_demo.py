from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from matching.demo.candidates import load_demo_candidates
from matching.demo.matches import load_demo_matches
from matching.demo.pipeline import load_demo_pipeline
from matching.demo.vacancies import load_demo_vacancies
from portal.accounts.cast import PEOPLE
from portal.money.demo import load_demo_rates
from portal.organisations.seed import seed_cast
from portal.places.models import Country
from remittances.demo import load_demo_quotes


class Command(BaseCommand):
    help = "Creates the people, organisations and day rates of the demo. Refuses anywhere else."

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.DEMO:
            raise CommandError("The demo's people sign in with one click: load_demo runs only where SAFAR_DEMO=1.")
        if not Country.objects.exists():
            raise CommandError("The demo's organisations stand in countries: run load_content first.")
        now = timezone.now()
        seed_cast(now)
        load_demo_rates(now.date())
        load_demo_quotes(now.date())
        load_demo_vacancies(now)
        load_demo_candidates(now)
        load_demo_pipeline(now)  # after the others: it scores what they wrote
        load_demo_matches(now)
        self.stdout.write(f"Demo people: {', '.join(person.name for person in PEOPLE.values())}.")
