"""What tests of scoring runs share: a run from start to end, and what stands in the lists."""

from django.utils import timezone

from matching import score
from matching.models import Match, ScoringRun

CONTENT = ("vacancy_id", "candidate_id", "points", "fits_job", "suits_person", "tier", "rank", "state", "touched")
REVISIONS = ("candidate_revision", "vacancy_revision")


def lists() -> list[tuple]:
    """All that is listed, without the pairs that only a shortlist holds."""
    return list(Match.objects.exclude(rank=None).order_by("vacancy", "rank", "candidate").values_list(*CONTENT, *REVISIONS))


def run_all(now=None, **more) -> ScoringRun:
    """A full run of the day, by this process alone."""
    run = score.start_full_run(now or timezone.now(), **more)
    score.score_blocks(timezone.now)
    run.refresh_from_db()
    assert run.finished_at is not None
    return run
