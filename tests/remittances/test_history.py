"""What a way home cost week by week: the sums agree with the comparison's, gaps stay gaps, and who leaves the list leaves the past."""

import gzip
from datetime import timedelta
from decimal import Decimal

import pytest

from portal.money.models import DayRate
from remittances.draw import picture_of
from remittances.history import Week, history_of
from remittances.models import Quote, TransferService
from remittances.quotes import Direction, compare_quotes
from tests.remittances.page import text_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("rates")]
PAGE = "/en/money/history/?from=RU&to=TJ"


def listed(today) -> list[TransferService]:
    return list(TransferService.objects.listed(today).filter(sends_from="RU", sends_to="TJ"))


def test_the_database_reckons_as_the_comparison_does(quote, today):
    """Every kind of fee, a table of fees, a limit, dollars and roubles paid out, a bank's own rate of the pair."""
    DayRate.objects.create(day=today, currency="TJS", base="RUB", rate=Decimal("0.1251"), source="Test bank")
    quote("Free", "0.1240")
    quote("Top", "0.1243", fee_fixed="49", fee_percent="0.77")
    quote("Out", "0.1244", fee_percent="1.13", fee_added=False)
    quote("Dollars", "0.0123", paid_out="USD")
    quote("Roubles", "1", paid_out="RUB", fee_percent="1.5")
    table = quote("Table", "0.1250", fee_fixed="500")
    for above, fixed, percent in [(100, 400, 0), (15_999, 31, "0.33"), (16_000, 9, 0)]:
        table.bands.create(above=above, fee_fixed=fixed, fee_percent=percent)
    quote("Limited", "0.1100", pay_in="cash")
    TransferService.objects.filter(provider__name="Limited").update(least=16_001)
    offers = compare_quotes("RU", "TJ", Decimal(1000), Direction.PAY, today).offers
    costs = {offer.quote.service: offer.costs[0] for offer in offers}
    assert len(costs) == 7 and [cost for cost in costs.values() if cost is None] == [None]
    services = listed(today)
    for service in services:
        (week,) = history_of(services, service, today)
        assert (week.one is None) == (costs[service] is None)
        assert week.one is None or abs(week.one - costs[service]) < Decimal("1e-9")
    known = [cost for cost in costs.values() if cost is not None]
    assert (week.services, week.begins) == (6, today - timedelta(days=today.weekday()))
    assert abs(week.best - min(known)) < Decimal("1e-9") and abs(week.average - sum(known) / 6) < Decimal("1e-9")


def test_of_each_week_the_last_usual_accepted_price_and_no_further_back_than_three_years(quote, today):
    monday = today - timedelta(days=today.weekday() + 14)
    days = [(today - day).days for day in (monday, monday + timedelta(days=6))]
    quote("Kind", "0.1200", seen=days[0])
    quote("Kind", "0.1225", seen=days[1])
    quote("Kind", "0.1250", seen=days[1], is_promotion=True)
    quote("Kind", "0.1250", seen=days[1], state=Quote.State.HELD, held_because="Too good")
    quote("Kind", "0.1250", seen=7 * 158)
    (week,) = history_of(listed(today), None, today)
    assert (week.begins, week.best, week.one) == (monday, 2, None)


def test_a_day_without_middle_rates_is_no_point(quote, today):
    quote("Kind", "0.1240", seen=14)
    DayRate.objects.filter(currency="TJS").delete()
    assert history_of(listed(today), None, today) == []


def test_a_dollar_mistyped_as_almost_nothing_stops_no_page(client, quote, today):
    quote("Kind", "0.1225")
    DayRate.objects.filter(day=today, currency="RUB").update(rate=Decimal("0.00001"))
    assert client.get(PAGE).status_code == 200 and history_of(listed(today), None, today) == []
    assert "Kind" in client.get("/en/money/?from=RU&to=TJ").content.decode()


def test_lines_have_gaps_where_nobody_looked(today):
    weeks = [Week(today - timedelta(weeks=back), Decimal(1), Decimal(3), 2, Decimal(5) if back == 1 else None) for back in (8, 7, 4, 1, 0)]
    picture = picture_of(weeks, Decimal(3))
    assert picture.best == "M0 80L12.5 80M50 80h0M87.5 80L100 80"
    assert picture.one == "M87.5 0h0"
    assert (picture.top, picture.goal, len(picture.rows)) == ("5%", 40, 5)


class TestPage:
    def test_a_line_a_table_and_a_service_of_its_own(self, client, quote, django_assert_num_queries):
        quote("Kind", "0.1240")
        dear = quote("Dear", "0.1200", seen=14).service
        with django_assert_num_queries(4):
            html = client.get(PAGE).content.decode()
        assert html.count('class="c1" d="M') == 1 and 'class="c3"' not in html
        assert "the world’s goal: 3%" in text_of(html)
        html = client.get(f"{PAGE}&service={dear.uid}").content.decode()
        assert 'class="c3" d="M0 ' in html and "4% 4% 4% 1" in text_of(html)
        TransferService.objects.filter(pk=dear.pk).update(is_listed=False)
        response = client.get(f"{PAGE}&service={dear.uid}")
        assert response.status_code == 404 and "Dear" not in response.content.decode()
        assert "This service is not on our list" in response.content.decode() and "4% 4%" not in text_of(response.content.decode())

    @pytest.mark.parametrize(
        ("asked", "status", "says"),
        [
            ("?from=RU&to=TJ&service=%00", 404, "This service is not on our list"),
            ("?from=RU&to=XX", 400, "Choose where you send from"),
            ("?from=KZ&to=UZ&amount=-1", 200, "No prices to draw yet"),
        ],
    )
    def test_strange_addresses(self, client, asked, status, says):
        response = client.get("/en/money/history/" + asked)
        assert response.status_code == status and says in response.content.decode()

    def test_three_years_fit_into_the_budget(self, client, quote, today):
        DayRate.objects.bulk_create(
            DayRate(day=today - timedelta(weeks=back), currency=currency, rate=rate, source="Test bank")
            for back in range(6, 157)
            for currency, rate in (("RUB", 80 + back % 7), ("TJS", 10))
        )
        service = quote("Kind", "0.1240").service
        Quote.objects.bulk_create(
            Quote(
                service=service, rate=Decimal("0.12") - back % 9 / Decimal(1000), observed_on=today - timedelta(weeks=back), source="Test"
            )
            for back in range(1, 157)
        )
        for language in ("tg", "en"):
            response = client.get(f"/{language}/money/history/?from=RU&to=TJ&service={service.uid}")
            assert response.content.decode().count("<tr>") > 150
            assert len(gzip.compress(response.content, 6)) <= 14 * 1024
