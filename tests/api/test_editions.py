"""A whole edition in one language: as its lessons say it, also once it is old, and never the final check."""

import json
from uuid import uuid4

import pytest
from django.test import Client
from django.utils import timezone

from orientation.exchange.api import EDITION
from orientation.models import EditionPage, Fact
from orientation.publish import publish
from tests.api.lists import ROOT, get, refused
from tests.api.test_schema import fields

pytestmark = pytest.mark.django_db


def test_an_edition_is_as_its_lessons(course, page_of, django_assert_max_num_queries):
    address = f"courses/{course.uid}/1/tg/"
    with django_assert_max_num_queries(5):
        whole = get(address)
    assert fields(whole) == fields(EDITION | {"lessons": whole["lessons"]})
    assert fields(next(lesson for lesson in whole["lessons"] if lesson["variants"])) == fields(EDITION["lessons"][0])
    assert (whole["uid"], whole["edition"], whole["language"], whole["is_current"]) == (str(course.uid), 1, "tg", True)
    assert [lesson["slug"] for lesson in whole["lessons"]] == [lesson.slug for lesson in course.lessons.all()]
    for lesson in whole["lessons"]:
        alone = get(f"lessons/russia-documents/{lesson['slug']}/?lang=tg")
        assert lesson == {key: value for key, value in alone.items() if key in lesson}
    assert not [question["uid"] for question in page_of("check").questions if question["uid"] in json.dumps(whole)]
    for link in (whole["gift"], whole["scorm"]):
        assert "/tg/learn/exchange/" in link and Client().get(link).status_code == 200


def test_numbers_are_of_today_and_nobody_asks_twice_for_the_same(course):
    address = f"{ROOT}courses/{course.uid}/1/en/"
    first = Client().get(address)
    assert Client().get(address, headers={"If-None-Match": first.headers["ETag"]}).status_code == 304
    Fact.objects.filter(code="RU-REG-TJ").update(number=77)
    later = Client().get(address, headers={"If-None-Match": first.headers["ETag"]})
    assert later.status_code == 200 and "<strong>77 days</strong>" in json.dumps(later.json())


def test_an_old_edition_stays_and_says_so(course):
    publish(course, by=None, now=timezone.now())
    assert (get(f"courses/{course.uid}/1/en/")["is_current"], get(f"courses/{course.uid}/2/en/")["is_current"]) == (False, True)


def test_what_is_not_there(course):
    EditionPage.objects.filter(edition__course=course, language="ky").delete()
    for address in ("1/ky/", "1/de/", "9/en/", "99999999999999999999/en/"):
        assert refused(f"courses/{course.uid}/{address}", 404)
    assert refused(f"courses/{uuid4()}/1/en/", 404)
    assert "no such parameter" in refused(f"courses/{course.uid}/1/en/?lang=tg")
