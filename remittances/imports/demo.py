"""A quarter for the demo in the shape of Remittance Prices Worldwide: made up, of services that do not exist, and marked."""

from datetime import date
from decimal import Decimal

from portal.places.corridors import DESTINATIONS, ORIGINS
from remittances.models import RpwPrice

FIRMS = {"Laylakpul": "0.9", "Oluchapay": "1.6", "Bodomlink": "2.2", "Yalpizpost": "2.9", "Zirklink": "3.4"}  # total cost in per cent


def load_demo_rpw(today: date) -> None:
    """Of the quarter before `today`; what stands is left alone."""
    year, quarter = (today.year, (today.month - 1) // 3) if today.month > 3 else (today.year - 1, 4)
    RpwPrice.objects.bulk_create(
        (
            RpwPrice(
                period=f"{year}_{quarter}Q",
                key=f"demo {work}{home} {firm}",
                sends_from_id=work,
                sends_to_id=home,
                firm=firm,
                margin_200=Decimal(cost),
                cost_200=Decimal(cost),
                is_transparent=True,
                is_demo=True,
            )
            for work in DESTINATIONS
            for home in ORIGINS
            for firm, cost in FIRMS.items()
        ),
        ignore_conflicts=True,
    )
