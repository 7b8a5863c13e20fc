"""Remittance Prices Worldwide: what of a release is kept, how its releases differ, and that a faulty one changes nothing."""

import re
import zipfile
from datetime import date, datetime
from decimal import Decimal
from io import BytesIO, StringIO

import pytest
from django.core.management import CommandError, call_command

from remittances.imports.import_rpw import import_rpw
from remittances.imports.problems import ImportProblem
from remittances.models import RpwPrice
from tests.remittances.imports.rpw import HEADINGS, OLD_HEADINGS, row, write_csv, write_xlsx

pytestmark = pytest.mark.django_db

TODAY = date(2026, 11, 21)
excel = datetime.fromisoformat  # no table knows zones


@pytest.fixture
def path(tmp_path):
    return tmp_path / "rpw"


def load(path, **how):
    with path.open("rb") as file:
        return import_rpw(file, TODAY, **how)


def problems(path) -> list[str]:
    with pytest.raises(ImportProblem) as caught:
        load(path)
    return caught.value.lines


def everything():
    return list(RpwPrice.objects.order_by("pk").values())


def test_both_sheets_of_the_workbook_are_read(path):
    """Headings differ, cells at the end are missing or of no column, and only prices of our corridors are kept."""
    new = [
        row(),
        row(firm="Short")[: HEADINGS.index("pickup method")],
        [*row(firm="Long", destination_code="TJK"), "2025", "AGO2025"],
        row(destination_code="MDA"),
        row(source_code="DEU"),
        row(
            period="2026_2Q",
            source_code="kaz ",
            destination_code="UZB",
            payment_instrument="N/A",
            transparent="Yes",
            date=excel("2026-05-04"),
        ),
        [None, None],
    ]
    old = [row(OLD_HEADINGS, period="2015_4Q", transparent="no", cc1_fx_margin=0, cc2_fx_margin=0, date=date(2015, 11, 3))]
    counts = load(write_xlsx(path, new=new, old=old))
    assert (counts.added, counts.others, counts.repeated, counts.missed, counts.gone) == (5, 2, 0, 0, 0)
    assert counts.periods == {"2026_1Q", "2026_2Q", "2015_4Q"}

    first = RpwPrice.objects.get(firm="Primer Perevod", period="2026_1Q")
    assert (first.sends_from_id, first.sends_to_id, first.currency, first.seen_on) == ("RU", "KG", "RUB", date(2026, 2, 17))
    assert (first.firm_type, first.speed) == ("Money Transfer Operator", "Less than one hour")
    assert (first.pay_in, first.access_point, first.pickup) == ("Cash,Debit card", "Agent", "Cash")
    assert (first.amount_200, first.fee_200, first.margin_200, first.cost_200) == (16000, 160, Decimal("0.4"), Decimal("1.4"))
    assert (first.amount_500, first.fee_500, first.margin_500, first.cost_500) == (40000, 400, Decimal("0.4"), Decimal("1.4"))
    short = RpwPrice.objects.get(firm="Short")
    assert (short.pickup, short.seen_on) == ("", None)
    other = RpwPrice.objects.get(period="2026_2Q")
    assert (other.sends_from_id, other.sends_to_id, other.pay_in, other.is_transparent) == ("KZ", "UZ", "N/A", True)
    assert other.seen_on == date(2026, 5, 4)

    unclear = RpwPrice.objects.get(period="2015_4Q")  # its margin of 0 means: not known
    assert (unclear.is_transparent, unclear.margin_200, unclear.margin_500) == (False, None, None)
    assert (unclear.pay_in, unclear.access_point, unclear.pickup) == ("Cash,Debit card", "Agent", "Cash")
    assert unclear.cost_200 == Decimal("1.4")


def test_csv_in_any_case_with_any_marks_says_the_same(path):
    """Twice the same row counts once, and what an XLSX and a CSV say is one."""
    load(write_xlsx(path, new=[row()]))
    before = everything()
    capitals = [heading.upper() for heading in HEADINGS]
    texts = row(id=5, cc1_lcu_fee="160,0", cc1_lcu_amount="16\u00a0000.00", cc1_fx_margin=" 0.40", date="17.02.2026")
    serial = row(date="46070", cc1_fx_margin="4e-1")
    counts = load(write_csv(path, [texts, serial, row(date="17feb2026")], headings=capitals, encoding="utf-8-sig", delimiter=";"))
    assert (counts.added, counts.unchanged, counts.repeated, counts.gone) == (0, 1, 2, 0)
    assert everything() == before


