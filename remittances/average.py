"""What a way home costs on average, as the World Bank counts: of 200 US dollars, the plain mean over services."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.contrib.postgres.aggregates import BoolOr
from django.db.models import Avg, Count

from remittances.models import RpwPrice
from remittances.quotes import Offer


@dataclass(frozen=True, slots=True)
class Average:
    """`percent` of the sending amount, over so many `services`; `period` as the World Bank writes a quarter, "" for today."""

    percent: Decimal
    services: int
    period: str = ""
    is_demo: bool = False


def average_of(offers: Sequence[Offer]) -> Average | None:
    """Of the usual prices whose whole cost is known; None without any."""
    costs = [offer.costs[0] for offer in offers if offer.costs[0] is not None]
    return Average(sum(costs, Decimal(0)) / len(costs), len(costs)) if costs else None


def published_average(sends_from: str, sends_to: str) -> Average | None:
    """One query: of the newest quarter that the World Bank has published. It leaves out those who do not tell their rate."""
    told = RpwPrice.objects.filter(sends_from=sends_from, sends_to=sends_to, is_transparent=True, cost_200__isnull=False)
    quarters = told.values("period").annotate(percent=Avg("cost_200"), services=Count("pk"), is_demo=BoolOr("is_demo"))
    newest = quarters.order_by("-period").first()
    return Average(newest["percent"], newest["services"], newest["period"], newest["is_demo"]) if newest else None
