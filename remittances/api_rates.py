"""Middle rates for re-users: of the days on which both banks published one, and of no other."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from itertools import product
from typing import Any

from django.utils import timezone
from django_filters.rest_framework import FilterSet
from drf_spectacular.utils import OpenApiExample, extend_schema, extend_schema_serializer, extend_schema_view
from rest_framework import serializers

from portal.money.amounts import Currency
from portal.money.models import DayRate
from portal.money.rates import MidRates
from portal.places.corridors import DESTINATIONS, ORIGINS
from portal.rest import PublicViewSet, choice_filter, day_filter
from remittances.api_csv import CsvDownload, csv_described
from remittances.api_parts import CC_BY
from remittances.quotes import CURRENCY

WORK, HOME = [CURRENCY[code] for code in DESTINATIONS], [CURRENCY[code] for code in ORIGINS]
PAIRS = [*product(WORK, HOME), *product([Currency.USD.value], [*HOME, *WORK])]
USUAL, MOST = timedelta(days=30), timedelta(days=366)
RATE = {"day": "2026-11-20", "base": "RUB", "currency": "TJS", "rate": "0.1141100000", "sources": ["National Bank of Tajikistan"]}


@dataclass(frozen=True, slots=True)
class Rate:
    day: date
    base: str
    currency: str
    rate: Decimal
    sources: tuple[str, ...]


@extend_schema_serializer(examples=[OpenApiExample("Rouble and somoni", RATE)])
class RateSerializer(serializers.Serializer):
    day = serializers.DateField()
    base = serializers.ChoiceField(Currency.choices)
    currency = serializers.ChoiceField(Currency.choices)
    rate = serializers.DecimalField(28, 10, help_text="Units of `currency` for one unit of `base`.")
    sources = serializers.ListField(child=serializers.CharField(), help_text="Who published it; two where it is crossed over the dollar.")


class RateFilters(FilterSet):
    """The currencies are looked at once pairs are made of what banks published."""

    base = choice_filter(dict.fromkeys(base for base, _currency in PAIRS), "One unit of this currency.", method="of_pair")
    currency = choice_filter(dict.fromkeys(currency for _base, currency in PAIRS), "In units of this currency.", method="of_pair")
    since = day_filter(
        "The first day. Without it: thirty days before the last. Of more than 366 days only the last 366 are told.",
        field_name="day",
        lookup_expr="gte",
    )
    until = day_filter("The last day. Without it: today.", field_name="day", lookup_expr="lte")

    def of_pair(self, rates: Any, name: str, value: str) -> Any:
        return rates


COLUMNS = tuple(RATE)


@extend_schema_view(
    list=extend_schema(summary="Middle rates"),
    csv=csv_described("Middle rates as a CSV file", COLUMNS, "2026-11-20,RUB,TJS,0.1141100000,National Bank of Tajikistan", tag="rates"),
)
class Rates(CsvDownload, PublicViewSet):
    """What a currency of work, or a dollar, was worth in another one on each day that central banks published rates for, the newest first."""

    queryset = DayRate.objects.all()
    serializer_class = RateSerializer
    filterset_class = RateFilters
    licence = CC_BY
    csv_columns = COLUMNS

    def filter_queryset(self, rates: Any) -> list[Rate]:
        """One query."""
        published = super().filter_queryset(rates)
        asked = self.request.query_params
        until = date.fromisoformat(asked["until"]) if "until" in asked else timezone.localdate()
        since = date.fromisoformat(asked["since"]) if "since" in asked else until - USUAL
        pairs = [pair for pair in PAIRS if asked.get("base", pair[0]) == pair[0] and asked.get("currency", pair[1]) == pair[1]]
        return list(rates_of(published.filter(day__range=(max(since, until - MOST), until)), pairs))


def rates_of(published: Any, pairs: list[tuple[str, str]]) -> Iterator[Rate]:
    """Without the carrying-over of which the pages say the day: a day without a rate is in no list."""
    rows = list(published.order_by("-day"))
    mids = MidRates(rows)
    for day in dict.fromkeys(row.day for row in rows):
        for base, currency in pairs:
            mid = mids.of(base, currency, day)
            if mid is not None and mid.day == day:
                yield Rate(day, base, currency, mid.value, mid.sources)
