"""Services that send money home, and what each has asked over time, for re-users: listed ones only."""

from typing import Any

from django.shortcuts import get_object_or_404
from django.utils import timezone
from django_filters.rest_framework import FilterSet
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiExample, OpenApiParameter, extend_schema, extend_schema_serializer, extend_schema_view
from rest_framework import serializers

from portal.money.amounts import Currency
from portal.places.corridors import DESTINATIONS, ORIGINS
from portal.rest import AddressField, PublicViewSet, choice_filter, day_filter, described
from remittances.api_csv import CsvDownload, csv_described
from remittances.api_parts import CC_BY, LinkField, PriceSerializer, ProviderSerializer, money_field, way_filters
from remittances.models import Quote, TransferService
from remittances.quotes import CURRENCY

UID = "0199f0c4-7a10-7c3e-9d55-1c2b3a4d5e6f"
SERVICE = {
    "uid": UID,
    "provider": {"slug": "demo-send", "name": "Demo Send", "kind": "operator", "link": ""},
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
    "payout_places": "Demo Bank",
    "link": "",
    "licence": "0000-K, Bank of Russia",
    "licence_source": "https://www.example.org/register",
    "licence_valid_to": None,
    "url": f"https://safar.example/api/v1/services/{UID}/",
    "quotes": f"https://safar.example/api/v1/services/{UID}/quotes/",
}


class WholeProviderSerializer(serializers.ModelSerializer):
    link = LinkField()

    class Meta(ProviderSerializer.Meta):
        fields = [*ProviderSerializer.Meta.fields, "kind", "link"]


@extend_schema_serializer(examples=[OpenApiExample("Card to cash", SERVICE)])
class ServiceSerializer(serializers.Serializer):
    uid = serializers.UUIDField()
    provider = WholeProviderSerializer()
    locals()["from"] = serializers.ChoiceField(DESTINATIONS, source="sends_from_id", help_text="Country of work, by ISO 3166-1.")
    to = serializers.ChoiceField(ORIGINS, source="sends_to_id", help_text="Country of home, by ISO 3166-1.")
    pay_in = serializers.ChoiceField(TransferService.Way.choices)
    pay_out = serializers.ChoiceField(TransferService.Way.choices)
    currency = serializers.ChoiceField(Currency.choices, source="paid_in", help_text="That is paid in.")
    payout_currency = serializers.ChoiceField(Currency.choices, help_text="That is paid out.")
    minutes = serializers.IntegerField(min_value=0, help_text="Until it arrives.")
    least = money_field("Least that can be sent, in the currency paid in.", allow_null=True)
    most = money_field("Most that can be sent at once.", allow_null=True)
    identity = serializers.ChoiceField(TransferService.Identity.choices, help_text="What the sender shows.")
    payout_places = serializers.CharField(help_text="Names of the banks or shops that pay out.")
    link = LinkField(help_text="The service's own page.")
    licence = serializers.CharField(help_text="Number, and who gave it.")
    licence_source = LinkField(help_text="The register that says so.")
    licence_valid_to = serializers.DateField(allow_null=True, help_text="The day after, the service is in no list.")
    url = AddressField("api:services-detail", uid="uid")
    quotes = AddressField("api:service-quotes", service="uid")

    def to_representation(self, service: TransferService) -> dict[str, Any]:
        service.paid_in = CURRENCY[service.sends_from_id]  # type: ignore[attr-defined]
        told: dict[str, Any] = super().to_representation(service)
        return told


class ServiceFilters(FilterSet):
    locals().update(way_filters())
    pay_in = choice_filter(TransferService.Way.values, "How it is paid in.")
    pay_out = choice_filter(TransferService.Way.values, "How it is paid out.")


COLUMNS = tuple(
    name
    for key in SERVICE
    for name in ([f"provider.{part}" for part in SERVICE["provider"]] if key == "provider" else [key])  # type: ignore[attr-defined]
)
EXAMPLE = f'{UID},demo-send,Demo Send,operator,,RU,TJ,card,cash,RUB,TJS,10,,150000.00,passport,Demo Bank,,"0000-K, Bank of Russia",…'


@extend_schema_view(
    csv=csv_described("Services as a CSV file", COLUMNS, EXAMPLE, tag="services"),
    **described("Services", "One service", kind=OpenApiTypes.UUID, uid=UID),
)
class Services(CsvDownload, PublicViewSet):
    """Ways to send money home that an operator keeps listed: licence and sanctions lists were looked up. By from, to and provider."""

    queryset = TransferService.objects.none()
    serializer_class = ServiceSerializer
    filterset_class = ServiceFilters
    lookup_field = "uid"
    stale = 0
    licence = CC_BY
    csv_columns = COLUMNS

    def get_queryset(self) -> Any:
        return TransferService.objects.listed(timezone.localdate()).select_related("provider")


PRICE = {
    "fee_fixed": "0.00",
    "fee_percent": "1.00",
    "fee_added": True,
    "fees": [],
    "rate": "0.11150000",
    "observed_on": "2026-11-20",
    "source": "Safar demo",
    "link": "",
    "is_promotion": False,
    "is_demo": True,
}


@extend_schema_serializer(examples=[OpenApiExample("A price", PRICE)])
class PastPriceSerializer(PriceSerializer):
    """A price of one service, as it was seen on a day."""


class PriceFilters(FilterSet):
    since = day_filter("Prices seen on this day or later.", field_name="observed_on", lookup_expr="gte")
    until = day_filter("Prices seen on this day or before.", field_name="observed_on", lookup_expr="lte")


OF_SERVICE = OpenApiParameter("service", OpenApiTypes.UUID, OpenApiParameter.PATH, examples=[OpenApiExample(UID, UID)])


@extend_schema_view(list=extend_schema(summary="What one service has asked over time", tags=["services"], parameters=[OF_SERVICE]))
class ServiceQuotes(PublicViewSet):
    """Each price of the service that was seen, the newest first. Two on a day are a usual and a promotional one."""

    queryset = Quote.objects.none()
    serializer_class = PastPriceSerializer
    filterset_class = PriceFilters
    stale = 0
    licence = CC_BY

    def get_queryset(self) -> Any:
        if "service" not in self.kwargs:  # while the schema is made
            return self.queryset
        today = timezone.localdate()
        service = get_object_or_404(TransferService.objects.listed(today), uid=self.kwargs["service"])
        return service.quotes.listed(today).filter(observed_on__lte=today).with_fees().order_by("-observed_on", "is_promotion", "pk")
