"""Who has looked at somebody's name and phone: for that person."""

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from matching.models import AccessLog
from matching.person import workplaces

PER_PAGE = 25


@never_cache
@login_required
@require_safe
def looks(request: HttpRequest) -> HttpResponse:
    """The organisation and the time; who of its people it was is nobody's business."""
    rows = AccessLog.objects.filter(candidate__user=request.user).prefetch_related("user__memberships__organisation")
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
    context = {"page": page, "rows": [(workplaces(row.user), row.at) for row in page], "tab": "jobs"}
    return render(request, "matching/looks.html", context)
