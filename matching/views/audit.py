"""The audits, for operators and for authorities: counts only, and none that could point at somebody."""

from collections.abc import Callable
from functools import wraps
from typing import Any
from uuid import UUID

from django.contrib.auth.views import redirect_to_login
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from matching.audit import notices
from matching.models import ScoringAudit
from matching.show_audit import differences, show_audit
from portal.accounts.second_factor import ask_second_factor, has_second_factor

PER_PAGE = 20
MONTHS = 12


def audit_reader_required(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponseBase]:
    """Staff show their second factor. Members of an authority need none: these pages hold nobody's data, and nothing else opens to them."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not request.user.is_authenticated:
            return redirect_to_login(request.get_full_path())
        if not ScoringAudit.may_read(request.user):
            raise Http404
        if request.user.is_staff and not has_second_factor(request):
            return ask_second_factor(request.get_full_path())
        return view(request, *args, **kwargs)

    return guarded


@audit_reader_required
@require_safe
def audits(request: HttpRequest) -> HttpResponse:
    found = ScoringAudit.objects.visible_to(request.user)
    of_runs = found.filter(month=None).select_related("run").order_by("-run__day", "-pk")
    context = {
        "months": [(audit, len(notices(audit))) for audit in found.exclude(month=None).order_by("-month")[:MONTHS]],
        "page": Paginator(of_runs, PER_PAGE).get_page(request.GET.get("page")),
        "tab": "jobs",
    }
    return render(request, "matching/audits.html", context)


@audit_reader_required
@require_safe
def audit(request: HttpRequest, uid: UUID) -> HttpResponse:
    found = get_object_or_404(ScoringAudit.objects.visible_to(request.user).select_related("run"), uid=uid)
    attributes = show_audit(found)
    context = {
        "audit": found,
        "people": found.lines["people"],
        "attributes": attributes,
        "differences": list(differences(attributes)),
        "tab": "jobs",
    }
    return render(request, "matching/audit.html", context)
