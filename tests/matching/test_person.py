"""A candidate takes everything along, and is erased down to an empty row."""

import json
from datetime import date
from uuid import uuid4

import pytest

from matching.care import choose_agency
from matching.models import AccessLog, Candidate, Care, StatisticsAnswers
from matching.open_person import open_person
from matching.person import NO_BIRTH, export_candidate
from matching.profile import add_certificate, add_job, add_licence, change, set_languages, set_occupations, set_skills
from matching.statistics import answer_statistics
from tests.people import NOW

pytestmark = pytest.mark.django_db
PARTS = ("languages", "licences", "certificates", "skills", "jobs")


@pytest.fixture
def whole(farrukh, trade, agencies, cast) -> Candidate:
    """Farrukh with an answer to everything."""
    change(
        farrukh,
        NOW,
        given_name="Farrukh",
        family_name="Rahimov",
        home_region_id="TJ-KT",
        located_in="TJ",
        wanted_countries=["RU"],
        excluded_regions=["RU-SA"],
        conditions=["housing"],
        wage_floor=54321,
        wage_wish=65432,
        available_on=date(2027, 1, 1),
    )
    set_languages(farrukh, {"ru": 3}, NOW)
    set_occupations(farrukh, [trade["occupation"]], NOW)
    set_skills(farrukh, {trade["skills"][0].pk: 3}, NOW)
    add_job(farrukh, trade["occupation"], 27, None, NOW)
    add_licence(farrukh, "CE", "TJ", NOW)
    add_certificate(farrukh, "height", date(2028, 1, 1), NOW)
    answer_statistics(farrukh, {"sex": "man", "children": 2, "last_pay": 3000, "last_pay_currency": "TJS"}, NOW)
    choose_agency(Candidate.objects.get(), agencies["public"], NOW)
    open_person(cast["manizha"], farrukh, NOW)
    return Candidate.objects.get()


def test_export(signed_in, whole):
    client = signed_in("farrukh")
    sections = json.loads(client.get("/en/me/known/safar.json").content)
    told = json.dumps(sections, ensure_ascii=False)
    for known in (
        *("Farrukh", "Rahimov", "03.1998", "Khatlon Region", "Russia", "Republic of Sakha (Yakutia)", "housing", "54,321", "65,432"),
        *("Waller for a test", "stacking for a test", "CE", "permit to work at heights", "Dushanbe Labour Agency", "3,000", "B1"),
    ):
        assert known in told, known
    assert [row["Who"] for row in sections["Who opened your name and phone"]] == ["Dushanbe Labour Agency"] and "manizha" not in told
    assert "Rahimov" in client.get("/en/me/known/").content.decode()


def test_export_of_somebody_without_a_profile(cast):
    assert export_candidate(cast["aigul"]) == {}


def test_erase(signed_in, whole, cast):
    answer = signed_in("farrukh").post("/en/me/erase/", {"submission_key": str(uuid4()), "sure": "on"})
    assert answer["Location"] == "/en/erased/"
    empty = Candidate.objects.get()
    assert (empty.pk, empty.uid, empty.citizenship, empty.born_in) == (whole.pk, whole.uid, "TJ", NO_BIRTH)
    assert empty.revision > whole.revision and empty.is_paused and empty.mark
    assert not any(getattr(empty, part).exists() for part in PARTS) and not empty.wanted_occupations.exists()
    assert not StatisticsAnswers.objects.exists() and not Care.objects.open().exists()
    for field in ("given_name", "family_name", "home_region", "located_in", "wage_floor", "wage_wish", "available_on", "has_worked"):
        assert getattr(empty, field) in ("", None), field
    assert not empty.wanted_countries and not empty.excluded_regions and not empty.conditions
    assert AccessLog.objects.count() == 1
    assert signed_in("manizha").get(f"/en/jobs/people/{whole.uid}/").status_code == 404
    assert empty not in Candidate.objects.looking()


def test_others_are_untouched(signed_in, whole, cast):
    other = Candidate.objects.create(user=cast["aigul"], citizenship="KG", born_in=date(1990, 1, 1), given_name="Aigul", registered_at=NOW)
    other.languages.create(language="ru", level=2)
    signed_in("farrukh").post("/en/me/erase/", {"submission_key": str(uuid4()), "sure": "on"})
    other.refresh_from_db()
    assert other.given_name == "Aigul" and other.languages.exists()
