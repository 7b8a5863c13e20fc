from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.utils import timezone
from django.utils.translation import get_language
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from orientation.exchange.gift import gift
from orientation.exchange.read import Whole, read_whole
from orientation.exchange.scorm import package
from orientation.exchange.statements import statements_of
from orientation.learners import learner_of


def whole_or_404(edition: UUID) -> Whole:
    """In the language of the address: a course that is taught in one language does not fall back to another."""
    whole = read_whole(get_language() or "", timezone.localdate(), uid=edition)
    if whole is None:
        raise Http404(f"No edition {edition} in {get_language()!r}")
    return whole


def attachment(content: bytes | str, content_type: str, name: str) -> HttpResponse:
    return HttpResponse(content, content_type=content_type, headers={"Content-Disposition": f'attachment; filename="{name}"'})


def named(whole: Whole, ending: str) -> str:
    return f"{whole.page.edition.course.slug}-{whole.page.edition.number}-{whole.page.language}.{ending}"


@require_safe
def questions(request: HttpRequest, edition: UUID) -> HttpResponse:
    whole = whole_or_404(edition)
    return attachment(gift(whole), "text/plain; charset=utf-8", named(whole, "gift.txt"))


@require_safe
def scorm(request: HttpRequest, edition: UUID) -> HttpResponse:
    whole = whole_or_404(edition)
    return attachment(package(whole), "application/zip", named(whole, "scorm.zip"))


@never_cache
@require_safe
def record(request: HttpRequest) -> HttpResponse:
    """The reader's own answers and checks; an empty list for somebody we know nothing of."""
    answer = JsonResponse(statements_of(learner_of(request)), safe=False, json_dumps_params={"ensure_ascii": False, "indent": 1})
    answer.headers["Content-Disposition"] = 'attachment; filename="safar-xapi.json"'
    return answer
