from datetime import date
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError

from portal.money.amounts import Currency, CurrencyMismatch, Money, WageBasis, WagePeriod, WageTerms
from portal.money.demo import DAYS, load_demo_rates
from portal.money.formats import NBSP, format_money, format_number
from portal.money.models import DayRate


class Pay(WageTerms):
    """A concrete wage, to test what vacancies and offers will inherit."""

    class Meta(WageTerms.Meta):
        app_label = "money"


def rub(amount: str) -> Money:
    return Money(Decimal(amount), "RUB")


def test_money_keeps_two_places_half_to_even():
    assert rub("10.005").amount == Decimal("10.00")
    assert rub("10.015").amount == Decimal("10.02")


def test_money_adds_and_compares_within_one_currency():
    assert rub("10") + rub("2.5") == rub("12.5")
    assert rub("10") - rub("2.5") == rub("7.5")
    assert rub("1") < rub("2")
    with pytest.raises(CurrencyMismatch):
        rub("1") + Money(Decimal(1), "USD")
    with pytest.raises(CurrencyMismatch):
        _ = rub("1") < Money(Decimal(1), "USD")


@pytest.mark.parametrize(("amount", "currency", "error"), [(1.5, "RUB", TypeError), (Decimal(1), "XXX", ValueError)])
def test_money_refuses_floats_and_unknown_currencies(amount, currency, error):
    with pytest.raises(error):
        Money(amount, currency)


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", f"12,500.50{NBSP}₽"),
        ("ru", f"12{NBSP}500,50{NBSP}₽"),
        ("tg", f"12{NBSP}500,50{NBSP}₽"),
        ("ky", f"12{NBSP}500,50{NBSP}₽"),
        ("uz", f"12{NBSP}500,50{NBSP}₽"),
    ],
)
def test_money_is_written_as_the_language_writes_it(language, text):
    assert format_money(rub("12500.50"), language) == text


def test_each_currency_has_words_in_each_language():
    for currency in Currency.values:
        for language in ("tg", "ky", "uz", "ru", "en"):
            assert format_money(Money(Decimal(1), currency), language).split(NBSP, 1)[1]


def test_whole_numbers_have_no_cents():
    assert format_number(Decimal("1200.00"), "ru") == f"1{NBSP}200"


@pytest.mark.django_db
class TestDayRates:
    @pytest.fixture(autouse=True)
    def rates(self):
        DayRate.objects.all().delete()
        DayRate.objects.create(day=date(2026, 11, 18), currency="RUB", rate=Decimal("80"), source="test")

    @pytest.mark.parametrize(
        ("values", "constraint"), [({"rate": Decimal(0)}, "rate_is_positive"), ({"currency": "XXX"}, "rate_currency_is_known")]
    )
    def test_the_database_refuses_nonsense(self, values, constraint):
        with pytest.raises(IntegrityError, match=constraint):
            DayRate.objects.create(**({"day": date(2026, 11, 21), "currency": "RUB", "rate": Decimal(1), "source": "test"} | values))

    def test_one_rate_a_pair_and_day(self):
        with pytest.raises(IntegrityError, match="one_rate_a_pair_and_day"):
            DayRate.objects.create(day=date(2026, 11, 18), currency="RUB", rate=Decimal(1), source="again")

    def test_a_wage_is_an_amount_a_period_and_a_basis(self):
        pay = Pay(wage_amount=Decimal(60000), wage_currency="RUB", wage_period=WagePeriod.MONTH, wage_basis=WageBasis.NET)
        pay.full_clean()
        assert pay.guaranteed == rub("60000")

    @pytest.mark.parametrize(
        "wrong", [{"wage_amount": Decimal(0)}, {"wage_amount": Decimal("1E17")}, {"wage_period": "year"}, {"wage_basis": "both"}]
    )
    def test_a_wage_that_is_none_is_refused(self, wrong):
        values = {"wage_amount": Decimal(60000), "wage_currency": "RUB", "wage_period": "month", "wage_basis": "net"} | wrong
        with pytest.raises(ValidationError):
            Pay(**values).full_clean()


@pytest.mark.django_db
def test_demo_rates_are_marked_and_loading_them_again_adds_nothing():
    DayRate.objects.all().delete()
    assert load_demo_rates(date(2026, 11, 21)) == DAYS
    assert load_demo_rates(date(2026, 11, 21)) == 0
    assert load_demo_rates(date(2026, 11, 22)) == 1
    assert not DayRate.objects.filter(is_demo=False).exists()
