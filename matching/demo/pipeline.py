"""What the demo needs so that scoring runs: the law signed by the demo itself, taxes and minimums, employers' files."""

from collections import defaultdict
from datetime import date, datetime, timedelta
from decimal import Decimal

from django.conf import settings
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from matching.demo.trades import BRANCH_OF, BRANCHES
from matching.models import DangerArea, EmployerFile, LegalRoute, LicenceRecognition, Vacancy, VacancyPaper
from matching.models.routes import DEMO
from matching.wages import income_tax_code, minimum_wage_code
from orientation.models import Fact, Source
from orientation.search.keep import keep_fact
from portal.places.corridors import Corridor

FACTS = [
    (income_tax_code("RU"), _("Income tax in Russia"), Decimal(13), Fact.Unit.PERCENT, "RU"),
    (income_tax_code("KZ"), _("Income tax in Kazakhstan"), Decimal(10), Fact.Unit.PERCENT, "KZ"),
    (minimum_wage_code("RU"), _("Least legal wage a month in Russia"), Decimal(27093), Fact.Unit.RUB, "RU"),
    (minimum_wage_code("RU-MOW"), _("Least legal wage a month in Moscow"), Decimal(39730), Fact.Unit.RUB, "RU"),
    (minimum_wage_code("KZ"), _("Least legal wage a month in Kazakhstan"), Decimal(85000), Fact.Unit.KZT, "KZ"),
]
NEXT_YEAR = {minimum_wage_code("KZ"): Decimal(92000)}
MADE_UP = _("Made up for the demo.")
Kind = VacancyPaper.Kind
OTHER_ACTIVITY = "82.9"  # of an employer whose work the demo knows nothing of


def load_demo_pipeline(now: datetime) -> None:
    """Twice is the same as once."""
    for model in (LegalRoute, LicenceRecognition, DangerArea):
        model.objects.filter(signed_as="").update(signed_as=DEMO, signed_at=now)
    load_demo_facts(now)
    load_demo_files()


def load_demo_facts(now: datetime) -> None:
    """Numbers made up for the demo: no source of ours gives them, and the rows say so."""
    for code, title, number, unit, country in FACTS:
        corridors = [corridor for corridor in Corridor if corridor.destination == country]
        values = {"corridors": corridors, "number": number, "unit": unit}
        for language, _name in settings.LANGUAGES:
            with override(language):
                values |= {f"title_{language}": str(title), f"text_{language}": str(MADE_UP)}
        values |= {"topic": Fact.Topic.MONEY, "confidence": Fact.Confidence.GENERAL, "review_by": now.date() + timedelta(days=180)}
        if code in NEXT_YEAR:
            values |= {"next_number": NEXT_YEAR[code], "next_from": date(now.year + 1, 1, 1)}
        fact, is_new = Fact.objects.get_or_create(code=code, defaults=values)
        if is_new:
            Source.objects.create(fact=fact, publisher="Safar demo")
            keep_fact(fact)


def load_demo_files() -> None:
    """Employers whose activities nobody has entered get those of their vacancies."""
    found: defaultdict[int, set[str]] = defaultdict(set)
    vacancies = Vacancy.objects.filter(employer__file=None).order_by("pk")
    for employer, slug in vacancies.values_list("employer", "occupation__slug"):
        found[employer].add(BRANCHES[BRANCH_OF[slug]] if slug in BRANCH_OF else OTHER_ACTIVITY)
    EmployerFile.objects.bulk_create(
        EmployerFile(employer_id=pk, activities=sorted(activities)) for pk, activities in sorted(found.items())
    )
    load_demo_papers()


def load_demo_papers() -> None:
    """What the law asks a vacancy to have on file; every ninth has nothing yet, and says to whom it is closed."""
    without = Vacancy.objects.standing().filter(papers=None).select_related("region").order_by("pk")
    rows = []
    for vacancy in without:
        assert vacancy.published_at is not None
        kinds = [Kind.UZ_PLATFORM, *([Kind.KZ_PERMIT, Kind.KZ_ENBEK] if vacancy.region.country_id == "KZ" else [])]
        if vacancy.uid.int % 9:  # of its public name, which is the same in each load
            dated = vacancy.published_at.date() - timedelta(days=20)
            rows += [VacancyPaper(vacancy=vacancy, kind=kind, number=f"DEMO-{vacancy.uid.hex[:5].upper()}", dated=dated) for kind in kinds]
    VacancyPaper.objects.bulk_create(rows)
