"""The candidate's profile, step by step with plain form POSTs: works, bad input, the same POST twice, strangers."""

from datetime import date, timedelta
from decimal import Decimal
from uuid import uuid4

import pytest
from django.test import Client
from django.utils import timezone

from matching.forms.profile import FORMS
from matching.models import Candidate, CandidateSkill, Occupation, ScoringMark, Skill
from matching.profile import MOST_SKILLS
from matching.steps import BY_SLUG
from tests.matching.profiles import post, problems

pytestmark = pytest.mark.django_db
PROFILE = "/en/jobs/profile/"


def born(years: int) -> dict[str, object]:
    today = timezone.now().date()
    return {"citizenship": "TJ", "month": today.month, "year": today.year - years}


@pytest.fixture
def client(signed_in, farrukh) -> Client:
    return signed_in("farrukh")


def fresh(candidate: Candidate) -> Candidate:
    return Candidate.objects.get(pk=candidate.pk)


def test_only_for_oneself(cast):
    for path in ("", *(f"{slug}/" for slug in BY_SLUG), "statistics/"):
        assert Client().get(PROFILE + path)["Location"].startswith("/en/sign-in/?next=")


def test_begins_with_the_age(signed_in, cast):
    client = signed_in("farrukh")
    assert "Begin" in client.get(PROFILE).content.decode()
    for slug in [slug for slug in BY_SLUG if slug != "start"] + ["statistics"]:
        assert client.get(f"{PROFILE}{slug}/")["Location"] == f"{PROFILE}start/"
        assert post(client, slug)["Location"] == f"{PROFILE}start/"
    assert post(client, "start", citizenship="TJ", month=3, year=1998)["Location"] == f"{PROFILE}name/"
    candidate = Candidate.objects.get(user=cast["farrukh"])
    assert (candidate.citizenship, candidate.born_in) == ("TJ", date(1998, 3, 1))
    assert ScoringMark.objects.filter(candidate=candidate).exists()


@pytest.mark.parametrize(("month", "adult"), [(1, date(2016, 2, 1)), (11, date(2016, 12, 1)), (12, date(2017, 1, 1))])
def test_adult_from_the_month_after(month, adult):
    assert Candidate(born_in=date(1998, month, 1)).adult_on == adult


def test_a_minor_is_told_kindly_and_nothing_is_kept(signed_in, cast):
    client = signed_in("farrukh")
    for years in (17, 18):  # in the month of the birthday nobody is an adult yet
        page = post(client, "start", **born(years)).content.decode()
        assert "Not yet, but soon" in page and "/en/learn/" in page
    assert not Candidate.objects.filter(user=cast["farrukh"]).exists()
    assert post(client, "start", **born(19)).status_code == 302


def test_a_minor_changes_nothing_that_stands(client, farrukh):
    assert "Not yet" in post(client, "start", **born(17)).content.decode()
    assert fresh(farrukh).born_in == date(1998, 3, 1)


@pytest.mark.parametrize(
    "wrong",
    [
        {"month": 13},
        {"month": 0},
        {"month": "x"},
        {"month": ""},
        {"year": 1800},
        {"year": 98},
        {"year": 3000},
        {"year": "abc"},
        {"year": "9" * 5000},
        {"year": ""},
        {"citizenship": "US"},
        {"citizenship": ""},
    ],
)
def test_impossible_births(signed_in, cast, wrong):
    page = post(signed_in("farrukh"), "start", **({"citizenship": "TJ", "month": 3, "year": 1998} | wrong))
    assert problems(page)
    assert not Candidate.objects.exists()


def test_another_citizenship_ends_what_hung_on_the_old_one(client, farrukh, agencies):
    post(client, "place", home_region="TJ-KT")
    post(client, "agency", agency=agencies["public"].uid, consent="on")
    post(client, "start", citizenship="KG", month=3, year=1998)
    changed = fresh(farrukh)
    assert changed.citizenship == "KG" and changed.home_region is None and not changed.care.open().exists()


