"""Prices of our corridors out of Remittance Prices Worldwide, as the World Bank publishes them each quarter (CC BY 4.0)."""

from django.db import models
from django.db.models import Q

from portal.places.corridors import DESTINATIONS, ORIGINS


class RpwPrice(models.Model):
    """One row of the data set: a firm's product in a quarter, for 200 and for 500 US dollars. Per cents are points; None: not known.

    The data set's own `id` changes between releases: `key` is a digest of what tells one row of a quarter from another.
    """

    period = models.CharField(max_length=7, help_text="2031_1Q")
    key = models.CharField(max_length=32)
    sends_from = models.ForeignKey(
        "places.Country", on_delete=models.PROTECT, related_name="+", limit_choices_to={"code__in": DESTINATIONS}
    )
    sends_to = models.ForeignKey("places.Country", on_delete=models.PROTECT, related_name="+", limit_choices_to={"code__in": ORIGINS})
    firm = models.CharField(max_length=200)
    firm_type = models.CharField(max_length=80, blank=True)
    pay_in = models.CharField(max_length=200, blank=True, help_text="Payment instruments, as written there.")
    access_point = models.CharField(max_length=200, blank=True)
    pickup = models.CharField(max_length=200, blank=True)
    speed = models.CharField(max_length=40, blank=True)
    seen_on = models.DateField(null=True, blank=True)
    currency = models.CharField(max_length=3, blank=True)
    amount_200 = models.DecimalField(max_digits=18, decimal_places=2, null=True)
    fee_200 = models.DecimalField(max_digits=18, decimal_places=4, null=True)
    margin_200 = models.DecimalField(max_digits=12, decimal_places=6, null=True)
    cost_200 = models.DecimalField(max_digits=12, decimal_places=6, null=True)
    amount_500 = models.DecimalField(max_digits=18, decimal_places=2, null=True)
    fee_500 = models.DecimalField(max_digits=18, decimal_places=4, null=True)
    margin_500 = models.DecimalField(max_digits=12, decimal_places=6, null=True)
    cost_500 = models.DecimalField(max_digits=12, decimal_places=6, null=True)
    is_transparent = models.BooleanField()
    is_demo = models.BooleanField(db_default=False)  # importers write by COPY, past the defaults of Python

    class Meta:
        ordering = ["-period", "sends_from", "sends_to", "firm", "pk"]
        verbose_name = "RPW price"
        constraints = [
            models.UniqueConstraint(fields=["period", "key"], name="one_rpw_row"),
            models.CheckConstraint(condition=Q(period__regex=r"^\d{4}_[1-4]Q$"), name="rpw_period_is_a_quarter"),
            models.CheckConstraint(condition=Q(is_transparent=True) | Q(margin_200=None, margin_500=None), name="rpw_margin_is_known"),
        ]
        indexes = [models.Index(fields=["sends_from", "sends_to", "period"], name="rpw_of_corridor")]

    def __str__(self) -> str:
        return f"{self.period} {self.firm}"
