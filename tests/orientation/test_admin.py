"""Editors publish in the admin and are told what is missing."""

import pytest
from django.contrib import admin

from orientation.models import Course, CourseEdition, Fact, Lesson
from tests.people import cast, one_click  # noqa: F401

pytestmark = pytest.mark.django_db
COURSES = "/admin/orientation/course/"


def publish(client, course):
    return client.post(COURSES, {"action": "publish_courses", "_selected_action": [course.pk]}, follow=True).content.decode()


def form_of(client, thing) -> tuple[str, dict[str, object]]:
    """The address of its form, and what the form would send as it stands."""
    page = f"/admin/{thing._meta.app_label}/{thing._meta.model_name}/{thing.pk}/change/"
    context = client.get(page).context
    data: dict[str, object] = {}
    formsets = [inline.formset for inline in context["inline_admin_formsets"]]
    forms = [context["adminform"].form, *(form for formset in formsets for form in [formset.management_form, *formset.forms])]
    for form in forms:
        for field in form:
            value = field.value()
            if value is not None and value is not False:
                data[field.html_name] = value
            if field.field.show_hidden_initial:
                data[field.html_initial_name] = value
    return page, data


def faults_in(thing, data: dict[str, object], request) -> str:
    """What the console says of a form of `thing` that is not in order."""
    return str(admin.site.get_model_admin(type(thing)).get_form(request, thing)(data, instance=thing).errors)


def sent(client, page: str, data: dict[str, object]) -> str:
    """What the console says next, after a form that is in order."""
    response = client.post(page, data)
    assert response.status_code == 302
    return client.get(response.url).content.decode()


@pytest.fixture
def course() -> Course:
    return Course.objects.get(slug="russia-documents")


def test_an_editor_publishes_and_is_told_of_missing_facts(one_click, course):  # noqa: F811
    elena = one_click("elena")
    Fact.objects.filter(code="RU-AMINA-GAP").delete()
    html = publish(elena, course)
    assert "edition 2 is what learners read now" in html and "RU-AMINA-GAP" in html
    assert CourseEdition.objects.get(course=course, is_current=True).published_by.email == "elena@safar.example.org"
    assert "RU-AMINA-GAP" in elena.get(COURSES).content.decode()


def test_a_course_that_is_not_whole_is_refused_with_the_place(one_click, course):  # noqa: F811
    Lesson.objects.filter(course=course, slug="papers").update(**{f"title_{language}": "" for language in ("tg", "ky", "uz", "ru", "en")})
    assert "papers: title" in publish(one_click("elena"), course)
    assert CourseEdition.objects.filter(course=course).count() == 1


@pytest.mark.parametrize("who", ["farrukh", "manizha", "rustam"])
def test_nobody_else_gets_in(one_click, course, who):  # noqa: F811
    client = one_click(who)
    assert client.get(COURSES).status_code in (302, 403)
    publish(client, course)
    assert CourseEdition.objects.filter(course=course).count() == 1


def test_a_changed_fact_has_been_checked_by_nobody(one_click, cast):  # noqa: F811
    elena = one_click("elena")
    fact = Fact.objects.get(code="RU-REG-TJ")
    page = f"/admin/orientation/fact/{fact.pk}/change/"
    elena.post("/admin/orientation/fact/", {"action": "mark_checked", "_selected_action": [fact.pk]})
    fact.refresh_from_db()
    assert fact.verified_by == cast["elena"]
    form = elena.get(page).context["adminform"].form
    data = {name: value for name, value in form.initial.items() if value is not None} | {"corridors": "TJ-RU", "number": "14"}
    sources = list(fact.sources.all())
    data |= {
        "sources-TOTAL_FORMS": len(sources),
        "sources-INITIAL_FORMS": len(sources),
        "sources-MIN_NUM_FORMS": 0,
        "sources-MAX_NUM_FORMS": 1000,
    }
    for number, source in enumerate(sources):
        data |= {f"sources-{number}-{name}": getattr(source, name) for name in ("position", "publisher", "url", "dated")}
        data |= {f"sources-{number}-id": source.pk, f"sources-{number}-fact": fact.pk, f"sources-{number}-unsafe_in": ""}
    response = elena.post(page, data)
    assert response.status_code == 302, response.context["errors"]
    before = fact.revision
    fact.refresh_from_db()
    assert (int(fact.number), fact.verified_by, fact.verified_at, fact.revision) == (14, None, None, before + 1)


def test_an_editor_writes_modules_and_sentences_to_say(one_click):  # noqa: F811
    elena, lesson = one_click("elena"), Lesson.objects.get(course__slug="before-you-go", slug="papers")
    for thing, row, field in ((lesson.course, lesson.module, "title_ky"), (lesson, lesson.phrases.first(), "means_ky")):
        page, data = form_of(elena, thing)
        place = next(name.removesuffix("-id") for name, value in data.items() if value == row.pk and name.endswith("-id") and "s-" in name)
        sent(elena, page, data | {f"{place}-{field}": "Башкача"})
        row.refresh_from_db()
        assert getattr(row, field) == "Башкача"
    assert b"No results" not in elena.get("/admin/orientation/lesson/?q=papers").content
