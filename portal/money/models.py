from django.db import models

from portal.money.amounts import Currency


class DayRate(models.Model):
    """How many units of `currency` one US dollar bought on `day`, by `source`."""

    day = models.DateField()
    currency = models.CharField(max_length=3, choices=Currency)
    per_usd = models.DecimalField(max_digits=18, decimal_places=6)
    source = models.CharField(max_length=80)
    is_demo = models.BooleanField(default=False)

    class Meta:
        ordering = ["-day", "currency"]
        constraints = [
            models.UniqueConstraint(fields=["currency", "day"], name="one_rate_a_currency_and_day"),
            models.CheckConstraint(condition=models.Q(per_usd__gt=0), name="rate_is_positive"),
            models.CheckConstraint(condition=models.Q(currency__in=Currency.values), name="rate_currency_is_known"),
        ]

    def __str__(self) -> str:
        return f"{self.day} {self.currency}"
