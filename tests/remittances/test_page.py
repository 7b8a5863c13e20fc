"""/<language>/money/: what it opens with, both directions, strange addresses, empty and old and unknown prices."""

import html as entities
import re
from datetime import timedelta
from decimal import Decimal

import pytest
from django.test import Client
from django.utils.formats import date_format
from django.utils.translation import override

from portal.money.models import DayRate
from remittances.models import TransferService
from tests.remittances.page import cards, get, text_of

pytestmark = pytest.mark.django_db
LANGUAGES = ("tg", "ky", "uz", "ru", "en")
FOUR_STEPS = "Compare two transfers in four steps"
WARNING = "A route may stop without notice: keep a second legal way."


class TestFirstPage:
    @pytest.mark.parametrize(
        ("language", "home", "currency"), [("tg", "TJ", "сомонӣ"), ("ky", "KG", "сом"), ("uz", "UZ", "soʻm"), ("en", "TJ", "TJS")]
    )
    @pytest.mark.usefixtures("demo_prices")
    def test_it_opens_with_what_the_language_suggests(self, client, language, home, currency):
        response, text = get(client, language)
        assert response.status_code == 200
        assert f'<option value="{home}" selected>' in response.content.decode()
        assert len(cards(response)) == 9
        assert re.search(rf"\d {currency}\b", cards(response)[0])
        assert ("15,000 ₽" if language == "en" else "15 000 ₽") in text

    @pytest.mark.usefixtures("demo_prices")
    def test_it_opens_with_the_chosen_corridor(self, client):
        client.cookies["safar_corridor"] = "UZ-KZ"
        response, text = get(client, "tg")
        assert "100 000 ₸" in text
        assert response["Cache-Control"] == "private, no-store"
        html = response.content.decode()
        assert '<option value="KZ" selected>' in html and '<option value="UZ" selected>' in html

    @pytest.mark.usefixtures("demo_prices")
    def test_it_is_the_same_for_all_sets_no_cookie_and_may_be_kept(self, client):
        response, _text = get(client, **{"from": "KZ", "to": "KG", "amount": "5000"})
        assert not response.cookies
        assert response["Cache-Control"].startswith("public")
        assert "csrf" not in response.content.decode()

    def test_without_any_price_it_says_what_to_do(self, client):
        response, text = get(client)
        assert response.status_code == 200
        assert "No fresh prices for this way yet" in text
        assert "Middle rate: not known today" in text
        assert FOUR_STEPS in text and WARNING in text


