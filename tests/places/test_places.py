from datetime import UTC, date, datetime

import pytest
from django.db import IntegrityError
from django.utils.translation import override

from portal.places.corridors import DESTINATIONS, ORIGINS, Corridor
from portal.places.days import legal_day
from portal.places.models import Country, Region

pytestmark = pytest.mark.django_db


def test_starter_content_has_every_region_the_road_needs():
    counts = {country: Region.objects.filter(country=country).count() for country in ("TJ", "KG", "UZ", "KZ", "RU")}
    assert counts == {"TJ": 5, "KG": 9, "UZ": 14, "KZ": 20, "RU": 83}


@pytest.mark.parametrize("language", ["tg", "ky", "uz", "ru", "en"])
def test_each_place_has_a_name_of_its_own_in_each_language(language):
    for model in (Country, Region):
        names = list(model.objects.values_list(f"name_{language}", flat=True))
        assert all(names) and len(set(names)) == len(names)


def test_a_place_is_named_in_the_language_of_the_page():
    with override("tg"):
        assert str(Country.objects.get(code="TJ")) == "Тоҷикистон"
    with override("uz"):
        assert str(Country.objects.get(code="UZ")) == "Oʻzbekiston"


def test_a_region_belongs_to_the_country_of_its_code():
    with pytest.raises(IntegrityError, match="region_code_starts_with_country"):
        Region.objects.create(code="KG-XX", country_id="TJ", name="nowhere", zone="Asia/Dushanbe")


def test_corridors_are_every_origin_with_every_destination():
    assert {corridor.value for corridor in Corridor} == {f"{origin}-{destination}" for origin in ORIGINS for destination in DESTINATIONS}
    assert (Corridor.KG_KZ.origin, Corridor.KG_KZ.destination) == ("KG", "KZ")


def test_a_day_of_law_is_the_day_where_the_law_holds():
    late = datetime(2026, 3, 5, 21, 30, tzinfo=UTC)
    assert legal_day(late, Region.objects.get(code="RU-MOW")) == date(2026, 3, 6)
    assert legal_day(late, Region.objects.get(code="RU-KAM")) == date(2026, 3, 6)
    assert legal_day(datetime(2026, 3, 5, 20, 30, tzinfo=UTC), Country.objects.get(code="RU")) == date(2026, 3, 5)
    assert legal_day(datetime(2026, 3, 5, 20, 30, tzinfo=UTC), Country.objects.get(code="KZ")) == date(2026, 3, 6)


def test_a_day_of_law_needs_a_zone():
    with pytest.raises(ValueError, match="aware"):
        legal_day(datetime(2026, 3, 5), Country.objects.get(code="RU"))  # noqa: DTZ001
