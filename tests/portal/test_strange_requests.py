"""Requests that no browser sends and somebody will: never a 500."""

import pytest
from django.test import Client

pytestmark = pytest.mark.django_db
COURSE = "/en/learn/russia-documents/"


def visitor():
    return Client(HTTP_SEC_FETCH_SITE="same-origin", raise_request_exception=False)


@pytest.mark.parametrize("url", ["/verify/%00/", "/verify/?code=%00", "/verify/?code=ABCDE%00FGH"])
def test_nul_in_a_certificate_code(url):
    assert visitor().get(url).status_code == 404


def test_a_huge_attempt(page_of):
    client = visitor()
    client.post(COURSE + "corridor/", {"corridor": "TJ-RU"})
    question = page_of("papers").content["questions"][0]
    response = client.post(COURSE + "papers/1/", {"choice": question["choices"][0]["uid"], "attempt": "9" * 5000})
    assert response.status_code == 302


@pytest.mark.parametrize("header", ["HTTP_ORIGIN", "HTTP_REFERER"])
def test_a_malformed_origin(header):
    client = Client(raise_request_exception=False, **{header: "http://["})
    assert client.post(COURSE + "corridor/", {"corridor": "TJ-RU"}).status_code == 403


def test_a_long_mail_address():
    client = visitor()
    address = "a" * 250 + "@example.org"
    assert client.post("/en/sign-in/?by=mail", {"email": address}).status_code == 200


@pytest.mark.parametrize("code", ["de", "ar", "uz-latn"])
def test_verify_speaks_our_languages_only(code):
    html = visitor().get(f"/verify/?lang={code}").content.decode()
    assert f'<html lang="{code}"' not in html


@pytest.mark.parametrize(
    "url",
    ["/", "/healthz", "/readyz", "/tg/", "/tg/learn/", "/tg/help/", "/tg/jobs/", "/tg/money/", "/verify/", COURSE, COURSE + "papers/"],
)
def test_head(url):
    assert visitor().head(url).status_code in (200, 302)
