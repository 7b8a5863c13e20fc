"""Long lists under headings: occupations by sector, Russian regions by district; nothing gets lost and what is chosen is in sight."""

import pytest
from django.utils import timezone

from matching.forms.parts import JobForm
from matching.forms.profile import FORMS
from matching.forms.vacancies import PlaceForm
from matching.models import Candidate, Occupation
from matching.sectors import SECTORS, by_sector, sector_of
from portal.places.models import Region
from tests.matching.factories import a_candidate

pytestmark = pytest.mark.django_db


def test_the_longest_beginning_of_a_code_wins():
    names = [str(name) for name, _starts in SECTORS]
    told = {code: names[sector_of(code)] for code in ("7112", "7132", "7534", "7531", "8341", "8344", "9334", "9333", "3221", "1120")}
    assert told == {
        "7112": "Building and roads",
        "7132": "Metal and repair",
        "7534": "Factories and furniture",
        "7531": "Clothes and shoes",
        "8341": "Farm, garden and forest",
        "8344": "Driving and warehouses",
        "9334": "Shops",
        "9333": "Driving and warehouses",
        "3221": "Care and beauty",
        "1120": "Other work",
    }


def test_each_occupation_of_ours_has_a_heading_of_its_own():
    rows = by_sector(Occupation.objects.order_by("name"))
    assert sum(len(found) for _name, found in rows) == Occupation.objects.count()
    assert "Other work" not in [name for name, _found in rows]


@pytest.fixture
def candidate() -> Candidate:
    return a_candidate(wanted_countries=["RU"], wanted_regions=["RU-TA"])


def form_of(candidate: Candidate, step: str, data: object = None) -> object:
    return FORMS[step](data, candidate=candidate, now=timezone.now())


def test_wanted_work_is_in_sight_and_the_rest_folded(candidate):
    candidate.wanted_occupations.set(Occupation.objects.filter(slug__in=["bricklayer", "cook"]))
    sectors = form_of(candidate, "occupations").sectors()
    assert {sector["name"] for sector in sectors if sector["is_open"]} == {"Building and roads", "Food and kitchens"}
    assert sum(len(sector["boxes"]) for sector in sectors) == Occupation.objects.count()


def test_what_was_ticked_stays_in_sight_when_the_form_comes_back(candidate):
    nurse = Occupation.objects.get(slug="nurse")
    sectors = form_of(candidate, "occupations", {"occupations": [nurse.pk, "999999"]}).sectors()
    assert [sector["name"] for sector in sectors if sector["is_open"]] == ["Care and beauty"]


def test_regions_of_russia_are_under_their_districts(candidate):
    russia, kazakhstan = form_of(candidate, "where").destinations()
    wanted, excluded = russia["lists"]
    assert [part["name"] for part in wanted["parts"] if part["is_open"]] == ["Volga"]
    assert wanted["is_open"] and not excluded["is_open"] and not [part for part in excluded["parts"] if part["is_open"]]
    for lists, country in ((wanted, "RU"), (kazakhstan["lists"][0], "KZ")):
        shown = [box.data["value"] for part in lists["parts"] for box in part["boxes"]]
        assert sorted(shown) == sorted(Region.objects.filter(country=country).values_list("code", flat=True))
    assert [part["name"] for part in kazakhstan["lists"][0]["parts"]] == [""]


def test_selects_have_the_same_headings_and_take_what_they_show(candidate):
    form = JobForm(
        {"occupation": Occupation.objects.get(slug="tailor").pk, "years": 2, "is_current": "on"}, candidate=candidate, now=timezone.now()
    )
    assert form.is_valid() and form.cleaned_data["occupation"].slug == "tailor"
    place = PlaceForm(None, employers=[])
    for groups in (form.fields["occupation"].choices, place.fields["occupation"].choices):
        assert sum(len(rows) for _name, rows in list(groups)[1:]) == Occupation.objects.count()
        assert "Clothes and shoes" in [name for name, _rows in groups]
    regions = dict(list(place.fields["region"].choices)[1:])
    assert "RU-TA" in dict(regions["Russia · Volga"]) and "KZ-75" in dict(regions["Kazakhstan"])
