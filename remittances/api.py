"""Quotes for re-users: the newest price of each listed service, worked out for a sum as the page does it.

Who saw a price is in no answer. What is taken off the list is gone with the next minute: nobody is let show an older answer.
"""

import re
from decimal import Decimal
from typing import Any

from django.shortcuts import get_object_or_404
from django.utils import timezone
from django_filters.rest_framework import FilterSet
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiExample, OpenApiParameter, extend_schema_serializer, extend_schema_view
from rest_framework import exceptions, serializers

from portal.money.amounts import Currency
from portal.money.rates import mid_rates
from portal.places.corridors import DESTINATIONS, ORIGINS
from portal.rest import AddressField, PublicViewSet, choice_filter, described
from remittances.api_csv import CsvDownload, csv_described
from remittances.api_parts import CC_BY, LinkField, PriceSerializer, ProviderSerializer, money_field, way_filters
from remittances.ask import PAID
from remittances.models import Quote, TransferService
from remittances.quotes import CURRENCY, Direction, Standing, offer_of

AMOUNT = r"[1-9][0-9]{0,7}(\.[0-9]{1,2})?"
PERCENT = "Per cent of the sending amount, by the World Bank's method (Remittance Prices Worldwide)."


def share_field(source: str, help_text: str) -> serializers.DecimalField:
    return serializers.DecimalField(28, 2, source=source, allow_null=True, help_text=help_text)


class CostSerializer(serializers.Serializer):
    """What a transfer of `amount` costs and what arrives. What cannot be worked out is null; `standing` says why."""

    amount = money_field("What the sender pays in all, fee included, in the currency paid in.", source="paid")
    standing = serializers.ChoiceField(
        [each.value for each in Standing], source="offer.standing", help_text="What can be said of this price."
    )
    fee = money_field("In the currency paid in.", source="offer.transfer.fee", allow_null=True)
    received = money_field("In the currency paid out.", source="offer.transfer.received", allow_null=True)
    at_home = money_field("What arrives, in the currency of that country.", source="offer.at_home", allow_null=True)
    mid_rate = serializers.DecimalField(28, 8, source="offer.mid.value", allow_null=True, help_text="Middle rate of that day.")
    mid_rate_day = serializers.DateField(source="offer.mid.day", allow_null=True)
    fee_percent = share_field("offer.transfer.fee_pct", PERCENT)
    margin_percent = share_field("offer.transfer.margin_pct", "What the rate takes. " + PERCENT)
    total_cost_percent = share_field("offer.transfer.total_cost_pct", "Fee and margin together. " + PERCENT)
    lost_of_1000 = share_field("offer.transfer.lost_of_1000", "Of every 1 000 paid, how much arrives nowhere.")
    total_cost_percent_200_usd = share_field("cost_200", "Of sending 200 US dollars, whatever the amount. " + PERCENT)
    total_cost_percent_500_usd = share_field("cost_500", "Of sending 500 US dollars, whatever the amount. " + PERCENT)
    received_200_usd = money_field("In the currency paid out, of sending 200 US dollars.", source="of_200.received", allow_null=True)
    received_500_usd = money_field("In the currency paid out, of sending 500 US dollars.", source="of_500.received", allow_null=True)


COST = {
    "amount": "15000.00",
    "standing": "compared",
    "fee": "148.52",
    "received": "1655.94",
    "at_home": "1655.94",
    "mid_rate": "0.11411000",
    "mid_rate_day": "2026-11-20",
    "fee_percent": "1.00",
    "margin_percent": "2.29",
    "total_cost_percent": "3.29",
    "lost_of_1000": "32.55",
    "total_cost_percent_200_usd": "3.29",
    "total_cost_percent_500_usd": "3.29",
    "received_200_usd": "22.30",
    "received_500_usd": "55.75",
}
QUOTE = {
    "service": "0199f0c4-7a10-7c3e-9d55-1c2b3a4d5e6f",
    "provider": {"slug": "demo-send", "name": "Demo Send"},
    "from": "RU",
    "to": "TJ",
    "pay_in": "card",
    "pay_out": "cash",
    "currency": "RUB",
    "payout_currency": "TJS",
    "minutes": 10,
    "least": None,
    "most": "150000.00",
    "identity": "passport",
    "licence": "0000-K, Bank of Russia",
    "licence_source": "https://www.example.org/register",
    "fee_fixed": "0.00",
    "fee_percent": "1.00",
    "fee_added": True,
    "fees": [],
    "rate": "0.11150000",
    "observed_on": "2026-11-20",
    "source": "Safar demo",
    "link": "",
    "is_promotion": False,
    "is_old": False,
    "is_demo": True,
    "cost": COST,
    "url": "https://safar.example/api/v1/quotes/0199f0c4-7a10-7c3e-9d55-1c2b3a4d5e6f/",
}


