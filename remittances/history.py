"""How the cost of a way home has changed: week by week, reckoned in the database, of the services that are listed today."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from django.db import connection
from django.db.models import Q

from portal.money.amounts import CENT, Currency
from portal.money.models import DayRate
from portal.money.rates import MidRates
from remittances.models import TransferService
from remittances.quotes import CURRENCY, RPW_AMOUNTS

REACH = timedelta(weeks=156)
WEEK = timedelta(weeks=1)

# Of each service and week the last usual price; its total cost as remittances/compare.py reckons it, with the middle rates that are handed in.
COSTS = """
WITH seen AS MATERIALIZED (
    SELECT service.id AS service, week, payout_currency, least, most, last.*
    FROM remittances_transferservice service
    CROSS JOIN (SELECT generate_series(%(first)s::date, %(last)s::date, interval '7 days')::date AS week) weeks
    CROSS JOIN LATERAL (
        SELECT id AS quote, observed_on, fee_fixed, fee_percent, rate FROM remittances_quote
        WHERE service_id = service.id AND state = 'accepted' AND NOT is_promotion AND observed_on BETWEEN week AND week + 6
        ORDER BY observed_on DESC LIMIT 1
    ) last
    WHERE service.id = ANY(%(services)s)
),
mids AS (
    SELECT * FROM unnest(%(days)s::date[], %(currencies)s::text[], %(mids)s::numeric[], %(sums)s::numeric[]) m (day, currency, mid, sending)
),
costs AS (
    SELECT week, service,
        100 * (coalesce(band.fee_fixed, seen.fee_fixed) + ceil(sending * coalesce(band.fee_percent, seen.fee_percent)) / 100) / sending
        + 100 * (mid - rate) / mid AS cost
    FROM seen JOIN mids ON day = observed_on AND currency = payout_currency
    LEFT JOIN LATERAL (
        SELECT fee_fixed, fee_percent FROM remittances_feeband WHERE quote_id = quote AND above < sending ORDER BY above DESC LIMIT 1
    ) band ON true
    WHERE sending >= coalesce(least, 0) AND (most IS NULL OR sending <= most)
)
SELECT week, min(cost), avg(cost), count(*), min(cost) FILTER (WHERE service = %(one)s) FROM costs GROUP BY week ORDER BY week
"""


@dataclass(frozen=True, slots=True)
class Week:
    """Total costs of 200 US dollars in per cent. `one` is that of the service that is looked at; None where it had no price."""

    begins: date
    best: Decimal
    average: Decimal
    services: int
    one: Decimal | None


def history_of(services: Sequence[TransferService], one: TransferService | None, today: date) -> list[Week]:
    """Two queries. `services` are those of one way home; weeks without a price that can be reckoned with are left out."""
    if not services:
        return []
    work, home = services[0].sends_from_id, services[0].sends_to_id
    first = today - REACH - timedelta(days=today.weekday())
    values = _mids(CURRENCY[work], {CURRENCY[home], *(service.payout_currency for service in services)}, first, today) | {
        "first": first,
        "last": today,
        "services": [service.pk for service in services],
        "one": one.pk if one else None,
    }
    with connection.cursor() as cursor:
        cursor.execute(COSTS, values)
        return [Week(*row) for row in cursor.fetchall()]


def _mids(paid_in: str, paid_out: set[str], first: date, last: date) -> dict[str, list[object]]:
    """One query. Of each day and currency its middle rate and the sending amount, as columns."""
    known = {paid_in, Currency.USD, *paid_out}
    pairs = Q(day__range=(first - MidRates.REACH, last), currency__in=known, base__in=known)
    rates = MidRates(DayRate.objects.filter(pairs).only("day", "currency", "base", "rate", "source"))
    rows = []
    for day in (first + timedelta(days=days) for days in range((last - first).days + 1)):
        dollar = rates.of(Currency.USD, paid_in, day)
        sending = (RPW_AMOUNTS[0] * dollar.value).quantize(CENT) if dollar else None
        if not sending:  # a mistyped rate can make nothing of 200 dollars
            continue
        rows += [(day, currency, mid.value, sending) for currency in paid_out if (mid := rates.of(paid_in, currency, day))]
    return {name: [row[place] for row in rows] for place, name in enumerate(("days", "currencies", "mids", "sums"))}
