"""Official rates of the day, and how the fetching of them stands."""

from datetime import date, datetime, timedelta
from decimal import Decimal

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_noop

from portal.money.amounts import Currency


class DayRate(models.Model):
    """How many units of `currency` one unit of `base` was on `day`, by the central bank whose money `currency` is.

    The bank says it for `nominal` units at a time: it published rate * nominal.
    """

    HIGHEST = Decimal(1_000_000)

    day = models.DateField()
    currency = models.CharField(max_length=3, choices=Currency)
    base = models.CharField(max_length=3, choices=Currency, default=Currency.USD)
    rate = models.DecimalField(max_digits=22, decimal_places=10, help_text="Units of the currency for one unit of the base.")
    nominal = models.PositiveIntegerField(default=1, help_text="For how many units at a time the bank says it.")
    source = models.CharField(max_length=80, help_text="Who published it. Everybody reads this.")
    fetched_at = models.DateTimeField(
        null=True, blank=True, editable=False, help_text="From the bank's own feed. Empty: typed by somebody."
    )
    is_demo = models.BooleanField(default=False)

    class Meta:
        ordering = ["-day", "currency", "base"]
        constraints = [
            models.UniqueConstraint(fields=["currency", "base", "day"], name="one_rate_a_pair_and_day"),
            models.CheckConstraint(
                condition=Q(rate__gt=0, rate__lt=1_000_000),
                name="rate_is_positive",
                violation_error_message="A rate is more than zero and under a million.",
            ),
            models.CheckConstraint(condition=Q(nominal__gte=1), name="rate_nominal_counts"),
            models.CheckConstraint(
                condition=~Q(currency=F("base")),
                name="rate_is_of_two_currencies",
                violation_error_message="A rate is between two different currencies.",
            ),
            models.CheckConstraint(condition=Q(currency__in=Currency.values) & Q(base__in=Currency.values), name="rate_currency_is_known"),
        ]

    def __str__(self) -> str:
        return f"{self.day} {self.base} {self.currency}"


class RateFeedQuerySet(models.QuerySet["RateFeed"]):
    def due(self, now: datetime) -> "RateFeedQuerySet":
        return self.filter(Q(ask_after=None) | Q(ask_after__lte=now))

    def quiet(self, today: date) -> "RateFeedQuerySet":
        """Those that are asked and have given no rates for longer than a weekend and a holiday."""
        asked = [bank for bank, addresses in settings.RATE_FEEDS.items() if addresses]
        given = Q(newest_day__gte=today - RateFeed.QUIET_AFTER)
        return self.filter(bank__in=asked, asked_at__isnull=False).exclude(given)


class RateFeed(models.Model):
    """A central bank's feed as it was last asked. Each bank has its row from the first migration on."""

    QUIET_AFTER = timedelta(days=3)

    class Bank(models.TextChoices):
        CBR = "cbr", gettext_noop("Bank of Russia")
        NBK = "nbk", gettext_noop("National Bank of Kazakhstan")
        NBKR = "nbkr", gettext_noop("National Bank of the Kyrgyz Republic")
        CBU = "cbu", gettext_noop("Central Bank of Uzbekistan")
        NBT = "nbt", gettext_noop("National Bank of Tajikistan")

    bank = models.CharField(max_length=4, choices=Bank, primary_key=True)
    asked_at = models.DateTimeField(null=True, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True, help_text="When it last gave rates, or said that there is nothing new.")
    newest_day = models.DateField(null=True, blank=True)
    failures = models.PositiveIntegerField(default=0, help_text="Attempts in a row without an answer that can be used.")
    problem = models.CharField(max_length=300, blank=True)
    ask_after = models.DateTimeField(null=True, blank=True, help_text="After a failure: not before this.")
    marks = models.JSONField(
        default=dict, blank=True, help_text="By address the headers that ask its server whether anything is new since our last visit."
    )
    without = ArrayField(models.DateField(), default=list, blank=True, help_text="Days just past for which the bank has set no rates.")

    objects = RateFeedQuerySet.as_manager()

    class Meta:
        ordering = ["bank"]

    def __str__(self) -> str:
        return self.get_bank_display()
