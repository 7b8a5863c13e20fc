"""Without PostgreSQL, or with a fault of ours, an answer keeps its shape."""

import pytest

from orientation.models import EditionPage
from tests.api.lists import ROOT
from tests.portal.test_outages import no_postgres, visitor

__all__ = ["no_postgres", "visitor"]


def test_without_postgres(no_postgres, visitor):
    response = visitor.get(f"{ROOT}courses/")
    assert response.status_code == 503 and response.headers["Retry-After"] == "120"
    assert response.json() == {"detail": "Safar cannot reach its data right now. Try again in two minutes."}
    assert response.headers["Access-Control-Allow-Origin"] == "*" and "no-store" in response.headers["Cache-Control"]
    assert visitor.get(f"{ROOT}schema/").status_code == visitor.get(f"{ROOT}docs/").status_code == visitor.get(ROOT).status_code == 200


@pytest.mark.django_db
def test_a_fault_of_ours(visitor):
    EditionPage.objects.update(content={})  # nothing writes that
    response = visitor.get(f"{ROOT}courses/?lang=tg")
    assert response.status_code == 500 and response.headers["Content-Language"] == "en" and "no-store" in response.headers["Cache-Control"]
    assert response.json() == {"detail": "Something broke on our side. We have written it down and will mend it."}


@pytest.mark.django_db
def test_a_host_that_is_not_ours(visitor):
    response = visitor.get(f"{ROOT}courses/", headers={"Host": "evil.example"})
    assert response.status_code == 400 and response.json() == {"detail": "This request cannot be read."}
    assert b"<html" in visitor.get("/en/learn/", headers={"Host": "evil.example"}).content
