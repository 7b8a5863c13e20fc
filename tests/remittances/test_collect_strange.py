"""Which prices wait for a second look."""

from decimal import Decimal

import pytest

from remittances.compare import Price
from remittances.models import Quote
from remittances.outliers import why_strange

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("rates")]  # 1 RUB = 0.125 TJS
SUM = Decimal(10_000)


def price(rate: str, fee: str = "0") -> Price:
    return Price(Decimal(fee), Decimal(0), True, Decimal(rate))


def strange(quote: Quote, rate: str, today, fee: str = "0") -> str:
    return why_strange(quote.service, price(rate, fee), SUM, today)


def test_a_price_is_held_against_the_services_own_ones(quote, today):
    for seen, rate in enumerate(["0.1240", "0.1241", "0.1239", "0.1240", "0.1230"], start=1):
        last = quote("Kind", rate, seen=seen)
    assert strange(last, "0.1235", today) == ""  # 1.2 per cent: within half a point of 0.8
    said = strange(last, "0.1215", today)
    assert "2.80%" in said and "5 of this service's own prices" in said and "0.80%" in said and "0.50" in said
    assert strange(last, "0.1240", today, fee="300")
    assert "upside down" in strange(last, "8.06", today)
    assert strange(last, "0.1240", today, fee="10000") == "The fee eats the whole sum."


def test_three_deviations_count_where_prices_go_up_and_down(quote, today):
    for seen, rate in enumerate(["0.12500", "0.12375", "0.12250", "0.12125", "0.12000"], start=1):  # 0 to 4 per cent: deviation 1
        last = quote("Kind", rate, seen=seen)
    assert strange(last, "0.11875", today) == ""  # 5 per cent: three from 2
    assert "give or take 3.00" in strange(last, "0.11874", today)


def test_few_prices_of_its_own_the_corridor_says(quote, today):
    for number in range(5):
        quote(f"Other {number}", "0.1225", seen=number)
    new = quote("New", "0.1225", seen=3)
    quote("Promotion", "0.1000", is_promotion=True)
    quote("Hidden", "0.1000", listed=False)
    said = strange(new, "0.1150", today)
    assert "5 of the corridor's services" in said and "8.00%" in said and strange(new, "0.1226", today) == ""


def test_with_nothing_beside_it_only_the_middle_rate_says(quote, today):
    only = quote("Only", "0.1225", seen=1)
    assert strange(only, "0.1000", today) == "" and "more than 30%" in strange(only, "0.0800", today)


def test_prices_that_wait_or_are_refused_say_nothing(quote, today):
    for seen in range(1, 7):
        held = quote("Kind", "0.0900", seen=seen, state=Quote.State.HELD, held_because="a test")
    assert strange(held, "0.1225", today) == ""
