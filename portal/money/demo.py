"""Day rates for the demo: plausible, made up, marked so, and relative to the day of seeding."""

from datetime import date, timedelta
from decimal import Decimal

from portal.money.models import DayRate

PER_USD = {"RUB": Decimal("81.5"), "KZT": Decimal("525"), "TJS": Decimal("9.3"), "KGS": Decimal("87.4"), "UZS": Decimal("12050")}
DAYS = 30


def load_demo_rates(today: date, days: int = DAYS) -> int:
    """So many days of rates up to `today`, swinging by up to one per cent; a day that has a rate keeps it. Returns how many days were new."""
    rates = [
        DayRate(
            day=today - timedelta(days=back),
            currency=currency,
            rate=(base * (1 + Decimal((back * 7 + place * 3) % 21 - 10) / 1000)).quantize(Decimal("0.000001")),
            source="Safar demo",
            is_demo=True,
        )
        for back in range(days)
        for place, (currency, base) in enumerate(PER_USD.items())
    ]
    before = DayRate.objects.count()
    DayRate.objects.bulk_create(rates, ignore_conflicts=True)
    return (DayRate.objects.count() - before) // len(PER_USD)
