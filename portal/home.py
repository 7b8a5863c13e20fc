"""The pages that stand on top of all apps: home, the tabs whose app is still to come, and what machines ask."""

from django.core.cache import cache
from django.db import DatabaseError, connection
from django.db.models import Count, Subquery, Value
from django.db.models.functions import Coalesce
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils import timezone, translation
from django.utils.cache import patch_vary_headers
from django.views.decorators.http import require_safe
from redis.exceptions import RedisError

from matching.models import Vacancy
from orientation.models import EditionPage
from orientation.reading import FactBox, read_facts
from orientation.views import course_rows
from orientation.waiting import for_learner
from portal.own_home import own_home
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
    """The front page; whoever is signed in reads what waits for them instead."""
    courses = EditionPage.objects.current().in_best_language().filter(slug=EditionPage.COURSE)
    if request.user.is_authenticated:
        own = own_home(request, list(courses), timezone.now())
        facts = deadlines(own.origin or likely_origin(request)) if own.is_personal else []
        return render(request, "home/own.html", {"own": own, "facts": facts, "tab": "home"})
    pages = list(courses.annotate(vacancies=open_vacancies()))
    context = {
        "begun": for_learner([row for row in course_rows(request, pages) if row[1].is_started]),
        "lessons": sum(len(page.content["outline"]["lessons"]) for page in pages),
        "vacancies": pages[0].vacancies if pages else 0,  # type: ignore[attr-defined]
        "facts": deadlines(likely_origin(request)),
        "tab": "home",
    }
    return render(request, "home.html", context)


def open_vacancies() -> Coalesce:
    """How many vacancies everybody may read, inside the query of the courses: the front page has two queries."""
    found = Vacancy.objects.open_on(timezone.now().date()).order_by().annotate(one=Value(1)).values("one")
    return Coalesce(Subquery(found.annotate(count=Count("pk")).values("count")), 0)


def deadlines(origin: str) -> list[FactBox]:
    codes = [DEADLINES[origin]] if origin in DEADLINES else list(DEADLINES.values())
    return list(read_facts(codes, timezone.localdate()).values())


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
