"""Prices for the demo: of services that do not exist, made from the demo's day rates, marked so, and relative to the day of seeding."""

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from portal.money.rates import NoRate, mid_rates, rounded
from portal.places.corridors import DESTINATIONS, ORIGINS
from remittances.models import Quote, TransferProvider, TransferService
from remittances.quotes import CURRENCY

SOURCE = "Safar demo"
FEE_UNIT = {"RU": Decimal(1), "KZ": Decimal(6)}  # a rouble, or about as much in tenge


@dataclass(frozen=True, slots=True)
class Row:
    """`paid_out`: "home", "work" (the money that is paid in) or a code. `margin` is per cent under the middle rate, `seen` days ago."""

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


# Seen on days between which the demo's rates hardly move, so that dearer and cheaper show as such. The last one's price is old.
ROWS = [
    Row("Laylakpul", ("card", "card"), 5, "0.6", seen=0),
    Row("Oluchapay", ("wallet", "wallet"), 2, "0.9", seen=3, fixed=49),
    Row("Bodomlink", ("account", "account"), 1440, "0.3", seen=1, fixed=150, added=False),
    Row("Yalpizpost", ("cash", "cash"), 10, "0.4", seen=0, percent="1"),
    Row("Qumrikassa", ("cash", "cash"), 30, "0.5", seen=0, percent="1.2", added=False, paid_out="USD"),
    Row("Bodomlink", ("account", "cash"), 60, "0", seen=4, percent="1.9", paid_out="work", only_from="RU"),
    Row("Zirklink", ("card", "card"), 1, "2.5", seen=1),
    Row("Yalpizpost", ("cash", "account"), 2880, "1.4", seen=9, percent="2.1", added=False),
]


def load_demo_quotes(today: date) -> int:
    """At least seven services for each way home, a price each, up to nine days old; what stands is left alone. Needs the demo's day rates.

    Returns how many prices were new.
    """
    rates = mid_rates(today - timedelta(days=max(row.seen for row in ROWS)), today)
    names = dict.fromkeys(row.provider for row in ROWS)
    providers = {name: TransferProvider.objects.get_or_create(slug=name.lower(), defaults={"name": name})[0] for name in names}
    quotes = []
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
                defaults={"minutes": row.minutes, "is_listed": True},
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
                    is_demo=True,
                )
            )
    before = Quote.objects.count()
    Quote.objects.bulk_create(quotes, ignore_conflicts=True)
    return Quote.objects.count() - before
