"""What services take for sending money home: who offers what between two countries, and the prices that somebody saw on a day."""

from datetime import date, timedelta

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from portal.fields import UidField
from portal.money.amounts import Currency
from portal.places.corridors import DESTINATIONS, ORIGINS


class TransferProvider(models.Model):
    slug = models.SlugField(unique=True)
    name = models.CharField(max_length=80)

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class TransferService(models.Model):
    """One way of a provider to send from the country of work to the country of home."""

    class Way(models.TextChoices):
        CASH = "cash", _("cash")
        CARD = "card", _("card")
        ACCOUNT = "account", _("bank account")
        WALLET = "wallet", _("phone wallet")

    uid = UidField()
    provider = models.ForeignKey(TransferProvider, on_delete=models.PROTECT, related_name="services")
    sends_from = models.ForeignKey(
        "places.Country", on_delete=models.PROTECT, related_name="+", limit_choices_to={"code__in": DESTINATIONS}
    )
    sends_to = models.ForeignKey("places.Country", on_delete=models.PROTECT, related_name="+", limit_choices_to={"code__in": ORIGINS})
    pay_in = models.CharField(max_length=7, choices=Way)
    pay_out = models.CharField(max_length=7, choices=Way)
    payout_currency = models.CharField(max_length=3, choices=Currency)
    minutes = models.PositiveIntegerField("minutes until it arrives")
    is_listed = models.BooleanField(default=True, help_text="A service that is not listed stands in no comparison and in no API.")

    class Meta:
        ordering = ["sends_from", "sends_to", "provider__name", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["provider", "sends_from", "sends_to", "pay_in", "pay_out", "payout_currency"], name="one_service_a_way"
            ),
            models.CheckConstraint(
                condition=Q(sends_from__in=DESTINATIONS) & Q(sends_to__in=ORIGINS),
                name="service_sends_home",
                violation_error_message="A service sends from a country of work to a country of home.",
            ),
            models.CheckConstraint(condition=Q(payout_currency__in=Currency.values), name="service_currency_is_known"),
        ]

    def __str__(self) -> str:
        return f"{self.provider} {self.sends_from_id} → {self.sends_to_id}"


class QuoteQuerySet(models.QuerySet["Quote"]):
    def listed(self) -> "QuoteQuerySet":
        return self.filter(service__is_listed=True)

    def newest(self, on: date) -> "QuoteQuerySet":
        """Of each service the last price seen on or before `on`, unless that is older than a month."""
        seen = self.filter(observed_on__range=(on - Quote.LEAVES_AFTER, on))
        return seen.order_by("service_id", "-observed_on").distinct("service_id").select_related("service__provider")


class Quote(models.Model):
    """One price of one service, as seen on a day. `rate` is units of the pay-out currency for one unit of the currency paid in."""

    LEAVES_AFTER = timedelta(days=30)
    OLD_AFTER = timedelta(days=7)

    service = models.ForeignKey(TransferService, on_delete=models.CASCADE, related_name="quotes")
    fee_fixed = models.DecimalField(max_digits=18, decimal_places=2, default=0, help_text="In the currency that is paid in.")
    fee_percent = models.DecimalField(max_digits=5, decimal_places=2, default=0)
    fee_added = models.BooleanField(default=True, help_text="On top of the sum; otherwise taken out of it.")
    rate = models.DecimalField(max_digits=18, decimal_places=8)
    observed_on = models.DateField()
    source = models.CharField(max_length=120, help_text="Where the price was seen. Everybody reads this: write no person's name.")
    is_demo = models.BooleanField(default=False)

    objects = QuoteQuerySet.as_manager()

    class Meta:
        ordering = ["service", "-observed_on"]
        constraints = [
            models.UniqueConstraint(fields=["service", "observed_on"], name="one_quote_a_service_and_day"),
            models.CheckConstraint(
                condition=Q(rate__gt=0),
                name="quote_rate_is_positive",
                violation_error_message="A rate is more than zero: units paid out for one unit paid in.",
            ),
            models.CheckConstraint(
                condition=Q(fee_fixed__gte=0) & Q(fee_percent__range=(0, 50)),
                name="quote_fee_is_a_fee",
                violation_error_message="A fee is not below zero, and at most 50 per cent.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.service_id} {self.observed_on}"
