"""Which course teaches a skill: an editor says so in the console, beside the skill."""

import pytest
from django.contrib.auth.models import AnonymousUser

from matching.models import Skill, SkillCourse
from matching.skill_courses import TaughtIn, courses_of
from orientation.models import Course

pytestmark = pytest.mark.django_db


@pytest.fixture
def skill() -> Skill:
    return Skill.objects.get(slug="cash-counting")


def posted(skill: Skill, **inline: object) -> dict[str, object]:
    names = {f"name_{language}": getattr(skill, f"name_{language}") for language in ("tg", "ky", "uz", "ru", "en")}
    forms = {"courses-TOTAL_FORMS": 1, "courses-INITIAL_FORMS": 0}
    return {"slug": skill.slug, "group": skill.group_id, "esco": "", **names, **forms} | inline


def test_an_editor_names_the_course(one_click, skill, django_assert_num_queries):
    course = Course.objects.get(slug="money-home")
    page, client = f"/admin/matching/skill/{skill.pk}/change/", one_click("elena")
    assert (
        'name="courses-0-course"' in client.get(page).content.decode() or "courses-__prefix__-course" in client.get(page).content.decode()
    )
    assert client.post(page, posted(skill, **{"courses-0-course": course.pk, "courses-0-skill": skill.pk})).status_code == 302
    assert SkillCourse.objects.get().course == course
    with django_assert_num_queries(2):
        [taught] = courses_of([skill.pk])[skill.pk]
    assert taught == TaughtIn("Your money: plan it, send it home, keep it", "/en/learn/money-home/", "")
    found = client.get("/admin/autocomplete/?app_label=matching&model_name=skillcourse&field_name=course&term=money").json()
    assert [row["id"] for row in found["results"]] == [str(course.pk)]


@pytest.mark.parametrize("who", ["timur", "manizha", "ildar", "rustam", "farrukh"])
def test_nobody_else_does(one_click, cast, skill, who):
    answer = one_click(who).post(f"/admin/matching/skill/{skill.pk}/change/", posted(skill))
    assert answer.status_code in (302, 403) and not SkillCourse.objects.exists()
    assert not cast[who].has_perm("matching.add_skillcourse") and not AnonymousUser().has_perm("matching.add_skillcourse")


def test_where_nothing_is_taught_nothing_is_asked_twice(skill, django_assert_num_queries):
    """Our courses are about papers and money so far: the starter content names none."""
    with django_assert_num_queries(1):
        assert courses_of([skill.pk]) == {}


def test_an_unpublished_course_teaches_nobody(skill):
    SkillCourse.objects.create(skill=skill, course=Course.objects.create(slug="a-draft", title="A draft"))
    assert courses_of([skill.pk]) == {}
