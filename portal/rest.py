"""What the answers of the public API have in common: language, strict parameters, pages, errors of one shape, caching, CORS.

No cookie and no header of a person changes an answer, so everybody may keep it. Messages of errors are English and go to engineers;
texts of content come in the language that was asked for.
"""

from collections.abc import Iterable
from datetime import date
from operator import attrgetter
from typing import Any

from django import forms
from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import translation
from django.utils.cache import get_conditional_response, patch_vary_headers, set_response_etag
from django.utils.translation.trans_real import parse_accept_lang_header
from django_filters import ChoiceFilter, Filter
from django_filters.rest_framework import DjangoFilterBackend
from drf_spectacular.openapi import AutoSchema
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiExample, OpenApiParameter, OpenApiResponse, extend_schema, extend_schema_field
from rest_framework import exceptions, serializers
from rest_framework.negotiation import BaseContentNegotiation
from rest_framework.pagination import PageNumberPagination
from rest_framework.response import Response
from rest_framework.views import exception_handler
from rest_framework.viewsets import ReadOnlyModelViewSet

LANGUAGES = [code for code, _ in settings.LANGUAGES]
HOUR = 3600
SLUG = "[a-z0-9-]{1,50}"
STALE = 600  # seconds for which an old answer may still be shown while a new one is fetched


def asked_language(request: HttpRequest) -> str:
    """`?lang=`, else the first of ours that the browser asks for, else Russian. Raises `ValidationError`."""
    if "lang" in request.GET:
        if request.GET["lang"] not in LANGUAGES:
            raise exceptions.ValidationError({"lang": f"must be one of: {', '.join(LANGUAGES)}."})
        return request.GET["lang"]
    accepted = (code.split("-")[0] for code, _ in parse_accept_lang_header(request.headers.get("Accept-Language", "").lower()))
    return next((code for code in accepted if code in LANGUAGES), "ru")


def open_to_all(response: HttpResponse) -> HttpResponse:
    """Scripts of every site may read it: there is nothing in it that is not public."""
    response.headers["Access-Control-Allow-Origin"] = "*"
    response.headers["Access-Control-Expose-Headers"] = "ETag, Content-Language, Link"
    return response


def refuse_strange_parameters(request: HttpRequest, allowed: Iterable[str]) -> None:
    """Raises `ValidationError` for a name that nobody knows, a name given twice, an empty value or one with a NUL."""
    names = sorted(allowed)
    for name, values in request.GET.lists():
        if name not in names:
            raise exceptions.ValidationError(f"There is no such parameter. Allowed here: {', '.join(names)}.")
        if len(values) > 1:
            raise exceptions.ValidationError({name: "must be given once."})
        if not values[0] or "\0" in values[0]:
            raise exceptions.ValidationError({name: "must be a text that is not empty and has no NUL."})


class ProblemSerializer(serializers.Serializer):
    """Every answer that is not a 200."""

    detail = serializers.CharField(help_text="What was wrong, in English, for an engineer.")


class Schema(AutoSchema):
    """What each operation has: `lang`, and the answers to a fault."""

    def get_override_parameters(self) -> list[Any]:
        text = "Language of the texts. Without it: the first of the five that Accept-Language names, else Russian."
        return [OpenApiParameter("lang", str, enum=LANGUAGES, description=text)]

    def _get_response_bodies(self, direction: Any = "response") -> Any:
        bodies = super()._get_response_bodies(direction)
        faults = {
            "304": OpenApiResponse(description="You have this answer already: its ETag was in If-None-Match."),
            "400": OpenApiResponse(ProblemSerializer, "A parameter is unknown, given twice, or has a value that does not fit."),
            "404": OpenApiResponse(ProblemSerializer, "There is no such row, or no such page of the list."),
        }
        return bodies | {code: self._get_response_for_code(answer, code) for code, answer in faults.items()}  # type: ignore[no-untyped-call]


class AlwaysJson(BaseContentNegotiation):
    """JSON is what there is, whatever `Accept` says."""

    def select_parser(self, request: Any, parsers: Any) -> Any:
        return parsers[0]

    def select_renderer(self, request: Any, renderers: Any, format_suffix: str | None = None) -> tuple[Any, str]:
        return renderers[0], renderers[0].media_type


