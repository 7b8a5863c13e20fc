import pytest

from portal.places.districts import OF_REGION, by_district
from portal.places.models import Region

pytestmark = pytest.mark.django_db


def test_each_region_of_russia_is_in_one_district():
    """ISO 3166-2 has 83 of them: no occupied territory of Ukraine."""
    codes = list(Region.objects.filter(country="RU").order_by("name").values_list("code", flat=True))
    assert len(codes) == 83 and set(codes) == set(OF_REGION)
    rows = by_district(Region.objects.filter(country="RU").order_by("name"))
    assert sorted(region.code for _name, regions in rows for region in regions) == sorted(codes)
    names = [name for name, _regions in rows]
    assert names[0] == "Central Russia" and "" not in names


def test_other_countries_have_no_districts():
    assert [name for name, _regions in by_district(Region.objects.filter(country__in=["KZ", "TJ"]).order_by("name"))] == [""]
