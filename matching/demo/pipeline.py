"""What the demo needs so that scoring runs: the law signed by the demo itself, taxes and minimums, employers' files, a first run."""

from collections import defaultdict
from datetime import datetime, timedelta
from decimal import Decimal

from django.utils import timezone

from matching.models import DangerArea, EmployerFile, LegalRoute, LicenceRecognition, Vacancy
from matching.models.routes import DEMO
from matching.score import score_blocks, start_daily_run
from matching.wages import income_tax_code, minimum_wage_code
from orientation.models import Fact, Source
from portal.places.corridors import Corridor

# By ISCO-08 code of the vacancy's occupation, longest first: the NACE code that the demo's employer gets.
ACTIVITIES = {"711": "41.20", "712": "43.3", "721": "25.1", "741": "43.21", "833": "49.4", "832": "49.4", "834": "43.1", "9333": "52.24"}
ACTIVITIES |= {"8153": "14.1", "7531": "14.1", "816": "10.8", "751": "10.7", "51": "56.1", "94": "56.1", "911": "81.2", "522": "47.1"}
ACTIVITIES |= {"61": "01.1", "92": "01.1", "53": "88.1", "32": "86.1", "931": "41.20"}

FACTS = [
    (income_tax_code("RU"), "Income tax in Russia", Decimal(13), Fact.Unit.PERCENT, "RU"),
    (income_tax_code("KZ"), "Income tax in Kazakhstan", Decimal(10), Fact.Unit.PERCENT, "KZ"),
    (minimum_wage_code("RU"), "Least legal wage a month in Russia", Decimal(27093), Fact.Unit.RUB, "RU"),
    (minimum_wage_code("RU-MOW"), "Least legal wage a month in Moscow", Decimal(39730), Fact.Unit.RUB, "RU"),
    (minimum_wage_code("KZ"), "Least legal wage a month in Kazakhstan", Decimal(85000), Fact.Unit.KZT, "KZ"),
]


def load_demo_pipeline(now: datetime) -> None:
    """Twice is the same as once. Comes after the demo's vacancies and candidates."""
    for model in (LegalRoute, LicenceRecognition, DangerArea):
        model.objects.filter(signed_as="").update(signed_as=DEMO, signed_at=now)
    load_demo_facts(now)
    load_demo_files()
    start_daily_run(now)
    score_blocks(timezone.now)  # workers start later, and the demo's matches stand on this run


def load_demo_facts(now: datetime) -> None:
    """Numbers made up for the demo: no source of ours gives them, and the rows say so."""
    for code, title, number, unit, country in FACTS:
        corridors = [corridor for corridor in Corridor if corridor.destination == country]
        values = {"corridors": corridors, "title_en": title, "text_en": "Made up for the demo.", "number": number, "unit": unit}
        values |= {"confidence": Fact.Confidence.GENERAL, "review_by": now.date() + timedelta(days=180)}
        fact, is_new = Fact.objects.get_or_create(code=code, defaults=values)
        if is_new:
            Source.objects.create(fact=fact, publisher="Safar demo")


def load_demo_files() -> None:
    found: defaultdict[int, set[str]] = defaultdict(set)
    vacancies = Vacancy.objects.filter(employer__file=None).select_related("occupation").order_by("pk")
    for vacancy in vacancies:
        isco = vacancy.occupation.isco
        found[vacancy.employer_id] |= {ACTIVITIES[isco[:size]] for size in (4, 3, 2) if isco[:size] in ACTIVITIES}
    abroad = set(Vacancy.objects.filter(region__country="KZ").order_by("pk").values_list("employer_id", flat=True))
    EmployerFile.objects.bulk_create(
        EmployerFile(employer_id=pk, activities=sorted(activities), on_file=["kz-employer-permit"] if pk in abroad else [])
        for pk, activities in sorted(found.items())
    )