class Public:
    """For a view of the API: reading, by anybody, the same answer for all."""

    max_age = 60
    stale = STALE
    licence = ""  # address of the licence that the answer comes under
    schema = Schema()
    content_negotiation_class = AlwaysJson

    def parameters(self) -> set[str]:
        return {"lang"}

    def initial(self, request: Any, *args: Any, **kwargs: Any) -> None:
        super().initial(request, *args, **kwargs)  # type: ignore[misc]
        if request.method != "OPTIONS":
            refuse_strange_parameters(request, self.parameters())
            translation.activate(asked_language(request))

    def options(self, request: Any, *args: Any, **kwargs: Any) -> Response:
        """A browser asks before it sends `If-None-Match` from another site."""
        allowed = {"Methods": "GET, HEAD, OPTIONS", "Headers": "If-None-Match", "Max-Age": "86400"}
        return Response(
            status=204, headers={f"Access-Control-{'' if key == 'Max-Age' else 'Allow-'}{key}": allowed[key] for key in allowed}
        )

    def finalize_response(self, request: Any, response: Any, *args: Any, **kwargs: Any) -> Any:
        response = super().finalize_response(request, response, *args, **kwargs)  # type: ignore[misc]
        open_to_all(response)
        if response.status_code == 200:
            stale = f", stale-while-revalidate={self.stale}" if self.stale else ""
            response.headers["Cache-Control"] = f"public, max-age={self.max_age}{stale}"
            if self.licence:
                response.headers["Link"] = f'<{self.licence}>; rel="license"'
            patch_vary_headers(response, ["Accept-Language"])
            if not isinstance(response, Response):
                return unless_known(request, response)
            response.add_post_render_callback(lambda rendered: unless_known(request, rendered))
        return response


