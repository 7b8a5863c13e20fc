"""A vacancy's page: the law of the reader's citizenship, what they can do, the usual wage, the posting for engines."""

import json
import re
from datetime import timedelta

import pytest
from django.test import Client

from matching.models import EmployerFile, LegalRoute, Vacancy
from matching.search.usual_wage import usual_wage
from portal.money.rates import newest_rates
from tests.matching.factories import an_organisation
from tests.matching.labour import Market

pytestmark = pytest.mark.django_db


@pytest.fixture
def market(cast_rows):
    LegalRoute.objects.all().update(signed_as="Timur")
    market = Market()
    LegalRoute.objects.all().update(signed_as="Timur", signed_at=market.now)
    return market


def law(client, vacancy, citizenship):
    response = client.get(f"/en/jobs/{vacancy.uid}/?citizenship={citizenship}")
    assert response.status_code == 200
    return response.context["law"]


def test_the_law_by_citizenship(client, market):
    job = market.vacancy()
    tajik, kyrgyz = law(client, job, "TJ"), law(client, job, "KG")
    assert (tajik.title, tajik.tone) == ("work patent", "") and "30 days" in tajik.text and "There is time" in tajik.text
    assert "RU-PATENT" in [fact.code for fact in tajik.steps] and "RU-REG-UZ" not in [fact.code for fact in tajik.steps]
    assert "Eurasian" in kyrgyz.title and not kyrgyz.row.value and "RU-PATENT" not in [fact.code for fact in kyrgyz.steps]
    assert tajik.row.is_checked and tajik.row.source_name and "RU-EMPLOYER-3D" in [fact.code for fact in tajik.employer]


def test_too_little_time(client, market):
    assert law(client, market.vacancy(starts_on=market.today + timedelta(days=10)), "TJ").tone == "warn"
    assert law(client, market.vacancy(starts_on=market.today - timedelta(days=5)), "TJ").tone == "danger"


def test_closed_lacking_and_unknown(client, market):
    job = market.vacancy()
    job.papers.all().delete()
    uzbek = law(client, job, "UZ")
    assert uzbek.title == "Not open to you yet" and uzbek.tone == "warn"  # the number on the state platform is missing
    LegalRoute.objects.create(
        effect="ban", origin="TJ", destination="RU", regime="patent", region="RU-TA", source_name="x", signed_as="Timur"
    )
    assert law(client, job, "TJ").tone == "danger"
    LegalRoute.objects.all().update(signed_as="")
    unknown = law(client, job, "TJ")
    assert unknown.title == "Not known yet" and unknown.row is None and unknown.steps == ()


def test_whose_law_where_the_address_does_not_say(client, market, signed_in):
    url = f"jobs/{market.vacancy().uid}/"
    assert client.get(f"/en/{url}").context["law"] is None
    assert client.get(f"/tg/{url}").context["law"].citizenship == "TJ"
    assert client.get(f"/tg/{url}?citizenship=KG").context["law"].citizenship == "KG"
    assert client.get(f"/en/{url}?citizenship=XX&skills=%00").context["law"] is None
    pages = {Client().get(f"/uz/{url}?citizenship=TJ&skills=1").content for _ in range(2)}
    assert len(pages) == 1


def test_skills_by_address_and_by_profile(client, market, cast, signed_in):
    job = market.vacancy()
    url = f"/en/jobs/{job.uid}/"
    html = client.get(url).content.decode()
    assert "that they ask for you have" not in html and html.count('name="skills"') == 5
    held = ",".join(str(skill.pk) for skill in market.skills[:3])
    html = client.get(f"{url}?skills={held}").content.decode()
    assert "Of 4 skills that they ask for you have 3." in html and "Not yet:" in html and "Skill 3." in html
    assert "you have 0." in client.get(f"{url}?skills=").content.decode()
    market.candidate(skills=2, user=cast["farrukh"])
    farrukh = signed_in("farrukh")
    assert "Of 4 skills that they ask for you have 2." in farrukh.get(url).content.decode()
    assert "Of 4 skills that they ask for you have 2." in farrukh.get("/en/jobs/").content.decode()
    assert "you have 3." in farrukh.get(f"{url}?skills={held}").content.decode()


def test_the_usual_wage_and_its_thresholds(client, market):
    employers = [market.employer, an_organisation("employer", "RU"), an_organisation("employer", "RU")]
    EmployerFile.objects.bulk_create(EmployerFile(employer=employer) for employer in employers[1:])
    jobs = [market.vacancy(employer=employers[number % 2], wage_amount=50_000 + 1_000 * number) for number in range(10)]
    rates = newest_rates(market.today)

    def usual():
        return usual_wage(market.occupation.pk, jobs[0].region, market.today, rates)

    assert usual() is None  # two employers
    Vacancy.objects.filter(pk=jobs[9].pk).update(employer=employers[2])
    known = usual()
    assert (known.vacancies, known.employers, known.is_whole_country) == (10, 3, False)
    assert (known.middle.amount, known.low.amount, known.high.amount, known.middle.currency) == (54_500, 52_200, 56_800, "RUB")
    html = client.get(f"/en/jobs/{jobs[0].uid}/").content.decode()
    assert "54,500" in html and "Open vacancies: 10, employers: 3." in html
    Vacancy.objects.filter(pk=jobs[9].pk).update(region="RU-MOW")
    assert usual().is_whole_country and usual().vacancies == 10
    Vacancy.objects.filter(pk=jobs[9].pk).update(status="closed")
    assert usual() is None  # nine vacancies
    assert "The usual wage" not in client.get(f"/en/jobs/{jobs[0].uid}/").content.decode()


def test_the_posting_for_engines(client, market):
    job = market.vacancy(title="</script><script>alert(1)</script> & co", description="Два слова", hours_a_week=40, conditions=["housing"])
    html = client.get(f"/ru/jobs/{job.uid}/").content.decode()
    scripts = re.findall(r'<script type="application/ld\+json">(.*?)</script>', html, re.DOTALL)
    assert len(scripts) == 1 and "<" not in scripts[0]
    posting = json.loads(scripts[0])
    assert posting["@type"] == "JobPosting" and posting["title"] == "Mason" != posting["description"]
    assert posting["hiringOrganization"] == {"@type": "Organization", "name": "StroyKazan"}
    assert posting["jobLocation"]["address"]["addressCountry"] == "RU" and posting["employmentType"] == "FULL_TIME"
    assert posting["baseSalary"]["value"] == {"@type": "QuantitativeValue", "value": 90000.0, "unitText": "MONTH"}
    assert posting["datePosted"] == job.published_at.date().isoformat() < posting["validThrough"]
    assert "&lt;script&gt;" in posting["description"] and "Два слова" in posting["description"]
    assert posting["url"].endswith(f"/ru/jobs/{job.uid}/") and posting["identifier"]["value"] == str(job.uid)
