"""The most memory that one worker holds in a full run, step by step, in a process of its own."""

import os
from pathlib import Path

from bench.harness import Line, Sizes, in_own_process, peak_mb


def measure(sizes: Sizes) -> list[Line]:
    from bench.fill import filled_database  # needs Django, which the process of its own sets up by itself

    people, vacancies = sizes.people, sizes.vacancies
    with filled_database(people, vacancies):
        first, again = (in_own_process(whole_run) for _ in range(2))
    said = "; ".join(f"{step} {mb:,.0f} MB" for step, mb in again.items())
    peak = max(*first.values(), *again.values())
    bound = ("< 1 GB", peak < 1024) if people == 49_000 else ("", None)
    return [Line(f"a whole run in one worker, {people:,} × {vacancies:,}", f"{peak:,.0f} MB at the most ({said})", *bound)]


def whole_run() -> dict[str, float]:
    """The peak of each step. Only the process that runs this needs Django."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings")
    import django

    django.setup()
    from django.utils import timezone

    from matching import score
    from matching.lease import claim
    from matching.models import ScoringBlock, ScoringRun
    from matching.warm import Warm

    score.start_full_run(timezone.now())
    warm, peaks = Warm(), {"begin": peak_mb()}
    while (block := claim(timezone.now())) is not None:
        Path("/proc/self/clear_refs").write_text("5")  # the peak begins anew
        score.score_block(block, timezone.now, warm)
        step = ScoringBlock.Step(block.step).name.lower()
        peaks[step] = max(peaks.get(step, 0), peak_mb())
    assert not ScoringRun.objects.filter(finished_at=None).exists(), "the run does not end: the log says why"
    return peaks
