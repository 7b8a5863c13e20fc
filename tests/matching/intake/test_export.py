"""An agency's people as a table: what staff may read, each look written down, and nothing that a program would compute."""

from decimal import Decimal
from io import BytesIO

import pytest
from openpyxl import load_workbook

from matching.models import AccessLog, Candidate
from matching.statistics import answer_statistics
from tests.matching.factories import FLOOR, WISH, a_candidate

pytestmark = pytest.mark.django_db
PAGE = "/en/jobs/people/export/"


@pytest.fixture
def people(agencies, walk_in) -> list[Candidate]:
    evil = walk_in(given_name='=HYPERLINK("http://x.example")', family_name="@SUM(1)\x07")
    Candidate.objects.filter(pk=evil.pk).update(wage_floor=FLOOR, wage_wish=WISH)
    answer_statistics(evil, {"sex": "woman", "children": 17, "last_pay": Decimal(4321), "last_pay_currency": "TJS"}, evil.registered_at)
    other = a_candidate(agencies["private"], given_name="Zebo")
    return [evil, other]


def sheet_of(response):
    assert response.status_code == 200 and response["Content-Disposition"].endswith('.xlsx"')
    return load_workbook(BytesIO(response.content)).active


def test_what_staff_may_read_and_no_more(one_click, people, cast):
    sheet = sheet_of(one_click("manizha").post(PAGE))
    rows = [[cell.value for cell in row] for row in sheet.iter_rows()]
    said = dict(zip(rows[0], rows[1], strict=True))
    assert len(rows) == 2, "nobody of another agency"
    assert (said["Month of birth"], said["Home region"], said["Phone"]) == ("05.1994", "Khatlon Region", "+992 90 123 4567")
    assert "Bricklayer (5 years)" in said["Work so far"] and said["Languages"] == "Russian: A2"
    text = " ".join(str(value) for row in rows for value in row)
    assert not any(secret in text for secret in ("71234", "98765", "71,234", "17", "woman", "4321", "Zebo"))
    assert list(AccessLog.objects.values_list("candidate", "user")) == [(people[0].pk, cast["manizha"].pk)]


def test_nothing_is_a_formula(one_click, people):
    sheet = sheet_of(one_click("manizha").post(PAGE))
    row = sheet[2]
    assert row[0].value == '=HYPERLINK("http://x.example")' and row[0].data_type == "s" and row[0].quotePrefix
    assert row[1].value == "@SUM(1)" and row[1].quotePrefix
    assert row[2].value.startswith("+992") and row[2].quotePrefix
    assert "f" not in {cell.data_type for cell in row}


def test_a_look_costs_the_same_for_many_as_for_few(one_click, people, walk_in, django_assert_max_num_queries):
    client = one_click("manizha")
    for place in range(5):
        walk_in(f"+99290500000{place}", given_name=f"P{place}")
    with django_assert_max_num_queries(35):
        assert sheet_of(client.post(PAGE)).max_row == 7


def test_only_by_a_post_of_staff(one_click, signed_in, people, stranger):
    assert one_click("manizha").get(PAGE)["Location"] == "/en/jobs/people/"
    assert one_click("ildar").post(PAGE).status_code == 403
    assert "second" in signed_in("manizha").post(PAGE)["Location"]
    AccessLog.objects.all().delete()
    assert [row[0].value for row in sheet_of(stranger.post(PAGE)).iter_rows(min_row=2)] == ["Zebo"]
    assert AccessLog.objects.get().candidate == people[1]
