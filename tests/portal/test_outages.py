"""No PostgreSQL, no Valkey: a plain page that says what to do, no traceback, and what needs neither goes on."""

import json
import logging

import pytest
from django.db import connection
from django.test import Client

from portal.outbox.models import Message
from tests.portal.pages import public_pages

NOWHERE = {"HOST": "/nonexistent-socket-folder", "PORT": ""}


@pytest.fixture
def visitor() -> Client:
    return Client(raise_request_exception=False, HTTP_SEC_FETCH_SITE="same-origin")


@pytest.fixture
def no_postgres(fresh_db, monkeypatch):
    connection.close()
    for key, value in NOWHERE.items():
        monkeypatch.setitem(connection.settings_dict, key, value)
    yield
    connection.close()


@pytest.fixture
def no_valkey(settings):
    """Django's own signal handler makes the caches anew when the setting changes."""
    settings.CACHES = {"default": settings.CACHES["default"] | {"LOCATION": "unix:///nonexistent/valkey.sock?db=1"}}


@pytest.mark.parametrize(("language", "words"), [("en", "Safar is resting"), ("ru", "Safar"), ("tg", "Safar")])
def test_without_postgres_a_page_says_what_to_do(no_postgres, visitor, language, words):
    for method in (visitor.get, visitor.post):
        response = method(f"/{language}/learn/russia-documents/papers/1/")
        html = response.content.decode()
        assert response.status_code == 503 and response.headers["Retry-After"]
        assert f'<html lang="{language}"' in html and words in html and "Traceback" not in html and "OperationalError" not in html


def test_without_postgres_the_pages_that_need_none_go_on(no_postgres, visitor):
    assert visitor.get("/tg/offline/").status_code == 200
    assert visitor.get("/healthz").status_code == 200
    assert visitor.get("/sw.js").status_code == 200
    response = visitor.get("/readyz")
    assert response.status_code == 503 and json.loads(response.content)["postgres"] is False


@pytest.mark.django_db
def test_without_valkey_learning_goes_on(no_valkey, visitor):
    for url in public_pages("tg").values():
        assert visitor.get(url).status_code in (200, 404), url
    assert visitor.post("/tg/learn/russia-documents/corridor/", {"corridor": "TJ-RU"}).status_code == 302
    response = visitor.get("/readyz")
    assert (response.status_code, json.loads(response.content)) == (503, {"postgres": True, "valkey": False})
    assert "No certificate has this code" in visitor.get("/verify/", {"code": "0123456789", "lang": "en"}).content.decode()


@pytest.mark.django_db
@pytest.mark.parametrize("language", ["tg", "ky", "uz", "ru", "en"])
def test_without_valkey_a_code_cannot_be_asked_for_and_the_page_says_what_to_do(no_valkey, visitor, language):
    response = visitor.post(f"/{language}/sign-in/", {"country": "TJ", "phone": "900000055"})
    html = response.content.decode()
    assert response.status_code == 503 and f'<html lang="{language}"' in html and "Traceback" not in html
    assert not Message.objects.exists()


@pytest.mark.django_db
def test_readyz_names_each_server(visitor):
    response = visitor.get("/readyz")
    assert (response.status_code, json.loads(response.content)) == (200, {"postgres": True, "valkey": True})
    assert response.headers["Cache-Control"] == "no-store"


@pytest.mark.django_db
def test_a_fault_of_ours_is_a_plain_page_and_a_line_in_the_log(visitor, monkeypatch, caplog):
    monkeypatch.setattr("portal.home.render", None)
    with caplog.at_level(logging.ERROR):
        response = visitor.get("/en/")
    html = response.content.decode()
    assert response.status_code == 500 and "Something broke on our side" in html and "Traceback" not in html
    assert any(record.levelno == logging.ERROR for record in caplog.records)
