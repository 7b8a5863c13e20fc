"""The demo's prices: enough of them for each way home, all marked, plausible, and the same whenever they are loaded."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.core.management import CommandError, call_command

from portal.money.demo import load_demo_rates
from portal.money.models import DayRate
from portal.money.rates import NoRate
from portal.places.corridors import DESTINATIONS, ORIGINS
from remittances.ask import PAID, WANTED
from remittances.demo import load_demo_history, load_demo_quotes
from remittances.history import history_of
from remittances.models import FeeBand, Quote, TransferProvider, TransferService
from remittances.quotes import Direction, Standing, compare_quotes

pytestmark = pytest.mark.django_db


@pytest.fixture
def loaded(today) -> int:
    DayRate.objects.all().delete()
    load_demo_rates(today)
    return load_demo_quotes(today)


@pytest.mark.parametrize("home", ORIGINS)
@pytest.mark.parametrize("work", DESTINATIONS)
@pytest.mark.usefixtures("loaded")
class TestEachWayHome:
    def test_has_at_least_five_services_that_are_compared(self, work, home, today):
        found = compare_quotes(work, home, PAID[work], Direction.PAY, today)
        assert len([offer for offer in found.offers if offer.standing == Standing.COMPARED]) >= 5
        assert found.best is not None
        margins = [offer.transfer.margin_pct for offer in found.offers]
        assert all(Decimal("0.19") < margin < Decimal("3.01") or margin == 0 for margin in margins)

    def test_stands_in_one_order_by_what_arrives_and_by_what_is_lost(self, work, home, today):
        for direction, amount in [(Direction.PAY, PAID[work]), (Direction.RECEIVE, WANTED[home])]:
            found = compare_quotes(work, home, amount, direction, today)
            lost = [offer.transfer.lost_of_1000 for offer in found.offers]
            assert lost == sorted(lost)

    def test_shows_the_trap_of_no_fee(self, work, home, today):
        """A service without a fee whose rate is so bad that dearer-looking ones bring more."""
        offers = compare_quotes(work, home, PAID[work], Direction.PAY, today).offers
        free = [place for place, offer in enumerate(offers) if not offer.transfer.fee]
        assert any(not offers[place].is_old and any(offer.transfer.fee for offer in offers[:place]) for place in free)

    def test_has_every_kind_of_fee_way_and_money(self, work, home, today):
        quotes = [offer.quote for offer in compare_quotes(work, home, PAID[work], Direction.PAY, today).offers]
        kinds = {(quote.fee_fixed > 0, quote.fee_percent > 0) for quote in quotes}
        assert {(False, False), (True, False), (False, True)} <= kinds
        assert {quote.fee_added for quote in quotes} == {True, False}
        assert {quote.service.pay_out for quote in quotes} == set(TransferService.Way.values)
        assert "USD" in {quote.service.payout_currency for quote in quotes}
        assert {0, 9} <= {(today - quote.observed_on).days for quote in quotes} <= set(range(10))


def test_all_are_marked_and_twice_is_once(loaded, today):
    assert Quote.objects.count() == loaded > 30
    assert not Quote.objects.filter(is_demo=False).exists()
    before = list(Quote.objects.order_by("pk").values())
    assert load_demo_quotes(today) == 0
    assert list(Quote.objects.order_by("pk").values()) == before


def test_the_next_day_brings_prices_of_that_day_for_the_same_services(loaded, today):
    services = TransferService.objects.count()
    load_demo_rates(today + timedelta(days=1))
    assert load_demo_quotes(today + timedelta(days=1)) > 0
    assert TransferService.objects.count() == services
    assert TransferProvider.objects.count() == 6


def test_what_an_operator_took_off_the_list_stays_off(loaded, today):
    TransferService.objects.update(is_listed=False)
    load_demo_quotes(today)
    assert not TransferService.objects.filter(is_listed=True).exists()


def test_half_a_year_of_prices_is_seen_once(loaded, today):
    assert load_demo_history(today) > 500
    assert load_demo_history(today) == 0
    for pair in ("RU-TJ", "KZ-UZ"):
        services = list(TransferService.objects.listed(today).filter(sends_from=pair[:2], sends_to=pair[3:]))
        weeks = history_of(services, None, today)
        assert 20 < len(weeks) < (weeks[-1].begins - weeks[0].begins).days / 7 + 1, "there are gaps"
        assert weeks[0].average > weeks[-1].average


def test_a_promotion_a_table_of_fees_and_limits_are_there(loaded):
    assert Quote.objects.filter(is_promotion=True).count() == 6 and FeeBand.objects.count() == 12
    assert TransferService.objects.filter(least__gt=0, most__gt=0).exclude(payout_places="").count() == 6


def test_day_rates_come_first(today):
    DayRate.objects.all().delete()
    with pytest.raises(NoRate, match="load the demo's day rates first"):
        load_demo_quotes(today)


def test_never_outside_the_demo(settings):
    settings.DEMO = False
    with pytest.raises(CommandError):
        call_command("load_demo")
    assert not Quote.objects.exists()