ANSWERS = {
    "name": {"given_name": "Farrukh", "family_name": "Rahimov"},
    "place": {"home_region": "TJ-KT", "located_in": "TJ"},
    "languages": {"ru": "3", "kk": "", "en": "0"},
    "where": {"RU": "wanted", "wanted_RU": ["RU-TA", "RU-MOW"], "KZ": "excluded"},
    "wage": {"wage_floor": "50 000", "wage_wish": "80000,50", "wage_currency": "RUB"},
    "conditions": {"conditions": ["housing", "travel"]},
    "available": {"available_on": (timezone.now() + timedelta(days=30)).date().isoformat()},
}


@pytest.mark.parametrize("slug", ANSWERS)
def test_each_step_is_saved_alone_and_shown_again(client, farrukh, slug):
    before = farrukh.revision
    assert post(client, slug, **ANSWERS[slug]).status_code == 302
    page = client.get(PROFILE).context
    assert [row.step.slug for row in page["told"]] == ["start", slug]
    assert {step.slug for step, _ in page["open"]} == BY_SLUG.keys() - {"start", slug}
    assert (fresh(farrukh).revision > before) == (slug != "name")
    revision = fresh(farrukh).revision
    post(client, slug, **ANSWERS[slug])
    assert fresh(farrukh).revision == revision, "the same answers again change nothing"
    assert client.get(f"{PROFILE}{slug}/").status_code == 200


def test_what_was_saved(client, farrukh):
    for slug, answers in ANSWERS.items():
        post(client, slug, **answers)
    saved = fresh(farrukh)
    assert dict(saved.languages.values_list("language", "level")) == {"ru": 3, "en": 0}
    assert (saved.wage_floor, saved.wage_wish) == (Decimal(50000), Decimal("80000.50"))
    assert (saved.wanted_countries, saved.excluded_countries, set(saved.wanted_regions)) == (["RU"], ["KZ"], {"RU-MOW", "RU-TA"})
    assert saved.conditions == ["housing", "travel"] and saved.home_region_id == "TJ-KT"
    page = client.get(PROFILE).content.decode()
    assert "Farrukh Rahimov" in page and "Republic of Tatarstan" in page
    post(client, "languages", ru="", kk="", en="")
    assert not saved.languages.exists()


def test_where_the_buttons_lead(client):
    assert post(client, "name", given_name="F")["Location"] == f"{PROFILE}place/"
    assert post(client, "name", given_name="F", then="profile")["Location"] == PROFILE
    assert client.get(f"{PROFILE}no-such-step/").status_code == 404
    assert client.delete(f"{PROFILE}name/").status_code == 405


@pytest.mark.parametrize(
    ("slug", "wrong", "says"),
    [
        ("name", {"given_name": ""}, "Write your name"),
        ("name", {"given_name": "x" * 5000}, "at most 60"),
        ("name", {"given_name": "a\x00b"}, "Null characters"),
        ("place", {"home_region": "RU-TA"}, "valid choice"),
        ("place", {"home_region": "XX"}, "valid choice"),
        ("place", {"located_in": "US"}, "valid choice"),
        ("place", {"located_in": "RU"}, "say whether you have papers"),
        ("place", {"located_in": "RU", "has_papers": "maybe"}, "valid choice"),
        ("languages", {"ru": "7"}, "valid choice"),
        ("languages", {"ru": "-1"}, "valid choice"),
        ("occupations", {"occupations": ["999999"]}, "not on the list"),
        ("occupations", {"occupations": ["abc"]}, "not on the list"),
        ("where", {"RU": "perhaps"}, "valid choice"),
        ("where", {"wanted_RU": ["XX-YY"]}, "not on the list"),
        ("where", {"wanted_RU": ["RU-TA"], "excluded_RU": ["RU-TA"]}, "both lists"),
        ("where", {"RU": "excluded", "wanted_RU": ["RU-TA"]}, "do not go to this country"),
        ("wage", {"wage_floor": "90000", "wage_wish": "50000", "wage_currency": "RUB"}, "less than the least"),
        ("wage", {"wage_floor": "-1", "wage_currency": "RUB"}, "above zero"),
        ("wage", {"wage_floor": "0", "wage_currency": "RUB"}, "above zero"),
        ("wage", {"wage_floor": str(10**12), "wage_currency": "RUB"}, "Look at the zeros"),
        ("wage", {"wage_wish": "abc", "wage_currency": "RUB"}, "Write a number"),
        ("wage", {"wage_wish": "NaN", "wage_currency": "RUB"}, "Write a number"),
        ("wage", {"wage_wish": "1e999999", "wage_currency": "RUB"}, ""),
        ("wage", {"wage_wish": "1", "wage_currency": "EUR"}, "valid choice"),
        ("conditions", {"conditions": ["gold"]}, "valid choice"),
        ("available", {"available_on": "2020-01-01"}, "has passed"),
        ("available", {"available_on": "2999-01-01"}, "too far away"),
        ("available", {"available_on": "2026-13-45"}, "Write the day"),
    ],
)
def test_bad_input_is_named_at_the_field_and_kept(client, farrukh, slug, wrong, says):
    page = post(client, slug, **wrong)
    assert says in problems(page)
    assert fresh(farrukh).revision == farrukh.revision
    for value in wrong.values():
        if isinstance(value, str) and value.isalnum() and len(value) < 20 and slug in ("name", "wage"):
            assert value in page.content.decode()


