"""What everybody reads: the list with its filters, and a vacancy's page, without an account."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.test import Client
from django.utils import timezone

from matching.demo.seed import Sizes
from matching.demo.vacancies import load_made_up_vacancies, load_written_vacancies
from matching.models import Vacancy
from portal.money.amounts import Currency
from portal.money.demo import load_demo_rates
from portal.money.models import DayRate
from portal.organisations.vet import unvet
from tests.portal.test_budgets import LANGUAGES, fetched, size_of, zipped

pytestmark = pytest.mark.django_db
KB = 1024


@pytest.fixture
def market(cast) -> Vacancy:
    """Thirty of the demo's vacancies, and day rates. The newest one that everybody sees."""
    load_demo_rates(timezone.now().date())
    load_written_vacancies(timezone.now())
    load_made_up_vacancies(Sizes(300), timezone.now())
    return open_now().first()


def open_now():
    return Vacancy.objects.open_on(timezone.now().date())


@pytest.mark.parametrize("language", LANGUAGES)
def test_list_and_page_keep_the_budget_and_ask_little(client, market, django_assert_num_queries, django_assert_max_num_queries, language):
    with django_assert_num_queries(5):  # one of them finds that matching is a trial; three once everything is signed
        answer = client.get(f"/{language}/jobs/")
    with django_assert_num_queries(6):
        client.get(f"/{language}/jobs/?q=казань&wage=50000&currency=RUB&ru=2&gives=housing&order=wage")
    with django_assert_max_num_queries(9):
        page = client.get(f"/{language}/jobs/{market.uid}/?citizenship=TJ&skills=1")
    for response in (answer, page):
        parts = fetched(response.content.decode())
        total = zipped(response.content) + sum(size_of(url) for urls in parts.values() for url in urls)
        assert response.status_code == 200 and zipped(response.content) <= 14 * KB and total <= 60 * KB
        assert 1 + sum(map(len, parts.values())) <= 8


@pytest.mark.parametrize("path", ["", "?place=RU", "{uid}/"])
def test_the_same_for_all_without_a_cookie_or_token(market, path):
    url = f"/tg/jobs/{path.format(uid=market.uid)}"
    first, second = (Client().get(url) for _ in range(2))
    assert first.content == second.content and first.headers["Cache-Control"].startswith("public")
    assert not first.cookies and b"csrfmiddlewaretoken" not in first.content and b"submission_key" not in first.content


def test_a_card_and_a_page_tell_what_matters(client, published):
    load_demo_rates(timezone.now().date())
    for url in ("/en/jobs/", f"/en/jobs/{published.uid}/"):
        html = client.get(url).content.decode()
        for text in (
            "Bricklayer",
            "StroyKazan",
            "Republic of Tatarstan",
            "75,000\N{NO-BREAK SPACE}₽",
            "in hand, after tax",
            "housing",
            "Russian",
        ):
            assert text in html, (url, text)
    assert "A worker pays nothing" in html and "Kazan, Baumana 10" in html and "nobody can start without it" in html


def test_the_wage_in_the_money_of_home(client, published):
    today = timezone.now().date()
    for currency, per_usd in {"RUB": 80, "TJS": 10, "UZS": Decimal("12345.6")}.items():
        DayRate.objects.create(day=today - timedelta(days=3), currency=currency, rate=per_usd, source="test")
    assert "≈\N{NO-BREAK SPACE}9\N{NO-BREAK SPACE}380\N{NO-BREAK SPACE}сомонӣ" in client.get("/tg/jobs/").content.decode()
    assert "≈\N{NO-BREAK SPACE}11\N{NO-BREAK SPACE}600\N{NO-BREAK SPACE}000" in client.get(f"/uz/jobs/{published.uid}/").content.decode()
    assert "≈" not in client.get("/ky/jobs/").content.decode()  # no rate of the som
    assert "≈" not in client.get("/en/jobs/").content.decode()  # nobody knows where this reader's home is
    client.cookies["safar_corridor"] = "TJ-RU"
    assert "≈\N{NO-BREAK SPACE}9,380\N{NO-BREAK SPACE}TJS" in client.get("/en/jobs/").content.decode()
    Vacancy.objects.update(wage_currency=Currency.KZT)  # no rate of the wage's own currency
    assert "≈" not in client.get("/tg/jobs/").content.decode()
    Vacancy.objects.update(wage_currency=Currency.USD, wage_amount=1000)
    assert "≈\N{NO-BREAK SPACE}10,000\N{NO-BREAK SPACE}TJS" in client.get("/en/jobs/").content.decode()


