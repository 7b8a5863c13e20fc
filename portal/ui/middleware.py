"""What every answer has in common: who may keep it, and that reading writes nothing."""

import re
from collections.abc import Callable

from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import is_valid_path
from django.utils.translation import get_language_from_path

GetResponse = Callable[[HttpRequest], HttpResponse]
SAFE = ("GET", "HEAD", "OPTIONS")


def public_pages(get_response: GetResponse) -> GetResponse:
    """A page read without any of our cookies is the same for all and may be kept at the edge; every other is its reader's alone."""

    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        if "Cache-Control" in response.headers:
            return response
        known = response.cookies or "Authorization" in request.headers or any(name.startswith("safar_") for name in request.COOKIES)
        known = known or getattr(request, "is_passing", False)  # soon another page: portal.demo
        if known or request.method not in SAFE or response.status_code not in (200, 301, 304):
            response.headers["Cache-Control"] = "private, no-store"
        else:
            stale = "" if getattr(request, "is_never_stale", False) else ", stale-while-revalidate=600"
            response.headers["Cache-Control"] = f"public, max-age=60{stale}"
        return response

    return middleware


def pages_of_forms(get_response: GetResponse) -> GetResponse:
    """An address that takes a form is no page. Whoever reads it (in another language beside a refused form, once more, after signing in)
    is sent to the page it stands under, where the form is.
    """

    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        if response.status_code == 405 and request.method in ("GET", "HEAD") and get_language_from_path(request.path):
            query = request.META["QUERY_STRING"]
            return redirect(page_above(request.path) + (f"?{query}" if query else ""))
        return response

    return middleware


def page_above(path: str) -> str:
    """The nearest address above this one that there is; the home page at the latest."""
    above = path.rstrip("/").rpartition("/")[0] + "/"
    return above if is_valid_path(above) else page_above(above)


class WriteInGet(RuntimeError):
    """A view wrote to the database while answering a GET."""


_WRITE = re.compile(
    r"^\s*(insert|update|delete|merge|truncate|create|alter|drop)\b|\b(insert\s+into|delete\s+from|update\s+\"\w+\"\s+set)\b", re.I
)
# A session is the framework's memory of a conversation (a code's stage, a second factor's), not data of ours.
# The log of who opened a person's fields is the one thing that reading must leave behind.
_MAY_WRITE = ('"django_session"', '"matching_accesslog"')


def refuse_write(execute, sql, params, many, context):  # type: ignore[no-untyped-def]  # Django's execute-wrapper protocol
    """A database wrapper that lets statements pass which read, or write a session or the access log, or manage a transaction."""
    if _WRITE.search(sql) and not any(table in sql for table in _MAY_WRITE):
        raise WriteInGet(f"A GET must not write: {sql[:120]}")
    return execute(sql, params, many, context)


def read_only_get(get_response: GetResponse) -> GetResponse:
    """On in tests and under DEBUG: a GET that writes is a fault, found before it ships."""

    def middleware(request: HttpRequest) -> HttpResponse:
        if request.method not in SAFE:
            return get_response(request)
        with connection.execute_wrapper(refuse_write):
            return get_response(request)

    return middleware
