"""What is saved on a phone: small, whole, nobody's, and without what is dangerous in a wrong hand."""

import re
from pathlib import Path

import pytest
from django.conf import settings
from django.test import Client
from django.utils.translation import override

from orientation.models import Course, EditionPage, LearningEvent, Lesson
from orientation.offline_pack import read_pack
from orientation.practice import practice
from orientation.reading import read_lesson
from orientation.record import record_answer
from tests.orientation.conftest import right_answer, wrong_answer
from tests.people import NOW

pytestmark = pytest.mark.django_db
MOST = 300  # kilobytes, without audio


@pytest.mark.parametrize(("slug", "languages"), [("russia-documents", ["tg", "ru"]), ("money-home", ["tg"])])
def test_the_pack_of_a_course_is_small(slug, languages):
    for language in languages:
        with override(language):
            page = EditionPage.objects.current().in_best_language().get(edition__course__slug=slug, slug=EditionPage.COURSE)
            parts = read_pack(page, "", NOW.date())
        assert sum(part.kilobytes for part in parts) <= MOST and all(part.kilobytes for part in parts)
        assert len(parts) == 1 + len(page.content["outline"]["lessons"])


def test_the_largest_course_is_weighed_whole():
    """Each of its two hundred pages is rendered: once in the tests, in one language."""
    with override("uz"):
        page = EditionPage.objects.current().in_best_language().get(edition__course__slug="before-you-go", slug=EditionPage.COURSE)
        parts = read_pack(page, "", NOW.date())
        on_one_road = read_pack(page, "UZ-KZ", NOW.date())
    assert len(parts) == 2 + len(page.content["outline"]["lessons"]) and all(part.kilobytes for part in parts)
    assert 300 < sum(part.kilobytes for part in on_one_road) < sum(part.kilobytes for part in parts) <= 800
    last_minutes = next(part for part in parts if part.paths == ["/uz/learn/before-you-go/bus/"])
    assert last_minutes.is_sensitive, "it has the points of a lesson that is"
    assert "/uz/learn/before-you-go/patent/" not in {path for part in on_one_road for path in part.paths}


def test_every_path_of_a_pack_is_a_page_that_is_the_same_for_all(page_of):
    parts = read_pack(page_of(EditionPage.COURSE), "", NOW.date())
    paths = [path for part in parts for path in part.paths]
    assert len(paths) == len(set(paths))
    for path in paths:
        if path.startswith(settings.STATIC_URL):
            assert (Path(settings.BASE_DIR) / "portal/ui/assets" / path.removeprefix(settings.STATIC_URL)).is_file()
            continue
        response = Client().get(path)
        assert response.status_code == 200 and response.headers["Cache-Control"].startswith("public") and not response.cookies, path
    for lesson in page_of(EditionPage.COURSE).content["outline"]["lessons"]:
        held = next(part.paths for part in parts if f"/en/learn/russia-documents/{lesson['slug']}/" in part.paths)
        assert len([path for path in held if re.search(r"/\d+/$", path)]) == len(lesson["questions"])


def test_a_sensitive_lesson_is_left_out_unless_it_is_ticked(client, course):
    url = "/tg/learn/russia-documents/save/"
    before = client.get(url)
    Lesson.objects.filter(course=course, slug="border").update(is_sensitive=True)
    after = client.get(url)
    assert after.context["kilobytes"] < before.context["kilobytes"]
    assert re.search(r'<label class="choice" data-paths="[^"]*/border/ [^"]*"[^>]*><input type="checkbox">', after.content.decode())
    assert b"/border/" not in after.content.split(b'<label class="choice"')[0].split(b"data-pack")[1]
    assert after.headers["Cache-Control"].startswith("public")


def test_a_course_that_is_not_there_cannot_be_saved(client, course):
    assert client.get("/tg/learn/no-such-course/save/").status_code == 404
    Course.objects.filter(pk=course.pk).update(slug="gone")
    assert client.get("/tg/learn/russia-documents/papers/").status_code == 404  # a phone that is saving it hears so


def test_what_travels_with_a_question_is_what_the_server_says(page_of, learner):
    """Every kind: the right answer as the phone reads it, and what to do where none is given."""
    kinds = set()
    for slug in ("papers", "border", "registration", "work-right"):
        page = page_of(slug)
        view = read_lesson(page, "", NOW.date())
        for question in view.questions:
            told, answer = practice(question, view.facts), right_answer(question)
            kinds.add(question["kind"])
            assert told.how
            if question["kind"] == "number":
                assert float(told.right) == float(answer[0])
            elif question["kind"] == "order":
                assert told.right.split() == answer
            else:
                assert set(told.right.split()) == set(answer) != set(wrong_answer(question))
            assert record_answer(learner, page, question, answer, attempt=1, corridor="", now=NOW)
    assert {"single", "multiple", "order", "true_false", "number"} <= kinds and LearningEvent.objects.exists()


def test_the_key_of_the_final_check_never_travels(client, page_of):
    html = client.get("/en/learn/russia-documents/check/").content.decode()
    assert "data-right" not in html and "learn.js" not in html
