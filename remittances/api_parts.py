"""What the API's lists of money have in common."""

from typing import Any

from django_filters import ChoiceFilter
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from orientation.reading import safe_url
from portal.places.corridors import DESTINATIONS, ORIGINS
from portal.rest import choice_filter
from remittances.models import TransferProvider

CC_BY = "https://creativecommons.org/licenses/by/4.0/"


def money_field(help_text: str, **other: Any) -> serializers.DecimalField:
    return serializers.DecimalField(28, 2, help_text=help_text, **other)


@extend_schema_field(OpenApiTypes.STR)
class LinkField(serializers.CharField):
    """An address outside Safar; "" where there is none, or where carrying it could harm a reader."""

    def to_representation(self, value: str) -> str:
        return safe_url(value)


class ProviderSerializer(serializers.ModelSerializer):
    class Meta:
        model = TransferProvider
        fields = ["slug", "name"]


class FeeSerializer(serializers.Serializer):
    """A line of a table of fees: for sums above `above`, this fee and not the quote's own."""

    above = money_field("In the currency paid in.")
    fee_fixed = money_field("In the currency paid in.")
    fee_percent = serializers.DecimalField(5, 2)

    def to_representation(self, line: list[Any]) -> dict[str, Any]:
        told: dict[str, Any] = super().to_representation(dict(zip(self.fields, line, strict=True)))
        return told


class PriceSerializer(serializers.Serializer):
    """A price as somebody saw it; rows come `with_fees()`."""

    fee_fixed = money_field("In the currency paid in.")
    fee_percent = serializers.DecimalField(5, 2)
    fee_added = serializers.BooleanField(help_text="The fee comes on top of the sum; otherwise it is taken out of it.")
    fees = FeeSerializer(many=True, help_text="Fees of larger sums, from the lowest line on.")
    rate = serializers.DecimalField(18, 8, help_text="Units paid out for one unit paid in.")
    observed_on = serializers.DateField(help_text="The day on which somebody saw this price.")
    source = serializers.CharField(help_text="Where the price was seen.")
    link = LinkField(help_text="The page on which it was seen.")
    is_promotion = serializers.BooleanField(help_text="Of a first transfer, or of a few days.")
    is_demo = serializers.BooleanField(help_text="Made up, to show how Safar works.")


def way_filters(at: str = "") -> dict[str, ChoiceFilter]:
    """By both countries; `at` leads to the service."""
    return {
        "from": choice_filter(DESTINATIONS, "Money sent from this country.", field_name=f"{at}sends_from"),
        "to": choice_filter(ORIGINS, "Money sent to this country.", field_name=f"{at}sends_to"),
    }
