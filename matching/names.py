"""Names of countries and regions by code, in the reader's language."""

from django.utils.translation import gettext as _

from matching.models.candidates import ELSEWHERE
from portal.places.models import Country, Region


def country_names() -> dict[str, str]:
    return {country.code: country.name for country in Country.objects.all()}


def place_names() -> dict[str, str]:
    return country_names() | {region.code: region.name for region in Region.objects.all()} | {ELSEWHERE: _("another country"), "": ""}
