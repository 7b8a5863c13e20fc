from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from orientation.models import EditionPage
from orientation.offline_pack import read_pack
from orientation.views import corridor_of


@require_safe
def save_course(request: HttpRequest, course: str) -> HttpResponse:
    """What would be saved, and how much: of the current edition, for the road that was chosen on this phone."""
    page = EditionPage.objects.current().in_best_language().filter(edition__course__slug=course, slug=EditionPage.COURSE).first()
    if page is None:
        raise Http404(f"No course {course!r}")
    parts = read_pack(page, corridor_of(request, page.content["outline"]["corridors"], []), timezone.localdate())
    context = {
        "page": page,
        "outline": page.content["outline"],
        "parts": parts,
        "sensitive": [part for part in parts if part.is_sensitive],
        "kilobytes": sum(part.kilobytes for part in parts if not part.is_sensitive),
        "tab": "learn",
    }
    return render(request, "orientation/save.html", context)
