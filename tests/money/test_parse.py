"""Sums as people type them."""

import sys
import unicodedata
from decimal import Decimal

import pytest
from django.utils.translation import override
from hypothesis import given
from hypothesis import strategies as st

from portal.money.amounts import Currency, Money
from portal.money.formats import format_money
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
        ("15 000 РУБЛЕЙ", "15000"),
        ("RUB 15,000.00", "15000"),
        ("100000₸", "100000"),
        ("2 000 000 so'm", "2000000"),
        ("1500 сомонӣ", "1500"),
        ("$200", "200"),
        ("100000000", "100000000"),
    ],
)
def test_a_sum_is_understood(typed, amount):
    assert parse_amount(typed) == Decimal(amount)


@pytest.mark.parametrize("currency", Currency.values)
@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("amount", ["7", "1234.50", "15000", "99999999.99"])
def test_what_a_page_writes_can_be_typed_again(currency, language, amount):
    assert parse_amount(format_money(Money(Decimal(amount), currency), language)) == Decimal(amount)


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
        parse_amount(typed)


@given(st.text(max_size=70) | st.text("0123456789.,' -₽сом", max_size=20))
def test_no_text_is_too_strange(typed):
    try:
        amount = parse_amount(typed)
    except AmountProblem:
        return
    assert 0 < amount <= MOST
    assert amount == amount.quantize(Decimal("0.01"))


ZEROS = [chr(code) for code in range(sys.maxunicode + 1) if unicodedata.decimal(chr(code), None) == 0]


def test_digits_of_every_script_count():
    assert len(ZEROS) > 50
    for zero in ZEROS:
        assert parse_amount("".join(chr(ord(zero) + int(digit)) for digit in "1234567890")[:8]) == Decimal(12345678)
