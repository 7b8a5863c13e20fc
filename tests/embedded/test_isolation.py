"""The tests' own world is as closed as tests/conftest.py promises."""

import os
from typing import Any

import pytest
from django.conf import settings
from django.db import connection
from django.db.models import QuerySet
from django.template import Context, Template

from portal.organisations.models import Organisation
from portal.places.models import Country
from tests import servers
from tests.strict import UndefinedVariable


def test_each_process_has_its_own_database_and_broker() -> None:
    assert settings.DATABASES["default"]["NAME"] == f"test_{servers.WORKER}"
    assert settings.BROKER_URL.partition("=")[2] == os.environ["REDIS_URL"].partition("=")[2]


def test_commits_go_to_a_database_of_the_test(live_server: Any) -> None:
    assert connection.settings_dict["NAME"].startswith("own_")
    assert Country.objects.exists()


@pytest.mark.django_db
def test_starter_content_is_there_and_rolled_back_to() -> None:
    assert connection.in_atomic_block
    assert Country.objects.exists()


@pytest.mark.parametrize("turn", [1, 2])
@pytest.mark.usefixtures("cast_rows")
def test_the_cast_is_there_and_rolled_back_to(turn: int) -> None:
    assert connection.in_atomic_block and connection.settings_dict["NAME"] != f"test_{servers.WORKER}"
    Organisation.objects.get(name="StroyKazan").delete()


@pytest.mark.django_db
def test_nobody_of_the_cast_is_there_unasked() -> None:
    assert not Organisation.objects.exists()


def test_undefined_variable_in_a_template_fails() -> None:
    with pytest.raises(UndefinedVariable, match=r"nobody\.gave\.it"):
        Template("{{ nobody.gave.it }}").render(Context())
    assert Template("{% if nobody.gave.it %}x{% endif %}").render(Context()) == ""


@pytest.mark.django_db
def test_order_of_an_unordered_queryset_is_not_to_be_relied_on() -> None:
    rows: QuerySet[Country] = Country.objects.order_by()
    assert [row.pk for row in rows] != [row.pk for row in Country.objects.order_by("pk")]
