"""Which offers stand in a comparison, and in which order."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.db import IntegrityError

from portal.money.models import DayRate
from portal.places.models import Country
from remittances.models import TransferService
from remittances.quotes import CURRENCY, Comparison, Direction, Standing, compare_quotes

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("rates")]


@pytest.fixture
def compare(today):
    def run(amount: str = "1000", direction: Direction = Direction.PAY, pair: str = "RU-TJ") -> Comparison:
        return compare_quotes(pair[:2], pair[3:], Decimal(amount), direction, today)

    return run


def names(comparison: Comparison) -> list[str]:
    return [offer.quote.service.provider.name for offer in comparison.offers]


def standings(comparison: Comparison) -> dict[str, Standing]:
    return {offer.quote.service.provider.name: offer.standing for offer in comparison.offers}


def test_currencies_are_those_of_the_countries():
    assert dict(Country.objects.values_list("code", "currency")) == CURRENCY


def test_no_service_pays_out_in_a_currency_that_nobody_can_write(quote):
    quote("Here", "0.1240")
    with pytest.raises(IntegrityError, match="service_currency_is_known"):
        TransferService.objects.update(payout_currency="EUR")


def test_most_money_first(quote, compare):
    quote("Bad", "0.1200")
    quote("Good", "0.1245")
    quote("Fee", "0.1250", fee_percent="2")
    found = compare()
    assert names(found) == ["Good", "Fee", "Bad"]
    assert [offer.transfer.received for offer in found.offers] == [Decimal("124.50"), Decimal("122.54"), Decimal("120")]
    losses = [offer.transfer.lost_of_1000 for offer in found.offers]
    assert losses == sorted(losses)
    assert found.best is found.offers[0]


def test_least_paid_first_when_the_familys_sum_is_named(quote, compare):
    quote("Bad", "0.1200")
    quote("Good", "0.1245")
    quote("Fee", "0.1250", fee_percent="2")
    found = compare("125", Direction.RECEIVE)
    assert names(found) == ["Good", "Fee", "Bad"]
    assert [offer.transfer.paid for offer in found.offers] == [Decimal("1004.02"), Decimal("1020"), Decimal("1041.67")]
    assert all(offer.transfer.received >= 125 for offer in found.offers)


def test_a_small_sum_turns_the_order(quote, compare):
    """A fixed fee weighs on a small sum, a bad rate on a large one."""
    quote("Fixed", "0.1250", fee_fixed="50")
    quote("Rate", "0.1230")
    assert names(compare("1000")) == ["Rate", "Fixed"]
    assert names(compare("10000")) == ["Fixed", "Rate"]


def test_equal_sums_stand_by_speed_then_by_name(quote, compare):
    quote("Zebra", "0.1240", minutes=5)
    quote("Beta", "0.1240", minutes=60)
    quote("Alpha", "0.1240", minutes=60)
    assert names(compare()) == ["Zebra", "Alpha", "Beta"]
    assert names(compare("124", Direction.RECEIVE)) == ["Zebra", "Alpha", "Beta"]


class TestWhatIsShown:
    def test_only_this_pair(self, quote, compare):
        quote("Here", "0.1240")
        quote("From Kazakhstan", "0.0199", pair="KZ-TJ")
        quote("To Kyrgyzstan", "0.99", pair="RU-KG")
        assert names(compare()) == ["Here"]

    def test_a_pair_that_nobody_serves(self, quote, compare):
        quote("Here", "0.1240")
        found = compare(pair="KZ-UZ")
        assert (found.offers, found.best) == ([], None)
        assert found.mid.value == Decimal("25.6")

    def test_not_a_service_that_is_not_listed(self, quote, compare):
        quote("Shown", "0.1240")
        quote("Hidden", "0.1249", listed=False)
        assert names(compare()) == ["Shown"]
        TransferService.objects.filter(provider__name="Shown").update(is_listed=False)
        assert names(compare()) == []

    def test_of_each_service_the_newest_price(self, quote, compare):
        quote("Service", "0.1249", seen=3)
        quote("Service", "0.1240", seen=1)
        quote("Service", "0.1248", seen=2)
        assert [offer.quote.rate for offer in compare().offers] == [Decimal("0.1240")]

    def test_each_way_of_a_provider(self, quote, compare):
        quote("Service", "0.1249", pay_out="card")
        quote("Service", "0.1240", pay_out="cash")
        assert [offer.quote.service.pay_out for offer in compare().offers] == ["card", "cash"]

    def test_nothing_from_the_future_and_nothing_of_a_month_ago(self, quote, compare):
        quote("Tomorrow", "0.1240", seen=-1)
        quote("Month", "0.1240", seen=30)
        quote("Older", "0.1240", seen=31)
        assert names(compare()) == ["Month"]

    def test_old_prices_stand_below_and_are_never_the_best(self, quote, compare):
        quote("Old", "0.1249", seen=8)
        quote("Week", "0.1240", seen=7)
        found = compare()
        assert standings(found) == {"Week": Standing.COMPARED, "Old": Standing.OLD}
        assert names(found) == ["Week", "Old"]
        assert [offer.is_old for offer in found.offers] == [False, True]
        TransferService.objects.filter(provider__name="Week").update(is_listed=False)
        assert compare().best is None


class TestAnotherCurrency:
    def test_it_is_ranked_by_its_worth_in_the_money_of_home(self, quote, compare):
        """A dollar is 10 somoni: 12.30 dollars of 1 000 roubles are 123."""
        quote("Somoni", "0.1235")
        quote("Dollars", "0.0123", paid_out="USD")
        quote("Roubles", "1", paid_out="RUB", fee_percent="3", fee_added=False)
        found = compare()
        assert names(found) == ["Somoni", "Dollars", "Roubles"]
        assert [offer.at_home for offer in found.offers] == [Decimal("123.50"), Decimal("123.00"), Decimal("121.25")]
        assert [offer.transfer.received for offer in found.offers] == [Decimal("123.50"), Decimal("12.30"), Decimal("970")]
        assert [offer.transfer.margin_pct for offer in found.offers] == [Decimal("1.2"), Decimal("1.6"), 0]
        assert [offer.transfer.lost_of_1000 for offer in found.offers] == [12, 16, 30]

    def test_it_is_never_called_the_best(self, quote, compare):
        """What it brings in the money of home is known only after changing it."""
        quote("Dollars", "0.0125", paid_out="USD")
        quote("Somoni", "0.1235")
        found = compare()
        assert names(found) == ["Dollars", "Somoni"]
        assert found.best is None

    def test_the_familys_sum_is_asked_for_at_the_middle_rate(self, quote, compare):
        quote("Dollars", "0.0123", paid_out="USD")
        (offer,) = compare("123", Direction.RECEIVE).offers
        assert (offer.transfer.received, offer.transfer.paid, offer.at_home) == (Decimal("12.30"), Decimal("1000"), Decimal("123"))


class TestWithoutDayRate:
    def test_the_loss_is_not_known_and_the_service_stands_below_all_that_is(self, quote, compare, today):
        quote("Known", "0.1200")
        quote("Old", "0.1190", seen=9)
        quote("Less", "0.1240", seen=20)
        quote("More", "0.1249", seen=20)
        DayRate.objects.filter(day__range=(today - timedelta(days=25), today - timedelta(days=15))).delete()
        found = compare()
        assert names(found) == ["Known", "Old", "More", "Less"]
        assert standings(found)["More"] == Standing.NO_MID_RATE
        unknown = found.offers[2]
        assert (unknown.mid, unknown.transfer.lost_of_1000, unknown.at_home) == (None, None, Decimal("124.90"))
        assert names(compare("124", Direction.RECEIVE)) == ["Known", "Old", "More", "Less"]

    def test_money_that_cannot_be_held_against_that_of_home_stands_behind(self, quote, compare):
        quote("Somoni", "0.1200")
        quote("Dollars", "0.0123", paid_out="USD")
        quote("Roubles", "1", paid_out="RUB")
        DayRate.objects.filter(currency="TJS").delete()
        found = compare()
        assert names(found)[0] == "Somoni"
        assert standings(found) == {"Somoni": Standing.NO_MID_RATE, "Dollars": Standing.NO_HOME_SUM, "Roubles": Standing.NO_HOME_SUM}
        assert found.mid is None
        assert [offer.transfer is None for offer in compare("120", Direction.RECEIVE).offers] == [False, True, True]

    def test_the_rate_of_the_day_on_which_the_price_was_seen_counts(self, quote, compare, today):
        DayRate.objects.filter(currency="TJS", day=today - timedelta(days=3)).update(rate=Decimal(8))
        quote("Service", "0.0990", seen=3)
        (offer,) = compare().offers
        assert (offer.mid.value, offer.mid.day) == (Decimal("0.1"), today - timedelta(days=3))
        assert offer.transfer.margin_pct == 1


def test_a_fee_that_eats_the_sum_stands_last(quote, compare):
    quote("Dear", "0.1250", fee_fixed="150")
    quote("Old", "0.1100", seen=20)
    found = compare("100")
    assert names(found) == ["Old", "Dear"]
    assert found.offers[1].standing == Standing.TOO_LITTLE
    assert names(compare("12.5", Direction.RECEIVE)) == ["Dear", "Old"]


def test_a_table_of_fees_comes_with_the_price(quote, compare):
    dear = quote("Table", "0.1250", fee_fixed="100")
    dear.bands.create(above=5000, fee_fixed=20)
    dear.bands.create(above=2000, fee_fixed=50)
    assert [compare(paid).offers[0].transfer.fee for paid in ("2000", "2051", "5000", "5021")] == [100, 50, 50, 20]


def test_a_service_that_does_not_send_the_sum_stands_last(quote, compare):
    quote("Dear", "0.1250", fee_fixed="900")
    quote("Limited", "0.1250", fee_fixed="10")
    TransferService.objects.filter(provider__name="Limited").update(least=1000, most=2000)
    assert [standings(compare(paid))["Limited"] for paid in ("1009.99", "1010", "2010", "2010.01")] == [
        Standing.OUT_OF_LIMITS,
        Standing.COMPARED,
        Standing.COMPARED,
        Standing.OUT_OF_LIMITS,
    ]
    assert names(compare("100")) == ["Dear", "Limited"]
    assert standings(compare("300", Direction.RECEIVE))["Limited"] == Standing.OUT_OF_LIMITS
    assert compare("125", Direction.RECEIVE).offers[0].transfer.paid == 1010


def test_two_queries_whatever_the_number_of_services(quote, compare, django_assert_num_queries):
    for number in range(12):
        quote(f"Service {number}", "0.1240", seen=number)
    with django_assert_num_queries(2):
        assert len(compare().offers) == 12
