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
from matching.models import ScoringBlock, ScoringMark, ScoringRun
from matching.score import Closed, start_full_run
from portal.accounts.once import once
from portal.accounts.second_factor import second_factor_required

PER_PAGE = 20


@second_factor_required
@require_safe
def runs(request: HttpRequest) -> HttpResponse:
    if not ScoringRun.is_staff(request.user):
        raise Http404
    page = Paginator(ScoringRun.objects.visible_to(request.user).select_related("weights"), PER_PAGE).get_page(request.GET.get("page"))
    delay = scoring_delay(timezone.now())
    context = {
        "page": page,
        "waiting": ScoringMark.objects.count(),
        "late_minutes": int(delay.total_seconds() // 60) + 1 if delay else 0,
        "is_open": matching_is_open(),
        "can_start": request.user.has_perm("matching.add_scoringrun"),
        "tab": "jobs",
    }
    return render(request, "matching/runs.html", context)


@second_factor_required
@require_safe
def run(request: HttpRequest, uid: UUID) -> HttpResponse:
    found = get_object_or_404(ScoringRun.objects.visible_to(request.user).select_related("weights"), uid=uid)
    now = timezone.now()
    blocks = ScoringBlock.objects.filter(run=found).aggregate(
        total=Count("pk"),
        done=Count("pk", filter=Q(done_at__isnull=False)),
        at_work=Count("pk", filter=Q(done_at=None, lease_until__gte=now)),
        lost=Count("pk", filter=Q(done_at=None, lease_until__lt=now)),
    )
    return render(request, "matching/run.html", {"run": found, "blocks": blocks, "tab": "jobs"})


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
