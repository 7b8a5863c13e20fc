"""The demo's part of scoring: the law signed by the demo, files for its employers, a first run; twice is the same as once."""

import pytest
from django.core.management import call_command
from django.utils import timezone

from matching.demo.pipeline import load_demo_pipeline
from matching.models import EmployerFile, LegalRoute, Match, ScoringRun, Vacancy, VacancyReasons
from orientation.models import Fact

pytestmark = pytest.mark.django_db


def counts() -> list[int]:
    return [model.objects.count() for model in (LegalRoute, EmployerFile, ScoringRun, Fact)]


def test_the_demo_is_scored(settings):
    settings.DEMO = True
    call_command("load_demo")
    before = counts()
    load_demo_pipeline(timezone.now())
    assert counts() == before
    assert not LegalRoute.objects.unsigned().exists()
    published = Vacancy.objects.filter(status=Vacancy.Status.PUBLISHED)
    assert not published.filter(employer__file=None).exists()
    assert all(EmployerFile.objects.values_list("activities", flat=True))
    run = ScoringRun.objects.get()
    assert run.finished_at is not None
    assert VacancyReasons.objects.values("vacancy").distinct().count() == published.count()
    assert run.pairs > 1000 and Match.objects.count() > 30
