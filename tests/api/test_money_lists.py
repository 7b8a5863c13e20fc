"""Services, what each has asked over time, middle rates, and files of them: listed services only, and nobody's name."""

import csv
from datetime import timedelta
from decimal import Decimal
from io import StringIO

import pytest
from django.test import Client
from django.utils import timezone

from portal.money.models import DayRate
from portal.organisations.models import SanctionEntry
from remittances.models import FeeBand, ProviderHit, Quote, TransferService
from tests.api.conftest import a_quote, a_service, some_rates
from tests.api.lists import FILES, ROOT, get, refused, rows

pytestmark = pytest.mark.django_db


def file(path: str, **headers: str) -> list[dict[str, str]]:
    response = Client().get(ROOT + path, headers=headers)
    assert response.status_code == 200 and response.headers["Content-Type"] == "text/csv; charset=utf-8", response.content[:300]
    text = response.content.decode()
    assert text.startswith("\ufeff") and response.headers["Content-Disposition"].endswith(f'safar-{path.partition(".")[0]}-CC-BY-4.0.csv"')
    return list(csv.DictReader(StringIO(text[1:])))


def test_a_service_and_its_prices_over_time():
    service = a_service(licence="0000-K", most=Decimal(100000), licence_source="https://example.org/register", identity="stay")
    a_quote(service, days_ago=400, rate=Decimal("0.10"))
    a_quote(service, rate=Decimal("0.13"), is_promotion=True, link="https://example.org/price")
    newest = a_quote(service, note="Gulnora saw it on Aigul's phone.")
    FeeBand.objects.create(quote=newest, above=Decimal(50000), fee_percent=Decimal("0.5"))
    a_quote(service, days_ago=1, state=Quote.State.HELD, held_because="far from the others")
    a_quote(service, days_ago=-1)
    [row] = rows("services/?from=RU&to=TJ&pay_in=card")
    assert row == get(f"services/{service.uid}/") and rows("services/?pay_out=wallet") == rows("services/?to=UZ") == []
    assert (row["currency"], row["most"], row["least"], row["identity"], row["licence"]) == ("RUB", "100000.00", None, "stay", "0000-K")
    seen = get(row["quotes"].partition(ROOT)[2])["results"]
    assert [(price["rate"], price["is_promotion"]) for price in seen] == [
        ("0.11000000", False),
        ("0.13000000", True),
        ("0.10000000", False),
    ]
    assert seen[0]["fees"] == [{"above": "50000.00", "fee_fixed": "0.00", "fee_percent": "0.50"}]
    assert "Gulnora" not in str(seen) + str(rows("quotes/"))
    today = timezone.localdate()
    assert len(rows(f"services/{service.uid}/quotes/?since={today}")) == 2
    assert len(rows(f"services/{service.uid}/quotes/?until={today - timedelta(days=1)}")) == 1


def test_promotions_stand_apart():
    service = a_service()
    a_quote(service, days_ago=2)
    a_quote(service, rate=Decimal("0.13"), is_promotion=True)
    assert [row["rate"] for row in rows("quotes/")] == [row["rate"] for row in rows("quotes/?promotion=no")] == ["0.11000000"]
    assert [row["rate"] for row in rows("quotes/?promotion=yes")] == ["0.13000000"]
    assert get(f"quotes/{service.uid}/")["rate"] == "0.11000000" and "promotion must be" in refused("quotes/?promotion=maybe")


@pytest.mark.parametrize("why", ["operator", "licence", "sanctions"])
def test_what_is_not_listed_any_more_is_gone_from_everything_at_once(why):
    service = a_service()
    a_quote(service)
    places = ["quotes/", f"quotes/{service.uid}/", "services/", f"services/{service.uid}/", f"services/{service.uid}/quotes/"]
    for path in places:
        kept = Client().get(ROOT + path).headers
        assert kept["Cache-Control"] == "public, max-age=60", "nobody is let show an older one"
        assert kept["Link"] == '<https://creativecommons.org/licenses/by/4.0/>; rel="license"'
    assert len(file("quotes.csv")) == len(file("services.csv")) == 1
    if why == "sanctions":
        named = {"kind": "entity", "name": "Alif", "names": ["Alif"], "folded": ["alif"]}
        entry = SanctionEntry.objects.create(list="un", reference="1", generated_on=timezone.localdate(), **named)
        ProviderHit.objects.create(entry=entry, provider=service.provider, name="Alif", found_at=timezone.now())
    else:
        yesterday = timezone.localdate() - timedelta(days=1)
        TransferService.objects.update(**{"is_listed": False} if why == "operator" else {"licence_valid_to": yesterday})
    assert rows("quotes/") == rows("services/") == file("quotes.csv") == file("services.csv") == []
    assert all(refused(path, 404) for path in places if str(service.uid) in path)


