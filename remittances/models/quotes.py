"""Prices that somebody saw on a day."""

from datetime import date, timedelta
from decimal import Decimal

from django.contrib.postgres.expressions import ArraySubquery
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Func, OuterRef, Q

from portal.accounts.models import User
from portal.fields import UidField, WebField
from remittances.models.services import TransferService


class QuoteQuerySet(models.QuerySet["Quote"]):
    def listed(self, day: date) -> "QuoteQuerySet":
        """What pages and API may show: accepted, of a service that is listed on `day`."""
        return self.filter(state=Quote.State.ACCEPTED, service__in=TransferService.objects.listed(day).order_by())

    def held(self) -> "QuoteQuerySet":
        return self.filter(state=Quote.State.HELD)

    def newest(self, on: date) -> "QuoteQuerySet":
        """Of each service the last usual price seen on or before `on`, unless that is older than a month, with its table of fees."""
        return self.filter(is_promotion=False).newest_of_each_kind(on)

    def newest_of_each_kind(self, on: date) -> "QuoteQuerySet":
        """As `newest`, and beside it of each service the last promotional price."""
        seen = self.filter(observed_on__range=(on - Quote.LEAVES_AFTER, on))
        newest = seen.order_by("service_id", "is_promotion", "-observed_on").distinct("service_id", "is_promotion")
        every = Quote.objects.filter(pk__in=newest.values("pk")).order_by("service_id", "is_promotion")
        return every.select_related("service__provider").with_fees()

    def with_fees(self) -> "QuoteQuerySet":
        """`fees`: the lines of the table above the quote's own fee, (above, fixed, per cent) each, in the same query."""
        line = Func("above", "fee_fixed", "fee_percent", template="ARRAY[%(expressions)s]", output_field=ArrayField(models.DecimalField()))
        return self.annotate(fees=ArraySubquery(FeeBand.objects.filter(quote=OuterRef("pk")).order_by("above").values_list(line)))


class Quote(models.Model):
    """One price of one service, as seen on a day. `rate` is units of the pay-out currency for one unit of the currency paid in."""

    LEAVES_AFTER = timedelta(days=30)
    OLD_AFTER = timedelta(days=7)
    HIGHEST_RATE = Decimal(1_000_000)

    class State(models.TextChoices):
        ACCEPTED = "accepted", "accepted"
        HELD = "held", "waits for a second look"
        REFUSED = "refused", "refused"

    uid = UidField()
    service = models.ForeignKey(TransferService, on_delete=models.CASCADE, related_name="quotes")
    amount = models.DecimalField(
        max_digits=18, decimal_places=2, null=True, blank=True, help_text="The sum for which the price was asked, in the currency paid in."
    )
    fee_fixed = models.DecimalField(max_digits=18, decimal_places=2, default=0, help_text="In the currency that is paid in.")
    fee_percent = models.DecimalField(max_digits=5, decimal_places=2, default=0)
    fee_added = models.BooleanField(default=True, help_text="On top of the sum; otherwise taken out of it.")
    rate = models.DecimalField(max_digits=18, decimal_places=8)
    observed_on = models.DateField()
    observed_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    source = models.CharField(max_length=120, help_text="Where the price was seen. Everybody reads this: write no person's name.")
    link = WebField(blank=True)
    note = models.CharField(max_length=300, blank=True, help_text="What was seen, and how: for whoever looks again. Staff read it.")
    is_promotion = models.BooleanField(default=False, help_text="A price for a first transfer, or for a few days: it stands apart.")
    state = models.CharField(max_length=8, choices=State, default=State.ACCEPTED)
    held_because = models.CharField(max_length=200, blank=True)
    decided_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_because = models.CharField(max_length=300, blank=True)
    is_demo = models.BooleanField(default=False)

    objects = QuoteQuerySet.as_manager()

    class Meta:
        ordering = ["service", "-observed_on", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["service", "observed_on", "is_promotion"], condition=Q(state="accepted"), name="one_quote_a_service_and_day"
            ),
            models.CheckConstraint(
                condition=Q(rate__gt=0, rate__lt=1_000_000),
                name="quote_rate_is_positive",
                violation_error_message="A rate is more than zero and under a million: units paid out for one unit paid in.",
            ),
            models.CheckConstraint(
                condition=Q(fee_fixed__gte=0) & Q(fee_percent__range=(0, 50)),
                name="quote_fee_is_a_fee",
                violation_error_message="A fee is not below zero, and at most 50 per cent.",
            ),
            models.CheckConstraint(
                condition=Q(amount=None) | Q(amount__gt=0), name="quote_amount_is_a_sum", violation_error_message="A sum is above zero."
            ),
            models.CheckConstraint(condition=~Q(state="held") | ~Q(held_because=""), name="quote_held_because"),
            models.CheckConstraint(condition=~Q(state="refused") | ~Q(decided_because=""), name="quote_refused_because"),
        ]
        indexes = [models.Index(fields=["state"], name="quote_held", condition=Q(state="held"))]

    def __str__(self) -> str:
        return f"{self.service_id} {self.observed_on}"


class FeeBand(models.Model):
    """A line of a quote's table of fees: for sums above `above`, this fee and not the quote's own."""

    quote = models.ForeignKey(Quote, on_delete=models.CASCADE, related_name="bands")
    above = models.DecimalField("for sums above", max_digits=18, decimal_places=2, help_text="In the currency that is paid in.")
    fee_fixed = models.DecimalField(max_digits=18, decimal_places=2, default=0)
    fee_percent = models.DecimalField(max_digits=5, decimal_places=2, default=0)

    class Meta:
        ordering = ["above"]
        constraints = [
            models.UniqueConstraint(fields=["quote", "above"], name="one_fee_a_band"),
            models.CheckConstraint(
                condition=Q(above__gt=0) & Q(fee_fixed__gte=0) & Q(fee_percent__range=(0, 50)),
                name="band_fee_is_a_fee",
                violation_error_message="A band begins above zero; its fee is not below zero, and at most 50 per cent.",
            ),
        ]

    def __str__(self) -> str:
        return f"> {self.above}"
