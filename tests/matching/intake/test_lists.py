"""A list from an agency: every fault by its cell, nothing loaded while there is one, and files that are no lists refused with a sentence."""

import struct
import zipfile
from datetime import date, datetime, timedelta
from io import BytesIO

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils.translation import override
from openpyxl import Workbook, load_workbook

from matching.forms.intake import Lists
from matching.intake.invite import forget_invitations, invite
from matching.intake.read_table import MOST_BYTES, MOST_ROWS, NotReadable, read_table
from matching.intake.table import columns, empty_list
from matching.models import Candidate, Invitation
from portal.accounts.models import User
from portal.organisations.models import Organisation
from portal.outbox.models import Message
from tests.matching.intake.conftest import BARNO, NUMBER, key
from tests.people import NOW

pytestmark = pytest.mark.django_db
PAGE = "/en/jobs/people/list/"
HEADINGS = ["Given name", "Family name", "Month of birth", "Phone number", "Home region", "Work that the person knows", "How long in all"]
HEADINGS += ["Until when", "Russian", "Wants to go: Russia", "Where the person is now"]
GOOD = ["Барно", "Шарипова", "05.1994", "+992 90 123 4567", "Khatlon Region", "Bricklayer", "5 years", "Still doing it"]
GOOD += ["A2 · simple things: a shop, a bus, a short question", "Yes", ""]


def xlsx(*rows: list[object], headings: list[str] = HEADINGS) -> bytes:
    book = Workbook()
    book.active.append(headings)
    for row in rows:
        book.active.append(row)
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def send(client, data: bytes, name: str = "people.xlsx", **more: str):
    return client.post(PAGE, key() | {"file": SimpleUploadedFile(name, data), "may": "on"} | more)


def problems(response) -> list[tuple[str, str]]:
    return [(problem.place, problem.text) for problem in response.context["problems"]]


@pytest.fixture
def desk(one_click, agencies):
    return one_click("manizha")


def test_a_good_list_invites_and_makes_nobody_a_candidate(desk, agencies, cast):
    assert send(desk, xlsx(GOOD))["Location"] == "/en/jobs/people/invitations/"
    row = Invitation.objects.get()
    assert (row.agency, row.phone, row.invited_by, row.answered_at) == (agencies["public"], NUMBER, cast["manizha"], None)
    assert row.details == BARNO.to_json() | {"located_in": ""}
    assert not Candidate.objects.exists(), "nobody is matched who has not said yes"
    message = Message.objects.get(address=NUMBER)
    assert (message.to, message.channel, message.language) == (None, "sms", "tg")
    assert 0 < len(message.body) <= 70 and "Барно" not in message.body and "Dushanbe" not in message.body
    page = desk.get("/en/jobs/people/invitations/").content.decode()
    assert "Барно Шарипова" in page and "+992 90 123 4567" in page


def test_only_checked_nobody_is_invited(desk):
    assert "1 person can be invited" in send(desk, xlsx(GOOD), check="1").content.decode()
    assert not Invitation.objects.exists() and not Message.objects.exists()


def test_every_fault_by_row_and_column_and_nothing_loaded(desk, cast):
    faults = {
        0: ("", "A3", "Write the name."),
        2: ("sometime", "C3", "03.1998"),
        3: ("123", "D3", "number"),
        4: ("Atlantis", "E3", "sheet of choices"),
        8: ("fluent", "I3", "sheet of choices"),
        9: ("perhaps", "J3", "sheet of choices"),
    }
    bad = [faults[place][0] if place in faults else value for place, value in enumerate(GOOD)]
    listed = problems(send(desk, xlsx(GOOD, bad)))
    found = dict(listed)
    assert len(listed) == len(found), "each cell once, also a month that is neither month nor year"
    assert set(found) == {place for _value, place, _text in faults.values()}
    assert all(text in found[place] for _value, place, text in faults.values())
    assert not Invitation.objects.exists() and not Message.objects.exists()


def test_a_list_over_the_limit_of_the_day(desk, settings, agencies, cast):
    settings.INVITATIONS_A_DAY = 2
    rows = [[*GOOD[:3], f"90123456{number}", *GOOD[4:]] for number in range(3)]
    said = "Your agency may invite only 2 more people today. Send fewer people, or come back tomorrow."
    for more in ({}, {"check": "1"}):
        assert problems(send(desk, xlsx(*rows), **more)) == [("", said)]
    assert not Invitation.objects.exists()
    assert send(desk, xlsx(*rows[:2])).status_code == 302
    assert "as many people as it may" in problems(send(desk, xlsx(rows[2])))[0][1]


