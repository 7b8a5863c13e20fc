from datetime import datetime
from decimal import Decimal

from django.db import transaction

from portal.accounts.models import User
from remittances.models import PriceAlert


@transaction.atomic
def set_alert(user: User, sends_from: str, sends_to: str, below: Decimal, now: datetime) -> PriceAlert:
    """One of each way home. Another per cent is asked for anew; the same one again changes nothing, so that nobody is told twice."""
    way = {"user": user, "sends_from_id": sends_from, "sends_to_id": sends_to}
    alert, is_new = PriceAlert.objects.select_for_update().get_or_create(**way, defaults={"below": below, "created_at": now})
    if not is_new and alert.below != below:
        alert.below, alert.is_below = below, False
        alert.save(update_fields=["below", "is_below"])
    return alert
