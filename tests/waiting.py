"""Waiting for what another process or thread does. Only a test that fails waits for long: a busy machine may be ten times slower than ours."""

import socket
import time
from collections.abc import Callable
from typing import Literal

from django.db import connection

from portal.wake import wake

PATIENCE = 240  # seconds; the first start of a demo lays all tables
SWEEP = 5


def until(condition: Callable[[], object], *, sweep: tuple[str, Literal["now", "bulk"]] | None = None) -> None:
    """With a `sweep`, a task and its queue, wakes the workers every few seconds as beat does: one wake-up alone may be lost."""
    now = time.monotonic()
    end, next_sweep = now + PATIENCE, now
    while not condition():
        now = time.monotonic()
        assert now < end, "nothing happened in time"
        if sweep and now >= next_sweep:
            next_sweep = now + SWEEP
            wake(*sweep)
        time.sleep(0.1)


def somebody_waits_for_a_row() -> bool:
    """So that a test goes on at the moment in which one transaction is held up by another."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_stat_clear_snapshot()")  # a transaction sees one moment of the statistics otherwise
        cursor.execute("SELECT 1 FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND datname = current_database()")
        return cursor.fetchone() is not None


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
