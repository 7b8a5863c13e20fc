"""Telling people that sending home has fallen under the per cent they named: once, and again only after it has been above it."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from django.db import transaction
from django.db.models import QuerySet
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from orientation.reading import country_names
from portal.outbox.models import Purpose
from portal.outbox.notice import Notice
from portal.outbox.tell import tell
from remittances.ask import PAID
from remittances.models import PriceAlert
from remittances.quotes import Direction, compare_quotes


@dataclass(frozen=True, slots=True)
class CheapNow(Notice):
    purpose = Purpose.MONEY
    alert: PriceAlert

    def subject(self) -> str:
        return _("Sending money home has become cheaper")

    def body(self) -> str:
        names = country_names()
        way = {"from": names[self.alert.sends_from_id], "to": names[self.alert.sends_to_id]}
        return _("%(from)s → %(to)s: the cheapest service now costs less than you named. Compare before you send: prices change.") % way

    def link(self) -> str:
        return f"money/?from={self.alert.sends_from_id}&to={self.alert.sends_to_id}"


def cheapest(sends_from: str, sends_to: str, today: date) -> Decimal | None:
    """Two queries. The least total cost of 200 dollars, in per cent, by prices that are neither old nor a promotion."""
    offers = compare_quotes(sends_from, sends_to, PAID[sends_from], Direction.PAY, today).offers
    return min((offer.costs[0] for offer in offers if offer.costs[0] is not None and not offer.is_old), default=None)


def tell_of_cheap_ways(now: datetime) -> int:
    """Returns how many were told. Several workers may run it at once: who holds an alert is passed over, and comes the next time."""
    told = 0
    alerts = PriceAlert.objects.filter(user__is_active=True)
    for work, home in alerts.order_by("sends_from", "sends_to").values_list("sends_from_id", "sends_to_id").distinct():
        cost = cheapest(work, home, localdate(now))
        if cost is None:
            continue
        of_way = alerts.filter(sends_from=work, sends_to=home)
        of_way.filter(is_below=True, below__lte=cost).update(is_below=False)
        due = of_way.filter(is_below=False, below__gt=cost).order_by("pk")
        for pk in list(due.values_list("pk", flat=True)):
            told += _tell(due.filter(pk=pk), now)
    return told


@transaction.atomic
def _tell(due: QuerySet[PriceAlert], now: datetime) -> bool:
    alert = due.select_for_update(of=["self"], skip_locked=True).select_related("user").first()
    if alert is None:
        return False
    alert.is_below, alert.told_at = True, now
    alert.save(update_fields=["is_below", "told_at"])
    return tell(alert.user, CheapNow(alert), now) is not None
