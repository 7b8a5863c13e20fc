"""How far the demo's data is: written by `load_demo`, printed as one line, and shown on every page until it is done."""

import sys
import time
from contextlib import suppress

from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest
from redis.exceptions import RedisError

from portal.embedded.progress import say

KEY = "demo-loading"
FORGOTTEN_AFTER = 60  # seconds: a load that was killed leaves no line on the pages
EVERY = 0.3  # seconds: nobody reads faster


class Progress:
    """One line for all steps. `steps` gives each its share of the time in percent, in their order."""

    def __init__(self, steps: dict[str, int]) -> None:
        self.steps = steps
        self.shown_at = 0.0

    def report(self, step: str, done: int, total: int) -> None:
        """`done` of `total` of a step. A terminal sees one line that changes, a log each step once."""
        is_over = done >= total
        if not is_over and time.monotonic() - self.shown_at < EVERY:
            return
        self.shown_at = time.monotonic()
        before = sum(list(self.steps.values())[: list(self.steps).index(step)])
        with suppress(RedisError):  # without Valkey the pages say nothing
            cache.set(KEY, before + self.steps[step] * done // max(total, 1), FORGOTTEN_AFTER)
        if is_over or sys.stdout.isatty():
            counts = f"{done:,} / {total:,}".replace(",", " ")
            say(f"{step} {counts}", passing=not is_over)

    def end(self) -> None:
        with suppress(RedisError):
            cache.delete(KEY)


def loading(request: HttpRequest) -> dict[str, object]:
    """The context of every page: per cent loaded, or None. Such a page is soon another one, so nobody keeps it."""
    percent = None
    if settings.DEMO:
        with suppress(RedisError):
            percent = cache.get(KEY)
    request.is_passing = percent is not None  # type: ignore[attr-defined]
    return {"demo_loading": percent}
