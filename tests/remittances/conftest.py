"""Services and their prices, written down as an operator would, on days counted back from today."""

from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.utils import timezone

from portal.money.demo import load_demo_rates
from portal.money.models import DayRate
from remittances.demo import load_demo_quotes
from remittances.models import Quote, TransferProvider, TransferService
from tests.people import cast, now, one_click, signed_in  # noqa: F401

# Of one day, and easy to reckon with: 1 RUB = 0.125 TJS = 1 KGS = 160 UZS = 0.0125 USD.
PER_USD = {"RUB": "80", "KZT": "500", "TJS": "10", "KGS": "80", "UZS": "12800"}


@pytest.fixture
def today() -> date:
    return timezone.localdate()


@pytest.fixture
def rates(db: None, today: date) -> None:
    """Middle rates of today and of forty days before it, all alike."""
    DayRate.objects.all().delete()
    DayRate.objects.bulk_create(
        DayRate(day=today - timedelta(days=back), currency=currency, rate=Decimal(per_usd), source="Test bank")
        for back in range(40)
        for currency, per_usd in PER_USD.items()
    )


@pytest.fixture
def demo_prices(db: None, today: date) -> None:
    DayRate.objects.all().delete()
    load_demo_rates(today)
    load_demo_quotes(today)


@pytest.fixture
def quote(db: None, today: date) -> Callable[..., Quote]:
    """A price of a service of `name`; the same service again if its way is the same."""

    def write(name: str, rate: str, *, pair: str = "RU-TJ", paid_out: str = "", seen: int = 0, listed: bool = True, **other: Any) -> Quote:
        provider, _created = TransferProvider.objects.get_or_create(slug=name.lower(), defaults={"name": name})
        service, _created = TransferService.objects.get_or_create(
            provider=provider,
            sends_from_id=pair[:2],
            sends_to_id=pair[3:],
            pay_in=other.pop("pay_in", "card"),
            pay_out=other.pop("pay_out", "card"),
            payout_currency=paid_out or {"TJ": "TJS", "KG": "KGS", "UZ": "UZS"}[pair[3:]],
            defaults={"minutes": other.pop("minutes", 5), "is_listed": listed},
        )
        values = {name: Decimal(value) if isinstance(value, str) and name.startswith("fee_") else value for name, value in other.items()}
        day = today - timedelta(days=seen)
        return Quote.objects.create(**{"service": service, "rate": Decimal(rate), "observed_on": day, "source": "Seen by a test"} | values)

    return write