def test_rates_of_days_that_have_one():
    some_rates(days=2)
    today = timezone.localdate()
    DayRate.objects.create(day=today, currency="TJS", base="RUB", rate=Decimal("0.12"), source="National Bank of Tajikistan")
    DayRate.objects.create(day=today - timedelta(days=3), currency="RUB", rate=Decimal(80), source="a test")  # half of a pair
    found = rows("rates/?base=RUB&currency=TJS")
    assert [(row["day"], row["rate"], row["sources"]) for row in found] == [
        (today.isoformat(), "0.1200000000", ["National Bank of Tajikistan"]),
        ((today - timedelta(days=1)).isoformat(), "0.1250000000", ["a test"]),
    ]
    assert {(row["base"], row["currency"]) for row in rows("rates/?page_size=100")} >= {("KZT", "UZS"), ("USD", "RUB")}
    assert rows(f"rates/?until={today - timedelta(days=40)}") == [] and len(rows(f"rates/?base=KZT&currency=UZS&since={today}")) == 1
    long_ago = today - timedelta(days=367)
    DayRate.objects.create(day=long_ago, currency="TJS", base="RUB", rate=Decimal("0.2"), source="a test")
    assert len(rows("rates/?base=RUB&currency=TJS&since=2001-01-01")) == 2, "a year at a time"
    assert len(rows(f"rates/?base=RUB&currency=TJS&since=2001-01-01&until={long_ago}")) == 1
    assert rows(f"rates/?since={today}&until={long_ago}") == []
    assert file("rates.csv?base=RUB&currency=TJS")[0] == {
        "day": today.isoformat(),
        "base": "RUB",
        "currency": "TJS",
        "rate": "0.1200000000",
        "sources": "National Bank of Tajikistan",
    }


BAD_DAYS = ["2026-02-31", "20261105", "0001-01-01", "٢٠٢٦-١١-٠١", "2026-W01-1", "2999-01-01", ""]


@pytest.mark.parametrize(
    "query",
    [
        *(f"since={day}" for day in BAD_DAYS),
        "base=TJS",
        "currency=EUR",
    ],
)
def test_days_and_pairs_that_cannot_be(query):
    for path in ("rates/", "rates.csv"):
        assert " must be " in refused(f"{path}?{query}")


def test_files_take_the_lists_parameters_and_no_page():
    some_rates()
    a_quote(a_service("=cmd|' /C calc'!A0", payout_places="-2+3", licence="@SUM(1)", licence_source="https://example.org/"), fee_percent=0)
    a_quote(a_service("Zar", sends_from_id="KZ"), rate=Decimal("0.021"))
    [quote] = file("quotes.csv?from=RU&amount=15000.50")
    assert quote["provider_name"] == "'=cmd|' /C calc'!A0" and quote["licence"] == "'@SUM(1)" and quote["cost_amount"] == "15000.50"
    assert Decimal(file("quotes.csv?from=KZ")[0]["cost_margin_percent"]) < 0, "a number keeps its sign"
    assert file("services.csv?from=RU")[0]["payout_places"] == "'-2+3"
    assert [row["provider_name"] for row in file("services.csv")] == ["Zar", "'=cmd|' /C calc'!A0"]
    for name in FILES:
        assert "There is no such parameter" in refused(f"{name}?page=1") and "lang" in refused(f"{name}?lang=xx")
        first = Client().get(ROOT + name)
        assert first.headers["Link"].endswith('rel="license"') and first.headers["Access-Control-Allow-Origin"] == "*"
        again = Client().get(ROOT + name, headers={"If-None-Match": first.headers["ETag"]})
        assert again.status_code == 304 and again.content == b""


def test_queries_of_a_file_and_of_a_history(django_assert_num_queries):
    service = a_service()
    for number in range(20):
        a_quote(service, days_ago=number)
        a_quote(a_service(f"Service{number}"))
    some_rates(30)
    for path, queries in {"quotes.csv": 2, "services.csv": 1, "rates.csv": 1, f"services/{service.uid}/quotes/": 3}.items():
        with django_assert_num_queries(queries):
            assert Client().get(ROOT + path).status_code == 200
