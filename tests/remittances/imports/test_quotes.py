"""Our own table of prices: what becomes of a row, what is asked of it, and that the same file twice is the same file once."""

import csv
from datetime import datetime, time, timedelta
from decimal import Decimal
from io import BytesIO, StringIO

import pytest
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command
from django.utils import timezone
from django.utils.translation import override

from remittances.imports.import_quotes import Counts, import_quotes
from remittances.imports.problems import ImportProblem
from remittances.imports.quote_rows import COLUMNS, MAY_LACK
from remittances.models import FeeBand, Quote

pytestmark = pytest.mark.django_db

HEADINGS = [column for column in COLUMNS if column[-1] not in "123"]


@pytest.fixture
def price(today, quote):
    """A row for the card of Laylak, whose price of last month stands; other cells by name."""
    quote("Laylak", "0.1240", seen=30)
    like = {
        "provider": "laylak",
        "from": "RU",
        "to": "TJ",
        "pay_in": "card",
        "pay_out": "card",
        "payout_currency": "TJS",
        "amount": "15000",
    }
    like |= {"fee_fixed": "49", "fee_percent": "0.5", "fee_added": "no", "rate": "0.1243", "observed_on": f"{today}", "source": "Their app"}

    def row(**cells: object) -> dict[str, str]:
        return like | {name: str(value) for name, value in cells.items()}

    return row


def table(*rows, headings=HEADINGS, encoding="utf-8", delimiter=",") -> BytesIO:
    out = StringIO()
    writer = csv.DictWriter(out, headings, delimiter=delimiter, restval="")
    writer.writeheader()
    writer.writerows(rows)
    return BytesIO(out.getvalue().encode(encoding))


@pytest.fixture
def take_in(today):
    def load(*rows, by=None, **how):
        return import_quotes(table(*rows, **how), by, timezone.make_aware(datetime.combine(today, time(12))))

    return load


@pytest.fixture
def problems(take_in):
    def told(*rows, **how) -> list[str]:
        before = everything()
        with pytest.raises(ImportProblem) as caught:
            take_in(*rows, **how)
        assert everything() == before
        return caught.value.lines

    return told


def everything():
    return [list(model.objects.order_by("pk").values()) for model in (Quote, FeeBand)]


def of_today(today) -> Quote:
    return Quote.objects.get(observed_on=today)


def test_a_row_becomes_a_price_with_its_table_of_fees(price, take_in, today):
    """Sums as people type them, either mark between cells, days as they are written at home."""
    row = price(amount="15 000,50", rate="0,12430001", fee_fixed="", link="laylak.example.org/fees", is_promotion="YES", note="Page 2")
    row |= {"observed_on": f"{today:%d.%m.%Y}", "above_1": "50.000", "fee_fixed_1": "0", "above_3": "100 000", "fee_percent_3": "1,25"}
    assert take_in(row, headings=COLUMNS, delimiter=";", encoding="utf-8-sig") == Counts(added=1)
    found = of_today(today)
    assert (found.amount, found.rate, found.fee_fixed, found.fee_percent) == (
        Decimal("15000.50"),
        Decimal("0.12430001"),
        Decimal(0),
        Decimal("0.5"),
    )
    assert (found.fee_added, found.is_promotion, found.source, found.note) == (False, True, "Their app", "Page 2")
    assert (found.link, found.observed_by, found.state, found.is_demo) == ("https://laylak.example.org/fees", None, "accepted", False)
    assert list(found.bands.values_list("above", "fee_fixed", "fee_percent")) == [(50000, 0, 0), (100000, 0, Decimal("1.25"))]


def test_twice_is_once_and_another_price_of_the_day_replaces(price, take_in, today):
    rows = [
        price(),
        price(is_promotion="yes", rate="0.1249"),
        price(observed_on=today - timedelta(days=1), above_1="20000", fee_fixed_1="9"),
    ]
    assert take_in(*rows, headings=COLUMNS) == Counts(added=3)
    before = everything()
    assert take_in(*rows, headings=COLUMNS) == Counts(unchanged=3)
    assert everything() == before
    rows[0] |= {"rate": "0.1244"}
    rows[2] |= {"fee_fixed_1": "10"}
    assert take_in(*rows, headings=COLUMNS) == Counts(changed=2, unchanged=1)
    assert Quote.objects.count() == 4
    assert Quote.objects.get(observed_on=today, is_promotion=False).rate == Decimal("0.1244")
    assert FeeBand.objects.get().fee_fixed == 10


@pytest.mark.usefixtures("rates")
def test_a_strange_price_waits_and_what_stands_stands(price, take_in, today):
    """1 rouble is 0.125 somoni. What was refused is not asked about again."""
    take_in(price())
    assert take_in(price(rate="8")) == Counts(held=1)
    accepted, held = Quote.objects.filter(observed_on=today).order_by("state")
    assert (accepted.state, accepted.rate, held.state, held.rate) == ("accepted", Decimal("0.1243"), "held", 8)
    assert "turned upside down" in held.held_because
    assert take_in(price(rate="8")) == Counts(unchanged=1)
    assert take_in(price(rate="9")) == Counts(held=1)
    held.refresh_from_db()
    assert held.rate == 9
    Quote.objects.filter(pk=held.pk).update(state="refused", decided_because="Upside down")
    assert take_in(price(rate="9")) == Counts(unchanged=1)
    assert take_in(price(rate="7")) == Counts(held=1)
    assert take_in(price(rate="0.1245")) == Counts(changed=1)
    assert set(Quote.objects.filter(observed_on=today).values_list("state", "rate")) == {("accepted", Decimal("0.1245")), ("refused", 9)}


