"""Middle rates of a day, and how rates and per cents are written."""

from datetime import date
from decimal import Decimal

import pytest

from portal.money.formats import NBSP, format_percent, format_rate
from portal.money.models import DayRate
from portal.money.rates import MidRate, mid_rates, newest_rates, rounded

FRIDAY = date(2026, 11, 20)


@pytest.fixture
def rates(db):
    DayRate.objects.all().delete()
    for day, currency, per_usd, source in [
        (FRIDAY, "RUB", "80", "Bank of Russia"),
        (FRIDAY, "TJS", "9.2", "National Bank"),
        (date(2026, 11, 21), "RUB", "100", "Bank of Russia"),
        (date(2026, 11, 14), "KZT", "500", "Bank of Kazakhstan"),
    ]:
        DayRate.objects.create(day=day, currency=currency, rate=Decimal(per_usd), source=source)


@pytest.mark.usefixtures("rates")
class TestMidRate:
    def test_across_the_dollar(self):
        assert mid_rates(FRIDAY, FRIDAY).of("RUB", "TJS", FRIDAY) == MidRate(Decimal("0.115"), FRIDAY, ("Bank of Russia", "National Bank"))

    def test_to_and_from_the_dollar(self):
        found = mid_rates(FRIDAY, FRIDAY)
        assert found.of("RUB", "USD", FRIDAY) == MidRate(Decimal("0.0125"), FRIDAY, ("Bank of Russia",))
        assert found.of("USD", "TJS", FRIDAY) == MidRate(Decimal("9.2"), FRIDAY, ("National Bank",))

    def test_a_currency_in_itself_needs_no_rate(self):
        day = date(1990, 1, 1)
        assert mid_rates(day, day).of("UZS", "UZS", day) == MidRate(Decimal(1), day)

    def test_the_last_day_on_which_both_have_one(self):
        """On the 21st only the rouble has a rate: a cross of two days would be the rate of none."""
        sunday = date(2026, 11, 22)
        assert mid_rates(sunday, sunday).of("RUB", "TJS", sunday).day == FRIDAY
        assert mid_rates(sunday, sunday).of("RUB", "USD", sunday) == MidRate(Decimal("0.01"), date(2026, 11, 21), ("Bank of Russia",))

    @pytest.mark.parametrize(("day", "is_known"), [(19, True), (20, False), (13, False)])
    def test_at_most_five_days_back_and_never_ahead(self, day, is_known):
        on = date(2026, 11, day)
        assert (mid_rates(on, on).of("KZT", "USD", on) is not None) is is_known

    def test_of_one_day_the_bank_that_pays_out_comes_first_then_the_other_then_the_dollar(self):
        def found() -> MidRate:
            return mid_rates(FRIDAY, FRIDAY).of("RUB", "TJS", FRIDAY)

        DayRate.objects.create(day=FRIDAY, currency="RUB", base="TJS", rate=8, nominal=10, source="Bank of Russia")
        assert found() == MidRate(Decimal("0.125"), FRIDAY, ("Bank of Russia",))
        DayRate.objects.create(day=FRIDAY, currency="TJS", base="RUB", rate=Decimal("0.12"), source="National Bank")
        assert found() == MidRate(Decimal("0.12"), FRIDAY, ("National Bank",))
        DayRate.objects.filter(base="USD").delete()
        assert found().value == Decimal("0.12") and mid_rates(FRIDAY, FRIDAY).of("TJS", "RUB", FRIDAY).value == 8

    def test_the_day_counts_more_than_the_way(self):
        """A pair of yesterday is no rate of today, which the dollar gives."""
        DayRate.objects.create(day=date(2026, 11, 19), currency="TJS", base="RUB", rate=Decimal("0.2"), source="National Bank")
        assert mid_rates(FRIDAY, FRIDAY).of("RUB", "TJS", FRIDAY).value == Decimal("0.115")

    def test_prices_of_a_dollar_are_read_among_pairs(self):
        DayRate.objects.create(day=date(2026, 11, 21), currency="TJS", base="RUB", rate=Decimal("0.2"), source="National Bank")
        assert {code: (rate.base, rate.rate) for code, rate in newest_rates(date(2026, 11, 22)).items()} == {
            "RUB": ("USD", 100),
            "TJS": ("USD", Decimal("9.2")),
            "KZT": ("USD", 500),
        }

    def test_who_published_it(self):
        assert mid_rates(FRIDAY, FRIDAY).of("RUB", "TJS", FRIDAY).publishers == "Bank of Russia, National Bank"
        assert MidRate(Decimal(1), FRIDAY, ("",)).publishers == ""

    def test_one_query_for_all(self, django_assert_num_queries):
        with django_assert_num_queries(1):
            found = mid_rates(date(2026, 11, 10), date(2026, 11, 22))
            assert found.of("RUB", "TJS", FRIDAY) and found.of("KZT", "RUB", FRIDAY) is None


@pytest.mark.parametrize(
    ("rate", "source", "target", "language", "text"),
    [
        ("0.1148", "RUB", "TJS", "tg", f"1{NBSP}₽ = 0,11480{NBSP}сомонӣ"),
        ("149.15", "RUB", "UZS", "en", f"1{NBSP}₽ = 149.15{NBSP}UZS"),
        ("1.07870000", "RUB", "KGS", "ky", f"1{NBSP}₽ = 1,0787{NBSP}сом"),
        ("0.017648", "KZT", "TJS", "ru", f"100{NBSP}₸ = 1,7648{NBSP}сомони"),
        ("0.00123456", "RUB", "USD", "en", f"100{NBSP}₽ = 0.123456{NBSP}USD"),
        ("12345678.5", "USD", "UZS", "uz", f"1{NBSP}dollar = 12{NBSP}345{NBSP}678,5{NBSP}soʻm"),
    ],
)
def test_a_rate_is_written_with_all_its_digits(rate, source, target, language, text):
    assert format_rate(Decimal(rate), source, target, language) == text


def test_a_rate_is_rounded_to_five_digits():
    assert rounded(Decimal("0.114802008")) == Decimal("0.11480")
    assert rounded(Decimal("149.64491")) == Decimal("149.64")
    assert rounded(Decimal("12050.4")) == Decimal("12050")


@pytest.mark.parametrize(
    ("percent", "language", "text"),
    [
        ("0.5", "ru", f"0,5{NBSP}%"),
        ("1.536", "en", "1.54%"),
        ("0", "tg", f"0{NBSP}%"),
        ("10", "en", "10%"),
        ("-0.001", "en", "0%"),
        ("-0.25", "uz", f"−0,25{NBSP}%"),
    ],
)
def test_a_per_cent_is_written_with_two_places(percent, language, text):
    assert format_percent(Decimal(percent), language) == text