def test_numbers_that_a_table_shows_as_dates_are_numbers(path):
    """160 is 8 June 1900 in Excel, 1.4 is 9:36 of New Year's Day."""
    shown = row(cc1_lcu_fee=excel("1900-06-08"), **{"cc1 total cost %": excel("1900-01-01 09:36")})
    assert load(write_xlsx(path, new=[shown])).missed == 0
    price = RpwPrice.objects.get()
    assert (price.fee_200, price.cost_200) == (160, Decimal("1.4"))


def test_a_release_replaces_the_quarters_it_holds(path):
    load(write_csv(path, [row(), row(firm="Leaves"), row(firm="Changes"), row(period="2025_4Q")]))
    stays = RpwPrice.objects.get(firm="Primer Perevod", period="2026_1Q").pk
    counts = load(write_csv(path, [row(), row(firm="Changes", cc1_lcu_fee=165), row(firm="Comes")]))
    assert (counts.added, counts.unchanged, counts.gone) == (2, 1, 2)
    assert set(RpwPrice.objects.values_list("firm", "period", "fee_200")) == {
        ("Primer Perevod", "2025_4Q", 160),
        ("Primer Perevod", "2026_1Q", 160),
        ("Changes", "2026_1Q", 165),
        ("Comes", "2026_1Q", 160),
    }
    assert RpwPrice.objects.filter(pk=stays).exists()


def test_products_that_differ_in_what_is_not_kept_are_two(path):
    assert load(write_csv(path, [row(), row(Standard_Note="on Sundays"), row(id=2)])).added == 2


def test_a_total_that_does_not_add_up_stands_as_published(path):
    missed = [row(**{"cc2 total cost %": "2.46"}), row(firm="Near", **{"cc2 total cost %": "1.44"}), row(firm="Gap", cc1_lcu_fee=None)]
    assert load(write_csv(path, missed)).missed == 1
    assert RpwPrice.objects.get(firm="Primer Perevod").cost_500 == Decimal("2.46")


def test_a_faulty_file_loads_nothing_and_says_where(path):
    load(write_csv(path, [row()]))
    before = everything()
    bad = [
        row(firm="Good"),
        row(period="2026_5Q"),
        row(period="2027_1Q"),
        row(source_code="RU"),
        row(cc1_lcu_fee="a hundred", transparent="perhaps"),
        row(cc1_lcu_fee="1,600"),
        row(cc1_lcu_fee=-5),
        row(cc1_lcu_fee=16001),
        row(cc1_lcu_amount=0),
        row(cc1_lcu_amount="1e15"),
        row(cc1_fx_margin="1e9"),
        row(date="17/02/2026"),
        row(date="2026-11-22"),
        row(date="1999-12-31"),
        row(cc1_lcu_code="roubles"),
        row(firm=" "),
    ]
    told = problems(write_csv(path, bad))
    assert [line.partition(": ")[0] for line in told] == [
        "row 3, period",
        "row 4, period",
        "row 5, source_code",
        "row 6, transparent",
        "row 6, cc1 lcu fee",
        "row 7, cc1 lcu fee",
        "row 8, cc1 lcu fee",
        "row 9, cc1 lcu fee",
        "row 10, cc1 lcu amount",
        "row 11, cc1 lcu amount",
        "row 12, cc1 fx margin",
        "row 13, date",
        "row 14, date",
        "row 15, date",
        "row 16, cc1 lcu code",
        "row 17, firm",
    ]
    assert "can be read in two ways" in told[5]
    assert "write it like 2031-02-17" in told[11]
    assert everything() == before

    many = problems(write_xlsx(path, new=[row(), *(row(transparent="maybe") for _ in range(27))]))
    assert len(many) == 21
    assert many[0] == "Dataset (from Q2 2016), row 3, transparent: 'maybe' is neither yes nor no."
    assert many[-1] == "… and 7 more."
    assert everything() == before