@extend_schema_serializer(examples=[OpenApiExample("Card to cash", QUOTE)])
class QuoteSerializer(PriceSerializer):
    service = serializers.UUIDField(source="service.uid")
    provider = ProviderSerializer(source="service.provider")
    locals()["from"] = serializers.ChoiceField(  # no name that Python takes
        DESTINATIONS, source="service.sends_from_id", help_text="Country of work, by ISO 3166-1."
    )
    to = serializers.ChoiceField(ORIGINS, source="service.sends_to_id", help_text="Country of home, by ISO 3166-1.")
    pay_in = serializers.ChoiceField(TransferService.Way.choices, source="service.pay_in")
    pay_out = serializers.ChoiceField(TransferService.Way.choices, source="service.pay_out")
    currency = serializers.ChoiceField(Currency.choices, source="paid_in", help_text="That is paid in.")
    payout_currency = serializers.ChoiceField(Currency.choices, source="service.payout_currency", help_text="That is paid out.")
    minutes = serializers.IntegerField(source="service.minutes", min_value=0, help_text="Until it arrives.")
    least = money_field("Least that can be sent, in the currency paid in.", source="service.least", allow_null=True)
    most = money_field("Most that can be sent at once.", source="service.most", allow_null=True)
    identity = serializers.ChoiceField(TransferService.Identity.choices, source="service.identity", help_text="What the sender shows.")
    licence = serializers.CharField(source="service.licence", help_text="Number, and who gave it.")
    licence_source = LinkField(source="service.licence_source", help_text="The register that says so.")
    is_old = serializers.BooleanField(source="offer.is_old", help_text="Seen more than a week ago: the price may have changed.")
    cost = CostSerializer(source="*")
    url = AddressField("api:quotes-detail", service="service.uid")

    def to_representation(self, quote: Quote) -> dict[str, Any]:
        """`context` has the sum that was asked for, or None, the day, and its middle rates."""
        sends_from, sends_to = quote.service.sends_from_id, quote.service.sends_to_id
        quote.paid_in, quote.paid = CURRENCY[sends_from], self.context["amount"] or PAID[sends_from]
        rates, today = self.context["rates"], self.context["today"]
        quote.offer = offer_of(quote, quote.paid, Direction.PAY, rates, quote.paid_in, CURRENCY[sends_to], today)
        quote.cost_200, quote.cost_500 = quote.offer.costs
        quote.of_200, quote.of_500 = quote.offer.of_dollars
        return super().to_representation(quote)


class QuoteFilters(FilterSet):
    locals().update(way_filters("service__"))
    promotion = choice_filter(
        ["yes", "no"], "Prices of a first transfer or of a few days, which no comparison ranks; else usual prices.", method="of_kind"
    )

    def of_kind(self, quotes: Any, name: str, value: str) -> Any:
        return quotes.filter(is_promotion=value == "yes")


ASKED = OpenApiParameter(
    "amount",
    {"type": "string", "pattern": f"^{AMOUNT}$"},
    description="The sum that is paid in all, fee included, in the currency paid in: 15000 or 15000.50. Without it: "
    + ", ".join(f"{amount} {CURRENCY[country]}" for country, amount in PAID.items()),
)


COLUMNS = (
    "service", "provider.slug", "provider.name", "from", "to", "pay_in", "pay_out", "currency", "payout_currency", "minutes",
    "least", "most", "identity", "licence", "licence_source", "fee_fixed", "fee_percent", "fee_added", "fees", "rate",
    "observed_on", "source", "link", "is_promotion", "is_old", "is_demo", *(f"cost.{name}" for name in COST),
)  # fmt: skip


@extend_schema_view(
    csv=csv_described(
        "Quotes as a CSV file", COLUMNS, f"{QUOTE['service']},demo-send,Demo Send,RU,TJ,card,cash,RUB,TJS,10,…", ASKED, tag="quotes"
    ),
    **described("Quotes", "The newest quote of one service", ASKED, kind=OpenApiTypes.UUID, service=QUOTE["service"]),
)
class Quotes(CsvDownload, PublicViewSet):
    """What services take for sending money home: of each the newest price not older than a month, sorted by from, to and provider."""

    queryset = Quote.objects.none()
    serializer_class = QuoteSerializer
    filterset_class = QuoteFilters
    stale = 0
    licence = CC_BY
    csv_columns = COLUMNS

    def parameters(self) -> set[str]:
        return super().parameters() | {"amount"}

    def get_queryset(self) -> Any:
        today = timezone.localdate()
        newest = Quote.objects.listed(today).newest_of_each_kind(today)
        order = ["service__sends_from", "service__sends_to", "service__provider__name", "service_id"]
        return Quote.objects.filter(pk__in=newest.values("pk")).select_related("service__provider").with_fees().order_by(*order)

    def filter_queryset(self, quotes: Any) -> Any:
        found = super().filter_queryset(quotes)
        return found if "promotion" in self.request.query_params else found.filter(is_promotion=False)

    def get_object(self) -> Quote:
        return get_object_or_404(self.get_queryset(), service__uid=self.kwargs["service"], is_promotion=False)

    def get_serializer_context(self) -> dict[str, Any]:
        """One query: the rates of every day that a quote can be of."""
        today = timezone.localdate()
        return super().get_serializer_context() | {
            "amount": self._amount(),
            "today": today,
            "rates": mid_rates(today - Quote.LEAVES_AFTER, today),
        }

    def _amount(self) -> Decimal | None:
        text = self.request.query_params.get("amount")
        if text is not None and not re.fullmatch(AMOUNT, text, re.ASCII):
            raise exceptions.ValidationError({"amount": "must be a sum like 15000 or 15000.50, from 1 to 99999999.99."})
        return Decimal(text) if text is not None else None
