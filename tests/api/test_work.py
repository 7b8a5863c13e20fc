"""Regions, occupations, skills and vacancies: exactly what a visitor sees among the jobs, and nothing of a person."""

import json
from datetime import date

import pytest
from django.test import Client
from django.utils import timezone

from matching.models import DangerArea, EmployerFile, Occupation, Skill, Vacancy
from portal.organisations.vet import unvet
from portal.places.models import Region
from tests.api.lists import ROOT, get, refused, rows

pytestmark = pytest.mark.django_db


def test_regions():
    assert get("regions/TJ-KT/?lang=tg")["country"] == {"code": "TJ", "name": "Тоҷикистон"}
    assert get("regions/")["count"] == Region.objects.count()
    found = rows("regions/?country=UZ&page_size=100")
    assert len(found) == Region.objects.filter(country="UZ").count() > 5 and {row["country"]["code"] for row in found} == {"UZ"}
    assert refused("regions/?country=DE") == "country must be one of: RU, KZ, TJ, KG, UZ."


def test_occupations():
    one = get("occupations/bricklayer/?lang=en")
    assert one["name"] == "Bricklayer" and one["isco"] == "7112" and "essential" in {skill["importance"] for skill in one["skills"]}
    assert len(one["skills"]) == Occupation.objects.get(slug="bricklayer").needs.count()
    assert all(Occupation.objects.filter(slug=slug).exists() for slug in one["can_also_do"]) and one["can_also_do"]
    assert get("occupations/bricklayer/?lang=uz")["name"] != one["name"]
    assert {row["isco"][:2] for row in rows("occupations/?isco=71&page_size=100")} == {"71"}
    assert rows("occupations/?isco=0000") == []
    assert refused("occupations/?isco=71%20OR%201") == "isco must match ^[0-9]{1,4}$" == refused("occupations/?isco=71%0A")


def test_skills():
    one = get("skills/bricklaying/?lang=ru")
    group = one["group"]["slug"]
    found = rows(f"skills/?group={group}&page_size=100")
    assert len(found) == Skill.objects.filter(group__slug=group).count() and {row["group"]["slug"] for row in found} == {group}
    assert rows("skills/?group=no-such-group") == []
    assert refused("skills/?group=" + "x" * 51).startswith("group must match")


def uids(path: str = "vacancies/?page_size=100") -> set[str]:
    return {row["uid"] for row in rows(path)}


def on_the_screen() -> set[str]:
    found: set[str] = set()
    for number in range(1, 4):
        found |= {str(row.vacancy.uid) for row in Client().get(f"/en/jobs/?page={number}").context["rows"]}
    return found


def test_the_vacancies_that_a_visitor_sees(market):
    assert uids() == on_the_screen() and len(uids()) > 20
    first = Vacancy.objects.open_on(timezone.now().date()).first()
    assert rows("vacancies/?page_size=1")[0]["uid"] == str(first.uid), "the newest first"


def test_a_vacancy_in_two_languages(published):
    one = get(f"vacancies/{published.uid}/?lang=en")
    assert one == rows("vacancies/?lang=en")[0]
    assert (one["occupation"]["name"], one["employer"], one["region"]["code"]) == ("Bricklayer", "StroyKazan", "RU-TA")
    assert one["wage"] == {"amount": "75000.00", "currency": "RUB", "period": "month", "basis": "net", "shifts_a_month": None}
    assert one["languages"] == [{"language": "ru", "minimum": "A2", "target": "B1"}] and one["conditions"] == ["housing", "travel"]
    assert one["skills"] == [
        {"slug": "bricklaying", "name": one["skills"][0]["name"], "importance": "essential", "level": 2, "critical": True}
    ]
    assert one["openings_left"] == 6 and one["starts_on"] == published.starts_on.isoformat()
    tajik = get(f"vacancies/{published.uid}/?lang=tg")
    assert tajik["occupation"]["name"] != "Bricklayer" and tajik["page"] == f"http://testserver/tg/jobs/{published.uid}/"
    assert Client().get(tajik["page"]).status_code == 200


def test_a_language_that_is_not_needed_to_start(published):
    published.languages.update(minimum=0)
    assert rows("vacancies/")[0]["languages"] == [{"language": "ru", "minimum": None, "target": "B1"}]


@pytest.mark.parametrize(
    "change",
    [{"status": "draft"}, {"status": "closed"}, {"seats_taken": 6}, {"starts_on": "2026-01-01"}],
    ids=["draft", "closed", "full", "started long ago"],
)
def test_what_is_not_open_is_not_there(published, change):
    Vacancy.objects.update(**change)
    assert uids() == set() and refused(f"vacancies/{published.uid}/", 404)


def test_the_vacancy_of_a_suspended_or_unvetted_employer_is_not_there(cast, published):
    EmployerFile.objects.create(employer=published.employer, suspended_because="Charged workers")
    assert uids() == set() and refused(f"vacancies/{published.uid}/", 404)
    EmployerFile.objects.all().delete()
    assert uids() == {str(published.uid)}
    unvet(published.employer, by=cast["timur"], now=timezone.now())
    assert uids() == set() and refused(f"vacancies/{published.uid}/", 404)


def test_a_danger_area_takes_effect_at_once(published):
    DangerArea.objects.create(
        region=published.region, reason="War", source_name="A ministry", signed_as="operator", valid_from=date(2026, 1, 1)
    )
    assert uids() == set() and refused(f"vacancies/{published.uid}/", 404)


def test_filters_of_vacancies(market):
    everything = uids()
    assert uids("vacancies/?country=RU&page_size=100") | uids("vacancies/?country=KZ&page_size=100") == everything
    one = rows("vacancies/")[0]
    region, occupation = one["region"]["code"], one["occupation"]["slug"]
    both = rows(f"vacancies/?region={region}&occupation={occupation}&page_size=100")
    assert both and all((row["region"]["code"], row["occupation"]["slug"]) == (region, occupation) for row in both)
    assert rows("vacancies/?region=ZZ-ZZ") == rows("vacancies/?occupation=astronaut") == []


@pytest.mark.parametrize(
    "query", ["country=ru", "country=RU%00", "region=RU", "region=RU-TA'", "occupation=" + "x" * 5000, "occupation=Каменщик"]
)
def test_a_filter_that_cannot_be_one(query):
    assert " must " in refused(f"vacancies/?{query}")


def test_it_is_said_that_matching_is_a_trial(published, settings):
    assert get(f"vacancies/{published.uid}/")["is_trial"] is True
    settings.DEMO = True  # the demo has signed for itself
    assert rows("vacancies/")[0]["is_trial"] is False


def test_nothing_of_a_person(cast, published):
    """No name, phone or mail of anybody, no draft's wage, no number of seats that the page does not show."""
    answer = json.dumps(get(f"vacancies/{published.uid}/")) + json.dumps(get("vacancies/"))
    for user in cast.values():
        for own in (str(user.uid), user.phone, user.email):
            assert not own or own not in answer
    keys = set(get(f"vacancies/{published.uid}/"))
    assert not keys & {"seats_taken", "openings", "status", "created_by", "created_at", "revision", "id", "pk", "employer_id"}


def test_a_title_is_text(published):
    Vacancy.objects.update(title="<script>alert(1)</script>")
    response = Client().get(f"{ROOT}vacancies/")
    assert response.json()["results"][0]["title"] == "<script>alert(1)</script>"
    assert response.headers["X-Content-Type-Options"] == "nosniff" and response.headers["Content-Type"] == "application/json"
