"""The console's page of a course's editions: compare two, go back to one."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from orientation.board.views import must, page
from orientation.compare import compare
from orientation.models import Course, CourseEdition, EditionPage
from orientation.roll_back import NotRolledBack, roll_back


@require_safe
def editions(request: HttpRequest, pk: int) -> HttpResponse:
    """Without a choice: the current edition and the one before it."""
    must(request, "view_course")
    course = get_object_or_404(Course, pk=pk)
    return _page(request, course)


def _page(request: HttpRequest, course: Course, *, problem: str = "", typed: str = "", wanted: int = 0, status: int = 200) -> HttpResponse:
    rows = list(course.editions.select_related("published_by", "copy_of"))
    by_number = {str(row.number): row for row in rows}
    new = by_number.get(request.GET.get("to", ""), rows[0] if rows else None)
    old = by_number.get(request.GET.get("from", ""), rows[1] if len(rows) > 1 else None)
    context = {
        "course": course,
        "rows": rows,
        "current": next((row.number for row in rows if row.is_current), 0),
        "spoken": EditionPage.objects.current().filter(edition__course=course, slug=EditionPage.COURSE).defer("content"),
        "old": old,
        "new": new,
        "changes": compare(old, new) if old and new else [],
        "may_change": request.user.has_perm("orientation.change_course"),
        "problem": problem,
        "typed": typed,
        "wanted": wanted,
    }
    return page(request, "editions", f"Editions: {course}", status=status, **context)


@require_POST
def go_back(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    """Sent twice, the second finds that a newer edition has come out, its own."""
    must(request, "change_course")
    to = get_object_or_404(CourseEdition.objects.select_related("course"), course=pk, number=number)
    seen, because = request.POST.get("current", "")[:9], request.POST.get("because", "")[:300]
    try:
        current = int(seen) if seen.isascii() and seen.isdigit() else 0
        edition = roll_back(to, current=current, because=because, by=request.user, now=timezone.now())
    except NotRolledBack as why:
        return _page(request, to.course, problem=str(why), typed=because, wanted=number, status=400)
    messages.success(request, f"Learners read edition {edition.number} now, a copy of edition {number}.")
    return redirect("admin:learning_editions", pk)