def test_what_is_wrong_is_told_by_row_and_column(price, problems, today, quote):
    ended = quote("Bodom", "0.1240", seen=20).service
    ended.licence_valid_to = today - timedelta(days=1)
    ended.save()
    rows = [
        price(),
        price(provider="Nobody"),
        price(pay_out="cash"),
        price(rate="0", fee_fixed="-5"),
        price(rate="1e9"),
        price(amount="1e15", rate="12.345.6"),
        price(amount="0", source=""),
        price(observed_on=today + timedelta(days=1)),
        price(observed_on="1999-12-31"),
        price(observed_on="11/21/26", link="no address", is_promotion="maybe"),
        price(fee_added="", fee_percent="51"),
        price(fee_fixed="", fee_percent=""),
        price(provider="bodom"),
        price(rate="0,1250"),
        price(above_1="20000", fee_fixed_1="5", above_2="20000", fee_fixed_2="1", observed_on=today - timedelta(days=2)),
        price(above_1="20000", observed_on=today - timedelta(days=3)),
        price(fee_fixed_1="5", observed_on=today - timedelta(days=4)),
    ]
    told = problems(*rows, headings=COLUMNS)
    places = [line.partition(": ")[0] for line in told]
    assert places == [
        "row 3, provider",
        "row 4, from, to, pay_in, pay_out, payout_currency",
        "row 5, fee_fixed",
        "row 5, rate",
        "row 6, rate",
        "row 7, amount",
        "row 7, rate",
        "row 8, amount",
        "row 8, source",
        "row 9, observed_on",
        "row 10, observed_on",
        "row 11, observed_on",
        "row 11, link",
        "row 11, is_promotion",
        "row 12, fee_percent",
        "row 12, fee_added",
        "row 13, fee_fixed",
        "row 14, provider",
        "row 15",
        "row 16, above_2",
        "… and 2 more.",
    ]
    assert "999,999.99 is the most. Look at the zeros." in told[4] and "100,000,000 is the most." in told[5]
    assert "at most 50 per cent" in told[14]
    assert "ended on" in told[17]
    assert told[18] == "row 15: Row 2 has a price of the same service and day."


def test_a_price_from_before_the_licence_ended_is_taken(price, take_in, today, quote):
    service = quote("Bodom", "0.1240", seen=20).service
    service.licence_valid_to = today - timedelta(days=1)
    service.save()
    assert take_in(price(provider="bodom", observed_on=today - timedelta(days=1))) == Counts(added=1)


def test_headings_and_files_that_are_no_table(price, problems, today):
    few = [heading for heading in HEADINGS if heading not in ("rate", *MAY_LACK)]
    assert problems(headings=[*few, "colour", "from"]) == [
        "row 1, rate: This column is missing.",
        "row 1, colour: We do not know this column.",
        "row 1, from: This column stands here twice.",
    ]
    assert problems() == ["There is no price in this file."]
    with pytest.raises(ImportProblem, match="row 2: This row has more cells"):
        import_quotes(BytesIO(table(price()).getvalue().rstrip() + b",more\n"), None, timezone.now())
    with pytest.raises(ImportProblem, match="row 2: There is a sign in this row"):
        import_quotes(BytesIO(table(price(source="a\0b")).getvalue()), None, timezone.now())
    with pytest.raises(ImportProblem, match="it may have 2000 prices"):
        import_quotes(BytesIO(table().getvalue() + b"x\n" * 2001), None, timezone.now())
    assert "is not in UTF-8" in problems(price(source="Их сайт"), encoding="cp1251")[0]


def test_only_operators_and_in_their_language(price, cast, take_in, today):
    with pytest.raises(PermissionDenied):
        take_in(price(), by=cast["farrukh"])
    upload = SimpleUploadedFile("prices.csv", table(price()).getvalue())
    assert import_quotes(upload, cast["timur"], timezone.now()) == Counts(added=1)
    assert of_today(today).observed_by == cast["timur"]
    with override("ru"), pytest.raises(ImportProblem) as caught:
        take_in(price(observed_on=""), by=cast["timur"])
    assert not str(caught.value).isascii()


def test_a_file_costs_few_queries(price, take_in, today, django_assert_max_num_queries):
    rows = [price(observed_on=today - timedelta(days=back)) for back in range(40)]
    take_in(*rows)
    with django_assert_max_num_queries(5):
        assert take_in(*rows) == Counts(unchanged=40)


def test_the_command_says_what_it_did(price, tmp_path):
    path = tmp_path / "prices.csv"
    path.write_bytes(table(price(rate="8"), price(is_promotion="yes")).getvalue())
    out = StringIO()
    call_command("import_quotes", path, stdout=out)
    assert out.getvalue() == "2 new prices, 0 changed, 0 as before; 0 look strange and wait for a second person.\n"
    path.write_bytes(table(price(rate="")).getvalue())
    with pytest.raises(CommandError, match=r"row 2, rate: .*\nNothing was imported"):
        call_command("import_quotes", path)
    with pytest.raises(CommandError, match="No such file"):
        call_command("import_quotes", tmp_path / "missing.csv")
