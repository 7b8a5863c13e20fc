"""The comparison and the history among a million prices: how many queries each page asks, and its time beside that among ten thousand.

Two hundred services send from Russia to Tajikistan, the others elsewhere; each has a price of every day of three years.
"""

from collections.abc import Mapping
from datetime import date, timedelta
from decimal import Decimal
from statistics import median

from django.core.management import call_command
from django.db import connection, models
from django.test import Client
from django.utils import timezone

from bench.fill import own_database
from bench.harness import Line, Sizes, ratio_line
from bench.journey import queries_of, seconds_of
from portal.money.demo import load_demo_rates
from remittances.models import Quote, TransferProvider, TransferService

PAGES = {"comparison": "/ru/money/?from=RU&to=TJ", "history": "/ru/money/history/?from=RU&to=TJ"}
MOST_QUERIES = 5
FEW = 10_000
ELSEWHERE = ["('RU', 'KG')", "('RU', 'UZ')", "('KZ', 'TJ')", "('KZ', 'KG')", "('KZ', 'UZ')"]


def measure(sizes: Sizes) -> list[Line]:
    here, elsewhere, days = sizes.quotes
    few = min(days, -(-FEW // (here + elsewhere)))
    call_command("collectstatic", interactive=False, verbosity=0)
    with own_database():
        today = timezone.localdate()
        load_demo_rates(today, days)
        first = write_services(here, elsewhere, today)
        write_quotes(first, today, 1, few)
        before, small = taken(sizes.looks), Quote.objects.count()
        write_quotes(first, today, few, days)
        after, large = taken(sizes.looks), Quote.objects.count()
        return [line for page in PAGES for line in of_page(page, before[page], after[page], f"{small:,} to {large:,} prices", here)]


def of_page(page: str, before: float, after: float, growth: str, here: int) -> list[Line]:
    queries = queries_of(Client(headers={"host": "localhost"}), PAGES[page])
    assert queries <= MOST_QUERIES, (page, queries)
    told = f"{queries} queries, {after * 1000:.0f} ms"
    work = f"{page} of {here} services"
    return [
        Line(work, told, f"≤ {MOST_QUERIES} queries", True),
        ratio_line(f"{work}: from {growth}", after / before, f"{before * 1000:.0f} → {after * 1000:.0f} ms"),
    ]


def taken(looks: int) -> dict[str, float]:
    """Seconds of each page, of a visitor."""
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    client = Client(headers={"host": "localhost"})
    for page in PAGES.values():
        assert client.get(page).status_code == 200
    return {name: median(seconds_of(client, page) for _ in range(looks)) for name, page in PAGES.items()}


def write_services(here: int, elsewhere: int, today: date) -> Quote:
    """A price of today of the first one, which all others are copied from."""
    provider = TransferProvider.objects.create(slug="bench", name="Bench")
    service = TransferService.objects.create(
        provider=provider,
        sends_from_id="RU",
        sends_to_id="TJ",
        pay_in="card",
        pay_out="cash",
        payout_currency="USD",
        minutes=5,
        is_listed=True,
    )
    count = max(here, elsewhere)
    providers = {"slug": "'bench-' || n", "name": "'Bench ' || n"}
    copies(provider, providers, f"generate_series(1, {count}) n")
    ways = [f"('RU', 'TJ', {here - 1})", *(f"({way.strip('()')}, {elsewhere // len(ELSEWHERE)})" for way in ELSEWHERE)]
    way = {"uid": "gen_random_uuid()", "provider_id": "p.id", "sends_from_id": "work", "sends_to_id": "home"}
    named = "(SELECT id, row_number() OVER (ORDER BY id) - 1 AS n FROM remittances_transferprovider) p"
    copies(service, way, f"(VALUES {', '.join(ways)}) w (work, home, most) JOIN {named} ON n BETWEEN 1 AND most")
    return Quote.objects.create(
        service=service, fee_fixed=49, fee_percent=Decimal("0.5"), rate=Decimal("0.0121"), observed_on=today, source="Bench", is_demo=True
    )


def write_quotes(quote: Quote, today: date, since: int, until: int) -> None:
    """Of every service a price of each day so many days back; today's of the first one stands."""
    price = {
        "uid": "gen_random_uuid()",
        "service_id": "s.id",
        "observed_on": f"date '{today - timedelta(days=until)}' + back",
        "rate": "(CASE sends_from_id WHEN 'RU' THEN 0.0123 ELSE 0.0019 END) * (1 - mod(s.id * 7 + back * 3, 300) / 10000.0)",
    }
    copies(quote, price, f"remittances_transferservice s CROSS JOIN generate_series(1, {until - since}) back")


def copies(row: models.Model, changes: Mapping[str, str], source: str) -> None:
    """Rows like `row` but for `changes`: column → SQL over `source`."""
    meta = row._meta
    columns = [field.column for field in meta.concrete_fields if not field.primary_key]
    values = [changes.get(column, f"of.{column}") for column in columns]
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO {meta.db_table} ({', '.join(columns)}) SELECT {', '.join(values)} FROM {meta.db_table} of, {source} WHERE of.id = %s",
            [row.pk],
        )
