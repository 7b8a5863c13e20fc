"""Asking banks at once, whatever went wrong before: a worker does it."""

from portal.money.models import RateFeedQuerySet
from portal.wake import wake


def ask_now(feeds: RateFeedQuerySet) -> bool:
    """False: no worker could be woken, and the hourly sweep will ask."""
    feeds.update(ask_after=None)
    return wake("portal.money.fetch_rates", "bulk")
