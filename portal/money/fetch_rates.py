"""Fetching the day rates of central banks. The bank is asked outside of any transaction; what it says is kept whole or not at all.

A day for which a bank has set no rates stays a day without: nothing is ever carried over from another.
"""

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import date, datetime, timedelta

import structlog
from django.conf import settings
from django.db import connection, transaction
from django.utils.timezone import localdate

from portal.money.ask_bank import ask_bank
from portal.money.feeds import FeedProblem, Published
from portal.money.feeds.banks import FEEDS
from portal.money.models import DayRate, RateFeed

log = structlog.get_logger(__name__)

ONE_BANK = 730_309  # an advisory lock, with the bank
PAUSE, LONGEST_PAUSE = timedelta(minutes=30), timedelta(hours=8)
BACK = 5  # days that the sweep asks again for: as far as a middle rate reaches
HOLIDAYS = timedelta(days=14)  # longer than any bank's


class NotAsked(Exception):
    """`str()` says why nobody was asked. Nothing is wrong with the bank."""


def fetch_due_rates(now: datetime) -> None:
    """The sweep: today's rates of each bank that need not be left alone, then those of days just past that are missing."""
    for feed in RateFeed.objects.due(now):
        with suppress(FeedProblem, NotAsked):
            for day in [localdate(now), *_missed(feed, localdate(now))]:
                fetch_rates(RateFeed.Bank(feed.bank), day, now)


def _missed(feed: RateFeed, today: date) -> list[date]:
    days = {today - timedelta(days=back) for back in range(1, BACK + 1)}
    own = DayRate.objects.filter(currency=FEEDS[RateFeed.Bank(feed.bank)].currency, day__in=days, is_demo=False)
    return sorted(days - set(own.values_list("day", flat=True)) - set(feed.without), reverse=True)


def fetch_rates(bank: RateFeed.Bank, day: date, now: datetime) -> int:
    """Ask `bank` for its rates of `day`; returns how many are new or corrected.

    Raises `FeedProblem`, once it is written down, and `NotAsked`: no address, no archive, or somebody else is asking.
    """
    addresses = settings.RATE_FEEDS[bank]
    if not addresses:
        raise NotAsked(f"RATES_{bank.upper()} is empty: this bank is not asked.")
    if day != localdate(now) and not all(_is_dated(address) for address in addresses):
        raise NotAsked("This bank publishes only its newest rates.")
    with _alone(bank):
        feed = RateFeed.objects.get(pk=bank)
        try:
            written = sum(_fetch(feed, address, day, now) for address in addresses)
        except FeedProblem as problem:
            _note(feed, problem, now)
            raise
        feed.asked_at = feed.answered_at = now
        feed.failures, feed.problem, feed.ask_after = 0, "", None
        feed.save(update_fields=["asked_at", "answered_at", "failures", "problem", "ask_after"])
        return written


def _is_dated(address: str) -> bool:
    return "{" in address


@contextmanager
def _alone(bank: RateFeed.Bank) -> Iterator[None]:
    """One worker a bank. The lock is the connection's, not a transaction's: it ends with the process too."""
    key = (ONE_BANK, bank.value)
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(%s, hashtext(%s))", key)
        if cursor.fetchone() != (True,):
            raise NotAsked("Another worker is asking this bank just now.")
    try:
        yield
    finally:
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_unlock(%s, hashtext(%s))", key)


def _fetch(feed: RateFeed, template: str, day: date, now: datetime) -> int:
    bank, today, address = RateFeed.Bank(feed.bank), localdate(now), template.format(day=day)
    answer = ask_bank(address, feed.marks.get(address, {}), now)
    if answer is None:
        return 0
    may_be_older = FEEDS[bank].gives_last or day == today  # which may not be published yet
    found = _of_day(FEEDS[bank].read(answer.content), day, _is_dated(template), may_be_older)
    if found:
        feed.newest_day = max(found.day, feed.newest_day or found.day)
    elif day < today:
        feed.without = sorted(past for past in {*feed.without, day} if past >= today - timedelta(days=BACK))
    if day == today:  # the only one that is asked for again and again
        lasting = {each.format(day=day) for each in settings.RATE_FEEDS[bank]}
        feed.marks = {old: mark for old, mark in feed.marks.items() if old in lasting} | {address: answer.mark}
    with transaction.atomic():
        feed.save(update_fields=["newest_day", "without", "marks"])
        return _keep(bank, found, now) if found else 0


def _of_day(found: Published | None, day: date, is_dated: bool, may_be_older: bool) -> Published | None:
    """The rates of `day`, or of whichever day they are where the address has only the newest; None: there are none of that day."""
    if found is None or found.day == day:
        return found
    if is_dated:
        if may_be_older and timedelta(0) < day - found.day <= HOLIDAYS:
            return None
        raise FeedProblem(f"Asked for {day}, it answers with rates of {found.day}.")
    if abs(day - found.day) > HOLIDAYS:
        raise FeedProblem(f"Its newest rates are of {found.day}.")
    return found


def _keep(bank: RateFeed.Bank, found: Published, now: datetime) -> int:
    """A corrected rate replaces the one that stood, and a bank's own one of the demo or one that somebody has typed."""
    own = FEEDS[bank].currency
    standing = {rate.base: rate for rate in DayRate.objects.filter(currency=own, day=found.day)}
    rows = [
        DayRate(day=found.day, currency=own, base=rate.base, rate=rate.of_one, nominal=rate.nominal, source=bank.label, fetched_at=now)
        for rate in found.rates
    ]
    new = [row for row in rows if row.base not in standing or _differs(row, standing[row.base])]
    values = ["rate", "nominal", "source", "fetched_at", "is_demo"]
    DayRate.objects.bulk_create(new, update_conflicts=True, unique_fields=["currency", "base", "day"], update_fields=values)
    return len(new)


def _differs(row: DayRate, standing: DayRate) -> bool:
    return standing.fetched_at is None or (row.rate, row.nominal) != (standing.rate, standing.nominal)


def _note(feed: RateFeed, problem: FeedProblem, now: datetime) -> None:
    """Asked again after half an hour, one, two, four, eight, or when the bank says."""
    pause = min(PAUSE * 2 ** min(feed.failures, 8), LONGEST_PAUSE)
    feed.failures += 1
    feed.asked_at, feed.ask_after, feed.problem = now, now + max(pause, problem.wait), str(problem)[:300]
    feed.save(update_fields=["failures", "asked_at", "ask_after", "problem"])
    log.warning("rates.failed", bank=feed.bank, failures=feed.failures, problem=feed.problem)
