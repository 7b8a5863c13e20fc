"""The pages that stand on top of all apps: home, the tabs whose app is still to come, and what machines ask."""

from django.core.cache import cache
from django.db import DatabaseError, connection
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils import timezone, translation
from django.utils.cache import patch_vary_headers
from django.views.decorators.http import require_safe
from redis.exceptions import RedisError

from orientation.models import EditionPage
from orientation.reading import read_facts
from orientation.views import course_rows
from portal.places.choice import likely_origin

DEADLINES = {"TJ": "RU-REG-TJ", "KG": "RU-REG-KG", "UZ": "RU-REG-UZ"}


@require_safe
def choose_language(request: HttpRequest) -> HttpResponse:
    """`/` goes to the reader's language; whoever asks for none of ours reads Russian."""
    asked = request.headers.get("Accept-Language", "").lower()
    found = translation.get_language_from_request(request)
    response = redirect(f"/{found if found in asked else 'ru'}/")
    patch_vary_headers(response, ["Accept-Language"])
    return response


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    pages = list(EditionPage.objects.current().in_best_language().filter(slug=EditionPage.COURSE))
    started = next(
        ((page, progress) for page, progress in course_rows(request, pages) if progress.is_started and not progress.is_passed), None
    )
    origin = likely_origin(request)
    codes = [DEADLINES[origin]] if origin else list(DEADLINES.values())
    context = {
        "started": {"outline": started[0].content["outline"], "progress": started[1]} if started else None,
        "courses": len(pages),
        "lessons": sum(len(page.content["outline"]["lessons"]) for page in pages),
        "facts": list(read_facts(codes, timezone.localdate()).values()),
        "first": pages[0].content["outline"]["slug"] if pages else "",
    }
    return render(request, "home.html", context)


@require_safe
def healthz(request: HttpRequest) -> HttpResponse:
    """The process answers: what a supervisor asks."""
    return HttpResponse("ok\n", content_type="text/plain", headers={"Cache-Control": "no-store"})


@require_safe
def readyz(request: HttpRequest) -> HttpResponse:
    """Each server that pages need, by name: what a load balancer asks. 503 while one is away."""
    state = {"postgres": _answers(lambda: connection.cursor().execute("SELECT 1")), "valkey": _answers(lambda: cache.get("readyz"))}
    return JsonResponse(state, status=200 if all(state.values()) else 503, headers={"Cache-Control": "no-store"})


def _answers(ask) -> bool:  # type: ignore[no-untyped-def]
    try:
        ask()
    except (DatabaseError, RedisError):
        return False
    return True
