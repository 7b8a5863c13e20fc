"""The course that everybody gets: its roads, its final check, the sentences to say, and what publishing it asks for."""

from datetime import date

import pytest
from django.core.management import call_command
from django.test import Client

from orientation.answers import CHECK_LENGTH
from orientation.management.commands import list_curriculum
from orientation.models import Course, EditionPage, Fact, Lesson
from orientation.paths import core_lessons
from orientation.publish import NotPublishable, publish
from orientation.reading import read_facts, read_lesson
from orientation.record import check_questions
from portal.places.corridors import Corridor

pytestmark = pytest.mark.django_db
COURSE = "/en/learn/before-you-go/"


def page(slug: str, language: str = "en") -> EditionPage:
    return EditionPage.objects.current().get(edition__course__slug="before-you-go", slug=slug, language=language)


def core(road: str) -> list[str]:
    return [lesson["slug"] for lesson in core_lessons(page(EditionPage.COURSE).content["outline"], road)]


def test_each_road_has_its_core_lessons():
    assert "patent" in core("TJ-RU") and "eaeu" in core("KG-RU") and "household-kz" in core("UZ-KZ")
    assert not {"patent", "border", "registration"} & set(core("UZ-KZ")) and not {"patent", "household-kz"} & set(core("KG-KZ"))


@pytest.mark.parametrize("road", Corridor.values)
def test_a_check_asks_of_each_core_lesson(road):
    check = page(EditionPage.CHECK)
    for draw in range(3):
        asked = check_questions(check, road, draw)
        assert len(asked) == CHECK_LENGTH and set(core(road)) <= {question["lesson"] for question in asked}
        assert all(not question["corridors"] or road in question["corridors"] for question in asked)


def test_what_follows_is_the_next_lesson_of_ones_own():
    phone = Client(HTTP_SEC_FETCH_SITE="same-origin")
    phone.post(f"{COURSE}corridor/", {"corridor": "KG-RU"})
    html = phone.get(COURSE).content.decode()
    mine, others = html.split("More lessons for your road")
    assert f'href="{COURSE}eaeu/"' in mine and f'href="{COURSE}crisis/"' in others and f'href="{COURSE}border-kz/"' not in html
    assert "core lesson" in mine and "core lesson" not in others
    follows = {slug: phone.get(f"{COURSE}{slug}/").context["after"] for slug in ("border", "registration", "start-again")}
    assert follows == {"border": f"{COURSE}registration/", "registration": f"{COURSE}eaeu/", "start-again": f"{COURSE}check/"}


def test_a_course_without_paths_asks_for_the_road_only():
    phone = Client(HTTP_SEC_FETCH_SITE="same-origin")
    html = phone.get("/en/learn/russia-documents/").content.decode()
    assert 'name="corridor"' in html and 'name="work"' not in html
    assert "safar_path" not in phone.post("/en/learn/russia-documents/corridor/", {"corridor": "TJ-RU", "work": "app"}).cookies


def test_sentences_are_said_where_they_are_understood():
    papers = page("papers", "tg")
    russia, kazakhstan = (read_lesson(papers, road, date(2026, 11, 21)).phrases for road in ("TJ-RU", "TJ-KZ"))
    assert set(russia) == {"ru"} and set(kazakhstan) == {"ru", "kk"}
    assert all(phrase["means"] and phrase["reading"] for phrase in kazakhstan["kk"])


def test_publishing_refuses_a_lost_relative_and_a_lost_picture(now):
    course = Course.objects.get(slug="before-you-go")
    papers = Lesson.objects.filter(course=course, slug="papers")
    papers.update(related=["border", "nowhere"])
    with pytest.raises(NotPublishable, match=r"papers names as related what is no lesson of the course: nowhere\."):
        publish(course, by=None, now=now)
    papers.update(related=["border", "money-home/saving", "money-home/gone"], picture="nothing")
    with pytest.raises(NotPublishable, match="papers shows the picture nothing, which is not there"):
        publish(course, by=None, now=now)
    papers.update(picture="papers")
    publish(course, by=None, now=now)
    assert [each["slug"] for each in page("papers").content["related"]] == ["border", "saving"]


def test_what_a_source_says_in_part_is_not_told_as_without_one():
    fact = Fact.objects.get(code="EXTREMISM-CRIME")
    assert fact.confidence == "general-knowledge" and fact.sources.exists()
    told = read_facts([fact.code], date(2026, 11, 21))[fact.code]
    assert told.source_name and told.confidence == "the source says only a part of it"
    fact.sources.all().delete()
    assert read_facts([fact.code], date(2026, 11, 21))[fact.code].confidence == "generally known, not yet found in a source"


def lessons_in(table: str) -> list[list[str]]:
    """Module, title, minutes, whose, facts. How many words a language has changes with each slip of the pen that is mended."""
    return [line.split(" | ")[:5] for line in table.splitlines() if line.startswith("| ") and not line.startswith("| module")]


def test_the_table_in_the_docs_is_of_today(tmp_path, capsys):
    told = list_curriculum.DOCUMENT.read_text(encoding="utf-8").split(list_curriculum.BEGIN)[1].split(list_curriculum.END)[0]
    call_command("list_curriculum")
    now = capsys.readouterr().out
    assert len(lessons_in(now)) == 53 and lessons_in(now) == lessons_in(told), "run manage.py list_curriculum --write"
    copy = tmp_path / "curriculum.md"
    copy.write_text(f"before\n{list_curriculum.BEGIN}\nold\n{list_curriculum.END}\nafter\n")
    list_curriculum.put("new", copy)
    assert copy.read_text() == f"before\n{list_curriculum.BEGIN}\nnew\n{list_curriculum.END}\nafter\n"