def test_filters(client, market):
    def found(query: str) -> int:
        return client.get(f"/en/jobs/?{query}").context["total"]

    everything = found("")
    assert everything == open_now().count() == found("place=RU") + found("place=KZ") > 20
    region, slug = market.region_id, market.occupation.slug
    assert 0 < found(f"place={region}") == open_now().filter(region=region).count() < everything
    assert 0 < found(f"occupation={slug}") == open_now().filter(occupation__slug=slug).count() < everything
    assert found(f"place={region}&occupation={slug}") >= 1
    assert found("place=ru") == found("place=%00&occupation=%00") == found("occupation=" + "x" * 5000) == everything
    assert found("place=ZZ") == found("occupation=astronaut") == 0
    empty = client.get("/en/jobs/?occupation=astronaut").content.decode()
    assert "Nothing fits this search" in empty and "Check an offer in five steps" in empty


def test_pages(client, market):
    seen = [uid for number in (1, 2, 3) for uid in [row.vacancy.uid for row in client.get(f"/en/jobs/?page={number}").context["rows"]]]
    assert len(seen) == len(set(seen)) == open_now().count() > 24
    html = client.get("/en/jobs/?page=2&place=RU").content.decode()
    assert "page=1" in html and "place=RU" in html
    for nonsense in ("0", "-1", "x", "99999999999999", "4", "²"):
        answer = client.get(f"/en/jobs/?page={nonsense}")
        assert answer.status_code == 200 and answer.context["page"].number == 1 and len(answer.context["rows"]) == 12


def test_no_vacancy_gives_the_five_steps(client):
    html = client.get("/en/jobs/").content.decode()
    assert "No checked vacancies yet" in html and "Pay nobody for a place." in html and "<form" not in html


@pytest.mark.parametrize(
    "change",
    [{"status": "draft"}, {"status": "closed"}, {"seats_taken": 6}, {"starts_on": "2026-01-01"}],
    ids=["draft", "closed", "full", "started long ago"],
)
def test_what_is_not_open_is_not_there(client, published, change):
    Vacancy.objects.update(**change)
    assert client.get(f"/en/jobs/{published.uid}/").status_code == 404
    assert client.get("/en/jobs/").context["total"] == 0


def test_an_unvetted_employers_vacancy_is_not_there(client, cast, published):
    unvet(published.employer, by=cast["timur"], now=timezone.now())
    assert client.get(f"/en/jobs/{published.uid}/").status_code == 404
    assert client.get("/en/jobs/").context["total"] == 0


@pytest.mark.parametrize("path", ["00000000-0000-0000-0000-000000000000/", "nonsense/"])
def test_no_such_vacancy(client, path):
    assert client.get(f"/en/jobs/{path}").status_code == 404


def test_a_member_finds_the_way_to_the_own_vacancies(signed_in, published):
    assert "/en/jobs/own/" in signed_in("ildar").get("/en/jobs/").content.decode()
    assert "/en/jobs/own/" not in signed_in("farrukh").get("/en/jobs/").content.decode()


def test_a_title_is_shown_as_text(client, published):
    Vacancy.objects.update(title="<script>alert(1)</script>", address="<b>x</b>")
    html = client.get(f"/en/jobs/{published.uid}/").content.decode()
    assert "<script>alert" not in html and "&lt;script&gt;" in html and "<b>x</b>" not in html
