"""Schemathesis asks every operation with values that fit the schema and values that do not: no 500, and each answer is as the schema says."""

import re

import pytest
import schemathesis
from django.core.wsgi import get_wsgi_application
from hypothesis import HealthCheck, settings

from matching.api import VACANCY
from matching.models import Vacancy
from orientation.exchange.api import UID
from orientation.models import Course
from remittances.api import QUOTE
from remittances.models import TransferService
from tests.api.conftest import a_quote, a_service
from tests.api.lists import OPERATIONS

pytestmark = pytest.mark.django_db(transaction=True)  # a real request closes a connection that is in a transaction
schema = schemathesis.openapi.from_wsgi("/api/v1/schema/", get_wsgi_application())


@pytest.fixture
def full(request) -> None:
    """Something to find for each operation, also at the addresses that the schema gives as examples."""
    if "vacancies" in request.node.name:
        request.getfixturevalue("market")
        Vacancy.objects.filter(pk=Vacancy.objects.first().pk).update(uid=VACANCY["uid"])
    a_quote(a_service())
    TransferService.objects.update(uid=QUOTE["service"])
    Course.objects.filter(slug="russia-documents").update(uid=UID)


def _test_of(path: str):
    """A file has the parameters of its list, which is asked more. A function for each address: two items of one function have one id under pytest 9.2, and xdist would run the first only."""

    @schema.include(path=path).parametrize()
    @settings(
        max_examples=3 if path.endswith(".csv") else 10, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
    )
    def test(case, full):
        case.call_and_validate(headers={"Accept-Encoding": "identity"})

    return test


PATHS = [operation.ok().path for operation in schema.get_all_operations()]
for path in PATHS:
    globals()["test_" + re.sub(r"\W+", "_", path.removeprefix("/api/v1/")).strip("_")] = _test_of(path)
del _test_of


def test_every_list_and_every_row_is_asked():
    assert len(PATHS) == OPERATIONS
