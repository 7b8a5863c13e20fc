"""Reading the lists of the UN, of SECO and of the EU: each format's traps, and files that are no such list."""

import tracemalloc
from datetime import date
from io import BytesIO
from pathlib import Path

import pytest

from portal.organisations.import_sanctions import READERS
from portal.organisations.lists import Listed, ListError

FILES = Path(__file__).parent / "sanctions"
DAY = date(2031, 3, 14)


def content(name: str) -> bytes:
    return (FILES / name).read_bytes()


def read(code: str, data: bytes) -> tuple[date, dict[str, Listed]]:
    found = READERS[code](BytesIO(data))
    return found.generated_on, {entry.reference: entry for entry in found.entries}


def test_the_un():
    day, entries = read("un", content("un.xml"))
    assert day == DAY and list(entries) == ["QDi.999", "QDe.999", "9900003"]
    person, front, old = entries.values()
    assert person.names == ("PRIMER VYMYSHLENNY", "Пример Вымышленный", "P. Vymyshlenny", "Abu Primer")
    assert (person.kind, person.programme, person.listed_on, person.delisted_on) == ("person", "Example regime", date(2030, 1, 15), None)
    assert (front.kind, front.names, front.listed_on) == ("entity", ("EXAMPLE FRONT", "ROGA I KOPYTA TRADING"), None)
    assert old.delisted_on == date(2020, 1, 1)


def test_seco():
    day, entries = read("seco", content("seco.xml"))
    assert day == DAY and list(entries) == ["900001", "900002", "900003", "900004", "900005"]
    person, house, bank, ship, nameless = entries.values()
    assert person.names[0] == "Vymyshlenny Primer" and person.kind == "person" and person.programme == "Example regime"
    assert set(person.names[1:]) == {
        *("Vymyshlenny Prymer", "Wymyschlennij Primer", "Wymyschlennij Prymer", "Вымышленный Primer", "Вымышленный Prymer"),
        *("The Example", "Second Identity"),
    }
    assert house.names == ("Zephyr Trading House",)  # not the old copy inside its modification
    assert (house.listed_on, house.delisted_on) == (date(2030, 1, 15), None)
    assert bank.delisted_on == date(2030, 9, 1)  # of two changes of that day the first one counts
    assert ship.kind == "object" and nameless.names == ()


def seco(changes: str) -> bytes:
    name = "<name><name-part><value>Zephyr</value></name-part></name>"
    target = f'<target ssid="1"><entity><identity main="true">{name}</identity></entity>{changes}</target>'
    return f'<swiss-sanctions-list date="2031-03-14">{target}</swiss-sanctions-list>'.encode()


@pytest.mark.parametrize(
    ("changes", "delisted"),
    [
        ([("listed", "effective-date", "2030-01-01"), ("de-listed", "effective-date", "2030-02-01")], date(2030, 2, 1)),
        ([("de-listed", "effective-date", "2030-02-01"), ("listed", "effective-date", "2030-03-01")], None),
        ([("de-listed", "publication-date", "2030-02-01"), ("listed", "enactment-date", "2030-01-01")], date(2030, 2, 1)),
        ([("listed", "effective-date", "2030-02-01"), ("de-listed", "effective-date", "2030-02-01")], None),
        ([("de-listed", "effective-date", "2032-02-01")], date(2032, 2, 1)),
        ([("de-listed", "note", "")], DAY),
        ([], None),
    ],
)
def test_the_newest_modification_decides(changes, delisted):
    written = "".join(f'<modification modification-type="{kind}" {name}="{day}"/>' for kind, name, day in changes)
    _, entries = read("seco", seco(written))
    assert entries["1"].delisted_on == delisted


def test_a_name_with_hundreds_of_spellings():
    variants = "".join(f'<spelling-variant lang="eng" script="S{number}">V{number}</spelling-variant>' for number in range(9))
    parts = "".join(f'<name-part order="{order}"><value>N{order}</value>{variants}</name-part>' for order in (2, 10, 1))
    data = seco("").replace(b"<name-part><value>Zephyr</value></name-part>", parts.encode())
    _, entries = read("seco", data)
    assert entries["1"].names == ("N1 N2 N10", *(f"V{number} V{number} V{number}" for number in range(9)))


def test_the_eu_says_the_same_in_both_formats():
    day, from_xml = read("eu", content("eu.xml"))
    same_day, from_csv = read("eu", content("eu.csv"))
    assert day == same_day == DAY and list(from_xml) == list(from_csv) == ["EU.9999.1", "99002"]
    person, house = from_xml.values()
    assert (person.kind, person.names, person.listed_on) == ("person", ("Primer Vymyshlenny", "The Example"), date(2030, 2, 1))
    assert (house.kind, house.names, house.programme) == ("entity", ("Zephyr Trading House",), "TEST; OTHER")
    assert from_csv["EU.9999.1"] == person  # three rows, one of two lines, one with stray quotation marks
    assert (from_csv["99002"].kind, from_csv["99002"].names, from_csv["99002"].programme) == (house.kind, house.names, house.programme)


