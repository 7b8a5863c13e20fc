from datetime import timedelta
from decimal import Decimal

import pytest
from django.utils import timezone

from matching.models import Occupation, VacancyLanguage
from portal.money.models import DayRate
from remittances.models import Quote, TransferProvider, TransferService
from tests.matching.factories import a_vacancy, an_organisation
from tests.matching.vacancies import draft, published
from tests.orientation.conftest import course, page_of
from tests.people import cast

__all__ = ["cast", "course", "draft", "page_of", "published"]


@pytest.fixture
def market() -> None:
    """Thirty vacancies of two employers, in two countries, each with skills and a language."""
    employers = [(an_organisation("employer", country), region) for country, region in (("RU", "RU-TA"), ("KZ", "KZ-75"))]
    occupations = list(Occupation.objects.all()[:7])
    today = timezone.now().date()
    for number in range(30):
        employer, region = employers[number % 2]
        vacancy = a_vacancy(
            employer,
            occupation=occupations[number % 7],
            region_id=region,
            starts_on=today + timedelta(days=number),
            published_at=timezone.now() - timedelta(hours=number),
        )
        VacancyLanguage.objects.create(vacancy=vacancy, language="ru", minimum=number % 3, target=3)


def some_rates(days: int = 1) -> None:
    """Easy to reckon with: 1 RUB = 0.125 TJS = 150 UZS, 1 KZT = 0.02 TJS."""
    for back in range(days):
        for currency, per_usd in {"RUB": "80", "TJS": "10", "KZT": "500", "UZS": "12000"}.items():
            day = timezone.localdate() - timedelta(days=back)
            DayRate.objects.create(day=day, currency=currency, rate=Decimal(per_usd), source="a test")


def a_service(provider: str = "Alif", **given) -> TransferService:
    owner = TransferProvider.objects.get_or_create(slug=provider.lower(), defaults={"name": provider})[0]
    values = {
        "sends_from_id": "RU",
        "sends_to_id": "TJ",
        "pay_in": "card",
        "pay_out": "cash",
        "payout_currency": "TJS",
        "minutes": 10,
        "is_listed": True,
    }
    return TransferService.objects.create(provider=owner, **values | given)


def a_quote(service: TransferService, days_ago: int = 0, **given) -> Quote:
    day = timezone.localdate() - timedelta(days=days_ago)
    values = {"rate": Decimal("0.11"), "fee_percent": Decimal("1.5"), "source": "a test", "observed_on": day}
    return Quote.objects.create(service=service, **values | given)
