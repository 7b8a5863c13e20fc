"""Sums as people type them."""

import sys
import unicodedata
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.utils.translation import override
from hypothesis import given
from hypothesis import strategies as st

from portal.money.amounts import Currency, Money
from portal.money.formats import format_money
from portal.money.forms import AmountField
from portal.money.parse import MOST, AmountProblem, parse_amount

LANGUAGES = ("tg", "ky", "uz", "ru", "en")


@pytest.mark.parametrize(
    ("typed", "amount"),
    [
        ("15000", "15000"),
        ("15 000,50", "15000.50"),
        ("15.000", "15000"),
        ("15,000", "15000"),
        ("15,000.50", "15000.50"),
        ("15.000,50", "15000.50"),
        ("1.000.000", "1000000"),
        ("1,000,000.5", "1000000.50"),
        ("15\u00a0000", "15000"),
        ("15\u2009000,5", "15000.50"),
        ("15\u202f000", "15000"),
        ("15'000", "15000"),
        ("15’000.50", "15000.50"),
        ("15.5", "15.50"),
        ("15,50", "15.50"),
        ("0,5", "0.50"),
        ("0.01", "0.01"),
        ("  15000  ", "15000"),
        ("15000.", "15000"),
        ("007", "7"),
        ("١٥٠٠٠", "15000"),
        ("١٥٬٠٠٠٫٥٠", "15000.50"),
        ("۱۵۰۰۰", "15000"),
        ("１５，０００", "15000"),
        ("१५०००", "15000"),
        ("\u200f15000\u200e", "15000"),
        ("15 000 ₽", "15000"),
        ("₽15000", "15000"),
        ("15000 руб.", "15000"),
        ("руб.15000", "15000"),
        ("15 000 РУБЛЕЙ", "15000"),
        ("RUB 15,000.00", "15000"),
        ("100000000", "100000000"),
    ],
)
def test_a_sum_is_understood(typed, amount):
    assert parse_amount(typed, "RUB") == Decimal(amount)


@pytest.mark.parametrize(
    ("typed", "currency", "amount"),
    [
        ("100000₸", "KZT", "100000"),
        ("2 000 000 so'm", "UZS", "2000000"),
        ("150 с.", "TJS", "150"),
        ("1500 сом", "KGS", "1500"),
        ("$200", "USD", "200"),
    ],
)
def test_the_currency_that_is_asked_for_may_stand_there(typed, currency, amount):
    assert parse_amount(typed, currency) == Decimal(amount)


@pytest.mark.parametrize(
    ("typed", "currency"), [("$200", "RUB"), ("1500 сомонӣ", "RUB"), ("15000 ₽", "TJS"), ("200 USD", "UZS"), ("100 ₽ ₸", "KZT")]
)
def test_another_currency_is_another_sum(typed, currency):
    with override("en"), pytest.raises(AmountProblem) as problem:
        parse_amount(typed, currency)
    assert format_money(Money(Decimal(15000), currency), "en") in str(problem.value)


@pytest.mark.parametrize("currency", Currency.values)
@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("amount", ["7", "1234.50", "15000", "99999999.99"])
def test_what_a_page_writes_can_be_typed_again(currency, language, amount):
    assert parse_amount(format_money(Money(Decimal(amount), currency), language), currency) == Decimal(amount)


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        ("", "Write the sum, for example 15,000."),
        (" \t ", "Write the sum, for example 15,000."),
        ("0", "more than zero"),
        ("0,00", "more than zero"),
        ("-5", "more than zero"),
        ("−5", "more than zero"),
        ("- 15 000 ₽", "more than zero"),
        ("₽ -5", "more than zero"),
        ("1000000000000000", "up to 100,000,000"),
        ("100000000,01", "up to 100,000,000"),
        ("9" * 59, "up to 100,000,000"),
        ("1e15", "in digits"),
        ("15e3", "in digits"),
        ("inf", "in digits"),
        ("NaN", "in digits"),
        ("0x10", "in digits"),
        ("abc", "in digits"),
        ("15 т", "in digits"),
        ("15 тыс", "in digits"),  # read as fifteen it would be a thousand times too little
        ("15k", "in digits"),
        ("5-10", "in digits"),
        ("1 5000", "in digits"),
        ("1,50,000", "in digits"),
        ("15,000,50", "in digits"),
        ("1.000,000.50", "in digits"),
        ("15.000'000", "in digits"),
        ("1²5", "in digits"),
        ("½", "in digits"),
        (".50", "in digits"),  # half a rouble, not fifty
        ("₽ .50", "in digits"),
        ("₽.50", "in digits"),
        ("-.50", "in digits"),
        ("15\x00000", "in digits"),
        ("\x00", "in digits"),
        ("<b>15</b>", "in digits"),
        ("9" * 5000, "in digits"),
        ("15.005,5001", "two digits after the comma"),
        ("1234.567", "two digits after the comma"),
        ("15 000,005", "two digits after the comma"),
        ("0,500", "two digits after the comma"),
    ],
)
def test_what_is_no_sum_is_answered_with_what_to_write(typed, says):
    with override("en"), pytest.raises(AmountProblem, match=says):
        parse_amount(typed, "RUB")


@pytest.mark.parametrize(
    ("typed", "amount"), [("60 000", "60000"), ("60.000,50", "60000.50"), ("500 000 000", "500000000"), ("-5 000", "-5000"), ("0,00", "0")]
)
def test_a_field_reads_so_too_and_has_limits_of_its_own(typed, amount):
    assert AmountField(max_digits=18, decimal_places=2).clean(typed) == Decimal(amount)


@pytest.mark.parametrize("typed", ["800 $", "60 000 ₽", "$800", ".50.", "15 тыс"])
def test_a_field_takes_no_currency(typed):
    """The select beside it says which, and "800 $" in roubles would be a wage of 800 roubles."""
    with pytest.raises(ValidationError):
        AmountField(max_digits=18, decimal_places=2).clean(typed)


@given(st.text(max_size=70) | st.text("0123456789.,' -₽сом", max_size=20))
def test_no_text_is_too_strange(typed):
    try:
        amount = parse_amount(typed, "RUB")
    except AmountProblem:
        return
    assert 0 < amount <= MOST
    assert amount == amount.quantize(Decimal("0.01"))


ZEROS = [chr(code) for code in range(sys.maxunicode + 1) if unicodedata.decimal(chr(code), None) == 0]


def test_digits_of_every_script_count():
    assert len(ZEROS) > 50
    for zero in ZEROS:
        assert parse_amount("".join(chr(ord(zero) + int(digit)) for digit in "1234567890")[:8], "RUB") == Decimal(12345678)
