"""Official rates of the day, and how the fetching of them stands."""

from django.db import models
from django.db.models import F, Q

from portal.money.amounts import Currency


class DayRate(models.Model):
    """How many units of `currency` one unit of `base` was on `day`, by the central bank whose money `currency` is.

    The bank says it for `nominal` units at a time: it published rate * nominal.
    """

    day = models.DateField()
    currency = models.CharField(max_length=3, choices=Currency)
    base = models.CharField(max_length=3, choices=Currency, default=Currency.USD)
    rate = models.DecimalField(max_digits=22, decimal_places=10)
    nominal = models.PositiveIntegerField(default=1)
    source = models.CharField(max_length=80)
    is_demo = models.BooleanField(default=False)

    class Meta:
        ordering = ["-day", "currency", "base"]
        constraints = [
            models.UniqueConstraint(fields=["currency", "base", "day"], name="one_rate_a_pair_and_day"),
            models.CheckConstraint(condition=Q(rate__gt=0, rate__lt=1_000_000), name="rate_is_positive"),
            models.CheckConstraint(condition=Q(nominal__gte=1), name="rate_nominal_counts"),
            models.CheckConstraint(condition=~Q(currency=F("base")), name="rate_is_of_two_currencies"),
            models.CheckConstraint(condition=Q(currency__in=Currency.values) & Q(base__in=Currency.values), name="rate_currency_is_known"),
        ]

    def __str__(self) -> str:
        return f"{self.day} {self.base} {self.currency}"


class RateFeed(models.Model):
    """A central bank's feed as it was last asked. `etag` and `last_modified` are the bank's, for asking whether anything is new."""

    class Bank(models.TextChoices):
        CBR = "cbr", "Bank of Russia"
        NBK = "nbk", "National Bank of Kazakhstan"
        NBKR = "nbkr", "National Bank of the Kyrgyz Republic"
        CBU = "cbu", "Central Bank of Uzbekistan"
        NBT = "nbt", "National Bank of Tajikistan"

    bank = models.CharField(max_length=4, choices=Bank, primary_key=True)
    etag = models.CharField(max_length=200, blank=True)
    last_modified = models.CharField(max_length=60, blank=True)
    asked_at = models.DateTimeField(null=True, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True, help_text="When it last gave rates, or said that nothing is new.")
    newest_day = models.DateField(null=True, blank=True)
    failures = models.PositiveIntegerField(default=0, help_text="Attempts in a row without rates.")
    problem = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ["bank"]

    def __str__(self) -> str:
        return self.get_bank_display()