def unless_known(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    """The answer with its ETag, or a 304 for whoever has it already."""
    set_response_etag(response)
    answer = get_conditional_response(request, etag=response.headers["ETag"], response=response)
    return open_to_all(answer)  # type: ignore[arg-type]


class Pages(PageNumberPagination):
    page_size = 20
    max_page_size = 100
    page_size_query_param = "page_size"
    last_page_strings = ()
    invalid_page_message = "There is no such page."

    def get_page_size(self, request: Any) -> int:
        return self._number(request, self.page_size_query_param, self.page_size, self.max_page_size)

    def get_page_number(self, request: Any, paginator: Any) -> int:
        return self._number(request, self.page_query_param, 1, 10**9)

    def _number(self, request: Any, name: str, default: int, most: int) -> int:
        text = request.query_params.get(name, str(default))
        if not (text.isascii() and text.isdigit() and len(text) <= 10 and 1 <= int(text) <= most):
            raise exceptions.ValidationError({name: f"must be a whole number from 1 to {most}."})
        return int(text)

    def get_schema_operation_parameters(self, view: Any) -> list[dict[str, Any]]:
        page: dict[str, Any] = {"type": "integer", "minimum": 1, "maximum": 10**9, "default": 1}
        size = {"type": "integer", "minimum": 1, "maximum": self.max_page_size, "default": self.page_size}
        return [
            {"name": "page", "in": "query", "required": False, "description": "A page past the last one is a 404.", "schema": page},
            {"name": "page_size", "in": "query", "required": False, "description": "Rows on a page.", "schema": size},
        ]

    def get_paginated_response_schema(self, schema: dict[str, Any]) -> dict[str, Any]:
        link = {"type": "string", "nullable": True, "format": "uri", "example": None}
        count = {"type": "integer", "description": "Rows on all pages.", "example": 1}
        properties = {
            "count": count,
            "next": link | {"description": "Address of the next page, or null."},
            "previous": link | {"description": "Address of the page before, or null."},
            "results": schema,
        }
        return {"type": "object", "required": list(properties), "properties": properties}


class PublicViewSet(Public, ReadOnlyModelViewSet):
    """`filterset_class` names the filters of the list."""

    pagination_class = Pages
    filter_backends = [DjangoFilterBackend]

    def parameters(self) -> set[str]:
        if self.detail:
            return {"lang"}
        filters = getattr(self, "filterset_class", None)
        return {"lang", Pages.page_query_param, Pages.page_size_query_param, *(filters.base_filters if filters else ())}


@extend_schema_field(OpenApiTypes.URI)
class AddressField(serializers.Field):
    """The absolute address of a view; each argument of its path is read from the row: AddressField("api:regions-detail", code="code")."""

    def __init__(self, view: str, **arguments: str) -> None:
        of_pages = not view.startswith("api:")
        text = "Its page for people, in the language of the answer." if of_pages else "This row, whole."
        super().__init__(source="*", read_only=True, help_text=text)
        self.view, self.arguments = view, {name: attrgetter(path) for name, path in arguments.items()}

    def to_representation(self, row: Any) -> str:
        path = reverse(self.view, kwargs={name: read(row) for name, read in self.arguments.items()})
        return str(self.context["request"].build_absolute_uri(path))


class PatternFilter(Filter):
    field_class = forms.RegexField


class DayField(forms.RegexField):
    def clean(self, value: str) -> date | None:
        text = super().clean(value)
        try:
            return date.fromisoformat(text) if text else None
        except ValueError:
            raise forms.ValidationError(self.error_messages["invalid"]) from None


class DayFilter(Filter):
    field_class = DayField


def choice_filter(values: Iterable[str], description: str, **where: Any) -> ChoiceFilter:
    """A filter on one of `values`; any other is a 400 that names them."""
    values = [str(value) for value in values]
    errors = {"invalid_choice": f"must be one of: {', '.join(values)}."}
    schema = {"type": "string", "enum": values, "description": description}
    return extend_schema_field(schema)(ChoiceFilter(choices=[(value, value) for value in values], error_messages=errors, **where))


def pattern_filter(pattern: str, description: str, **where: Any) -> PatternFilter:
    r"""A filter on a text of a known form; another form is a 400, a text that no row has an empty page. `pattern` without ^ and $."""
    errors = {"invalid": f"must match ^{pattern}$"}
    schema = {"type": "string", "pattern": f"^{pattern}$", "description": description}
    return extend_schema_field(schema)(PatternFilter(regex=rf"\A{pattern}\Z", error_messages=errors, **where))


def day_filter(description: str, **where: Any) -> DayFilter:
    """A filter on a day of this century, as ISO 8601 writes days; another text is a 400."""
    errors = {"invalid": "must be a day like 2026-11-20."}
    schema = {"type": "string", "format": "date", "pattern": "^20[0-9]{2}-[0-9]{2}-[0-9]{2}$", "description": description}
    return extend_schema_field(schema)(DayFilter(regex=r"\A20[0-9]{2}-[0-9]{2}-[0-9]{2}\Z", error_messages=errors, **where))


def answer_problem(error: Exception, context: dict[str, Any]) -> Response | None:
    """REST framework's exception handler: {"detail": "…"} in English. None: not an error of the API, Django's handlers answer."""
    if isinstance(error, Http404):
        error = exceptions.NotFound("There is nothing at this address.")
    if isinstance(error, exceptions.MethodNotAllowed):
        error.detail = f"{context['request'].method} is not possible: this API is for reading."
    response = exception_handler(error, context)
    if response is not None:
        response.data = {"detail": one_text(response.data)}
        response.headers["Content-Language"] = "en"
    return response


def one_text(data: Any) -> str:
    if isinstance(data, dict):
        return " ".join(one_text(part) if name == "detail" else f"{name} {one_text(part)}" for name, part in data.items())
    return " ".join(map(str, data)) if isinstance(data, list) else str(data)


def described(rows: str, row: str, *asked: OpenApiParameter, kind: Any = OpenApiTypes.STR, **key: str) -> dict[str, Any]:
    """For `extend_schema_view`: one line about the list and one about a row, the parts of a row's address with an example, other parameters."""
    path = [
        OpenApiParameter(name, kind, OpenApiParameter.PATH, examples=[OpenApiExample(example, example)]) for name, example in key.items()
    ]
    return {"list": extend_schema(summary=rows, parameters=[*asked]), "retrieve": extend_schema(summary=row, parameters=[*path, *asked])}
