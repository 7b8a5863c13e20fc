import time
from argparse import ArgumentParser
from typing import Any
from uuid import UUID

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from matching import score
from matching.check_ready import matching_is_open
from matching.lease import claim
from matching.mark import mark_vacancy
from matching.models import Match, ScoringBlock, ScoringRun, Vacancy
from matching.warm import Warm

WIDTH = 40  # characters


class Command(BaseCommand):
    help = "Scores everything: a full run, together with whatever workers are at it, then what was marked meanwhile. Or one vacancy."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--vacancy", metavar="UID", type=UUID, help="score this vacancy only, with whatever else is marked")

    def handle(self, *args: Any, **options: Any) -> None:
        if not matching_is_open():
            raise CommandError("Matching is closed: `manage.py check_ready` lists what nobody has signed yet.")
        warm = Warm()
        if options["vacancy"]:
            vacancy = Vacancy.objects.filter(uid=options["vacancy"]).first()
            if vacancy is None:
                raise CommandError("There is no such vacancy.")
            mark_vacancy(vacancy, timezone.now())
            scored = score.score_marked(timezone.now, warm)
            self.stdout.write(f"{scored} vacancies scored, {vacancy.matches.untouched().count()} suggestions in this one.")
            return
        run = score.start_full_run(timezone.now())
        while not self.is_finished(run):
            block = claim(timezone.now())
            if block is None:
                time.sleep(0.5)  # the last blocks are in other workers' hands
            else:
                score.score_block(block, timezone.now, warm)
            self.show(run)
        while score.score_marked(timezone.now, warm):
            pass
        run.refresh_from_db()
        counts = " · ".join(
            f"{name} {run.counts.get(name, 0)}" for name in ("written", "unchanged", "removed", "chosen", "faults", "errors")
        )
        self.stdout.write(f"\n{run.pairs} pairs compared, {Match.objects.untouched().count()} suggestions: {counts}.")

    def is_finished(self, run: ScoringRun) -> bool:
        run.refresh_from_db()
        return run.finished_at is not None

    def show(self, run: ScoringRun) -> None:
        blocks = ScoringBlock.objects.filter(run=run)
        done, total = blocks.exclude(done_at=None).count(), blocks.count()
        filled = WIDTH * done // total
        self.stdout.write(f"\r[{'#' * filled}{'.' * (WIDTH - filled)}] {done} / {total} blocks", ending="")
        self.stdout.flush()
