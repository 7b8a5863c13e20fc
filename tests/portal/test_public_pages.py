"""Pages read without a cookie are the same for all; the others are their reader's alone. A GET writes nothing."""

import pytest
from django.db import connection
from django.test import Client

from portal.accounts.models import User
from portal.ui.middleware import WriteInGet, read_only_get
from tests.portal.pages import public_pages

pytestmark = pytest.mark.django_db
WITH_A_TOKEN = {"sign-in", "sign-in by mail", "register"}


@pytest.mark.parametrize("name", sorted(set(public_pages("en")) - WITH_A_TOKEN - {"not found"}))
def test_a_public_page_is_the_same_for_all(name):
    first, second = (Client().get(public_pages("tg")[name]) for _ in range(2))
    assert first.status_code == 200
    assert first.content == second.content
    assert first.headers["Cache-Control"].startswith("public")
    assert not first.cookies and b"csrfmiddlewaretoken" not in first.content


@pytest.mark.parametrize("cookie", ["safar_session", "safar_device", "safar_corridor"])
def test_with_a_cookie_of_ours_a_page_is_private(client, cookie):
    client.cookies[cookie] = "x"
    assert client.get("/tg/").headers["Cache-Control"] == "private, no-store"


def test_a_foreign_cookie_changes_nothing(client):
    client.cookies["other"] = "x"
    assert client.get("/tg/").headers["Cache-Control"].startswith("public")


def test_a_page_of_somebody_signed_in_is_private(client):
    client.force_login(User.objects.create_user(phone="+992900000077"))
    assert client.get("/tg/").headers["Cache-Control"] == "private, no-store"


@pytest.mark.parametrize(
    ("accepts", "goes_to"), [("tg", "/tg/"), ("uz-UZ,uz;q=0.9", "/uz/"), ("ky-KG", "/ky/"), ("en-GB", "/en/"), ("fr", "/ru/"), ("", "/ru/")]
)
def test_the_bare_address_goes_to_the_readers_language(client, accepts, goes_to):
    response = client.get("/", headers={"Accept-Language": accepts})
    assert response.url == goes_to and "Accept-Language" in response.headers["Vary"]


@pytest.mark.parametrize("language", ["tg", "ky", "uz", "ru", "en"])
@pytest.mark.parametrize("name", ["home", "course", "lesson papers", "question", "help"])
def test_each_page_links_to_itself_in_every_language(client, name, language):
    html = client.get(public_pages(language)[name]).content.decode()
    assert f'<html lang="{language}"' in html
    for other in ("tg", "ky", "uz", "ru", "en"):
        assert f'href="{public_pages(other)[name]}"' in html


def test_an_unknown_language_is_a_page_that_says_where_to_go(client):
    response = client.get("/xx/")
    assert response.status_code == 404 and b"/learn/" in response.content


def test_html_is_strict_about_what_may_load(client):
    policy = client.get("/tg/").headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy and "unsafe" not in policy and "http" not in policy


def test_a_get_that_writes_is_a_fault_and_a_post_is_not(rf):
    def writes(request):
        connection.cursor().execute("UPDATE accounts_user SET language = 'tg' WHERE false")

    with pytest.raises(WriteInGet):
        read_only_get(writes)(rf.get("/"))
    read_only_get(writes)(rf.post("/"))


@pytest.mark.parametrize(
    "sql", ["WITH x AS (SELECT 1) INSERT INTO places_country SELECT 1", "  delete from places_country", "TRUNCATE places_country"]
)
def test_a_write_in_any_dress_is_found(rf, sql):
    with pytest.raises(WriteInGet):
        read_only_get(lambda request: connection.cursor().execute(sql))(rf.get("/"))


def test_reading_in_a_get_is_allowed(rf):
    read_only_get(lambda request: connection.cursor().execute("SELECT updated_at FROM (SELECT 'set' AS updated_at)"))(rf.get("/"))
