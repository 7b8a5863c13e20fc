"""What the page tells of services beside their prices: filters, limits and licences, promotions, and the way's average."""

import re
from decimal import Decimal

import pytest

from portal.money.models import DayRate
from remittances.models import RpwPrice, TransferService
from tests.remittances.page import cards, get

pytestmark = pytest.mark.django_db


@pytest.mark.usefixtures("rates")
class TestFilters:
    PAIR = {"from": "RU", "to": "TJ", "amount": "1000"}

    @pytest.fixture(autouse=True)
    def _prices(self, quote):
        quote("Card", "0.1240", minutes=61)
        quote("Cash", "0.1230", pay_in="cash", pay_out="cash", minutes=60)
        quote("Slow", "0.1245", pay_in="account", pay_out="cash", minutes=1441)

    @pytest.mark.parametrize(
        ("chosen", "left"),
        [
            ({}, ["Slow", "Card", "Cash"]),
            ({"pay_in": "cash"}, ["Cash"]),
            ({"pay_out": "cash"}, ["Slow", "Cash"]),
            ({"speed": "hour"}, ["Cash"]),
            ({"speed": "day"}, ["Card", "Cash"]),
            ({"pay_out": "cash", "speed": "day"}, ["Cash"]),
            ({"pay_in": "gold", "pay_out": "\x00", "speed": "60"}, ["Slow", "Card", "Cash"]),
        ],
    )
    def test_leave_what_fits(self, client, chosen, left):
        response, _text = get(client, **self.PAIR, **chosen)
        assert [card.split()[0] for card in cards(response)] == left
        assert "most arrives" in cards(response)[0]

    def test_stay_chosen_when_another_sum_is_compared(self, client):
        response, text = get(client, **self.PAIR, pay_out="cash", speed="hour")
        html = response.content.decode()
        assert html.count('<input type="hidden" name="speed" value="hour">') == 1
        assert '<option value="hour" selected>' in html and "<details open>" in html
        assert "on average of 3 services" in text, "the way's average is of all"

    def test_that_leave_nothing_say_so(self, client):
        response, text = get(client, **self.PAIR, pay_in="wallet")
        assert response.status_code == 200 and not cards(response)
        assert "No service does it this way" in text and "No fresh prices" not in text


@pytest.mark.usefixtures("rates")
class TestWhatACardTells:
    def test_prices_of_a_promotion_stand_apart_and_in_no_order(self, client, quote):
        quote("Zebra", "0.1250", is_promotion=True)
        quote("Alpha", "0.1200", is_promotion=True)
        quote("Usual", "0.1240")
        quote("Zebra", "0.1230")
        response, text = get(client, **{"from": "RU", "to": "TJ"})
        assert [card.split()[0] for card in cards(response)] == ["Usual", "Zebra", "Alpha", "Zebra"]
        assert text.index("For a first transfer") > text.index("Usual most arrives")
        assert text.count("most arrives") == 1 and "on average of 2 services 1.2%" in text

    def test_what_one_has_to_know_of_a_service(self, client, quote, today):
        quote("Kind", "0.1240", link="https://kind.example/prices", fee_fixed="100")
        TransferService.objects.update(
            least=500,
            most=50_000,
            identity="stay",
            payout_places="Kind Bank",
            licence="No 7",
            licence_valid_to=today,
            licence_source="https://bank.example/7",
            link="https://kind.example/",
        )
        response, _text = get(client, **{"from": "RU", "to": "TJ"})
        (card,) = cards(response)
        for told in [
            "What you show passport and a paper that you may stay",
            "Sum at once from 500 ₽ to 50,000 ₽",
            "Where the money is paid out Kind Bank",
            "Licence No 7 valid until",
            "Cost, as the World Bank counts 200 USD → 1,984 TJS: 1.42% 500 USD → 4,960 TJS: 1.05%",
        ]:
            assert told in card
        for link in ("https://kind.example/prices", "https://bank.example/7", "https://kind.example/"):
            assert f'href="{link}" rel="noopener nofollow"' in response.content.decode()

    def test_a_sum_that_it_does_not_send(self, client, quote):
        quote("Kind", "0.1240")
        TransferService.objects.update(most=500)
        (card,) = cards(get(client, **{"from": "RU", "to": "TJ", "amount": "600"})[0])
        assert "This service sends only up to 500 ₽ at once." in card and "You lose" not in card

    def test_many_services_stand_on_pages(self, client, quote):
        for number in range(14):
            quote(f"S{number}", f"0.12{40 - number}")
        first, second = (get(client, **{"from": "RU", "to": "TJ", "page": page})[0] for page in ("1", "2"))
        assert [len(cards(response)) for response in (first, second)] == [12, 2]
        assert "most arrives" in cards(first)[0] and "most arrives" not in cards(second)[0]
        assert len(cards(get(client, **{"from": "RU", "to": "TJ", "page": "x"})[0])) == 12


@pytest.mark.usefixtures("rates")
class TestAverage:
    def test_of_200_dollars_beside_the_goals_and_the_world_banks(self, client, quote):
        """200 dollars are 16 000 roubles: 160 of them are 1 per cent."""
        quote("Fee", "0.1250", fee_fixed="160")
        quote("Rate", "0.1200", seen=20)
        quote("Promotion", "0.1", is_promotion=True)
        quote("Small", "0.1")
        TransferService.objects.filter(provider__name="Small").update(most=15_999)
        rpw = {"sends_from_id": "RU", "sends_to_id": "TJ", "is_transparent": True}
        rows = [("2025_4Q", "9", {}), ("2026_1Q", "1.5", {}), ("2026_1Q", "2.5", {}), ("2026_1Q", "0.1", {"is_transparent": False})]
        rows += [("2026_2Q", None, {}), ("2026_2Q", "7", {"sends_to_id": "KG"})]
        for key, (period, cost, other) in enumerate(rows):
            RpwPrice.objects.create(period=period, key=str(key), firm="Firm", cost_200=cost and Decimal(cost), **(rpw | other))
        response, text = get(client, **{"from": "RU", "to": "TJ"})
        assert "Here and now, on average of 2 services 2.5% World Bank, quarter 1 of 2026 2% The world’s goal" in text
        assert "should cost less than this 3% The world’s goal: no way home should cost more than this 5%" in text
        for source in ("https://remittanceprices.worldbank.org/", "/en/learn/facts/SEND-COST-GOAL/", "/en/learn/facts/SEND-COST-CEILING/"):
            assert f'<a href="{source}">' in response.content.decode()
        assert re.findall(r'class="on" width="([\d.]+)"', response.content.decode())[:4] == ["31.25", "25", "37.5", "62.5"]

    def test_without_any_cost_there_is_no_bar(self, client, quote):
        DayRate.objects.all().delete()
        quote("Kind", "0.1240")
        assert "What this way home costs" not in get(client, **{"from": "RU", "to": "TJ"})[1]
