"""Registry numbers and activity codes, as people type them."""

import pytest
from django.core.exceptions import ValidationError

from portal.organisations.activities import DIVISIONS, read_activities
from portal.organisations.mailboxes import FREE, domain_of, is_free
from portal.organisations.numbers import read_number


@pytest.mark.parametrize(
    ("country", "text", "number"),
    [
        ("RU", "9900000017", "9900000017"),
        ("RU", " 99 0000-0017 ", "9900000017"),
        ("RU", "990000000115", "990000000115"),
        ("KZ", "250140000013", "250140000013"),
        ("KZ", "250140000409", "250140000409"),  # by the second weights
        ("KZ", "250 140 000 013", "250140000013"),
        ("TJ", "020012345", "020012345"),
        ("UZ", "301-234-567", "301234567"),
    ],
)
def test_a_number_is_kept_as_its_digits(country, text, number):
    assert read_number(text, country) == number


@pytest.mark.parametrize(
    ("country", "text", "why"),
    [
        ("RU", "9900000018", "INN"),
        ("RU", "990000000116", "INN"),
        ("RU", "990000000125", "INN"),  # the first of its two check digits is wrong
        ("RU", "990000001", "INN"),
        ("RU", "1257700000128", "INN"),  # an OGRN
        ("RU", "0000000000", "zeros"),
        ("KZ", "000000000000", "zeros"),
        ("TJ", "000 000 000", "zeros"),
        ("KZ", "250140000014", "BIN"),
        ("KZ", "9900000017", "BIN"),
        ("KZ", "900101300116", "person"),  # an IIN
        ("KZ", "900101300811", "person"),  # another, by the second weights
        ("RU", "INN 9900000017", "digits only"),
        ("RU", "", "digits only"),
        ("KZ", "٢٥٠١٤٠٠٠٠٠١٣", "digits only"),
        ("KG", "12345", "6 to 20"),
        ("UZ", "1" * 21, "6 to 20"),
    ],
)
def test_a_number_that_cannot_be(country, text, why):
    with pytest.raises(ValidationError, match=why):
        read_number(text, country)


def test_a_number_of_kazakhstan_that_neither_weights_allow():
    for last in "0123456789":
        with pytest.raises(ValidationError):
            read_number(f"90010130080{last}", "KZ")


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("41.20", ["41.20"]),
        ("41.20, 43.31; 56", ["41.20", "43.31", "56"]),
        ("4120 41201 41.20.1 41.20", ["41.20", "41.20.1"]),
        ("01.1\n10.71", ["01.1", "10.71"]),
    ],
)
def test_activity_codes(text, codes):
    assert read_activities(text) == codes


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("", "at least one"),
        (" ,; ", "at least one"),
        ("building", "building"),
        ("04.11", "04.11"),
        ("41.20, 97.00", "Households"),
        ("9810", "Households"),
        ("41.2.0.0", "41.2.0.0"),
        (" ".join(f"{number}.1" for number in sorted(DIVISIONS)[:21]), "20 most important"),
    ],
)
def test_activity_codes_that_cannot_be(text, why):
    with pytest.raises(ValidationError, match=why):
        read_activities(text)


def test_mailboxes():
    assert domain_of("office@Example.org") == "example.org"
    assert domain_of(None) == ""
    assert is_free("gmail.com") and is_free("mail.ru") and not is_free("example.org")
    assert all(domain == domain.lower() and "." in domain for domain in FREE)
