"""The OpenAPI schema is whole and true, and people can read it on a page that loads nothing from elsewhere."""

import pytest
from django.core.management import call_command
from django.test import Client
from django.utils.timezone import localdate, now

from matching.api import OCCUPATION, SKILL, VACANCY
from orientation.api import COURSE, FACT, LESSON, WHOLE_LESSON
from orientation.models import CourseEdition, Endorsement
from portal.api import RESOURCES
from portal.places.api import KAZAN
from remittances.api import QUOTE
from remittances.api_rates import RATE
from remittances.api_services import SERVICE
from tests.api.conftest import a_quote, a_service, some_rates
from tests.api.lists import LISTS, OPERATIONS, ROOT, get, rows
from tests.matching.factories import an_organisation

pytestmark = pytest.mark.django_db


def test_it_is_valid_and_nothing_had_to_be_guessed(tmp_path):
    call_command("spectacular", "--validate", "--fail-on-warn", "--file", tmp_path / "schema.yaml")
    assert "openapi: 3.0" in (tmp_path / "schema.yaml").read_text()


def schema() -> dict:
    response = Client().get(f"{ROOT}schema/")
    assert response.status_code == 200 and response.headers["Content-Type"] == "application/json"
    return response.json()


def test_every_operation_is_described():
    paths = schema()["paths"]
    assert len(paths) == OPERATIONS and len(LISTS) == len(RESOURCES)
    for path, methods in paths.items():
        assert list(methods) == ["get"], path
        operation = methods["get"]
        assert operation["summary"] and operation["description"] and operation["tags"] == [path.split("/")[3].removesuffix(".csv")]
        assert {"200", "304", "400", "404"} == set(operation["responses"])
        kind = "text/csv" if path.endswith(".csv") else "application/json"
        assert operation["responses"]["200"]["content"][kind]["examples"]
        assert operation["responses"]["400"]["content"]["application/json"]["schema"] == {"$ref": "#/components/schemas/Problem"}
        language = next(parameter for parameter in operation["parameters"] if parameter["name"] == "lang")
        assert sorted(language["schema"]["enum"]) == ["en", "ky", "ru", "tg", "uz"]
        assert all(parameter.get("description") or parameter["in"] == "path" for parameter in operation["parameters"]), path


def test_the_examples_have_the_fields_of_real_answers(market):
    a_quote(a_service())
    some_rates()
    an_endorsement()
    real = {name: rows(f"{name}/")[0] for name in LISTS}
    examples = {
        "courses": COURSE,
        "lessons": LESSON,
        "facts": FACT,
        "occupations": OCCUPATION,
        "skills": SKILL,
        "regions": KAZAN | {"zone": ""},
        "vacancies": VACANCY,
        "quotes": QUOTE,
        "services": SERVICE,
        "rates": RATE,
    }
    for name, example in examples.items():
        assert fields(example) == fields(real[name]), name
    assert fields(WHOLE_LESSON) == fields(get("lessons/russia-documents/registration/"))


def an_endorsement() -> None:
    """Of the course that is listed first."""
    edition = CourseEdition.objects.filter(is_current=True).order_by("course__position").first()
    Endorsement.objects.create(edition=edition, authority=an_organisation("authority", "TJ"), signed_at=now(), until=localdate())


def fields(value: object) -> object:
    """The names in an answer, at every depth; of a list those of its first row."""
    if isinstance(value, dict):
        return {name: fields(part) for name, part in value.items()}
    return fields(value[0]) if isinstance(value, list) and value and isinstance(value[0], dict) else None


def test_the_page_for_people_is_as_strict_as_every_other(client):
    response = client.get(f"{ROOT}docs/")
    html = response.content.decode()
    assert response.status_code == 200 and "<style" not in html and 'style="' not in html and "<script>" not in html and "http" not in html
    assert response.headers["Content-Security-Policy"] == client.get("/en/").headers["Content-Security-Policy"]
    assert not response.cookies and "Cookie" not in response.headers["Vary"] and response.headers["Cache-Control"].startswith("public")
    script = client.get(f"{ROOT}docs/?script=")
    assert script.headers["Content-Type"] == "application/javascript" and not script.cookies and "csrf" not in script.content.decode()
    assert '/api/v1/schema/"' in script.content.decode().replace("\\u002D", "-")


def test_somebody_reads_it_and_tries_an_operation(page):
    """`page` fails on a script error and on whatever the content security policy forbids."""
    seen: list[str] = []
    page.on("request", lambda request: seen.append(request.url))
    page.goto(f"{ROOT}docs/")
    page.locator("#operations-facts-facts_retrieve .opblock-summary-control").click()
    page.get_by_role("button", name="Try it out").click()
    page.get_by_role("button", name="Execute").click()
    page.locator(".live-responses-table .response-col_status", has_text="200").wait_for()
    assert any(url.endswith(f"{ROOT}facts/RU-REG-TJ/") for url in seen)
    assert all(url.startswith((page.url.split("/api/")[0], "data:")) for url in seen)
