"""The agency's list before departure: the right to work that the eligibility filter found, the course about the road."""

import pytest
from django.utils import timezone

from matching.models import EmployerFile, LegalRoute, Match
from matching.preparation import before_departure
from orientation.models import Certificate, Course, CourseEdition
from tests.matching.factories import a_candidate, a_match, a_user, a_vacancy, an_agency

pytestmark = pytest.mark.django_db


def test_the_permit_fits_the_employers_activities_and_papers():
    LegalRoute.objects.all().delete()
    row = {"effect": "permit", "origin": "TJ", "destination": "RU", "source_name": "x", "signed_as": "Timur"}
    LegalRoute.objects.create(**row, regime="household", activity="97", lead_days=1)
    LegalRoute.objects.create(**row, regime="quota", employer_permit=True, lead_days=2)
    LegalRoute.objects.create(**row, regime="patent-like", lead_days=30)
    vacancy = a_vacancy()
    file = EmployerFile.objects.create(employer=vacancy.employer, activities=["41.20"])
    match = a_match(vacancy, a_candidate(an_agency(), a_user()))

    def says():
        return before_departure(Match.objects.get(pk=match.pk), None)[1].text

    assert "patent-like" in says()
    EmployerFile.objects.filter(pk=file.pk).update(on_file=["quota"])
    assert "quota" in says()
    LegalRoute.objects.create(**row | {"effect": "ban"}, regime="patent", region="RU-TA", activity="41")
    assert "quota" not in says() and "patent-like" not in says()


def test_a_money_course_is_not_the_course_before_departure():
    now, person = timezone.now(), a_user()
    match = a_match(a_vacancy(), a_candidate(an_agency(), person))
    course = Course.objects.create(slug="savings", subject=Course.Subject.MONEY)
    edition = CourseEdition.objects.create(course=course, number=1, pass_percent=80, published_at=now)
    Certificate.objects.create(code="0123456789", edition=edition, corridor="TJ-RU", issued_at=now, user=person)
    assert before_departure(match, None)[0].tone == "warn"
    Course.objects.filter(pk=course.pk).update(subject=Course.Subject.ORIENTATION)
    assert before_departure(match, None)[0].tone == ""
