"""`/api/v1/`: what everybody may read, as JSON; its OpenAPI schema and a page about it for people."""

import sys
from collections.abc import Callable
from functools import cache, wraps
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.urls import path, reverse
from django.utils import translation
from drf_spectacular.generators import SchemaGenerator
from drf_spectacular.renderers import OpenApiJsonRenderer2
from drf_spectacular.utils import extend_schema
from drf_spectacular.views import SpectacularSwaggerSplitView
from rest_framework.response import Response
from rest_framework.views import APIView

from matching.api import Occupations, Skills, Vacancies
from orientation.api import Courses, Facts, Lessons
from orientation.exchange.api import WholeEdition
from orientation.send_events import send_events
from portal.places.api import Regions
from portal.rest import HOUR, LANGUAGES, Public, open_to_all
from portal.ui.errors import OUTAGES
from remittances.api import Quotes
from remittances.api_csv import CsvDownload
from remittances.api_rates import Rates
from remittances.api_services import ServiceQuotes, Services

RESOURCES = {
    "courses": (Courses, "<slug:slug>"),
    "lessons": (Lessons, "<slug:course>/<slug:slug>"),
    "facts": (Facts, "<slug:code>"),
    "occupations": (Occupations, "<slug:slug>"),
    "skills": (Skills, "<slug:slug>"),
    "regions": (Regions, "<slug:code>"),
    "vacancies": (Vacancies, "<uuid:uid>"),
    "quotes": (Quotes, "<uuid:service>"),
    "services": (Services, "<uuid:uid>"),
    "rates": (Rates, ""),  # a rate has no address of its own
}


class Root(Public, APIView):
    max_age = HOUR

    @extend_schema(exclude=True)
    def get(self, request: Any) -> Response:
        names = [*(f"{name}-list" for name in RESOURCES), "schema", "docs"]
        links = {name.removesuffix("-list"): request.build_absolute_uri(reverse(f"api:{name}")) for name in names}
        return Response({"languages": LANGUAGES} | links)


@cache
def openapi() -> dict[str, Any]:
    """The schema, made once a process."""
    with translation.override("en"):
        schema: dict[str, Any] = SchemaGenerator().get_schema(public=True)
    return schema


class SchemaView(Public, APIView):
    renderer_classes = [OpenApiJsonRenderer2]
    max_age = HOUR

    @extend_schema(exclude=True)
    def get(self, request: Any) -> Response:
        return Response(openapi())


docs = SpectacularSwaggerSplitView.as_view(url_name="api:schema", template_name="api/docs.html", template_name_js="api/docs.js")

app_name = "api"
urlpatterns = [
    path("", Root.as_view(), name="root"),
    path("schema/", SchemaView.as_view(), name="schema"),
    path("docs/", docs, name="docs"),
    path("events/", send_events, name="events"),
    path("courses/<uuid:uid>/<int:edition>/<slug:lang>/", WholeEdition.as_view(), name="edition"),
    *(path(f"{name}/", view.as_view({"get": "list"}, detail=False), name=f"{name}-list") for name, (view, _) in RESOURCES.items()),
    *(
        path(f"{name}/{key}/", view.as_view({"get": "retrieve"}, detail=True), name=f"{name}-detail")
        for name, (view, key) in RESOURCES.items()
        if key
    ),
    path("services/<uuid:service>/quotes/", ServiceQuotes.as_view({"get": "list"}, detail=False), name="service-quotes"),
    *(
        path(f"{name}.csv", view.as_view({"get": "csv"}, detail=False), name=f"{name}-csv")
        for name, (view, _) in RESOURCES.items()
        if issubclass(view, CsvDownload)
    ),
]

TEXTS = {
    400: "This request cannot be read.",
    403: "This is not allowed.",
    404: "There is nothing at this address.",
    500: "Something broke on our side. We have written it down and will mend it.",
    503: "Safar cannot reach its data right now. Try again in two minutes.",
}


def in_json(page: Callable[..., HttpResponse], status: int) -> Callable[..., HttpResponse]:
    """One of Django's error pages, which under /api/ answers as the API does."""

    @wraps(page)
    def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not request.path.startswith("/api/"):
            return page(request, *args, **kwargs)
        code = 503 if isinstance(sys.exc_info()[1], OUTAGES) else status
        response = open_to_all(JsonResponse({"detail": TEXTS[code]}, status=code, headers={"Content-Language": "en"}))
        if code == 503:
            response.headers["Retry-After"] = "120"
        return response

    return answer