@pytest.mark.usefixtures("rates")
class TestBothDirections:
    def test_i_pay(self, client, quote, today):
        quote("Kind", "0.1240", minutes=10, pay_out="cash")
        quote("Fee", "0.1250", fee_percent="2")
        response, text = get(client, **{"from": "RU", "to": "TJ", "amount": "1 000,00"})
        assert "Russia → Tajikistan: you pay 1,000 ₽" in text
        assert f"Middle rate: 1 ₽ = 0.12500 TJS · Test bank, {date_format(today)}" in text
        best, other = cards(response)
        assert best.startswith("Kind most arrives 10 minutes card → cash Price seen on")
        assert "Arrives 124 TJS You lose 8 ₽ of every 1,000 ₽ No fee · Rate: 1 ₽ = 0.12400 TJS · Lost in the rate: 0.8% How" in best
        assert "most arrives" not in other
        assert "Arrives 122 TJS You lose 20 ₽ of every 1,000 ₽ Fee: 19.61 ₽ · Rate: 1 ₽ = 0.12500 TJS · The rate is as good as" in other

    def test_how_it_is_counted(self, client, quote, today):
        with override("en"):
            day = date_format(today)
        quote("Top", "0.1240", fee_fixed="50", fee_percent="1")
        response, _text = get(client, **{"from": "RU", "to": "TJ", "amount": "5100"})
        for sentence in [
            "You pay 5,100 ₽: 5,000 ₽ to send, and the fee of 100 ₽ on top.",
            "5,000 ₽ at the rate 1 ₽ = 0.12400 TJS make 620 TJS.",
            f"The middle rate of {day}: 1 ₽ = 0.12500 TJS. At this rate and without a fee, 637.50 TJS would arrive.",
            "So you lose 140 ₽: 27.45 ₽ of every 1,000 ₽.",
            "As the World Bank counts: fee 2% and rate 0.8%, together 2.8% of what is sent.",
            "Where the price was seen Seen by a test",
        ]:
            assert sentence in cards(response)[0]

    def test_a_fee_taken_out(self, client, quote):
        quote("Out", "0.1240", fee_fixed="100", fee_added=False)
        response, _text = get(client, **{"from": "RU", "to": "TJ", "amount": "5100"})
        assert "You pay 5,100 ₽. The fee of 100 ₽ is taken out of it, 5,000 ₽ are left." in cards(response)[0]

    def test_they_receive(self, client, quote):
        quote("Dear", "0.1200")
        quote("Kind", "0.1240")
        response, text = get(client, **{"from": "RU", "to": "TJ", "amount": "124", "direction": "receive"})
        assert "Russia → Tajikistan: they receive 124 TJS" in text
        best, other = cards(response)
        assert best.startswith("Kind you pay least") and "You pay 1,000 ₽" in best
        assert "You pay 1,034 ₽" in other, "1 033.34: rounded up, so that it is enough"
        html = response.content.decode()
        assert 'value="receive" checked' in html and '<b class="unit">TJS</b>' in html

    def test_the_direction_alone_asks_for_a_usual_sum(self, client, quote):
        quote("Kind", "0.1240")
        assert "they receive 1,500 TJS" in get(client, direction="receive")[1]
        assert "you pay 100,000 ₸" in get(client, **{"from": "KZ"})[1]

    def test_sums_of_soum_and_tenge_have_no_hundredths(self, client, quote):
        quote("Kind", "25.5551", pair="KZ-UZ")
        response, _text = get(client, **{"from": "KZ", "to": "UZ", "amount": "10001"})
        assert "Arrives 255,576 UZS" in cards(response)[0]
        assert "make 255,576 UZS." in cards(response)[0]

    def test_a_sum_in_tenge_is_shown_as_it_was_understood(self, client, quote):
        quote("Kind", "25.5551", pair="KZ-UZ")
        for typed, understood in (("15 000,50", "15,000.50 ₸"), ("0,40", "0.40 ₸"), ("15000", "15,000 ₸")):
            assert f"you pay {understood}" in get(client, **{"from": "KZ", "to": "UZ", "amount": typed})[1]
        assert "they receive 0.40 UZS" in get(client, **{"from": "KZ", "to": "UZ", "amount": "0.4", "direction": "receive"})[1]

    def test_the_steps_in_tenge_add_up_and_do_not_contradict_the_card(self, client, quote):
        quote("Kind", "25", pair="KZ-UZ", fee_percent="1")
        response, _text = get(client, **{"from": "KZ", "to": "UZ", "amount": "250510", "direction": "receive"})
        (card,) = cards(response)
        assert "You pay 10,121 ₸" in card
        assert "You pay 10,120.61 ₸: 10,020.40 ₸ to send, and the fee of 100.21 ₸ on top." in card

    def test_another_currency_says_what_it_is_at_home(self, client, quote):
        quote("Dollars", "0.0123", paid_out="USD")
        quote("Roubles", "1", paid_out="RUB", fee_percent="3", fee_added=False)
        dollars, roubles = cards(get(client, **{"from": "RU", "to": "TJ", "amount": "1000"})[0])
        assert "Arrives 12.30 USD ≈ 123 TJS at the middle rate" in dollars
        assert "At the middle rate that is ≈ 123 TJS. Changing it at home can cost more." in dollars
        assert "Arrives 970 ₽ ≈ 121 TJS at the middle rate" in roubles and "Fee: 30 ₽ · No exchange" in roubles
        assert "You lose 30 ₽ of every 1,000 ₽" in roubles
        receiving = get(client, **{"from": "RU", "to": "TJ", "amount": "123", "direction": "receive"})[0]
        assert "You pay 1,000 ₽ 12.30 USD arrive, ≈ 123 TJS at the middle rate" in cards(receiving)[0]

    @pytest.mark.parametrize(
        ("rate", "says"),
        [("0.1249", "You lose less than 1 ₽ of every 1,000 ₽"), ("0.1250", "You lose nothing"), ("0.1260", "You lose nothing")],
    )
    def test_a_small_loss_and_none(self, client, quote, rate, says):
        quote("Kind", rate)
        assert says in cards(get(client, **{"from": "RU", "to": "TJ", "amount": "1000"})[0])[0]

    @pytest.mark.parametrize(("minutes", "says"), [(0, "at once"), (1, "1 minute"), (59, "59 minutes"), (90, "2 hours"), (2880, "2 days")])
    def test_how_long_it_takes(self, client, quote, minutes, says):
        quote("Kind", "0.1240", minutes=minutes)
        assert f" {says} " in cards(get(client)[0])[0]


def fill(client: Client, html: str, **changes: str):
    """What a browser without a script sends: every field of the form as it stands, with `changes`."""
    form = re.search(r'<form method="get" [^>]*class="card transfer">.*?</form>', html, re.DOTALL).group()
    sent = {name: re.search(rf'name="{name}".*?<option value="(\w+)" selected', form, re.DOTALL).group(1) for name in ("from", "to")}
    sent["direction"] = re.search(r'name="direction" value="(\w+)" checked', form).group(1)
    sent["amount"] = entities.unescape(re.search(r'name="amount"[^>]* value="([^"]*)"', form).group(1))
    return get(client, **(sent | changes))


