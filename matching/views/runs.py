"""Scoring runs for staff: what was scored, how far the open one is, whether anything waits."""

from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import Count, Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from matching.check_ready import matching_is_open
from matching.delay import scoring_delay
from matching.models import ScoringAudit, ScoringMark, ScoringRun
from matching.score import Closed, start_full_run
from matching.show_run import progress, row_of, show_run
from portal.accounts.once import once
from portal.accounts.second_factor import second_factor_required

PER_PAGE = 20


@second_factor_required
@require_safe
def runs(request: HttpRequest) -> HttpResponse:
    if not ScoringRun.is_staff(request.user):
        raise Http404
    now = timezone.now()
    page = Paginator(ScoringRun.objects.visible_to(request.user), PER_PAGE).get_page(request.GET.get("page"))
    lost = Count("blocks", filter=Q(blocks__done_at=None, blocks__lease_until__lt=now))
    going_on = {run.pk: run.lost for run in ScoringRun.objects.filter(finished_at=None).annotate(lost=lost).order_by("pk")}
    delay = scoring_delay(now)
    context = {
        "page": page,
        "rows": [row_of(run, going_on.get(run.pk, 0)) for run in page],
        "waiting": ScoringMark.objects.count(),
        "late_minutes": int(delay.total_seconds() // 60) + 1 if delay else 0,
        "is_open": matching_is_open(),
        "can_start": request.user.has_perm("matching.add_scoringrun"),
        "can_read_audits": ScoringAudit.may_read(request.user),
        "tab": "jobs",
    }
    return render(request, "matching/runs.html", context)


@second_factor_required
@require_safe
def run(request: HttpRequest, uid: UUID) -> HttpResponse:
    found = get_object_or_404(ScoringRun.objects.visible_to(request.user).select_related("weights"), uid=uid)
    context = {
        "run": found,
        "shown": show_run(found),
        "steps": progress(found, timezone.now()),
        "audit": ScoringAudit.objects.visible_to(request.user).filter(run=found).first(),
        "tab": "jobs",
    }
    return render(request, "matching/run.html", context)


@second_factor_required
@require_POST
def start_run(request: HttpRequest) -> HttpResponse:
    """Operators only: agency staff read."""
    if not ScoringRun.is_staff(request.user):
        raise Http404
    if not request.user.has_perm("matching.add_scoringrun"):
        raise PermissionDenied
    try:
        return once(request, lambda: reverse("matching:run", args=[start_full_run(timezone.now()).uid]))
    except Closed:
        return redirect("matching:runs")
