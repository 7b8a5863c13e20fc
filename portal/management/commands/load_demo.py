import time
from functools import partial
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from matching.demo.agencies import load_agencies, load_staff
from matching.demo.candidates import load_cast_candidates, load_made_up_candidates
from matching.demo.desk import load_demo_desk
from matching.demo.exceptions import load_demo_exceptions
from matching.demo.histories import load_demo_histories
from matching.demo.intake import load_demo_intake
from matching.demo.learning import learners
from matching.demo.pipeline import load_demo_files, load_demo_pipeline
from matching.demo.searches import load_demo_searches
from matching.demo.seed import Sizes
from matching.demo.talks import load_demo_talks
from matching.demo.vacancies import load_made_up_vacancies, load_written_vacancies
from matching.lease import claim
from matching.models import ScoringBlock
from matching.score import open_full_run, score_block, start_daily_run
from matching.warm import Warm
from orientation.audio.keep import speak_one
from orientation.board.demo import load_demo_texts
from orientation.certificates.demo import load_demo_certificates, load_demo_endorsement
from orientation.classes.demo import load_demo_classes
from orientation.demo import load_demo_learning
from orientation.news_demo import load_demo_news
from orientation.search.demo import load_demo_misses
from placements.demo import load_demo_placements
from portal.accounts.cast import PEOPLE
from portal.demo import Progress
from portal.money.demo import load_demo_rates
from portal.organisations.demo import load_demo_vetting
from portal.organisations.seed import seed_cast
from portal.places.models import Country
from remittances.alerts.demo import load_demo_alert
from remittances.demo import load_demo_money
from remittances.imports.demo import load_demo_rpw
from remittances.listing_demo import load_demo_listing
from remittances.plan.demo import load_demo_plans
from remittances.products.demo import load_demo_products, load_demo_trials
from training.demo import load_demo_training

# Each with its share of the time.
VACANCIES, CANDIDATES, HISTORIES, LESSONS, SCORES = "Demo vacancies", "Demo people", "Demo matches", "Demo lessons", "Demo scores"
STEPS = {VACANCIES: 4, CANDIDATES: 16, HISTORIES: 40, LESSONS: 15, SCORES: 25}


class Command(BaseCommand):
    help = "Creates the people, organisations, vacancies, matches and day rates of the demo, and scores them. Refuses anywhere else."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--cast", action="store_true", help="only who can sign in, and what they have: a matter of a second")
        parser.add_argument("--people", type=int, default=settings.DEMO_PEOPLE, help="how many candidates; everything else grows with them")
        parser.add_argument("--by-workers", action="store_true", help="leave the scoring to the workers, and wait for them")

    def handle(self, *args: Any, cast: bool, people: int, by_workers: bool, **options: Any) -> None:
        if not settings.DEMO:
            raise CommandError("The demo's people sign in with one click: load_demo runs only where SAFAR_DEMO=1.")
        if not Country.objects.exists():
            raise CommandError("The demo's organisations stand in countries: run load_content first.")
        self.by_workers = by_workers
        self.load_cast()
        if not cast:
            progress = Progress(STEPS)
            try:
                self.load_others(Sizes(people), progress)
            finally:
                progress.end()
        if options["verbosity"]:
            self.stdout.write(f"Demo people: {', '.join(person.name for person in PEOPLE.values())}.")

    def load_cast(self) -> None:
        now = timezone.now()
        seed_cast(now)
        load_demo_rates(now.date())
        load_demo_money(now.date())
        load_demo_rpw(now.date())
        load_demo_products(now)
        load_demo_plans(now)
        load_demo_alert(now)
        load_demo_listing(now)
        load_staff(load_agencies(now))
        load_written_vacancies(now)
        load_cast_candidates(now)
        load_demo_pipeline(now)
        load_demo_intake(now)
        load_demo_vetting(now)
        load_demo_endorsement(now)
        load_demo_texts(now)
        speak_one(now)
        load_demo_classes(now)

    def load_others(self, sizes: Sizes, progress: Progress) -> None:
        """Each step finds what a load that was killed has left, and goes on from there. Where nothing is left to do, nothing is said."""
        now = timezone.now()
        load_made_up_vacancies(sizes, now, partial(progress.report, VACANCIES))
        load_demo_files()
        load_made_up_candidates(sizes, now, partial(progress.report, CANDIDATES))
        load_demo_training(now)
        while not load_demo_histories(sizes, now, partial(progress.report, HISTORIES)):
            self.finish_run(progress)  # one that began before we were ready
        load_demo_talks(now)
        load_demo_desk(now)
        load_demo_placements(now)
        load_demo_searches(now)
        load_demo_learning(learners(sizes.people), now, partial(progress.report, LESSONS))
        load_demo_certificates(now)
        load_demo_trials([learner.user for learner in learners(sizes.people)], now)
        load_demo_news(now)
        load_demo_misses(now.date())
        start_daily_run(now)
        self.finish_run(progress)
        load_demo_exceptions(timezone.now())

    def finish_run(self, progress: Progress) -> None:
        run, warm = open_full_run(), Warm()
        while run is not None and run.finished_at is None:
            block = None if self.by_workers else claim(timezone.now())
            if block is not None:
                score_block(block, timezone.now, warm)
            else:
                time.sleep(0.2)  # the rest is in workers' hands
            blocks = ScoringBlock.objects.filter(run=run)
            progress.report(SCORES, blocks.exclude(done_at=None).count(), blocks.count())
            run.refresh_from_db()