@pytest.mark.usefixtures("demo_prices")
def test_the_form_as_it_stands_asks_the_same_again(client):
    for language in LANGUAGES:
        first = client.get(f"/{language}/money/")
        again, _text = fill(client, first.content.decode())
        assert again.status_code == 200
    changed, text = fill(client, client.get("/ky/money/").content.decode(), **{"from": "KZ", "direction": "receive", "amount": "20 000"})
    assert "Kazakhstan → Kyrgyzstan: they receive 20,000 KGS" in text
    assert len(cards(changed)) == 8


@pytest.mark.usefixtures("demo_prices")
@pytest.mark.parametrize(("pair", "count"), [({"from": "KZ", "to": "UZ"}, 8), ({"from": "RU", "to": "TJ"}, 7)])
def test_the_middle_rate_of_the_steps_makes_the_sum_that_they_name(client, pair, count):
    _response, text = get(client, **pair, amount="100000")
    named = r": (\d+) \S+ = ([\d.,]+) \w+\. At this rate and without a fee, ([\d.,]+) \w+ would arrive"
    found = [[Decimal(part.replace(",", "")) for part in parts] for parts in re.findall(named, text)]
    assert len(found) == count, "all but roubles paid out as roubles, which no way from Kazakhstan has, and a sum above a limit"
    for units, rate, fair in found:
        assert abs(100_000 / units * rate - fair) <= Decimal("0.5")


class TestBadInput:
    @pytest.mark.parametrize(
        ("typed", "says"),
        [
            ("0", "Write a sum that is more than zero."),
            ("-5", "Write a sum that is more than zero."),
            ("−5", "Write a sum that is more than zero."),
            ("1000000000000000", "We compare sums up to 100,000,000. Look at the zeros."),
            ("1e15", "Write the sum in digits, for example 15,000 ₽ or 15,000.50 ₽."),
            ("abc", "Write the sum in digits"),
            ("15,5050", "Write at most two digits after the comma"),
            ("", "Write the sum, for example 15,000."),
            ("\x00", "Write the sum in digits"),
            ("\x0015000", "Write the sum in digits"),
            ("9" * 20000, "Write the sum in digits"),
            ('"><script>alert(1)</script>', "Write the sum in digits"),
        ],
    )
    @pytest.mark.usefixtures("demo_prices")
    def test_a_sum(self, client, typed, says):
        response, text = get(client, amount=typed)
        html = response.content.decode()
        assert response.status_code == 400
        assert says in text
        kept = entities.escape(typed[:60].replace("\x00", ""))
        assert f'value="{kept}"' in html
        assert "<script>alert" not in html and "\x00" not in html
        assert FOUR_STEPS in text and WARNING in text
        assert not cards(response) and 'aria-invalid="true" aria-describedby="amount_error"' in html

    @pytest.mark.parametrize(
        ("typed", "understood"), [("15 000,50", "15,000.50 ₽"), ("15.000", "15,000 ₽"), ("١٥٠٠٠", "15,000 ₽"), ("１５０００ ₽", "15,000 ₽")]
    )
    @pytest.mark.usefixtures("demo_prices")
    def test_the_page_shows_what_it_understood(self, client, typed, understood):
        response, text = get(client, amount=typed)
        assert response.status_code == 200
        assert f"you pay {understood}" in text

    @pytest.mark.parametrize(
        "pair",
        [
            {"from": "XX"},
            {"to": "XX"},
            {"from": "TJ", "to": "RU"},
            {"from": "RU", "to": "RU"},
            {"to": ""},
            {"from": "\x00"},
            {"from": "ru"},
            {"from": "R" * 9000},
        ],
    )
    @pytest.mark.usefixtures("demo_prices")
    def test_a_pair(self, client, pair):
        response, text = get(client, **pair)
        assert response.status_code == 400
        assert "Choose where you send from and where your family is." in text
        assert not cards(response) and FOUR_STEPS in text

    @pytest.mark.usefixtures("demo_prices")
    def test_unknown_and_repeated_parameters(self, client):
        response = client.get("/en/money/?utm=x&amount=7&from=KZ&amount=2000&page=10000000000&direction=sideways&from=RU&%00=%00")
        assert response.status_code == 200
        assert "you pay 2,000 ₽" in text_of(response.content.decode())

    @pytest.mark.parametrize("cookie", ["", "XX-YY", "TJ-RU-KZ", "TJ", "a" * 4000])
    @pytest.mark.usefixtures("demo_prices")
    def test_a_strange_cookie_is_no_choice(self, client, cookie):
        client.cookies["safar_corridor"] = cookie
        assert len(cards(get(client)[0])) == 9