def test_markup_is_only_text(client):
    post(client, "name", given_name="<script>alert(1)</script>", family_name="{{ 7 }}")
    page = client.get(PROFILE).content.decode()
    assert "<script>alert" not in page and "&lt;script&gt;alert(1)&lt;/script&gt; {{ 7 }}" in page


def test_abroad_without_papers_gets_help_and_no_match(client, farrukh, agencies):
    post(client, "agency", agency=agencies["public"].uid, consent="on")
    assert farrukh in Candidate.objects.looking()
    assert post(client, "place", located_in="RU", has_papers="no")["Location"] == f"{PROFILE}place/"
    for path in ("", "place/"):
        page = client.get(PROFILE + path).content.decode()
        assert "First your papers" in page and 'href="/en/help/"' in page
    assert farrukh not in Candidate.objects.looking()
    post(client, "place", located_in="RU", has_papers="yes")
    assert farrukh in Candidate.objects.looking()
    post(client, "place", located_in="TJ", has_papers="no")
    assert fresh(farrukh).has_papers is None and farrukh in Candidate.objects.looking()


def test_skills_are_offered_by_the_work_chosen(client, farrukh, trade):
    stacking, jointing, juggling = trade["skills"]
    assert f'name="skill-{stacking.pk}"' not in client.get(f"{PROFILE}skills/").content.decode()
    post(client, "occupations", occupations=[trade["occupation"].pk])
    page = client.get(f"{PROFILE}skills/").content.decode()
    assert f'name="skill-{stacking.pk}"' in page and f'name="skill-{juggling.pk}"' not in page

    typed = {f"skill-{stacking.pk}": "3", f"skill-{jointing.pk}": ""}
    page = post(client, "skills", show="1", search="JUGGLING", **typed)
    assert f'name="skill-{juggling.pk}"' in page.content.decode()
    assert page.context["form"][f"skill-{stacking.pk}"].value() == "3" and not farrukh.skills.exists()
    assert post(client, "skills", **typed, **{f"skill-{juggling.pk}": "1"}).status_code == 302
    assert dict(farrukh.skills.values_list("skill__slug", "level")) == {"test-stacking": 3, "test-juggling": 1}
    post(client, "skills", **{f"skill-{juggling.pk}": ""})
    assert list(farrukh.skills.values_list("skill__slug", flat=True)) == ["test-stacking"]
    page = post(client, "skills", show="1", occupation=trade["occupation"].pk)
    assert page.status_code == 200 and page.context["form"][f"skill-{stacking.pk}"].value() is None