def test_a_formula_is_never_computed(desk):
    rows = [[formula, *GOOD[1:]] for formula in ("=1+1", '=HYPERLINK("http://x.example","y")', "=cmd|'/C calc'!A0")]
    said = "A formula stands here. Write the value itself."
    assert problems(send(desk, xlsx(*rows))) == [("A2", said), ("A3", said), ("A4", said)]
    assert not Invitation.objects.exists()


def test_a_phone_twice_known_refused_or_turned_down(desk, agencies, cast):
    User.objects.filter(pk=cast["timur"].pk).update(phone="+992901111111")
    invite(agencies["public"], [("+992902222222", BARNO)], cast["manizha"], NOW)
    Invitation.objects.create(
        agency=agencies["public"],
        phone="+992903333333",
        invited_by=cast["manizha"],
        invited_at=NOW,
        answer="no",
        answered_at=datetime.now(NOW.tzinfo),
    )
    phones = ["992901234567", "+992 90 123-45-67", "901111111", "+992902222222", "+992903333333"]
    found = dict(problems(send(desk, xlsx(*[[*GOOD[:3], phone, *GOOD[4:]] for phone in phones]))))
    assert found == {
        "D3": "The same number stands in row 2.",
        "D4": "This number cannot be used for a candidate. Ask the person for another one.",
        "D5": "You have invited this number already. Wait for the answer.",
        "D6": "This person has said no to you. Take the row out.",
    }


def test_a_minor_is_taken_out(desk):
    ((place, text),) = problems(send(desk, xlsx([*GOOD[:2], f"01.{NOW.year - 15}", GOOD[3], "", "", "", "", "", "", ""])))
    assert place == "C2" and "eighteen" in text


def test_headings_are_read_in_any_language_and_order(desk, agencies):
    with override("ru"):
        lists = Lists.of(agencies["public"], NOW)
        sheet = load_workbook(BytesIO(empty_list(lists))).active
        headings = [cell.value for cell in sheet[1]]
        region = next(name for code, name in lists.regions if code == "TJ-KT")
    row = dict.fromkeys(headings, "")
    values = dict(zip(headings[:6], ["Барно", "Шарипова", date(1994, 5, 17), NUMBER, "TJ", region], strict=True))
    row |= values
    order = list(reversed(headings))
    assert send(desk, xlsx([row[heading] for heading in order], headings=order)).status_code == 302
    assert Invitation.objects.get().details["home_region"] == "TJ-KT" and Invitation.objects.get().details["born_in"] == "1994-05-01"


def test_no_word_means_two_things_in_two_languages(agencies):
    for agency in agencies.values():
        meant: dict[tuple[str, str], set[str]] = {}
        for language, _name in settings.LANGUAGES:
            with override(language):
                for column in columns(Lists.of(agency, NOW)):
                    meant.setdefault(("", column.heading.casefold()), set()).add(column.name)
                    for code, word in column.choices:
                        meant.setdefault((column.name, word.casefold()), set()).add(code)
        assert {word: codes for word, codes in meant.items() if len(codes) > 1} == {}


@pytest.mark.parametrize(
    ("headings", "text"),
    [(["Given name", "Month of birth"], "“Phone number” is missing"), ([*HEADINGS, "Passport"], "“Passport” is unknown")],
)
def test_headings_that_are_not_ours(desk, headings, text):
    assert text in send(desk, xlsx(GOOD[: len(headings)], headings=headings)).content.decode()


def test_the_empty_list_offers_what_may_be_chosen(desk, agencies):
    response = desk.get("/en/jobs/people/list/empty/")
    assert response["Content-Disposition"].endswith('.xlsx"')
    book = load_workbook(BytesIO(response.content))
    people, choices = book.worksheets
    assert people["A1"].value == "Given name *" and people.max_row == MOST_ROWS + 1
    rules = {str(rule.sqref).split(":")[0]: rule.formula1 for rule in people.data_validations.dataValidation}
    place = next(cell for cell in choices[1] if cell.value == "Home region")
    words = [row[0].value for row in choices.iter_rows(min_row=2, min_col=place.column, max_col=place.column) if row[0].value]
    assert "Khatlon Region" in words and "Osh Region" not in words
    assert rules[f"{place.column_letter}2"] == f"'Choices'!${place.column_letter}$2:${place.column_letter}${len(words) + 1}"
    nobody = send(desk, response.content).content.decode()
    assert "Nobody is on this list yet" in nobody


