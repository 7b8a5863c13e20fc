"""The demo's quarter is marked wherever it shows, and leaves when the World Bank's own comes."""

from datetime import date

import pytest

from remittances.average import published_average
from remittances.imports.demo import FIRMS, load_demo_rpw
from remittances.imports.import_rpw import import_rpw
from remittances.models import RpwPrice
from tests.remittances.imports.rpw import row, write_csv

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("today", "period"), [(date(2026, 11, 21), "2026_3Q"), (date(2026, 4, 1), "2026_1Q"), (date(2026, 1, 31), "2025_4Q")]
)
def test_it_is_the_quarter_before_and_twice_is_once(today, period):
    for _time in range(2):
        load_demo_rpw(today)
    assert set(RpwPrice.objects.values_list("period", "is_demo")) == {(period, True)}
    assert RpwPrice.objects.count() == 6 * len(FIRMS)


def test_a_release_takes_its_place(tmp_path):
    load_demo_rpw(date(2026, 11, 21))
    assert published_average("RU", "KG").is_demo
    with write_csv(tmp_path / "rpw.csv", [row(period="2026_3Q")]).open("rb") as file:
        import_rpw(file, date(2026, 11, 21))
    assert not published_average("RU", "KG").is_demo
    assert published_average("RU", "TJ") is None


@pytest.mark.usefixtures("demo_prices")
def test_the_page_says_that_it_is_made_up(client, today):
    load_demo_rpw(today)
    page = client.get("/en/money/?from=RU&to=TJ&amount=15000").content.decode()
    assert "Made up for the demo, quarter" in page
    assert "World Bank, quarter" not in page
    RpwPrice.objects.update(is_demo=False)
    assert "World Bank, quarter" in client.get("/en/money/?from=RU&to=TJ&amount=15000").content.decode()
