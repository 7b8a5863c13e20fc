"""The address of the list says what somebody looks for; nonsense in it is no wish."""

from datetime import date
from decimal import Decimal

import pytest
from django.http import QueryDict

from matching.models import Occupation
from matching.search.own_skills import skills_of_address
from matching.search.wish import Wish
from matching.sectors import SECTORS, SLUGS, in_sector, sector_of

FULL = "q=сварщик&place=RU-TA&occupation=welder&wage=70+000&currency=RUB&gives=meals&gives=housing&ru=2&start=2027-01&order=wage"


def test_every_part_is_read_and_written_back():
    wish = Wish.of(QueryDict(FULL))
    assert wish == Wish(
        "сварщик", "RU-TA", "welder", Decimal(70000), "RUB", ("housing", "meals"), (("ru", 2),), date(2027, 1, 1), by_wage=True
    )
    assert Wish.of(QueryDict(wish.query)) == wish and "wage=70000&" in wish.query
    assert {name for name, _rest in wish.parts()} == {
        *("text", "place", "work", "wage", "start", "gives:housing", "gives:meals", "levels:ru"),
    }
    assert all(rest != wish and len(rest.query) < len(wish.query) for _name, rest in wish.parts())


@pytest.mark.parametrize(
    "query",
    [
        "",
        "place=ru&occupation=%00&wage=abc&currency=RUB&ru=9&start=2027-13&gives=gold&order=best",
        "wage=-5&currency=RUB",
        "wage=60000",  # of what?
        "wage=1e9&currency=RUB&kk=x&place=RU-TA-1",
        "q=%00%20&currency=EUR&start=soon",
    ],
)
def test_nonsense_is_no_wish(query):
    wish = Wish.of(QueryDict(query))
    assert wish == Wish() and not wish and wish.query == ""


def test_an_order_alone_leaves_out_nothing():
    wish = Wish.of(QueryDict("order=wage"))
    assert not wish and wish.query == "order=wage" and wish.other_order == ""


@pytest.mark.parametrize(
    ("query", "skills"),
    [("", None), ("skills=", set()), ("skills=12,15", {12, 15}), ("skills=12&skills=15", {12, 15}), ("skills=x,-1,7," + "9" * 30, {7})],
)
def test_skills_of_an_address(rf, query, skills):
    told = skills_of_address(rf.get(f"/?{query}"))
    assert told == skills


@pytest.mark.django_db
def test_sectors_in_the_database_are_those_of_the_headings():
    assert len(SLUGS) == len(SECTORS)
    Occupation.objects.all().update(from_esco=True)
    Occupation.objects.bulk_create(Occupation(slug=f"t-{code}", isco=f"{code:04}", name="x") for code in range(0, 10_000, 7))
    rows = list(Occupation.objects.order_by("pk"))
    for place, slug in enumerate(SLUGS):
        found = set(Occupation.objects.filter(in_sector(slug)).values_list("pk", flat=True))
        assert found == {row.pk for row in rows if sector_of(row.isco) == place}, slug
    assert not Occupation.objects.filter(in_sector("astronauts")).exists()
