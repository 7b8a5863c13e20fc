"""Courses, lessons and facts: what the pages show, no draft, no unsafe link, the final check nowhere."""

import json
import re
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from orientation.models import Course, EditionPage, Fact, Lesson, Source
from orientation.publish import publish
from portal.places.unsafe import unsafe_hosts, unsafe_in
from tests.api.lists import LISTS, ROOT, get, refused, rows

pytestmark = pytest.mark.django_db
LANGUAGES = ("tg", "ky", "uz", "ru", "en")


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_course_is_as_its_page(language):
    course = get(f"courses/russia-documents/?lang={language}")
    html = Client().get(f"/{language}/learn/russia-documents/").content.decode()
    assert course["language"] == language and course["title"] in html and course["edition"] == 1
    assert all(lesson["title"] in html for lesson in course["lessons"]) and course["subject"] == "orientation"
    assert course["page"] == f"http://testserver/{language}/learn/russia-documents/" and course["published_at"].endswith("Z")
    assert course in rows(f"courses/?lang={language}") and course["url"].endswith("/api/v1/courses/russia-documents/")


def test_filters_of_courses(course):
    assert course.slug in [row["slug"] for row in rows("courses/?corridor=TJ-RU&subject=orientation")]
    assert course.slug not in [row["slug"] for row in rows("courses/?corridor=TJ-KZ")]
    assert course.slug not in [row["slug"] for row in rows("courses/?subject=money")]
    EditionPage.objects.filter(edition__course=course).update(
        content={"outline": {"corridors": [], "lessons": [], "pass_percent": 80}, "summary": ""}
    )
    assert course.slug in [row["slug"] for row in rows("courses/?corridor=TJ-KZ")], "a course for everybody"


def test_a_draft_is_not_there(course, now_draft):
    assert "a-draft" not in [row["slug"] for row in rows("courses/?page_size=100")]
    assert refused("courses/a-draft/", 404) and refused("lessons/a-draft/first/", 404)
    Lesson.objects.filter(course=course, slug="papers").update(title_en="Not yet published")
    assert "Not yet published" not in json.dumps(get("lessons/russia-documents/papers/?lang=en"))


@pytest.fixture
def now_draft(db) -> Course:
    draft = Course.objects.create(slug="a-draft", title_en="A draft", position=9)
    Lesson.objects.create(course=draft, slug="first", position=1, title_en="First")
    return draft


def test_the_current_edition_only(course):
    publish(course, by=None, now=timezone.now())
    assert [row["edition"] for row in rows("courses/") if row["slug"] == course.slug] == [2]
    assert len(rows("lessons/?course=russia-documents")) == 4


def test_a_missing_language_falls_back_and_says_so(course):
    EditionPage.objects.filter(language="ky").delete()
    EditionPage.objects.filter(language="ru", slug="border").delete()
    assert get("courses/russia-documents/?lang=ky")["language"] == "ru"
    assert get("lessons/russia-documents/papers/?lang=ky")["language"] == "ru"
    lessons = rows("lessons/?lang=ky&course=russia-documents")
    assert [(row["place"], row["language"]) for row in lessons] == [(1, "ru"), (2, "en"), (3, "ru"), (4, "ru")]


def test_lessons_stand_in_the_order_in_which_they_are_learnt(course):
    slugs = [lesson.slug for lesson in course.lessons.all()]
    assert [row["slug"] for row in rows("lessons/?course=russia-documents&lang=uz")] == slugs
    assert rows("lessons/?course=nobody-has-this") == []
    assert refused("lessons/?course=NO") == "course must match ^[a-z0-9-]{1,50}$"


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("slug", ["papers", "registration"])
def test_a_lesson_has_the_text_of_its_page(language, slug):
    lesson = get(f"lessons/russia-documents/{slug}/?lang={language}")
    html = Client().get(f"/{language}/learn/russia-documents/{slug}/").content.decode()
    for text in (lesson["intro"], lesson["story"], *lesson["points"], *lesson["today"], *(part["html"] for part in lesson["variants"])):
        assert text in html
    assert lesson["page"].endswith(f"/{language}/learn/russia-documents/{slug}/") and lesson["place"] and lesson["minutes"]
    assert set(lesson) > set(rows("lessons/?course=russia-documents")[0])
    assert all(Fact.objects.filter(code=code).exists() for code in lesson["facts"])
    assert "{{" not in json.dumps(lesson)


