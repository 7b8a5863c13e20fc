"""The demo's candidates: 200 of them, plausible, the same twice."""

from collections import Counter
from datetime import date

import pytest

from matching.demo.candidates import PEOPLE_IN_ALL, load_demo_candidates
from matching.models import AgencyLicence, Candidate, Care, Job, Occupation
from matching.steps import rows_of
from tests.people import NOW

pytestmark = pytest.mark.django_db


def test_two_hundred_people(cast):
    load_demo_candidates(NOW)
    people = list(Candidate.objects.prefetch_related("skills", "jobs", "wanted_occupations"))
    assert len(people) == PEOPLE_IN_ALL
    assert AgencyLicence.objects.filter(is_public_service=True).values("agency").distinct().count() == 1
    assert {person.citizenship for person in people} == {"TJ", "KG", "UZ"}
    assert all(person.adult_on <= NOW.date() and person.born_in > date(NOW.year - 61, 1, 1) for person in people)
    assert all(care.agency.country_id == care.candidate.citizenship for care in Care.objects.select_related("agency", "candidate"))
    assert Candidate.objects.looking().count() > 150
    assert any(person.lacks_papers for person in people)

    skills_of = {row.pk: {need.skill_id for need in row.needs.all()} for row in Occupation.objects.prefetch_related("needs")}
    for person in people:
        held = {row.skill_id for row in person.skills.all()}
        best = max(len(held & own) for own in skills_of.values())
        assert held and best / len(held) >= 0.7, person
        for job in person.jobs.all():
            assert job.ended_on is None or job.ended_on <= NOW.date()
            first = (job.ended_on or NOW.date()).year * 12 + (job.ended_on or NOW.date()).month - job.months
            assert first >= (person.born_in.year + 10) * 12, "nobody worked as a child"


def test_three_of_the_cast_have_full_profiles(cast):
    load_demo_candidates(NOW)
    for key in ("farrukh", "aigul", "dilnoza"):
        rows = rows_of(cast[key].candidate)
        assert [row.step.slug for row in rows if row.step.counts and not row.is_done] == [], key


def test_twice_is_once_and_changes_stay(cast):
    load_demo_candidates(NOW)
    cast["farrukh"].refresh_from_db()
    Candidate.objects.filter(user=cast["farrukh"]).update(given_name="Changed")
    before = Counter(Job.objects.values_list("candidate", flat=True))
    load_demo_candidates(NOW)
    assert Candidate.objects.count() == PEOPLE_IN_ALL and Counter(Job.objects.values_list("candidate", flat=True)) == before
    assert Candidate.objects.get(user=cast["farrukh"]).given_name == "Changed"