def test_a_search_shows_what_was_meant_on_top_and_saves_nothing(client, farrukh):
    cook, welder = (Occupation.objects.get(slug=slug) for slug in ("cook", "welder"))
    page = post(client, "occupations", show="1", search="сваркачи", occupations=[cook.pk])
    found, *others = page.context["form"].sectors()
    assert found["name"] == "Found" and str(welder) in str(found["boxes"][0].choice_label)
    names = [box.data["value"].instance.pk for sector in (found, *others) for box in sector["boxes"]]
    assert len(names) == len(set(names)) == Occupation.objects.own().count(), "each box once"
    assert page.context["form"]["occupations"].value() == [str(cook.pk)] and not farrukh.wanted_occupations.exists()
    page = post(client, "skills", show="1", search="gisht terish")
    assert page.context["form"].groups()[0]["fields"][0].label == str(Skill.objects.get(slug="bricklaying"))
    for slug in ("occupations", "skills"):
        assert "Nothing like this" in post(client, slug, show="1", search="zzzz").content.decode()
        assert "Nothing like this" not in client.get(f"{PROFILE}{slug}/").content.decode()
        assert post(client, slug, show="1", search="x" * 5000).status_code == 200
    assert not farrukh.skills.exists()


def test_a_changed_level_is_no_longer_verified(client, farrukh, trade):
    skill = trade["skills"][0]
    held = CandidateSkill.objects.create(candidate=farrukh, skill=skill, level=2, is_verified=True)
    post(client, "skills", **{f"skill-{skill.pk}": "2"})
    assert CandidateSkill.objects.get(pk=held.pk).is_verified
    post(client, "skills", **{f"skill-{skill.pk}": "4"})
    assert not farrukh.skills.get().is_verified


def test_bad_skills(client, farrukh, trade):
    stacking = trade["skills"][0]
    for name in ("skill-999999", "skill-abc", "skill--1", "skill-", "skill-" + "9" * 30, "skill-²"):
        assert "not on the list" in problems(post(client, "skills", **{name: "2"}))
    for level in ("9", "0", "abc"):
        assert problems(post(client, "skills", **{f"skill-{stacking.pk}": level}))
    for wrong in ({"occupation": "abc"}, {"occupation": "9" * 30}, {"search": "x" * 5000}, {"search": "a\x00"}):
        assert post(client, "skills", show="1", **wrong).status_code == 200
    many = Skill.objects.bulk_create(Skill(slug=f"test-many-{n}", name=f"many {n}", group=stacking.group) for n in range(300))
    assert f"at most {MOST_SKILLS}" in problems(post(client, "skills", **{f"skill-{skill.pk}": "2" for skill in many}))
    assert not farrukh.skills.exists()
    assert post(client, "skills", **{f"skill-{skill.pk}": "2" for skill in many[:MOST_SKILLS]}).status_code == 302
    assert "at most" in problems(post(client, "skills", **{f"skill-{many[-1].pk}": "2"}))
    assert farrukh.skills.count() == MOST_SKILLS


def test_work(client, farrukh, trade):
    assert post(client, "work", **{"no-work": "1"})["Location"] == f"{PROFILE}work/"
    assert fresh(farrukh).has_worked is False
    assert "No work yet" in client.get(PROFILE).content.decode()
    post(client, "work", **{"no-work": "0"})
    assert fresh(farrukh).has_worked is None
    job = {"add": "1", "occupation": trade["occupation"].pk, "years": "2", "months": "3", "ended_month": "5", "ended_year": "2024"}
    key = uuid4()
    for _ in range(2):
        assert post(client, "work", key=key, **job)["Location"] == f"{PROFILE}work/"
    row = farrukh.jobs.get()
    assert (row.months, row.ended_on, fresh(farrukh).has_worked) == (27, date(2024, 5, 1), True)
    page = client.get(f"{PROFILE}work/").content.decode()
    assert "2 years 3 months" in page and "until 05.2024" in page
    post(client, "work", **{"no-work": "1"})
    assert fresh(farrukh).has_worked is True
    post(client, "work", remove=row.pk)
    assert not farrukh.jobs.exists() and fresh(farrukh).has_worked is None


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        ({"occupation": "999999"}, "not on the list"),
        ({"occupation": ""}, "Choose the work"),
        ({"years": "", "months": ""}, "at least one month"),
        ({"years": "-1"}, "valid choice"),
        ({"years": "abc"}, "valid choice"),
        ({"months": "12"}, "valid choice"),
        ({"years": "59"}, "longer than your life"),
        ({"ended_month": "13"}, "valid choice"),
        ({"ended_month": "", "ended_year": ""}, "Say when it ended"),
        ({"ended_year": "2999"}, "valid choice"),
        ({"ended_year": "1800"}, "valid choice"),
        ({"ended_month": "12", "ended_year": str(timezone.now().year)}, "still to come"),
    ],
)
def test_bad_work(client, farrukh, trade, wrong, says):
    right = {"add": "1", "occupation": trade["occupation"].pk, "years": "1", "months": "0", "ended_month": "5", "ended_year": "2024"}
    assert says in problems(post(client, "work", **(right | wrong)))
    assert not farrukh.jobs.exists()


