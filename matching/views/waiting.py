"""The lists behind an agency's items on its home page: who waits for what, and the people in its care."""

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from matching.completeness import SHOWN_TO_AGENCY, missing
from matching.open_person import initials
from matching.views.acting import agency_staff_required
from matching.waiting import NOT_WHOLE, at_desk, desk_lists, matches_that_wait, own_people
from portal.accounts.second_factor import second_factor_required

PER_PAGE = 25


@second_factor_required
@agency_staff_required
@require_safe
def desk_waiting(request: HttpRequest, kind: str) -> HttpResponse:
    """Who has waited longest comes first."""
    now = timezone.now()
    if kind not in desk_lists():
        raise Http404(f"Nobody waits for {kind!r}")
    matches = at_desk(request.user).filter(matches_that_wait(now)[kind])
    matches = matches.select_related("candidate", "vacancy__employer", "vacancy__occupation", "vacancy__region").order_by("since", "pk")
    page = Paginator(matches, PER_PAGE).get_page(request.GET.get("page"))
    _icon, _tone, title, text = desk_lists()[kind]
    rows = [{"match": match, "initials": initials(match.candidate), "days": (now - match.since).days} for match in page]
    return render(request, "matching/desk_waiting.html", {"page": page, "rows": rows, "title": title, "text": text, "tab": "jobs"})


@second_factor_required
@agency_staff_required
@require_safe
def people(request: HttpRequest) -> HttpResponse:
    """Everybody in care, the newest first. Initials only: who opens a page with a name leaves a line in the log."""
    is_narrowed = request.GET.get("show") == "incomplete"
    found = own_people(request.user)
    if is_narrowed:
        found = found.filter(NOT_WHOLE)
    page = Paginator(found.select_related("home_region").order_by("-registered_at", "-pk"), PER_PAGE).get_page(request.GET.get("page"))
    rows = [{"candidate": candidate, "initials": initials(candidate), "missing": missing(candidate, SHOWN_TO_AGENCY)} for candidate in page]
    context = {"page": page, "rows": rows, "is_narrowed": is_narrowed, "steps": len(SHOWN_TO_AGENCY), "tab": "jobs"}
    return render(request, "matching/people.html", context)
