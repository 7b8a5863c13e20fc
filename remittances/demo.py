"""Prices for the demo: of services that do not exist, made from the demo's day rates, marked so, and relative to the day of seeding."""

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from portal.money.demo import load_demo_rates
from portal.money.rates import NoRate, mid_rates, rounded
from portal.places.corridors import DESTINATIONS, ORIGINS
from remittances.models import FeeBand, Quote, TransferProvider, TransferService
from remittances.quotes import CURRENCY

SOURCE = "Safar demo"
WEEKS, NOBODY_LOOKED = 26, (11, 12, 19)
FEE_UNIT = {"RU": Decimal(1), "KZ": Decimal(6)}  # a rouble, or about as much in tenge


@dataclass(frozen=True, slots=True)
class Row:
    """`paid_out`: "home", "work" (the money that is paid in) or a code. `margin` is per cent under the middle rate, `seen` days ago.

    `bands` are (above, fixed, per cent) of the fee, `least` and `most` limits; sums of Russia, turned into about as much in tenge.
    """

    provider: str
    ways: tuple[str, str]
    minutes: int
    margin: str
    seen: int
    fixed: int = 0
    percent: str = "0"
    added: bool = True
    paid_out: str = "home"
    only_from: str = ""
    bands: tuple[tuple[int, int, str], ...] = ()
    least: int | None = None
    most: int | None = None
    identity: str = TransferService.Identity.PASSPORT
    places: str = ""
    is_promotion: bool = False


# Seen on days between which the demo's rates hardly move, so that dearer and cheaper show as such. The last one's price is old.
ROWS = [
    Row("Laylakpul", ("card", "card"), 5, "0.6", seen=0, identity=TransferService.Identity.ACCOUNT),
    Row("Laylakpul", ("card", "card"), 5, "0.1", seen=2, is_promotion=True),
    Row("Oluchapay", ("wallet", "wallet"), 2, "0.9", seen=3, fixed=49, bands=((20_000, 99, "0"), (50_000, 0, "0.3"))),
    Row("Bodomlink", ("account", "account"), 1440, "0.3", seen=1, fixed=150, added=False, identity=TransferService.Identity.STAY),
    Row("Yalpizpost", ("cash", "cash"), 10, "0.4", seen=0, percent="1", least=500, most=300_000, places="Yalpiz, Rayhon"),
    Row("Qumrikassa", ("cash", "cash"), 30, "0.5", seen=0, percent="1.2", added=False, paid_out="USD"),
    Row("Bodomlink", ("account", "cash"), 60, "0", seen=4, percent="1.9", paid_out="work", only_from="RU"),
    Row("Zirklink", ("card", "card"), 1, "2.5", seen=1, most=75_000),
    Row("Yalpizpost", ("cash", "account"), 2880, "1.4", seen=9, percent="2.1", added=False),
]


def load_demo_money(today: date) -> None:
    """All of the money tab. Needs the demo's day rates of the last days; twice is once."""
    load_demo_quotes(today)
    load_demo_history(today)


def load_demo_quotes(today: date) -> int:
    """At least seven services for each way home, a price each, up to nine days old; what stands is left alone. Needs the demo's day rates.

    Returns how many prices were new.
    """
    rates = mid_rates(today - timedelta(days=max(row.seen for row in ROWS)), today)
    names = dict.fromkeys(row.provider for row in ROWS)
    providers = {name: TransferProvider.objects.get_or_create(slug=name.lower(), defaults={"name": name})[0] for name in names}
    quotes, bands = [], []
    for pair, (work, home) in enumerate((work, home) for work in DESTINATIONS for home in ORIGINS):
        for row in ROWS:
            if row.only_from not in ("", work):
                continue
            paid_out = {"home": CURRENCY[home], "work": CURRENCY[work]}.get(row.paid_out, row.paid_out)
            service, _created = TransferService.objects.get_or_create(
                provider=providers[row.provider],
                sends_from_id=work,
                sends_to_id=home,
                pay_in=row.ways[0],
                pay_out=row.ways[1],
                payout_currency=paid_out,
                defaults={
                    "minutes": row.minutes,
                    "least": row.least and row.least * FEE_UNIT[work],
                    "most": row.most and row.most * FEE_UNIT[work],
                    "identity": row.identity,
                    "payout_places": row.places,
                    "licence": "Demo 0001",
                    "is_listed": True,
                },
            )
            seen = today - timedelta(days=row.seen)
            mid = rates.of(CURRENCY[work], paid_out, seen)
            if mid is None:
                raise NoRate(f"No rate of {CURRENCY[work]} and {paid_out} on {seen}: load the demo's day rates first.")
            margin = Decimal(row.margin) * (100 + 4 * pair) / 100  # each way home a little dearer than the one before
            quotes.append(
                Quote(
                    service=service,
                    fee_fixed=row.fixed * FEE_UNIT[work],
                    fee_percent=Decimal(row.percent),
                    fee_added=row.added,
                    rate=rounded(mid.value * (100 - margin) / 100),
                    observed_on=seen,
                    source=SOURCE,
                    is_promotion=row.is_promotion,
                    is_demo=True,
                )
            )
            bands += [
                (service.pk, seen, above * FEE_UNIT[work], fixed * FEE_UNIT[work], Decimal(percent)) for above, fixed, percent in row.bands
            ]
    before = Quote.objects.count()
    Quote.objects.bulk_create(quotes, ignore_conflicts=True)
    made = {(quote.service_id, quote.observed_on): quote for quote in Quote.objects.filter(is_demo=True, is_promotion=False)}
    FeeBand.objects.bulk_create(
        (
            FeeBand(quote=made[service, seen], above=above, fee_fixed=fixed, fee_percent=percent)
            for service, seen, above, fixed, percent in bands
        ),
        ignore_conflicts=True,
    )
    return Quote.objects.count() - before


def load_demo_history(today: date) -> int:
    """A price a week of half a year, a little dearer the longer ago, with weeks in which nobody looked. Returns how many were new."""
    monday = today - timedelta(days=today.weekday())
    load_demo_rates(today, days=7 * WEEKS + 14)
    rates = mid_rates(monday - timedelta(weeks=WEEKS), today)
    newest = Quote.objects.filter(is_demo=True, is_promotion=False, observed_on__gt=today - timedelta(days=10))
    quotes = []
    for place, quote in enumerate(newest.select_related("service").order_by("service_id", "-observed_on").distinct("service_id")):
        service = quote.service
        for back in range(1, WEEKS):
            seen = monday - timedelta(weeks=back) + timedelta(days=place % 5)
            then, now = (rates.of(CURRENCY[service.sends_from_id], service.payout_currency, day) for day in (seen, quote.observed_on))
            if back in NOBODY_LOOKED or seen >= quote.observed_on or then is None or now is None:
                continue
            dearer = Decimal(back * 3 + (back + place) % 4 * 8) / 100
            rate = then.value * (quote.rate / now.value - dearer / 100) if service.payout_currency != CURRENCY[service.sends_from_id] else 1
            quotes.append(
                Quote(
                    service=service,
                    fee_fixed=quote.fee_fixed,
                    fee_percent=quote.fee_percent,
                    fee_added=quote.fee_added,
                    rate=rounded(Decimal(rate)),
                    observed_on=seen,
                    source=SOURCE,
                    is_demo=True,
                )
            )
    before = Quote.objects.count()
    Quote.objects.bulk_create(quotes, ignore_conflicts=True)
    return Quote.objects.count() - before