def test_questions_come_with_answers_and_reasons(page_of):
    questions = get("lessons/russia-documents/registration/?lang=en")["questions"]
    assert [question["uid"] for question in questions] == [question["uid"] for question in page_of("registration").content["questions"]]
    kinds = {question["kind"]: question for question in [*questions, *get("lessons/russia-documents/border/?lang=en")["questions"]]}
    assert sorted(kinds) == ["multiple", "number", "order", "single", "true_false"]
    right = {kind: sum(choice["is_right"] for choice in question["choices"]) for kind, question in kinds.items()}
    assert right["single"] == right["true_false"] == 1 and right["multiple"] == 3
    assert all(choice["text"] and choice["feedback"] for kind in ("single", "multiple") for choice in kinds[kind]["choices"])
    assert [choice["text"] for choice in kinds["true_false"]["choices"]] == ["True", "False"]
    assert "/static/pictures/migration-card" in kinds["true_false"]["picture"] and kinds["true_false"]["picture_text"]
    assert kinds["order"]["why"] and kinds["number"]["why"] and "{{" not in kinds["number"]["why"]
    Fact.objects.filter(code__in=["RU-REG-TJ", "RU-REG-UZ", "RU-REG-KG"]).update(number=77)
    again = get("lessons/russia-documents/registration/?lang=en")["questions"]
    assert {question["number"] for question in again if question["kind"] == "number"} == {"77.00"}


def test_the_final_check_is_nowhere(page_of):
    check = [question["uid"] for question in page_of("check").content["questions"]]
    assert refused("lessons/russia-documents/check/", 404)
    paths = [f"{name}/?page_size=100" for name in LISTS] + [
        f"lessons/russia-documents/{row['slug']}/" for row in rows("lessons/?course=russia-documents")
    ]
    told = [json.dumps(get(path)) for path in paths]
    assert check and not [uid for uid in check for answer in told if uid in answer]


def test_a_corrected_fact_is_right_in_the_lesson_at_once():
    codes = get("lessons/russia-documents/registration/")["facts"]
    assert "RU-REG-TJ" in codes
    Fact.objects.filter(code="RU-REG-TJ").update(number=77)
    assert "<strong>77 days</strong>" in json.dumps(get("lessons/russia-documents/registration/?lang=en"))
    fact = get("facts/RU-REG-TJ/?lang=en")
    assert (fact["number"], fact["unit"], fact["value"]) == ("77.00", "day", "77 days")


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_fact_is_as_its_box(language):
    fact = get(f"facts/RU-REG-TJ/?lang={language}")
    html = Client().get(f"/{language}/learn/russia-documents/registration/").content.decode()
    for text in (fact["title"], fact["text"], fact["value"], fact["source"]["name"], fact["source"]["url"]):
        assert text and text in html
    assert fact["language"] == language and fact["corridors"] == ["TJ-RU"] and fact["is_checked"] is False
    assert fact in rows(f"facts/?lang={language}&corridor=TJ-RU&page_size=100")


def test_a_facts_language_falls_back_and_says_so():
    Fact.objects.filter(code="RU-REG-TJ").update(title_tg="", text_tg="")
    assert get("facts/RU-REG-TJ/?lang=tg")["language"] == "ru"


def test_what_a_reader_must_be_told():
    today = timezone.localdate()
    Fact.objects.filter(code="RU-REG-TJ").update(
        status="bill", review_by=today - timedelta(days=1), verified_at=timezone.now(), valid_from=today
    )
    fact = get("facts/RU-REG-TJ/?lang=en")
    assert fact["status"] == "bill" and fact["status_note"].startswith("A bill") and fact["valid_from"] == today.isoformat()
    assert fact["is_old"] is True and fact["is_checked"] is True and fact["checked_at"].endswith("Z")


def test_no_answer_links_to_an_unsafe_host():
    fact, hosts = Fact.objects.get(code="RU-REG-TJ"), unsafe_hosts()
    Source.objects.filter(fact=fact).update(url="https://www.azattyk.org/x", unsafe_in=[])  # typed by an editor
    assert get("facts/RU-REG-TJ/")["source"]["url"] == ""
    Source.objects.filter(fact=fact).update(url="https://www.example.org/x", unsafe_in=["RU"])
    assert get("facts/RU-REG-TJ/")["source"]["url"] == "" and get("facts/RU-REG-TJ/")["source"]["name"]
    Source.objects.filter(fact=fact).update(unsafe_in=[])
    assert get("facts/RU-REG-TJ/")["source"]["url"] == "https://www.example.org/x"
    for name in LISTS:
        text = Client().get(f"{ROOT}{name}/?page_size=100").content.decode()
        assert not [url for url in re.findall(r"https?://[^\"\\<\s]+", text) if unsafe_in(url, hosts)]


def test_filters_of_facts():
    found = rows("facts/?corridor=KG-RU&status=in_force&page_size=100")
    assert found and all("KG-RU" in fact["corridors"] and fact["status"] == "in_force" for fact in found)
    assert len(found) == Fact.objects.filter(corridors__contains=["KG-RU"], status="in_force").count()
    assert refused("facts/?corridor=RU-TJ") == "corridor must be one of: TJ-RU, KG-RU, UZ-RU, TJ-KZ, KG-KZ, UZ-KZ."
    assert refused("facts/?status=true").startswith("status must be one of: in_force, ")
