"""What it costs to leave, and how long one works for it.

The ratio is the one of SDG indicator 10.7.1 (https://worldbank.github.io/sdg-metadata/metadata/en/10-7-1): the cost that the worker bears
over the monthly income in the first job. What the law asks of a worker counts too, but is shown apart from what an agency asks.
"""

from dataclasses import dataclass
from decimal import Decimal

from remittances.tools.rounding import ONE, TENTH, half_up, up


@dataclass(frozen=True, slots=True)
class Leaving:
    """Sums are in one currency. `lived_months`: None when nothing is left of the wage to pay back with."""

    state: Decimal
    way: Decimal
    others: Decimal
    cost: Decimal
    months: Decimal
    weeks: Decimal
    lived_months: Decimal | None


def leaving(
    *,
    papers: Decimal,
    permit: Decimal,
    travel: Decimal,
    lodging: Decimal,
    agency: Decimal,
    informal: Decimal,
    interest: Decimal,
    wage: Decimal,
    living: Decimal,
) -> Leaving:
    """months = cost / wage; weeks = cost / (wage * 12 / 52), begun weeks counted whole; lived months = cost / (wage - living)."""
    state, way, others = papers + permit, travel + lodging, agency + informal + interest
    cost = state + way + others
    return Leaving(
        state=state,
        way=way,
        others=others,
        cost=cost,
        months=half_up(cost / wage, TENTH),
        weeks=up(cost * 52 / (wage * 12), ONE),
        lived_months=up(cost / (wage - living), TENTH) if wage > living else None,
    )