def test_somebody_elses_rows_stay(client, cast, trade):
    other = Candidate.objects.create(user=cast["aigul"], citizenship="KG", born_in=date(1990, 1, 1), registered_at=timezone.now())
    job = other.jobs.create(occupation=trade["occupation"], months=3)
    licence = other.licences.create(category="B", issued_in="KG")
    post(client, "work", remove=job.pk)
    post(client, "papers", remove=licence.pk)
    assert post(client, "work", remove="9" * 30).status_code == 200
    assert other.jobs.exists() and other.licences.exists()


def test_papers(client, farrukh):
    next_year = (timezone.now() + timedelta(days=400)).date().isoformat()
    for _ in range(2):
        post(client, "papers", add="1", category="CE", issued_in="TJ")
    post(client, "papers", **{"add-certificate": "1", "code": "height", "valid_until": next_year})
    assert str(farrukh.licences.get()) == "CE TJ" and farrukh.certificates.get().code == "height"
    assert "CE (Tajikistan)" in client.get(PROFILE).content.decode()
    assert problems(post(client, "papers", add="1", category="Q", issued_in="TJ"))
    assert problems(post(client, "papers", add="1", category="B", issued_in="XX"))
    old = post(client, "papers", **{"add-certificate": "1", "code": "height", "valid_until": "2020-01-01"})
    assert "run out" in old.content.decode()
    post(client, "papers", remove=farrukh.licences.get().pk)
    post(client, "papers", **{"remove-certificate": farrukh.certificates.get().pk})
    assert not farrukh.licences.exists() and not farrukh.certificates.exists()


def test_statistics_are_apart(client, farrukh):
    assert "only with your yes" in problems(post(client, "statistics", sex="man"))
    revision = fresh(farrukh).revision
    assert post(client, "statistics", sex="man", children="2", last_pay="3000", last_pay_currency="TJS", consent="on").status_code == 302
    assert farrukh.statistics.sex == "man" and farrukh.statistics.has_disability is None
    assert fresh(farrukh).revision == revision, "no score reads them"
    for wrong in ({"children": "21"}, {"children": "-1"}, {"sex": "x"}, {"has_disability": "x"}, {"last_pay": "-1"}, {"last_pay": "abc"}):
        assert problems(post(client, "statistics", consent="on", **wrong))
    post(client, "statistics", forget="1")
    assert not hasattr(fresh(farrukh), "statistics")


@pytest.mark.parametrize("slug", [*FORMS, "skills", "work", "papers", "agency", "statistics"])
def test_a_post_without_its_key_is_refused(client, farrukh, slug, trade, agencies):
    valid = {"start": {"citizenship": "TJ", "month": "3", "year": "1999"}, "name": {"given_name": "F"}, "work": {"no-work": "1"}}
    valid |= {"papers": {"add": "1", "category": "B", "issued_in": "TJ"}, "statistics": {"consent": "on"}, "wage": {"wage_currency": "RUB"}}
    valid["agency"] = {"agency": str(agencies["public"].uid), "consent": "on"}
    response = client.post(f"{PROFILE}{slug}/", valid.get(slug, {"anything": "1"}))
    assert response.status_code == 400 and fresh(farrukh).revision == farrukh.revision


def test_the_same_first_post_twice(signed_in, cast):
    client, key = signed_in("farrukh"), uuid4()
    for _ in range(2):
        assert post(client, "start", key=key, citizenship="TJ", month=3, year=1998)["Location"] == f"{PROFILE}name/"
    assert Candidate.objects.filter(user=cast["farrukh"]).count() == 1