def packed(parts: dict[str, bytes]) -> bytes:
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    return out.getvalue()


def changed(part: str, change) -> bytes:
    """A good list with one part of it changed."""
    with zipfile.ZipFile(BytesIO(xlsx(GOOD))) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    return packed(parts | {part: change(parts[part])})


SHEET = "xl/worksheets/sheet1.xml"
LAUGHS = b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY a "ha"><!ENTITY b "&a;&a;">]>'
OLE = bytes.fromhex("d0cf11e0a1b11ae1") + b"\x00" * 600
BAD_FILES = {
    "empty": (b"", "Nobody is on this list yet"),
    "csv": ("Given name;Phone\nБарно;1\n".encode(), "save it as XLSX"),
    "xls": (OLE, "old XLS"),
    "password": (OLE + "EncryptedPackage".encode("utf-16-le"), "password"),
    "too large": (b"PK" + b"x" * MOST_BYTES, "2 MB"),
    "any zip": (packed({"a.txt": b"hello"}), "save it as XLSX"),
    "bomb": (packed({"[Content_Types].xml": b"", "a.xml": b" " * 30_000_000}), "packed"),
    "many parts": (packed({"[Content_Types].xml": b""} | {f"{n}.xml": b"" for n in range(300)}), "packed"),
    "entities": (changed(SHEET, lambda xml: LAUGHS + xml.split(b"?>", 1)[-1]), "packed"),
    "broken xml": (changed(SHEET, lambda xml: xml[: len(xml) // 2]), "damaged"),
    "no workbook": (packed({"[Content_Types].xml": b"<Types/>"}), "damaged"),
    "cut off": (xlsx(GOOD)[:-300], "save it as XLSX"),
    "lying about size": (changed(SHEET, lambda xml: xml).replace(struct.pack("<H", 8), struct.pack("<H", 97)), ""),
}


def test_a_file_that_is_no_list_is_refused_with_a_sentence(desk):
    for name, (data, text) in BAD_FILES.items():
        response = send(desk, data)
        assert response.status_code == 200 and text in " ".join(response.context["form"].errors["file"]), name
    assert not Invitation.objects.exists()


def test_too_many_rows(db):
    with pytest.raises(NotReadable, match="too long"):
        read_table(xlsx(*[["x"]] * (MOST_ROWS + 1)))
    assert len(read_table(xlsx(*[["x"]] * MOST_ROWS, [""]))) == MOST_ROWS + 1


def test_without_saying_that_they_gave_their_number_nobody_is_written_to(desk):
    response = desk.post(PAGE, key() | {"file": SimpleUploadedFile("people.xlsx", xlsx(GOOD))})
    assert "may" in response.context["form"].errors and not Invitation.objects.exists()


def test_an_agency_that_is_not_checked_invites_nobody(desk, agencies):
    Organisation.objects.filter(pk=agencies["public"].pk).update(vetted_at=None, vetted_by=None)
    assert send(desk, xlsx(GOOD)).status_code == 403 and not Invitation.objects.exists()


def test_lists_of_another_agency_are_not_seen(desk, stranger, agencies, cast):
    invite(agencies["public"], [(NUMBER, BARNO)], cast["manizha"], NOW)
    page = stranger.get("/en/jobs/people/invitations/").content.decode()
    assert "Шарипова" not in page and "123 4567" not in page
    assert stranger.get(f"/en/jobs/people/invitations/?agency={agencies['public'].uid}").context["agency"] == agencies["private"]


def test_who_does_not_answer_is_forgotten_after_a_month(agencies, cast):
    invite(agencies["public"], [(NUMBER, BARNO)], cast["manizha"], NOW)
    assert forget_invitations(NOW + timedelta(days=29)) == 0
    assert forget_invitations(NOW + timedelta(days=30)) == 1 and not Invitation.objects.exists()


def test_the_empty_list_has_a_name_in_other_letters(desk):
    """As browsers read one: not as mail writes it."""
    assert desk.get("/ru/jobs/people/list/empty/")["Content-Disposition"].startswith("attachment; filename*=utf-8''%")
