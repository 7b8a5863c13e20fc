"""Who wants to be told when sending home becomes cheap."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from portal.accounts.models import User
from portal.places.corridors import DESTINATIONS, ORIGINS


class PriceAlert(models.Model):
    """Told once when the cheapest way falls under the per cent, and again only after it has been above it in between."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="price_alerts")
    sends_from = models.ForeignKey("places.Country", on_delete=models.PROTECT, related_name="+")
    sends_to = models.ForeignKey("places.Country", on_delete=models.PROTECT, related_name="+")
    below = models.DecimalField(_("total cost, per cent"), max_digits=4, decimal_places=2)
    is_below = models.BooleanField(default=False, editable=False)
    told_at = models.DateTimeField(null=True, editable=False)
    created_at = models.DateTimeField()

    class Meta:
        ordering = ["sends_from", "sends_to", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["user", "sends_from", "sends_to"], name="one_price_alert_a_way_home"),
            models.CheckConstraint(condition=Q(below__gt=0, below__lte=20), name="price_alert_is_a_cost"),
            models.CheckConstraint(condition=Q(sends_from__in=DESTINATIONS) & Q(sends_to__in=ORIGINS), name="price_alert_sends_home"),
        ]

    def __str__(self) -> str:
        return f"{self.sends_from_id} → {self.sends_to_id} < {self.below}"