def test_headings_that_lack_or_stand_twice(path):
    without = [heading for heading in HEADINGS if heading not in ("firm", "cc2 fx margin", "note2")]
    assert problems(write_csv(path, [], headings=without)) == [
        "row 1, firm: This column is missing.",
        "row 1, cc2 fx margin: This column is missing.",
    ]
    assert problems(write_csv(path, [], headings=[*HEADINGS, "Period"])) == ["row 1, Period: This column stands here twice."]
    assert "no price from Russia or Kazakhstan" in problems(write_csv(path, [row(source_code="DEU")]))[0]
    path.write_text("")
    assert len(problems(path)) == 20


def test_what_is_no_table_is_refused(path):
    """Each with a sentence: another kind of file, half a file, another encoding, a bomb."""
    book = write_xlsx(path, new=[row()]).read_bytes()

    def told(data: bytes) -> str:
        path.write_bytes(data)
        [line] = problems(path)
        return line

    assert "old XLS file" in told(bytes.fromhex("d0cf11e0a1b11ae1") + b"\0" * 512)
    assert "damaged" in told(book[:-300])
    assert "neither an XLSX nor a CSV" in told(rezipped(book, without="[Content_Types].xml"))
    assert "Far too much is packed" in told(rezipped(book, **{"xl/media/image1.png": b"\0" * 2**20}))
    laughs = b'<!DOCTYPE l [<!ENTITY a "ha">' + b"".join(b'<!ENTITY %c "%s">' % (98 + n, b"&%c;" % (97 + n) * 10) for n in range(9)) + b"]>"
    sheet = (
        laughs
        + b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData><row><c t="str"><v>&j;</v></c></row></sheetData></worksheet>'
    )
    assert "damaged" in told(rezipped(book, **{"xl/worksheets/sheet5.xml": sheet}))
    assert told(rezipped(book, **{"xl/worksheets/sheet5.xml": b"<worksheet"})).startswith("The file is damaged")

    heading = ",".join(HEADINGS)
    assert told(f"{heading}\n{heading}\nПеревод".encode("cp1251")) == "row 3: This file is not in UTF-8. Save it as “CSV UTF-8”."
    assert "not in UTF-8" in told(f"{heading}\r\n1\r\n".encode("utf-16"))
    assert told(f'{heading}\n1,"open\n'.encode()) == "row 2: This row is no CSV: is a quotation mark missing?"
    assert "a sign in this row" in told(f"{heading}\n1\0\n".encode())
    assert not RpwPrice.objects.exists()


def rezipped(data: bytes, without: str = "", **parts: bytes) -> bytes:
    """The workbook with other parts."""
    out = BytesIO()
    with zipfile.ZipFile(BytesIO(data)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            if name != without and name not in parts:
                new.writestr(name, old.read(name))
        for name, content in parts.items():
            new.writestr(name, content)
    return out.getvalue()


def test_another_workbook_is_refused(path):
    write_xlsx(path)
    assert problems(path) == ["No sheet is called “Dataset …”, only Terms of Use, Methodology, Legend, Countries."]


def test_the_command_says_what_it_did(path):
    rows = [row(), row(), row(period="2025_1Q"), row(destination_code="MDA"), row(firm="Off", **{"cc1 total cost %": 3})]
    write_csv(path, rows)
    said = run(path, "--dry-run")
    assert "2 quarters from 2025_1Q to 2026_1Q: 3 new prices, 0 as before, 0 gone." in said
    assert "1 rows are of other corridors, 1 stand there more than once; of 1 the total" in said
    assert "Nothing was written." in said
    assert not RpwPrice.objects.exists()
    assert "3 new prices" in run(path)
    assert re.search(r"0 new prices, 3 as before, 0 gone.*World Bank.*CC BY 4\.0", run(path), re.DOTALL)
    with pytest.raises(CommandError, match=r"row 2, firm: .*\nNothing was imported"):
        run(write_csv(path, [row(firm="")]))
    with pytest.raises(CommandError, match="No such file"):
        run(path / "missing" if path.is_dir() else path.with_name("missing"))
    assert RpwPrice.objects.count() == 3


def run(path, *how: str) -> str:
    out = StringIO()
    call_command("import_rpw", path, *how, stdout=out)
    return out.getvalue()
