import time
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from matching import score
from matching.models import Match, ScoringBlock, ScoringRun

WIDTH = 40  # characters


class Command(BaseCommand):
    help = "Scores everything: a full run, together with whatever workers are at it, then what was marked meanwhile."

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            run = score.start_full_run(timezone.now())
        except score.Closed:
            raise CommandError("Matching is closed: `manage.py check_ready` lists what nobody has signed yet.") from None
        while not self.is_finished(run):
            block = score.claim(timezone.now())
            if block is None:
                time.sleep(0.5)  # the last blocks are in other workers' hands
            else:
                score.score_block(block, timezone.now)
            self.show(run)
        while score.score_marked(timezone.now):
            pass
        run.refresh_from_db()
        self.stdout.write(f"\n{run.pairs} pairs compared, {Match.objects.untouched().count()} suggestions.")

    def is_finished(self, run: ScoringRun) -> bool:
        run.refresh_from_db()
        return run.finished_at is not None

    def show(self, run: ScoringRun) -> None:
        blocks = ScoringBlock.objects.filter(run=run)
        done, total = blocks.exclude(done_at=None).count(), blocks.count()
        filled = WIDTH * done // total
        self.stdout.write(f"\r[{'#' * filled}{'.' * (WIDTH - filled)}] {done} / {total} blocks", ending="")
        self.stdout.flush()
