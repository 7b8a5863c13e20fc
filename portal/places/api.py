"""Regions for re-users, by ISO 3166-2."""

from django_filters.rest_framework import FilterSet
from drf_spectacular.utils import OpenApiExample, extend_schema_serializer, extend_schema_view
from rest_framework import serializers

from portal.places.corridors import DESTINATIONS, ORIGINS
from portal.places.models import Country, Region
from portal.rest import HOUR, PublicViewSet, choice_filter, described

COUNTRIES = (*DESTINATIONS, *ORIGINS)
KAZAN = {"code": "RU-TA", "name": "Republic of Tatarstan", "country": {"code": "RU", "name": "Russia"}}


class CountrySerializer(serializers.ModelSerializer):
    code = serializers.ChoiceField(COUNTRIES, help_text="ISO 3166-1.")

    class Meta:
        model = Country
        fields = ["code", "name"]


class RegionRefSerializer(serializers.ModelSerializer):
    """A region where something is."""

    code = serializers.CharField(help_text="ISO 3166-2.")
    country = CountrySerializer()

    class Meta:
        model = Region
        fields = ["code", "name", "country"]


@extend_schema_serializer(examples=[OpenApiExample("Tatarstan", KAZAN | {"zone": "Europe/Moscow"})])
class RegionSerializer(RegionRefSerializer):
    class Meta(RegionRefSerializer.Meta):
        fields = [*RegionRefSerializer.Meta.fields, "zone"]


class RegionFilters(FilterSet):
    country = choice_filter(COUNTRIES, "Regions of one country, by ISO 3166-1.")


@extend_schema_view(**described("Regions", "One region", code="RU-TA"))
class Regions(PublicViewSet):
    """The first-level parts of the five countries, sorted by code."""

    queryset = Region.objects.select_related("country")
    serializer_class = RegionSerializer
    filterset_class = RegionFilters
    lookup_field = "code"
    max_age = HOUR
