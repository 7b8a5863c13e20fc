"""What all answers of the API have in common: language, paging, caching, CORS, faults, queries; and that nobody's cookie matters."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from orientation.models import Fact
from portal.accounts.models import User
from tests.api.conftest import a_quote, a_service, some_rates
from tests.api.lists import EVERYTHING, LISTS, ROOT, get, refused, rows

pytestmark = pytest.mark.django_db


def test_the_root_names_every_list():
    answer = get("")
    assert answer["languages"] == ["tg", "ky", "uz", "ru", "en"]
    assert [answer[name] for name in (*LISTS, "schema", "docs")] == [
        f"http://testserver{ROOT}{name}/" for name in (*LISTS, "schema", "docs")
    ]


@pytest.mark.parametrize(
    ("query", "header", "language"),
    [
        ("?lang=tg", "", "tg"),
        ("?lang=en", "ru", "en"),
        ("", "uz-Latn-UZ,uz;q=0.9,ru;q=0.8", "uz"),
        ("", "fr, ky;q=0.5", "ky"),
        ("", "fr", "ru"),
        ("", "*", "ru"),
        ("", "", "ru"),
        ("", "ru;q=0.1, en;q=0.9", "en"),
    ],
)
def test_the_language_of_an_answer(query, header, language):
    response = Client().get(f"{ROOT}regions/RU-TA/{query}", headers={"Accept-Language": header})
    names = {"tg": "Ҷумҳурии Тотористон", "en": "Republic of Tatarstan", "ru": "Республика Татарстан"}
    assert response.headers["Content-Language"] == language and "Accept-Language" in response.headers["Vary"]
    assert response.json()["name"] == names.get(language, response.json()["name"])


@pytest.mark.parametrize("accepts", ["text/html", "application/xml", "nonsense", "*/*;q=0"])
def test_json_is_what_there_is(accepts):
    assert get("regions/RU-TA/", Accept=accepts)["code"] == "RU-TA" and get("nope/", 404, Accept=accepts)


def test_a_cookie_of_a_language_changes_nothing(client):
    client.cookies["django_language"] = "tg"
    assert client.get(f"{ROOT}regions/RU-TA/").headers["Content-Language"] == "ru"


@pytest.mark.parametrize("path", EVERYTHING)
def test_anybody_may_keep_an_answer_and_no_cookie_changes_it(path):
    member = Client()
    member.force_login(User.objects.create_user(phone="+992900000077"))
    member.cookies["safar_device"] = member.cookies["safar_corridor"] = "TJ-RU"
    with CaptureQueriesContext(connection) as asked:
        first, second = Client().get(ROOT + path), member.get(ROOT + path)
    assert first.content == second.content
    for response in (first, second):
        kept = response.headers["Cache-Control"]
        assert kept == "public, max-age=60" if path in ("quotes/", "services/") else kept.startswith("public, max-age=")
        assert ("stale-while-revalidate" in kept) == (path not in ("quotes/", "services/")), "what is taken off the list is gone at once"
        assert "Cookie" not in response.headers["Vary"] and not response.cookies
        assert response.headers["Access-Control-Allow-Origin"] == "*"
    assert not [query for query in asked if "session" in query["sql"] or "accounts_" in query["sql"]]


@pytest.mark.parametrize("path", [*EVERYTHING, "schema/"])
def test_who_has_it_already_gets_a_304(path):
    tag = Client().get(ROOT + path).headers["ETag"]
    again = Client().get(ROOT + path, headers={"If-None-Match": tag})
    assert again.status_code == 304 and again.content == b"" and again.headers["ETag"] == tag
    assert again.headers["Cache-Control"].startswith("public") and again.headers["Access-Control-Allow-Origin"] == "*"
    assert Client().get(ROOT + path, headers={"If-None-Match": '"old"'}).status_code == 200
    assert Client().get(ROOT + path, headers={"If-None-Match": f"W/{tag}, x"}).status_code == 304  # gzipped on its way


def test_a_change_changes_the_etag():
    before = Client().get(f"{ROOT}facts/RU-REG-TJ/?lang=en").headers["ETag"]
    Fact.objects.filter(code="RU-REG-TJ").update(text_en="Another text.")
    assert Client().get(f"{ROOT}facts/RU-REG-TJ/?lang=en", headers={"If-None-Match": before}).status_code == 200


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
def test_reading_only(method):
    response = getattr(Client(enforce_csrf_checks=True), method)(f"{ROOT}courses/?lang=ru")
    assert response.status_code == 405 and response.headers["Allow"] == "GET, HEAD, OPTIONS"
    assert response.json() == {"detail": f"{method.upper()} is not possible: this API is for reading."}


def test_head_and_what_a_browser_asks_first():
    head = Client().head(f"{ROOT}courses/")
    assert head.status_code == 200 and head.content == b"" and head.headers["ETag"] == Client().get(f"{ROOT}courses/").headers["ETag"]
    before = Client().options(
        f"{ROOT}courses/?anything=1", headers={"Origin": "https://example.org", "Access-Control-Request-Method": "GET"}
    )
    assert before.status_code == 204 and before.headers["Access-Control-Allow-Origin"] == "*"
    assert before.headers["Access-Control-Allow-Methods"] == "GET, HEAD, OPTIONS"
    assert before.headers["Access-Control-Allow-Headers"] == "If-None-Match" and before.headers["Access-Control-Max-Age"] == "86400"


@pytest.mark.parametrize("path", ["nope/", "courses/nope/", "lessons/russia-documents/", "vacancies/nope/", "../v2/", "%00/", "facts/%00/"])
def test_a_wrong_address_is_a_404_of_the_same_shape(path):
    response = Client().get(ROOT + path)
    assert response.status_code == 404 and response.json() == {"detail": "There is nothing at this address."}
    assert response.headers["Content-Language"] == "en" and response.headers["Access-Control-Allow-Origin"] == "*"
    assert response.headers["Cache-Control"] == "private, no-store" and "Cookie" not in response.headers["Vary"]


def test_pages_for_people_keep_their_404(client):
    assert b"<html" in client.get("/en/nope/").content and b"<html" in client.get("/apis/").content


def test_a_forgotten_slash(client):
    assert client.get("/api/v1/courses?lang=tg").headers["Location"] == "/api/v1/courses/?lang=tg"


@pytest.mark.parametrize("path", EVERYTHING)
def test_an_unknown_language_names_the_five(path):
    for code in ("xx", "TG", "ru-RU", "ru%20"):
        assert refused(f"{path}?lang={code}") == "lang must be one of: tg, ky, uz, ru, en."


@pytest.mark.parametrize("path", EVERYTHING)
def test_an_unknown_parameter_names_the_known_ones(path):
    for query in ("nope=1", "format=api", "%00=1", "Lang=tg"):
        said = refused(f"{path}?{query}")
        assert said.startswith("There is no such parameter. Allowed here: ") and "lang" in said
        assert ("page_size" in said) == (path.strip("/") in LISTS)


def test_the_filters_of_a_list_are_named():
    assert refused("vacancies/?employer=x") == (
        "There is no such parameter. Allowed here: country, lang, occupation, page, page_size, region."
    )
    assert "page" not in refused("vacancies/00000000-0000-0000-0000-000000000000/?page=1")


@pytest.mark.parametrize("path", EVERYTHING)
@pytest.mark.parametrize("query", ["lang=%00", "lang=", "lang=tg&lang=ru", "lang=t%00g"])
def test_a_value_that_cannot_be_one(path, query):
    assert refused(f"{path}?{query}").startswith("lang must be ")


@pytest.mark.parametrize("name", LISTS)
@pytest.mark.parametrize("number", ["0", "-1", "abc", "1.5", "²", "٣", "1e3", "+1", "%201", "9" * 5000, str(10**9 + 1), "last"])
def test_a_page_that_is_no_number(name, number):
    assert refused(f"{name}/?page={number}") == "page must be a whole number from 1 to 1000000000."


@pytest.mark.parametrize("name", LISTS)
def test_a_page_past_the_last(name):
    for number in (10**9, 999):
        assert refused(f"{name}/?page={number}", 404) == "There is no such page."


@pytest.mark.parametrize("name", LISTS)
@pytest.mark.parametrize("size", ["0", "101", "-5", "many", "9" * 5000])
def test_a_page_has_bounds(name, size):
    assert refused(f"{name}/?page_size={size}") == "page_size must be a whole number from 1 to 100."


def test_pages_lead_to_each_other():
    seen, path = [], "regions/?country=KZ&lang=en&page_size=7"
    first = get(path)
    while path:
        page = get(path)
        seen += [row["code"] for row in page["results"]]
        path = (page["next"] or "").removeprefix(f"http://testserver{ROOT}")
    assert len(seen) == len(set(seen)) == first["count"] > 7 and seen == sorted(seen)
    assert first["previous"] is None and "country=KZ" in first["next"] and "lang=en" in first["next"]
    assert (
        get("regions/?country=KZ&lang=en&page_size=7&page=2")["previous"]
        == f"http://testserver{ROOT}regions/?country=KZ&lang=en&page_size=7"
    )
    assert len(rows("skills/")) == 20 and len(rows("skills/?page_size=100")) == 100


def test_links_are_https_behind_a_proxy_that_ends_it(settings):
    settings.SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    proxied = {"X-Forwarded-Proto": "https", "Host": "testserver"}
    assert get("facts/?page_size=1", **proxied)["next"].startswith("https://testserver/api/")
    assert get("courses/", **proxied)["results"][0]["url"].startswith("https://testserver/api/")


@pytest.fixture
def much(market) -> None:
    for number in range(30):
        a_quote(a_service(f"Service{number}"), days_ago=number % 9)
    some_rates(30)


QUERIES = {
    "courses": 2,
    "lessons": 2,
    "facts": 2,
    "occupations": 3,
    "skills": 2,
    "regions": 2,
    "vacancies": 4,
    "quotes": 3,
    "services": 2,
    "rates": 1,
}


@pytest.mark.parametrize("name", LISTS)
def test_queries_do_not_grow_with_the_page(much, django_assert_num_queries, name):
    for size in (1, 3, 100):
        with django_assert_num_queries(QUERIES[name]):
            assert get(f"{name}/?page_size={size}&lang=uz")["results"]


@pytest.mark.parametrize(
    ("path", "queries"),
    [("courses/russia-documents/", 1), ("lessons/russia-documents/papers/", 2), ("facts/RU-REG-TJ/", 1), ("occupations/bricklayer/", 2)],
)
def test_queries_of_one_row(django_assert_num_queries, path, queries):
    with django_assert_num_queries(queries):
        get(path)


def test_one_list_is_as_small_as_a_page(much):
    """What a prepaid phone pays for: a page of 20 rows stays under 64 KB before gzip."""
    assert all(len(Client().get(f"{ROOT}{name}/?lang=ky").content) < 64 * 1024 for name in LISTS)
