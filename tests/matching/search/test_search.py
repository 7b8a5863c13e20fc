"""Looking for vacancies: words in any language and spelling, filters, orders, and what to do where nothing fits."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.db.models import F

from matching.models import Occupation, Vacancy, VacancyLanguage, VacancyText
from matching.publish import publish_vacancy, read_as, submit
from matching.search.in_hand import month_in_dollars
from matching.search.texts import keep_missing_texts, keep_texts
from matching.wages import wages_on
from portal.money.rates import newest_rates
from tests.matching.labour import Market
from tests.matching.vacancies import fill, make_draft

pytestmark = pytest.mark.django_db


@pytest.fixture
def market(cast_rows):
    """A welder in Kazan without Russian, a cook in Almaty with A2, a seamstress in Ivanovo with B1."""
    market = Market()

    def job(slug, days, **values):
        return market.vacancy(occupation=Occupation.objects.get(slug=slug), starts_on=market.today + timedelta(days=days), **values)

    welder = job("welder", 40, conditions=["housing", "travel"], description="Общежитие рядом с цехом")
    cook = job("cook", 100, region_id="KZ-75", wage_amount=300_000, wage_currency="KZT", wage_basis="gross", conditions=["meals"])
    sewing = job("sewing-machinist", 10, region_id="RU-IVA", wage_amount=500, wage_period="hour", title="Швея на вахту")
    VacancyLanguage.objects.create(vacancy=cook, language="ru", minimum=2, target=3)
    VacancyLanguage.objects.create(vacancy=sewing, language="ru", minimum=3, target=4)
    market.jobs = {"welder": welder, "cook": cook, "sewing": sewing}
    keep_missing_texts()
    return market


@pytest.fixture
def found(client, market):
    names = {vacancy.pk: name for name, vacancy in market.jobs.items()}

    def find(query):
        response = client.get(f"/en/jobs/?{query}")
        assert response.status_code == 200
        return [names[shown.vacancy.pk] for shown in response.context["rows"]]

    return find


@pytest.mark.parametrize(
    "typed",
    [
        *("сварщик", "Сварщик", "payvandchi", "пайвандчи", "кафшергар", "Kafshergar", "welder", "ширетүүчү", "ширетуучу"),  # five languages
        *("сварщиком", "кафшегар", "pavandchi", "welдer", "свaрщик", "walder"),  # errors
        *("общежитие", "welder kazan", "сварщик татарстан", "Тотористон", "stroykazan welder"),
    ],
)
def test_words_in_any_language_and_spelling(found, market, typed):
    Vacancy.objects.filter(pk=market.jobs["welder"].pk).update(address="Казань, ул. Строителей, 12")
    Vacancy.objects.exclude(pk=market.jobs["welder"].pk).update(address="ул. Мира")
    keep_texts(Vacancy.objects.all())
    assert found(f"q={typed}") == ["welder"]


@pytest.mark.parametrize("typed", ["астронавт", "инженер", "welder almaty", "zzzzz", "сварщик повар"])
def test_words_that_no_vacancy_has(found, typed):
    assert found(f"q={typed}") == []


@pytest.mark.parametrize("typed", ["!!!", "''", "%00", "%25%25"])
def test_no_word_is_no_search(found, typed):
    assert len(found(f"q={typed}")) == 3


@pytest.mark.parametrize(
    ("query", "names"),
    [
        ("place=RU", {"welder", "sewing"}),
        ("place=KZ-75", {"cook"}),
        ("occupation=cook", {"cook"}),
        ("occupation=sector:food", {"cook"}),
        ("occupation=sector:building", set()),
        ("gives=housing&gives=travel", {"welder"}),
        ("gives=housing&gives=meals", set()),
        ("ru=0", {"welder"}),
        ("ru=2", {"welder", "cook"}),
        ("ru=6&kk=0", {"welder", "cook", "sewing"}),
        ("wage=85000&currency=RUB", {"welder"}),
        ("wage=1100&currency=USD", {"welder"}),
        ("wage=269000&currency=KZT", {"welder", "cook", "sewing"}),  # 300 000 less a tenth is 270 000
        ("wage=269000&currency=KZT&place=KZ", {"cook"}),
        ("wage=271000&currency=KZT&place=KZ", set()),
    ],
)
def test_filters(found, query, names):
    assert set(found(query)) == names


def test_when_somebody_can_begin(found, market):
    month = (market.today + timedelta(days=100)).replace(day=1)
    assert found(f"start={month:%Y-%m}") == ["cook"]


def test_orders(found, market):
    newest = market.now
    for age, name in enumerate(("sewing", "welder", "cook")):
        Vacancy.objects.filter(pk=market.jobs[name].pk).update(published_at=newest - timedelta(days=age))
    assert found("") == ["sewing", "welder", "cook"]
    assert found("order=wage") == ["welder", "sewing", "cook"]


def test_in_a_name_comes_before_in_a_text(found, market):
    Vacancy.objects.filter(pk=market.jobs["cook"].pk).update(
        description="рядом работает сварщик", published_at=market.now + timedelta(hours=1)
    )
    keep_texts(Vacancy.objects.all())
    assert found("q=сварщик") == ["welder", "cook"]


def test_wages_are_counted_as_scoring_counts_them(market):
    terms = [("month", None), ("hour", None), ("shift", 20), ("piece", None)]
    for period, shifts in terms:
        for basis in ("net", "gross"):
            for region, currency in (("RU-TA", "RUB"), ("KZ-75", "KZT"), ("KZ-75", "USD")):
                market.vacancy(
                    wage_period=period,
                    shifts_a_month=shifts,
                    wage_basis=basis,
                    region_id=region,
                    wage_currency=currency,
                    wage_amount=Decimal("1234.56"),
                )
    wages = wages_on(market.today)
    rows = Vacancy.objects.annotate(dollars=month_in_dollars(market.today, newest_rates(market.today))).select_related("region")
    for row in rows.order_by("pk"):
        assert abs(row.dollars * 100 - wages.net_cents(row)) <= Decimal("0.51"), (row.wage_period, row.wage_basis)


def test_where_nothing_fits_each_part_says_what_it_leaves_out(client, market):
    response = client.get("/en/jobs/?place=RU&occupation=cook&gives=meals")
    brings = {chip.name: chip.brings for chip in response.context["chips"]}
    html = response.content.decode()
    assert brings == {"Russia": 1, "Cook": 0, "meals": 0}
    assert "Without Russia: 1 vacancy" in html and "Without Cook" not in html and "Show all vacancies" in html
    assert "?occupation=cook&amp;gives=meals" in html


def test_chips_take_away_one_part_each(client, market):
    html = client.get("/en/jobs/?q=welder&place=RU&gives=housing&ru=0&order=wage").content.decode()
    for rest in (
        "?place=RU&amp;gives=housing&amp;ru=0&amp;order=wage",
        "?q=welder&amp;gives=housing&amp;ru=0&amp;order=wage",
        "?q=welder&amp;place=RU&amp;ru=0&amp;order=wage",
        "?q=welder&amp;place=RU&amp;gives=housing&amp;order=wage",
    ):
        assert f'href="{rest}"' in html
    assert 'value="welder"' in html and "1 vacancy" in html


def test_what_is_typed_is_text(client, market):
    html = client.get("/en/jobs/?q=<script>alert(1)</script>").content.decode()
    assert "<script>alert" not in html


def test_published_is_found_at_once_and_again_after_a_change(client, cast):
    now = Market().now
    draft = fill(make_draft(cast["ildar"], title="Облицовщик печей"), cast["ildar"])
    assert not VacancyText.objects.filter(pk=draft.pk).exists()
    draft = submit(draft, by=cast["ildar"], now=now)
    publish_vacancy(draft, by=cast["timur"], now=now, was_read_as=read_as(draft))
    assert client.get("/en/jobs/?q=oblitsovshchik").context["total"] == 1
    assert keep_missing_texts() == 0 == keep_texts(Vacancy.objects.filter(pk=draft.pk))
    Vacancy.objects.filter(pk=draft.pk).update(title="Печник", region=F("region"))
    assert keep_texts(Vacancy.objects.all()) == 1
    assert client.get("/en/jobs/?q=pechnik").context["total"] == 1
