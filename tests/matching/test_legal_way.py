"""The legal way that pages print is the one the engine takes, and the row it stands on."""

from datetime import date, timedelta

import pytest

from matching.legal_way import LegalWay, legal_way
from matching.load_records import load_routes, vacancy_records
from matching.models import EmployerFile, LegalRoute, VacancyPaper
from matching.models.routes import DEMO
from matching.scoring import VacancyTable
from matching.wages import wages_on
from portal.money.demo import load_demo_rates
from tests.matching.factories import a_vacancy

pytestmark = pytest.mark.django_db
DAY = date(2026, 11, 21)
ROW = {"effect": "permit", "origin": "TJ", "destination": "RU", "source_name": "x", "signed_as": "Timur"}


@pytest.fixture
def law():
    """Only what a test writes."""
    LegalRoute.objects.all().delete()
    return lambda **values: LegalRoute.objects.create(**ROW | values)


def test_the_fewest_days_of_what_is_on_file(law):
    vacancy = a_vacancy()
    EmployerFile.objects.create(employer=vacancy.employer, activities=["41.20"])
    law(regime="household", activity="97", lead_days=1)
    quota = law(regime="quota", employer_permit=True, lead_days=2)
    assert legal_way("TJ", vacancy, DAY) == LegalWay(lacking=quota)
    patent = law(regime="patent", lead_days=30)
    assert legal_way("TJ", vacancy, DAY) == LegalWay(route=patent, days=30)
    vacancy.employer.file.on_file = ["quota"]
    assert legal_way("TJ", vacancy, DAY) == LegalWay(route=quota, days=2)
    ban = law(effect="ban", regime="patent", region="RU-TA", activity="41")
    assert legal_way("TJ", vacancy, DAY) == LegalWay(ban=ban)
    assert legal_way("UZ", vacancy, DAY) == LegalWay()


def test_a_paper_of_the_vacancy_opens_the_way(law):
    vacancy = a_vacancy()
    route = law(regime="patent", papers=["uz_platform"], lead_days=30)
    assert legal_way("TJ", vacancy, DAY).lacking == route
    VacancyPaper.objects.create(vacancy=vacancy, kind="uz_platform", number="12", dated=DAY)
    assert legal_way("TJ", vacancy, DAY).route == route


def test_who_holds_the_permit_needs_no_days(law):
    vacancy = a_vacancy()
    law(regime="fast", lead_days=3)
    patent = law(regime="patent", lead_days=30)
    held = [("patent", "RU", "RU-TA", vacancy.starts_on)]
    assert legal_way("TJ", vacancy, DAY, held) == LegalWay(route=patent)
    assert legal_way("TJ", vacancy, DAY, [("patent", "RU", "RU-TA", vacancy.starts_on - timedelta(days=1))]).days == 3


def test_unsigned_or_not_on_the_day_says_nothing(law, settings):
    vacancy = a_vacancy()
    law(regime="patent", signed_as="")
    law(regime="patent", signed_as=DEMO)
    law(regime="patent", valid_to=vacancy.starts_on - timedelta(days=1))
    assert legal_way("TJ", vacancy, DAY) == LegalWay()
    settings.DEMO = True
    assert legal_way("TJ", vacancy, DAY).route.signed_as == DEMO


@pytest.mark.parametrize("region", ["RU-TA", "RU-SPE", "RU-ROS", "KZ-75"])
@pytest.mark.parametrize("activity", ["41.20", "49.32", "47.1", "97"])
def test_as_the_engine_counts_it(region, activity):
    """On the starter's law, for each citizenship, with and without papers on file."""
    LegalRoute.objects.update(signed_as="Timur")
    load_demo_rates(DAY)
    vacancy = a_vacancy(region_id=region, wage_currency="RUB")
    EmployerFile.objects.create(employer=vacancy.employer, activities=[activity])
    for kind in (None, *VacancyPaper.Kind.values):
        if kind:
            VacancyPaper.objects.create(vacancy=vacancy, kind=kind, number="1", dated=DAY)
        job = next(iter(VacancyTable.from_records(vacancy_records([vacancy], wages_on(DAY), DAY)).rows))
        for citizenship in ("TJ", "KG", "UZ"):
            way = legal_way(citizenship, vacancy, DAY)
            assert load_routes().ways(citizenship, job, job.starts_on).fewest == (way.days if way.route else None)
