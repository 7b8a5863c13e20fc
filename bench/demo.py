"""How long the demo's data takes to load and to score, on throw-away servers, with a real worker of two processes:

    .venv/bin/python -m bench.demo          # all 2 000 people
    .venv/bin/python -m bench.demo 500

Seconds depend on the machine, so each is also given in turns of a plain loop that ran just before. Nothing is asserted.
"""

import os
import sys
import time

import django

from tests import servers

TURNS = 5_000_000


def plain_loop() -> float:
    """Seconds for a million turns."""
    started, total = time.perf_counter(), 0
    for turn in range(TURNS):
        total += turn & 7
    return (time.perf_counter() - started) / TURNS * 1_000_000


class Timer:
    """Takes the place of the progress line: when each step was last heard of."""

    def __init__(self) -> None:
        self.started = self.last = time.perf_counter()
        self.seconds: dict[str, float] = {}

    def report(self, step: str, done: int, total: int) -> None:
        now = time.perf_counter()
        self.seconds[step] = self.seconds.get(step, 0.0) + now - self.last
        self.last = now


def main(people: int) -> None:
    os.environ["SAFAR_DEMO"] = "1"  # servers.join_alone() clears it for tests
    os.environ["DJANGO_SETTINGS_MODULE"] = "portal.settings"
    django.setup()
    from django.core.management import call_command

    from matching.demo.seed import Sizes
    from matching.models import Match, ScoringRun
    from portal.embedded.processes import start
    from portal.management.commands.load_demo import Command

    celery = ["-m", "celery", "--app", "portal.celery", "worker", "--queues", "bulk", "--concurrency", "2", "--without-gossip"]
    worker = start("worker", [sys.executable, *celery, "--without-mingle"], servers.folder() / "logs" / "bench.log", cwd=servers.ROOT)
    try:
        call_command("load_demo", cast=True, verbosity=0)
        loop, timer, command = plain_loop(), Timer(), Command()
        command.by_workers = True
        command.load_others(Sizes(people), timer)
    finally:
        worker.stop()
    whole = time.perf_counter() - timer.started
    run = ScoringRun.objects.get(kind="full")
    assert run.finished_at is not None
    print(f"a plain loop: {loop:.3f} s a million turns\n")
    print(f"{'':20}{'seconds':>10}{'million turns':>16}")
    for step, seconds in {**timer.seconds, "all of it": whole}.items():
        print(f"{step:20}{seconds:10.1f}{seconds / loop:16.0f}")
    scored = (run.finished_at - run.started_at).total_seconds()  # the lessons are loaded meanwhile
    print(f"\n{run.pairs:,} pairs, {Match.objects.count():,} matches, scored in {scored:.1f} s:", end=" ")
    print(f"{run.pairs / scored:,.0f} pairs a second, {scored / run.pairs / loop * 1_000_000:.0f} turns a pair")


if __name__ == "__main__":
    servers.join_alone()
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 2_000)
