"""Quotes: listed services only, of each the newest price, worked out as the comparison does."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.utils import timezone

from portal.money.models import DayRate
from remittances.api import COST, QUOTE
from remittances.models import TransferService
from remittances.quotes import Direction, compare_quotes
from tests.api.conftest import a_quote, a_service, some_rates
from tests.api.lists import get, refused, rows

pytestmark = pytest.mark.django_db


@pytest.fixture
def rates(db) -> None:
    some_rates()


def test_a_quote_worked_out(rates):
    service = a_service()
    a_quote(service, fee_percent=0, fee_fixed=Decimal(150), fee_added=False, rate=Decimal("0.12"))
    quote = get(f"quotes/{service.uid}/?amount=15000")
    assert quote == rows("quotes/?amount=15000.00&from=RU&to=TJ")[0]
    assert (quote["from"], quote["to"], quote["currency"], quote["payout_currency"]) == ("RU", "TJ", "RUB", "TJS")
    assert quote["rate"] == "0.12000000" and quote["provider"] == {"slug": "alif", "name": "Alif"} and quote["is_old"] is False
    # The World Bank's method by hand: the fee is 1 %, the rate loses (0.125 - 0.12) / 0.125 = 4 %, so a transfer costs 5 %.
    assert quote["cost"] == {
        "amount": "15000.00",
        "standing": "compared",
        "fee": "150.00",
        "received": "1782.00",
        "at_home": "1782.00",
        "mid_rate": "0.12500000",
        "mid_rate_day": timezone.localdate().isoformat(),
        "fee_percent": "1.00",
        "margin_percent": "4.00",
        "total_cost_percent": "5.00",
        "lost_of_1000": "49.60",
        "total_cost_percent_200_usd": "4.94",  # 150 of 16 000 roubles, and 4 % in the rate
        "total_cost_percent_500_usd": "4.38",
        "received_200_usd": "1902.00",  # 15 850 roubles at 0.12
        "received_500_usd": "4782.00",
    }


def test_the_example_of_the_schema_is_worked_out_so(rates):
    DayRate.objects.filter(currency="RUB").update(rate=Decimal(1))
    DayRate.objects.filter(currency="TJS").update(rate=Decimal("0.114110"))
    given = {name: Decimal(QUOTE[name]) for name in ("rate", "fee_fixed", "fee_percent")}
    a_quote(a_service(), fee_added=QUOTE["fee_added"], **given)
    assert rows("quotes/?amount=" + COST["amount"])[0]["cost"] == COST | {"mid_rate_day": timezone.localdate().isoformat()}


def test_as_the_page_compares(rates):
    for number in range(5):
        a_quote(a_service(f"Service{number}"), days_ago=number * 3, rate=Decimal("0.12") - number * Decimal("0.001"))
    today = timezone.localdate()
    page = {str(offer.quote.service.uid): offer for offer in compare_quotes("RU", "TJ", Decimal("12345.67"), Direction.PAY, today).offers}
    found = rows("quotes/?from=RU&to=TJ&amount=12345.67")
    assert len(found) == len(page) == 5
    for quote in found:
        offer = page[quote["service"]]
        assert quote["cost"]["standing"] == offer.standing and Decimal(quote["cost"]["received"]) == offer.transfer.received
        assert quote["is_old"] == offer.is_old and Decimal(quote["cost"]["fee"]) == offer.transfer.fee


def test_the_newest_price_of_listed_services_only(rates):
    service, hidden, gone = a_service(), a_service("Hidden", is_listed=False), a_service("Gone")
    a_quote(service, days_ago=3)
    a_quote(service, days_ago=1, rate=Decimal("0.115"))
    a_quote(service, days_ago=-1, rate=Decimal("0.9"))  # of tomorrow
    a_quote(hidden)
    a_quote(gone, days_ago=31)
    assert [(row["service"], row["rate"]) for row in rows("quotes/")] == [(str(service.uid), "0.11500000")]
    assert refused(f"quotes/{hidden.uid}/", 404) and refused(f"quotes/{gone.uid}/", 404)
    TransferService.objects.update(is_listed=False)
    assert rows("quotes/") == [] and refused(f"quotes/{service.uid}/", 404)


def test_without_a_day_rate_what_arrives_is_known_and_what_is_lost_is_not():
    a_quote(a_service())
    cost = rows("quotes/")[0]["cost"]
    assert cost["amount"] == "15000.00" and cost["standing"] == "no-mid-rate" and cost["received"] and cost["fee_percent"]
    assert [cost[name] for name in ("mid_rate", "mid_rate_day", "margin_percent", "total_cost_percent", "lost_of_1000")] == [None] * 5


def test_a_sum_that_the_fee_eats(rates):
    a_quote(a_service(), fee_percent=0, fee_fixed=Decimal(200))
    cost = rows("quotes/?amount=150")[0]["cost"]
    assert cost["standing"] == "too-little" and cost["received"] is cost["fee"] is cost["at_home"] is cost["lost_of_1000"] is None


def test_paid_out_in_another_money(rates):
    a_quote(a_service(payout_currency="USD"), rate=Decimal("0.0124"), fee_percent=0)
    cost = rows("quotes/?amount=15000")[0]["cost"]
    assert (cost["received"], cost["at_home"]) == ("186.00", "1860.00")


def test_sorted_by_pair_and_provider_and_narrowed(rates):
    for provider, sends_from, sends_to, paid_out in (("Zeta", "RU", "TJ", "TJS"), ("Alif", "RU", "TJ", "TJS"), ("Alif", "KZ", "UZ", "UZS")):
        a_quote(a_service(provider, sends_from_id=sends_from, sends_to_id=sends_to, payout_currency=paid_out))
    assert [(row["from"], row["to"], row["provider"]["name"]) for row in rows("quotes/")] == [
        ("KZ", "UZ", "Alif"),
        ("RU", "TJ", "Alif"),
        ("RU", "TJ", "Zeta"),
    ]
    assert len(rows("quotes/?from=RU")) == 2 and len(rows("quotes/?to=UZ")) == 1 and rows("quotes/?from=KZ&to=KG") == []
    assert rows("quotes/?to=UZ")[0]["cost"]["amount"] == "100000.00", "a usual sum in tenge"


@pytest.mark.parametrize(
    "amount",
    [
        "0",
        "-5",
        "1e15",
        "1e3",
        "15 000,50",
        "15.000",
        "15000,50",
        "١٥٠٠٠",
        "100000000",
        "0.5",
        "NaN",
        "Infinity",
        "1.",
        "+1",
        "9" * 400,
        "15000%0A",
    ],
)
def test_a_sum_that_cannot_be_one(amount):
    a_quote(a_service())
    assert refused(f"quotes/?amount={amount.replace('+', '%2B')}") == "amount must be a sum like 15000 or 15000.50, from 1 to 99999999.99."


@pytest.mark.parametrize("query", ["from=TJ", "to=RU", "from=ru", "from=RU&from=KZ", "to="])
def test_a_country_that_nobody_sends_from_or_to(query):
    assert " must be " in refused(f"quotes/?{query}")


def test_the_largest_sum_at_a_huge_rate(rates):
    a_quote(a_service(sends_from_id="KZ", sends_to_id="UZ", payout_currency="UZS"), rate=Decimal("999999.99999999"), fee_percent=0)
    assert rows("quotes/?amount=99999999.99")[0]["cost"]["received"] == "99999999989999.00"


def test_an_old_price_says_so(rates):
    DayRate.objects.update(day=timezone.localdate() - timedelta(days=8))
    a_quote(a_service(), days_ago=8)
    assert rows("quotes/")[0]["is_old"] is True and rows("quotes/")[0]["cost"]["standing"] == "old"
