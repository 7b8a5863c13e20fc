"""The people in an agency's care."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from matching.completeness import SHOWN_TO_AGENCY, missing
from matching.open_person import initials
from matching.views.acting import agency_staff_required
from matching.waiting import NOT_WHOLE, own_people
from portal.accounts.second_factor import second_factor_required

PER_PAGE = 25


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