def test_days_of_the_csv_in_both_forms():
    swapped = content("eu.csv").replace(b";2030-02-01;", b";01/02/2030;")
    assert read("eu", swapped)[1]["EU.9999.1"].listed_on == date(2030, 2, 1)


BOMB = b"""<?xml version="1.0"?><!DOCTYPE CONSOLIDATED_LIST [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>
<CONSOLIDATED_LIST dateGenerated="2031-03-14"><ENTITIES><ENTITY><FIRST_NAME>&b;</FIRST_NAME></ENTITY></ENTITIES></CONSOLIDATED_LIST>"""
OUTSIDE = b"""<!DOCTYPE x SYSTEM "file:///etc/passwd"><CONSOLIDATED_LIST dateGenerated="2031-03-14"/>"""
DEEP = b'<CONSOLIDATED_LIST dateGenerated="2031-03-14">' + b"<a>" * 200_000
UN, EU, CSV = content("un.xml"), content("eu.xml"), content("eu.csv")
FAULTS = {
    "a bomb": ("un", BOMB, "document type"),
    "a bomb in UTF-16": ("un", BOMB.decode().encode("utf-16"), "document type"),
    "an outside entity": ("un", OUTSIDE, "document type"),
    "a bomb of the EU": ("eu", BOMB, "document type"),
    "a deep one": ("un", DEEP, "more than 40"),
    "empty": ("un", b"", "no XML"),
    "no XML": ("seco", b"\x00\x01PK", "no XML"),
    "a page": ("un", b"<html><body>Please try again later.</body></html>", "root element is html"),
    "another list": ("seco", UN, "root element is CONSOLIDATED_LIST"),
    "another list for the EU": ("eu", UN, "root element is CONSOLIDATED_LIST"),
    "another table": ("eu", b"name;address\nA;B\n", "no column fileGenerationDate"),
    "truncated": ("un", UN[: len(UN) * 2 // 3], "broken or incomplete: .*line 1[0-9]"),
    "truncated in a row": ("eu", CSV[:-60], "row 7 is broken"),
    "a row too short": ("eu", CSV.replace(b"2030-02-01;;;P", b"2030-02-01;;P"), "row 4 is broken"),
    "no header": ("eu", b"", "no column"),
    "wrong encoding": ("un", UN.decode().encode("cp1251"), "broken or incomplete: .*invalid token.*: line 5"),
    "an encoding nobody knows": ("un", UN.replace(b"UTF-8", b"KOI-99"), "no XML: unknown encoding"),
    "a table in another encoding": ("eu", CSV.replace(b"The Example", "Пример".encode("cp1251")), "row 5 is not in UTF-8"),
    "no day": ("un", UN.replace(b' dateGenerated="2031-03-14T23:00:00.000Z"', b""), "dateGenerated is missing"),
    "a day that is none": ("un", UN.replace(b"2030-01-15-05:00", b"2030-02-31"), "INDIVIDUAL QDi.999, LISTED_ON: '2030-02-31' is no day"),
    "a day of a row": (
        "eu",
        CSV.replace(b";01/02/2030;", b";x;").replace(b"99002;;;;", b"99002;;;x;", 1),
        "row 3, column Entity_DesignationDate",
    ),
    "no kind": ("eu", EU.replace(b'code="person" classificationCode="P"', b""), "sanctionEntity EU.9999.1: nothing is no kind"),
    "no kind in a row": ("eu", CSV.replace(b";P;person;", b";?;;"), "row 2, columns Entity_SubjectType and"),
    "no key": ("eu", CSV.replace(b"14/03/2031;99002;", b"14/03/2031;;"), "row 3, column Entity_LogicalId is empty"),
    "no reference": ("un", UN.replace(b"<DATAID>9900003</DATAID>", b""), "ENTITY 'OLD EXAMPLE FUND' has neither"),
    "no subject": (
        "seco",
        seco("").replace(b"<entity>", b"<thing>").replace(b"</entity>", b"</thing>"),
        "target 1: individual, entity or object is missing",
    ),
}


@pytest.mark.parametrize("what", FAULTS)
def test_a_faulty_file(what):
    code, data, sentence = FAULTS[what]
    with pytest.raises(ListError, match=sentence):
        read(code, data)


def test_a_long_list_is_read_piece_by_piece():
    """Memory does not grow with the file: SECO's real one has 42 MB."""
    padding = "<justification>" + "Invented. " * 500 + "</justification>"
    target = seco("").decode().partition(">")[2].removesuffix("</swiss-sanctions-list>").replace("</identity>", f"</identity>{padding}")
    data = '<swiss-sanctions-list date="2031-03-14">' + target * 2_000 + "</swiss-sanctions-list>"
    file = BytesIO(data.encode())
    tracemalloc.start()
    count = sum(1 for _ in READERS["seco"](file).entries)
    _now, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert count == 2_000 and len(data) > 10_000_000 and peak < 2_000_000
