"""An address that takes a form leads whoever reads it to the form's page, in every language: no such route is forgotten."""

import re
from collections.abc import Iterator
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.urls import URLPattern, get_resolver, resolve

from matching.models import State
from portal.ui.middleware import page_above
from tests.matching.factories import a_candidate, a_match, a_vacancy

SAMPLES = {"uuid": str(UUID(int=7)), "slug": "a-word", "int": "3", "str": "somebody"}


def routes(patterns: list[Any], before: str = "") -> Iterator[tuple[str, Any]]:
    for pattern in patterns:
        route = before + str(pattern.pattern)
        if isinstance(pattern, URLPattern):
            yield route, pattern.callback
        elif route != "admin/":
            yield from routes(pattern.url_patterns, route)


def methods_of(view: Any, seen: frozenset[int] = frozenset()) -> list[str]:
    """What `require_POST` and its like let through, under whatever decorators they stand; [] for all."""
    for cell in getattr(view, "__closure__", None) or ():
        inner = cell.cell_contents
        if isinstance(inner, list) and "POST" in inner:
            return inner
        if callable(inner) and id(inner) not in seen and (found := methods_of(inner, seen | {id(inner)})):
            return found
    return []


def test_above_every_address_of_a_form_alone_stands_a_page():
    forms = {route for route, view in routes(get_resolver().url_patterns) if methods_of(view) == ["POST"]}
    assert len(forms) > 60 and {"en/jobs/mine/<uuid:match>/accept/", "en/jobs/people/<uuid:uid>/assist/begin/", "en/sign-out/"} <= forms
    for route in forms:
        path = "/" + re.sub(r"<(\w+):\w+>", lambda part: SAMPLES[part[1]], route)
        said, above = resolve(path).kwargs, path
        while methods_of((found := resolve(above := page_above(above))).func) == ["POST"]:
            pass
        assert found.kwargs.items() <= said.items() | {("step", "check")}, f"{route}: {found.view_name} would take a word of it for its own"


@pytest.mark.django_db
def test_a_refused_form_is_read_on_in_another_language(one_click, cast):
    match = a_match(a_vacancy(), a_candidate(user=cast["farrukh"]), State.WITHDRAWN)
    farrukh = one_click("farrukh")
    refused = farrukh.post(f"/en/jobs/mine/{match.uid}/accept/?from=mail", {"submission_key": uuid4()})
    assert refused.status_code == 409
    [link] = re.findall(r'href="(/uz/[^"]*)"[^>]*hreflang="uz"', refused.content.decode())
    page = farrukh.get(link, follow=True)
    assert page.redirect_chain == [(f"/uz/jobs/mine/{match.uid}/?from=mail", 302)]
    assert page.status_code == 200 and '<html lang="uz"' in page.content.decode()


@pytest.mark.django_db
def test_what_is_no_page_stays_refused(client):
    assert client.put("/en/sign-out/").status_code == 405
    assert client.post("/en/offline/").status_code == 405