class TestWhatPricesCanLack:
    @pytest.mark.usefixtures("rates")
    def test_a_pair_nobody_serves(self, client, quote):
        quote("Kind", "0.1240")
        response, text = get(client, **{"from": "KZ", "to": "UZ"})
        assert response.status_code == 200 and not cards(response)
        assert "No fresh prices for this way yet" in text and FOUR_STEPS in text and WARNING in text

    @pytest.mark.usefixtures("rates")
    def test_a_service_taken_off_the_list_vanishes(self, client, quote):
        quote("Kind", "0.1240")
        quote("Banned", "0.1249")
        assert "Banned" in get(client, **{"from": "RU", "to": "TJ"})[1]
        TransferService.objects.filter(provider__name="Banned").update(is_listed=False)
        response, text = get(client, **{"from": "RU", "to": "TJ"})
        assert "Banned" not in text and len(cards(response)) == 1
        for path in ("", "history/", "products/"):
            assert client.get(f"/en/money/{path}").headers["Cache-Control"] == "public, max-age=60", "no copy is shown beyond a minute"

    def test_a_price_without_a_day_rate(self, client, quote):
        DayRate.objects.all().delete()
        quote("Kind", "0.1240", fee_fixed="10")
        response, text = get(client, **{"from": "RU", "to": "TJ", "amount": "1010"})
        assert "Middle rate: not known today" in text
        (card,) = cards(response)
        assert "Arrives 124 TJS What you lose is not known Fee: 10 ₽ · Rate: 1 ₽ = 0.12400 TJS · Lost in the rate: not known" in card
        assert "We have no middle rate of that day, so we cannot say what the rate costs." in card

    def test_dollars_without_any_rate_cannot_be_ranked(self, client, quote):
        DayRate.objects.all().delete()
        quote("Dollars", "0.0123", paid_out="USD")
        assert "Arrives 12.30 USD" in cards(get(client, **{"from": "RU", "to": "TJ", "amount": "1000"})[0])[0]
        response, _text = get(client, **{"from": "RU", "to": "TJ", "amount": "1000", "direction": "receive"})
        assert "cannot be compared" in cards(response)[0]

    @pytest.mark.usefixtures("rates")
    def test_an_old_price_says_so(self, client, quote, today):
        quote("Old", "0.1240", seen=8)
        quote("Week", "0.1239", seen=7)
        response, _text = get(client, **{"from": "RU", "to": "TJ"})
        week, old = cards(response)
        assert old.startswith("Old 5 minutes old price") and "old price" not in week
        assert week.startswith("Week most arrives")
        with override("en"):
            assert f"Price seen on {date_format(today - timedelta(days=8))}" in old
        assert 'class="quote old"' in response.content.decode()

    @pytest.mark.usefixtures("rates")
    def test_a_fee_that_eats_the_sum(self, client, quote):
        quote("Dear", "0.1250", fee_fixed="150")
        quote("Kind", "0.1200")
        kind, dear = cards(get(client, **{"from": "RU", "to": "TJ", "amount": "100"})[0])
        assert "Arrives 12 TJS" in kind
        assert "This service does not send so little: nothing would arrive." in dear
        assert "Arrives" not in dear and "You lose" not in dear

    @pytest.mark.usefixtures("rates")
    def test_only_prices_of_the_demo_are_called_so(self, client, quote):
        quote("Made up", "0.1240", is_demo=True)
        quote("Real", "0.1230")
        made_up, real = cards(get(client, **{"from": "RU", "to": "TJ"})[0])
        assert "demo price" in made_up and "demo price" not in real


class TestBars:
    def test_the_dearest_fills_its_bar_and_parts_are_to_scale(self, client, quote, rates):
        quote("Half", "0.1250", fee_fixed="10")
        quote("Whole", "0.1240", fee_fixed="12.10")
        html = get(client, **{"from": "RU", "to": "TJ", "amount": "1000"})[0].content.decode()
        half, whole = re.findall(r'class="fee" width="([\d.]+)".*?class="rate" x="([\d.]+)" width="([\d.]+)"', html)
        assert sum(map(float, whole[1:])) == pytest.approx(100, abs=0.1)
        assert float(half[2]) == 0 and float(half[0]) == pytest.approx(50, abs=0.3)
        assert half[0] == half[1]

    def test_nothing_lost_at_all_draws_nothing(self, client, quote, rates):
        quote("Kind", "0.1250")
        html = get(client, **{"from": "RU", "to": "TJ", "amount": "1000"})[0].content.decode()
        assert re.findall(r'class="(?:fee|rate)"(?: x="0")? width="([\d.]+)"', html) == ["0", "0"]
