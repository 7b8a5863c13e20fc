from argparse import ArgumentTypeError
from datetime import date, datetime, timedelta
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from portal.money.feeds import FeedProblem
from portal.money.fetch_rates import NotAsked, fetch_rates
from portal.money.models import RateFeed

FIRST = date(2000, 1, 1)


def past_day(text: str) -> date:
    try:
        day = date.fromisoformat(text)
    except ValueError:
        raise ArgumentTypeError(f"{text!r} is no day, such as {timezone.localdate()}.") from None
    if not FIRST <= day <= timezone.localdate():
        raise ArgumentTypeError(f"{day} is not between {FIRST} and today.")
    return day


class Command(BaseCommand):
    help = "Asks central banks for their day rates: today's, those of a day, or of each day since one, the newest first."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--bank", choices=RateFeed.Bank.values, help="one bank; otherwise all")
        days = parser.add_mutually_exclusive_group()
        days.add_argument("--day", type=past_day)
        days.add_argument("--since", type=past_day)

    def handle(self, *args: Any, bank: str | None, day: date | None, since: date | None, **options: Any) -> None:
        now = timezone.now()
        last = day or timezone.localdate(now)
        days = [last - timedelta(days=back) for back in range((last - (since or last)).days + 1)]
        banks = [RateFeed.Bank(bank)] if bank else list(RateFeed.Bank)
        failed = [each.label for each in banks if not self._fetch(each, days, now)]
        if failed:
            raise CommandError(f"Not everything came: {', '.join(failed)}.")

    def _fetch(self, bank: RateFeed.Bank, days: list[date], now: datetime) -> bool:
        """A bank that fails on one day is left alone; the others go on."""
        for day in days:
            try:
                self.stdout.write(f"{bank.label}, {day}: {fetch_rates(bank, day, now)} rates written.")
            except NotAsked as reason:
                self.stdout.write(f"{bank.label}, {day}: {reason}")
                return True
            except FeedProblem as problem:
                self.stderr.write(f"{bank.label}, {day}: {problem}")
                return False
        return True
