"""Who does a block: it is claimed for a minute, and its worker renews that minute for as long as it lives. One that is gone renews nothing."""

import os
import socket
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from threading import Event, Thread

import structlog
from django.db import Error, connection, transaction

from matching.models import ScoringBlock

log = structlog.get_logger(__name__)

LEASE = timedelta(seconds=60)
RENEWED = LEASE / 3
MOST_TRIES = 3  # a block, whether it failed or its worker died

Clock = Callable[[], datetime]


@transaction.atomic
def claim(now: datetime) -> ScoringBlock | None:
    """Take the next block for as long as its lease runs; one whose lease has run out is as good as new. Each claim counts as a try."""
    block = ScoringBlock.objects.claimable(now).select_for_update(skip_locked=True).first()
    if block is not None:
        block.claimed_by, block.lease_until, block.tries = f"{socket.gethostname()} {os.getpid()}", now + LEASE, block.tries + 1
        block.save(update_fields=["claimed_by", "lease_until", "tries"])
    return block


@contextmanager
def renewed(block: ScoringBlock, clock: Clock, every: timedelta = RENEWED) -> Iterator[None]:
    """Inside, a thread with a connection of its own keeps the lease. A claim that somebody else has taken since is left to them."""
    is_over = Event()
    thread = Thread(target=_renew, args=(block, clock, every, is_over), daemon=True)
    thread.start()
    try:
        yield
    finally:
        is_over.set()
        thread.join()


def _renew(block: ScoringBlock, clock: Clock, every: timedelta, is_over: Event) -> None:
    while not is_over.wait(every.total_seconds()):
        try:
            ScoringBlock.objects.filter(pk=block.pk, tries=block.tries, done_at=None).update(lease_until=clock() + LEASE)
        except Error as error:  # the database is away: there may be time for one more
            log.warning("score.lease_not_renewed", block=block.pk, error=str(error))
        finally:
            connection.close()
