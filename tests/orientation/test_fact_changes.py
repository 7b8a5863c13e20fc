"""What a fact says today, what it will say, and what happens around it when it says something else."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.forms import model_to_dict, modelform_factory
from django.template import engines
from django.utils import timezone
from django.utils.translation import override

from matching.wages import wages_on
from orientation.admin.facts import FactForm
from orientation.answers import numbers_of
from orientation.board.sections import SECTIONS
from orientation.facts_changed import note_changed_fact
from orientation.facts_reread import mark_read_again, section, to_tidy
from orientation.load import load_facts
from orientation.models import CourseEdition, Fact, Lesson, Rereading
from orientation.reading import age, read_facts, read_lesson
from portal.accounts.models import User
from tests.orientation.test_checked_facts import fact_form
from tests.people import cast, one_click  # noqa: F401

pytestmark = pytest.mark.django_db
CODE = "RU-REG-TJ"
CHANGE = date(2027, 1, 1)
EVE, SOON, LONG_BEFORE = date(2026, 12, 31), date(2026, 11, 21), date(2026, 9, 1)


@pytest.fixture(autouse=True)
def _only_course(course):
    """Other courses name the same facts."""
    CourseEdition.objects.exclude(course=course).update(is_current=False)


@pytest.fixture
def fact() -> Fact:
    return Fact.objects.get(code=CODE)


@pytest.fixture
def editor() -> User:
    return User.objects.create_user(email="editor@example.org")


def box_on(day: date):
    return read_facts([CODE], day)[CODE]


def test_the_next_number_is_told_before_and_is_the_number_from_its_day_on(page_of):
    Fact.objects.filter(code=CODE).update(next_number=Decimal(7), next_from=CHANGE)
    page = page_of("registration")
    before, long_before, after = (str(read_lesson(page, "TJ-RU", day)) for day in (SOON, LONG_BEFORE, CHANGE))
    assert "15 days</strong> (from 1 January 2027: 7 days)" in before
    assert "15 days</strong> (from" not in long_before and "7 days</strong>" in after and "from 1 January" not in after
    assert (box_on(EVE).value, box_on(EVE).next_note) == ("15 days", "From 1 January 2027: 7 days")
    assert box_on(LONG_BEFORE).next_note and (box_on(CHANGE).value, box_on(CHANGE).next_note) == ("7 days", "")


def test_an_answer_that_is_a_facts_number_follows_it_too():
    asked = [{"fact": CODE}]
    Fact.objects.filter(code=CODE).update(next_number=Decimal(7), next_from=timezone.localdate() + timedelta(days=1))
    assert numbers_of(asked) == {CODE: 15}
    Fact.objects.filter(code=CODE).update(next_from=timezone.localdate())
    assert numbers_of(asked) == {CODE: 7}


def test_what_is_counted_with_a_fact_follows_it_too(fact):
    Fact.objects.filter(code=CODE).update(code="XX-INCOME-TAX", number=13, unit="percent", next_number=15, next_from=CHANGE)
    assert [wages_on(day).facts["XX-INCOME-TAX"] for day in (EVE, CHANGE)] == [13, 15]
    rows = Fact.objects.filter(code="XX-INCOME-TAX")
    assert [rows.with_number_on(day).get().number_then == rows.get().number_on(day) for day in (EVE, CHANGE)] == [True, True]


def test_the_board_asks_for_tidying_from_that_day_on(editor):
    Fact.objects.filter(code=CODE).update(next_number=Decimal(7), next_from=CHANGE)
    assert not to_tidy(editor, EVE).rows
    assert [row.text.split(":")[0] for row in to_tidy(editor, CHANGE).rows] == [CODE]


@pytest.mark.parametrize(
    ("days", "language", "text"),
    [
        (-5, "en", "1 day"),
        (59, "ru", "59 дней"),
        (60, "ru", "2 месяца"),
        (640, "ru", "21 месяц"),
        (731, "ru", "2 года"),
        (1900, "ru", "5 лет"),
        (90, "tg", "3 моҳ"),
    ],
)
def test_an_age_is_in_whole_words(days, language, text):
    with override(language):
        assert age(SOON, SOON + timedelta(days=days)) == text


def test_a_fact_past_its_review_says_how_old_it_is(page_of):
    Fact.objects.filter(code=CODE).update(as_of=date(2025, 1, 1), review_by=date(2026, 3, 1), verified_at=None)
    assert box_on(date(2026, 3, 1)).old_note == ""
    assert box_on(date(2026, 3, 2)).old_note == "Check this: it is 14 months old."
    assert "15 days</strong> (check this)" in str(read_lesson(page_of("registration"), "TJ-RU", date(2026, 3, 2)))
    Fact.objects.filter(code=CODE).update(verified_at=timezone.make_aware(timezone.datetime(2026, 2, 1)))
    assert box_on(date(2026, 3, 2)).old_note == "Check this: it is 29 days old."


def test_where_sources_disagree_a_text_says_so_and_shows_the_safest_reading(page_of):
    Fact.objects.filter(code=CODE).update(confidence="conflict")
    assert box_on(SOON).status_note == "Sources disagree. We show the safest reading."
    view = read_lesson(page_of("registration"), "TJ-RU", SOON)
    assert "15 days</strong> (sources disagree)" in str(view.points) + view.intro + str(view.variants)
    assert "(sources disagree)" not in str(view.questions)


def test_a_changed_fact_puts_its_lessons_on_the_board_once(fact, course, editor, now):
    Lesson.objects.filter(course=course, slug="papers").update(position=9)
    note_changed_fact(fact, now)
    first = list(Rereading.objects.filter(read_at=None))
    assert [row.lesson.slug for row in first] == ["registration"] and box_on(SOON).changed_on == "21 November 2026"
    row = section(editor, SOON).rows[0]
    assert row.count == 1 and f"lesson__id__exact={first[0].lesson_id}" in row.url
    note_changed_fact(fact, now + timedelta(hours=1))
    assert mark_read_again([first[0].pk], by=editor, now=now) == 0, "who read it had read what it said before"
    second = Rereading.objects.get()
    assert mark_read_again([second.pk], by=editor, now=now) == 1
    assert mark_read_again([second.pk], by=User.objects.create_user(email="late@example.org"), now=now) == 0
    second.refresh_from_db()
    assert second.read_by == editor and not section(editor, SOON).rows


def test_a_fact_that_only_the_final_check_names_leads_to_the_lesson_of_its_question(course, page_of, now):
    for language in ("tg", "ky", "uz", "ru", "en"):
        page = page_of("check", language)
        content = page.content
        content["questions"][0]["text"] += " {{fact:TJ-PDO}}"
        content["fact_codes"].append("TJ-PDO")
        page.save()
    asked = page.content["questions"][0]["lesson"]
    assert "TJ-PDO" not in page_of(asked).content["fact_codes"]
    note_changed_fact(Fact.objects.get(code="TJ-PDO"), now)
    assert [row.lesson.slug for row in Rereading.objects.all()] == [asked]


def test_loading_over_a_fact_says_which_ones_changed():
    Fact.objects.filter(code=CODE).update(number=14)
    load_facts(overwrite=True)
    assert list(Fact.objects.exclude(changed_at=None).values_list("code", flat=True)) == [CODE]
    assert {row.lesson.slug for row in Rereading.objects.all()} == {"registration"}


class TestConsole:
    def save(self, client, fact, **changes):
        return client.post(f"/admin/orientation/fact/{fact.pk}/change/", fact_form(fact, client) | changes)

    def test_what_a_fact_says_is_noted_and_read_again(self, one_click, fact):  # noqa: F811
        elena = one_click("elena")
        assert self.save(elena, fact, review_by="2027-06-01").status_code == 302
        fact.refresh_from_db()
        assert fact.changed_at is None and not Rereading.objects.exists()
        assert self.save(elena, fact, number="14").status_code == 302
        row = Rereading.objects.get()
        assert "Lessons to read again" in elena.get("/admin/orientation/course/board/").content.decode()
        timur = one_click("timur")
        act = {"action": "still_right", "_selected_action": [row.pk]}
        timur.post("/admin/orientation/rereading/", act)
        row.refresh_from_db()
        assert row.read_at is None
        assert "1 marked as read again" in elena.post("/admin/orientation/rereading/", act, follow=True).content.decode()
        row.refresh_from_db()
        assert row.read_by.email == "elena@safar.example.org"

    def test_a_fault_is_told_beside_its_field(self, one_click, fact, monkeypatch):  # noqa: F811
        monkeypatch.setattr(engines["django"].engine, "string_if_invalid", "")  # the console counts what is not there: as nought
        elena = one_click("elena")
        form = fact_form(fact, elena)
        link = next(name for name in form if name.startswith("sources-0") and name.endswith("-url"))
        faulty = form | {link: "no link", "next_number": "7", "next_from": "2020-01-01"}
        html = elena.post(f"/admin/orientation/fact/{fact.pk}/change/", faulty).content.decode()
        assert "Enter a valid URL." in html and "This day has come." in html
        fact.refresh_from_db()
        assert fact.next_from is None and fact.changed_at is None


FIELDS = ["number", "unit", "next_number", "next_from", "valid_from", "valid_to"]


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"unit": "furlong"}, "unit"),
        ({"unit": ""}, "unit"),
        ({"number": ""}, "number"),
        ({"next_number": "7"}, "next_from"),
        ({"next_from": "2030-01-01"}, "next_number"),
        ({"next_number": "7", "next_from": "2020-01-01"}, "next_from"),
        ({"number": "", "unit": "", "next_number": "7", "next_from": "2030-01-01"}, "next_number"),
        ({"valid_from": "2026-01-02", "valid_to": "2026-01-01"}, "valid_to"),
    ],
)
def test_each_fault_of_a_fact_is_told_once_and_in_its_place(fact, changes, field):
    form = modelform_factory(Fact, form=FactForm, fields=FIELDS)(model_to_dict(fact, FIELDS) | changes, instance=fact)
    assert list(form.errors) == [field] and len(form.errors[field]) == 1


def test_every_section_of_ours_stands_on_the_board():
    assert {section, to_tidy} <= set(SECTIONS)
