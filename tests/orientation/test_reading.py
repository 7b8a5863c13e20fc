from datetime import date
from decimal import Decimal

import pytest
from django.utils.translation import override

from orientation.models import Fact, LearningEvent, Source
from orientation.reading import fill, read_facts, read_lesson
from orientation.values import format_quantity
from portal.money.formats import NBSP

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 21)


@pytest.mark.parametrize(
    ("language", "count", "text"),
    [
        ("en", 1, "1 day"),
        ("en", 15, "15 days"),
        ("ru", 1, "1 день"),
        ("ru", 2, "2 дня"),
        ("ru", 15, "15 дней"),
        ("ru", 21, "21 день"),
        ("tg", 15, "15 рӯз"),
        ("ky", 15, "15 күн"),
        ("uz", 15, "15 kun"),
    ],
)
def test_a_number_has_its_unit_in_the_plural_of_the_language(language, count, text):
    with override(language):
        assert format_quantity(Decimal(count), "day") == text


def test_an_unknown_unit_is_an_error_not_a_guess():
    with pytest.raises(ValueError, match="furlong"):
        format_quantity(Decimal(1), "furlong")


def test_a_part_of_a_percent_has_no_idle_zeros():
    with override("ru"):
        assert format_quantity(Decimal("2.5"), "percent") == "2,5\xa0%"
        assert format_quantity(Decimal(20), "percent") == "20\xa0%"


def test_every_unit_of_a_fact_has_words():
    for unit in Fact.Unit.values:
        assert "7" in format_quantity(Decimal(7), unit)


def test_a_corrected_fact_is_right_everywhere_at_once(page_of):
    page = page_of("registration")
    before = str(read_lesson(page, "TJ-RU", TODAY))
    Fact.objects.filter(code="RU-REG-TJ").update(number=Decimal(29))
    assert "29 days" not in before
    assert "29 days" in str(read_lesson(page, "TJ-RU", TODAY))


def test_a_fact_that_does_not_exist_leaves_the_page_whole(page_of):
    Fact.objects.filter(code="RU-REG-TJ").delete()
    view = read_lesson(page_of("registration"), "TJ-RU", TODAY)
    assert all(box.code != "RU-REG-TJ" for box in view.boxes)
    assert "(this number is being checked)" in fill("Within {{fact:RU-REG-TJ}}.", {})


def test_only_the_facts_of_the_chosen_corridor_are_shown(page_of):
    page = page_of("registration")
    shown = {corridor: {box.code for box in read_lesson(page, corridor, TODAY).boxes} for corridor in ("", "TJ-RU", "KG-RU")}
    assert {"RU-REG-TJ", "RU-REG-KG"} <= shown[""]
    assert "RU-REG-TJ" in shown["TJ-RU"] and "RU-REG-KG" not in shown["TJ-RU"]
    assert "RU-REG-KG" in shown["KG-RU"] and "RU-REG-TJ" not in shown["KG-RU"]


def test_examples_are_written_as_the_language_writes_them():
    with override("ru"):
        assert fill("{{eg:60000 RUB}}", {}) == f"60{NBSP}000{NBSP}₽"
    assert fill("{{eg:nonsense}}", {}) == "{{eg:nonsense}}"


def test_html_in_a_fact_is_shown_as_letters():
    Fact.objects.filter(code="RU-REG-TJ").update(title_en="<script>alert(1)</script>", number=None, unit="")
    assert "<script>" not in fill("{{fact:RU-REG-TJ}}", read_facts(["RU-REG-TJ"], TODAY))


@pytest.mark.parametrize("status", ["bill", "draft", "ended", "unknown", "conflict"])
def test_what_is_not_plainly_law_says_so(status):
    Fact.objects.filter(code="RU-REG-TJ").update(status=status)
    assert read_facts(["RU-REG-TJ"], TODAY)["RU-REG-TJ"].status_note


@pytest.mark.parametrize(("status", "note"), [("in_force", "No longer in force."), ("unknown", "We do not know")])
def test_a_rule_past_its_end_is_over_unless_it_may_have_been_prolonged(status, note):
    Fact.objects.filter(code="RU-REG-TJ").update(status=status, valid_to=date(2026, 3, 31))
    assert read_facts(["RU-REG-TJ"], TODAY)["RU-REG-TJ"].status_note.startswith(note)
    assert not read_facts(["RU-REG-TJ"], date(2026, 3, 31))["RU-REG-TJ"].status_note.startswith("No longer")


def test_a_link_that_is_dangerous_somewhere_is_shown_nowhere():
    fact = Fact.objects.get(code="RU-REG-TJ")
    Source.objects.filter(fact=fact).update(unsafe_in=["RU"])
    box = read_facts(["RU-REG-TJ"], TODAY)["RU-REG-TJ"]
    assert box.source_name and not box.source_url


def test_a_fact_past_its_review_says_that_it_may_be_old():
    fact = Fact.objects.get(code="RU-REG-TJ")
    assert not read_facts(["RU-REG-TJ"], fact.review_by)["RU-REG-TJ"].is_old
    assert read_facts(["RU-REG-TJ"], date(fact.review_by.year + 1, 1, 1))["RU-REG-TJ"].is_old


def test_nobody_has_checked_a_starter_fact():
    assert not Fact.objects.exclude(verified_at=None).exists()
    assert all(not box.is_checked for box in read_facts(Fact.objects.values_list("code", flat=True), TODAY).values())


def test_facts_are_one_query(django_assert_num_queries):
    codes = list(Fact.objects.values_list("code", flat=True))
    with django_assert_num_queries(1):
        assert len(read_facts(codes, TODAY)) == len(codes) > 20


def test_reading_records_nothing(page_of):
    read_lesson(page_of("papers"), "", TODAY)
    assert not LearningEvent.objects.exists()


@pytest.mark.parametrize(("dated", "text"), [("2025-11-27", "27.11.2025"), ("2025", "2025"), ("2023-2024", "2023-2024"), ("", "")])
def test_the_day_of_a_source_is_written_as_the_language_writes_days(dated, text):
    Source.objects.filter(fact__code="RU-REG-TJ").update(dated=dated)
    with override("ru"):
        assert read_facts(["RU-REG-TJ"], TODAY)["RU-REG-TJ"].source_dated == text
