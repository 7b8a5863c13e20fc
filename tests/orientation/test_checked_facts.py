"""A person's check holds for what that person saw: any change takes it back. What is over or dangerous is never shown as good."""

from datetime import date

import pytest
from django.utils import timezone

from orientation.load import load_facts
from orientation.models import Course, Fact, Source
from orientation.reading import fill, read_facts
from portal.accounts.models import User
from tests.people import cast, one_click  # noqa: F401

pytestmark = pytest.mark.django_db


def test_operators_who_may_only_view_neither_check_nor_publish(one_click):  # noqa: F811
    client = one_click("timur")
    fact = Fact.objects.get(code="RU-REG-TJ")
    client.post("/admin/orientation/fact/", {"action": "mark_checked", "_selected_action": [fact.pk]})
    fact.refresh_from_db()
    course = Course.objects.get(slug="russia-documents")
    before = course.editions.count()
    client.post("/admin/orientation/course/", {"action": "publish_courses", "_selected_action": [course.pk]})
    assert (fact.verified_at, course.editions.count()) == (None, before)


def fact_form(fact, client):
    page = client.get(f"/admin/orientation/fact/{fact.pk}/change/")
    form = page.context["adminform"].form
    data = {}
    for bound in form:
        value = bound.value()
        data[bound.html_name] = "" if value is None else value
    for formset in page.context["inline_admin_formsets"]:
        fs = formset.formset
        for bound in fs.management_form:
            data[bound.html_name] = bound.value()
        for f in fs.forms:
            for bound in f:
                value = bound.value()
                data[bound.html_name] = "" if value is None else value
    return {name: ",".join(value) if isinstance(value, list) else value for name, value in data.items()}


def test_a_fact_whose_source_changed_is_checked_by_nobody(one_click):  # noqa: F811
    client = one_click("elena")
    fact = Fact.objects.get(code="RU-REG-TJ")
    Fact.objects.update(verified_at=timezone.now(), verified_by=User.objects.get(email="elena@safar.example.org"))
    data = fact_form(fact, client)
    key = next(k for k in data if k.endswith("-publisher") and k.startswith("sources-0"))
    data[key] = "Somebody else"
    response = client.post(f"/admin/orientation/fact/{fact.pk}/change/", data)
    assert response.status_code == 302, response.context["errors"]
    fact.refresh_from_db()
    assert fact.sources.first().publisher == "Somebody else" and fact.verified_at is None


def test_a_dangerous_host_is_dangerous_whoever_typed_it():
    fact = Fact.objects.get(code="RU-REG-TJ")
    fact.sources.all().delete()
    Source.objects.create(fact=fact, position=1, publisher="Ozodi", url="https://www.ozodi.org/a/1.html")
    assert read_facts(["RU-REG-TJ"], date(2026, 11, 21))["RU-REG-TJ"].source_url == ""


def test_a_fact_whose_time_is_over_says_so():
    Fact.objects.filter(code="RU-REG-TJ").update(valid_to=date(2026, 11, 20))
    assert read_facts(["RU-REG-TJ"], date(2026, 11, 20))["RU-REG-TJ"].status_note == ""
    assert "No longer in force" in read_facts(["RU-REG-TJ"], date(2026, 11, 21))["RU-REG-TJ"].status_note


def test_a_giant_example():
    assert "9999" in fill("<p>{{eg:" + "9" * 40 + " RUB}}</p>", {})


def test_overwriting_a_fact_takes_the_check_back():
    Fact.objects.filter(code="RU-REG-TJ").update(title_en="Old", verified_at=timezone.now())
    load_facts(overwrite=True)
    assert Fact.objects.get(code="RU-REG-TJ").verified_at is None
