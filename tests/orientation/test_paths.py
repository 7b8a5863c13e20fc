"""Whose lessons are whose: by the road, and by what learners say of their way; the last quarter of an hour; and a quick way out."""

import re

import pytest
from django.test import Client
from django.utils.translation import override

from orientation.models import EditionPage
from orientation.paths import bus_lessons, core_lessons, other_lessons, path_lessons
from portal.places.corridors import Corridor

URL = "/en/learn/before-you-go/"
ROADS = [road.value for road in Corridor]


def lesson(slug: str, **more: object) -> dict:
    return {"slug": slug, "corridors": [], "is_core": False, "paths": []} | more


OUTLINE = {
    "lessons": [
        lesson("children", paths=["children"]),
        lesson("papers", is_core=True, paths=["bus"]),
        lesson("patent", is_core=True, corridors=["TJ-RU"]),
        lesson("home", paths=["household", "first"], corridors=["TJ-KZ"]),
        lesson("return"),
    ]
}


def slugs(lessons: list[dict]) -> list[str]:
    return [each["slug"] for each in lessons]


@pytest.mark.parametrize(
    ("corridor", "path", "mine"),
    [
        ("TJ-RU", [], ["papers", "patent"]),
        ("TJ-KZ", [], ["papers"]),
        ("TJ-KZ", ["first"], ["papers", "home"]),
        ("TJ-RU", ["household", "children"], ["children", "papers", "patent"]),
        ("", ["app"], ["papers", "patent"]),
    ],
)
def test_a_path_has_the_core_and_what_one_says_of_oneself(corridor, path, mine):
    assert slugs(path_lessons(OUTLINE, corridor, path)) == mine
    others = slugs(other_lessons(OUTLINE, corridor, path))
    assert not set(others) & set(mine) and "return" in others


def test_a_course_that_marks_no_core_lessons_needs_all():
    outline = {"lessons": [{"slug": "a"}, {"slug": "b"}]}
    assert slugs(core_lessons(outline, "TJ-RU")) == slugs(path_lessons(outline, "TJ-RU", ["first"])) == ["a", "b"]


@pytest.fixture
def outline(db) -> dict:
    with override("en"):
        page = EditionPage.objects.current().in_best_language().get(edition__course__slug="before-you-go", slug=EditionPage.COURSE)
    return page.content["outline"]


@pytest.mark.parametrize("road", ROADS)
def test_every_road_has_its_five_lessons_for_the_last_minutes(outline, road):
    border = "border" if road.endswith("RU") else "border-kz"
    assert slugs(bus_lessons(outline, road)) == ["allowed", "papers", border, "free-to-leave", "who-helps"]


@pytest.fixture
def phone() -> Client:
    return Client(HTTP_SEC_FETCH_SITE="same-origin")


def test_what_is_said_is_kept_in_a_cookie_and_makes_the_path(phone, outline):
    asked = phone.get(URL).content.decode()
    assert all(f'name="work" value="{kind}"' in asked for kind in ("household", "app", "no-job"))
    said = {"corridor": "KG-RU", "work": "app", "path": ["children", "bus", "nonsense"]}
    assert phone.post(f"{URL}corridor/", said).status_code == 302
    assert phone.cookies["safar_path"].value == "app.children"
    context = phone.get(URL).context
    mine = [each for _module, rows in context["mine"] for each in rows]
    assert mine == path_lessons(outline, "KG-RU", ["app", "children"])
    assert (context["count"], context["minutes"]) == (len(mine), sum(each["minutes"] for each in mine))
    assert {"by-app", "family-plan"} <= set(slugs(mine)) and "patent" not in slugs(mine)
    phone.cookies["safar_path"] = "bus.<b>.nonsense"
    assert phone.get(URL).context["path"] == []


def test_the_page_of_the_last_minutes_has_points_and_steps(phone, outline):
    phone.post(f"{URL}corridor/", {"corridor": "TJ-KZ"})
    response = phone.get(f"{URL}bus/")
    said = response.content.decode()
    assert [view.page.slug for view in response.context["views"]] == slugs(bus_lessons(outline, "TJ-KZ"))
    assert all(point in said for view in response.context["views"] for point in [*view.points, *view.today])
    assert phone.get("/en/learn/money-home/bus/").status_code == 404


def test_a_sensitive_lesson_can_be_left_and_does_not_stay_on_the_phone(phone, outline):
    for each in outline["lessons"]:
        for url in (f"{URL}{each['slug']}/", f"{URL}{each['slug']}/1/"):
            response = phone.get(url)
            leaves = re.search(r'<a class="btn danger" href="/en/calendar/" data-leave>', response.content.decode())
            assert bool(leaves) == (response.headers.get("Safar-Keep") == "asked") == each["is_sensitive"], url
    assert b"data-leave" in phone.get(f"{URL}bus/").content


def test_the_calendar_says_nothing_of_us(phone):
    response = phone.get("/ky/calendar/")
    said = response.content.decode()
    assert response.status_code == 200 and "safar" not in said.lower() and "<a " not in said and "<script" not in said
    assert response.headers["Cache-Control"].startswith("public") and not response.cookies
