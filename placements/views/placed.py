"""For agencies: who is where. For agencies and employers: what workers let them know."""

from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import Exists, Min, OuterRef, Q, Subquery
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from matching.models import MatchEvent, State
from matching.open_person import initials
from matching.reasons import Ended
from matching.views.acting import agency_staff_required
from placements.count_pay import count_pay_of
from placements.models import CheckIn, Placement
from placements.views.answers import answers_of
from portal.accounts.second_factor import second_factor_required
from portal.organisations.models import Organisation

PER_PAGE = 25
KNOWN = ("match__vacancy__employer", "match__vacancy__occupation", "match__vacancy__region", "match__candidate")


@second_factor_required
@agency_staff_required
@require_safe
def placed(request: HttpRequest) -> HttpResponse:
    """Whoever is away stands first, the latest to leave on top. No answers, and nothing that would tell whether there are any.

    That somebody has arrived stands here where they have said so for the agency to see, not where it follows from an answer.
    """
    own = Placement.objects.in_care_of(request.user).left()
    ends = MatchEvent.objects.filter(match=OuterRef("match"), after=State.ENDED).order_by("-at", "-pk").values("reason")[:1]
    told = CheckIn.objects.visible_to(request.user).filter(placement=OuterRef("pk"), may_know__contains=[CheckIn.Who.AGENCY]).order_by()
    by_answer = CheckIn.objects.filter(placement=OuterRef("pk"), answered_at=OuterRef("arrived_at")).order_by()
    later = Q(check_ins__due_on__gte=timezone.now().date(), match__state=State.PLACED)
    rows = own.annotate(because=Subquery(ends), has_told=Exists(told), is_by_answer=Exists(by_answer))
    rows = rows.annotate(next_on=Min("check_ins__due_on", filter=later))
    rows = rows.select_related(*KNOWN).order_by("-match__state", "-left_on", "-pk")  # placed before ended
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
    shown = [(row, initials(row.match.candidate), str(Ended(row.because).label) if row.because else "") for row in page]
    answered = CheckIn.objects.exclude(answered_at=None).filter(placement__in=own.order_by().values("pk"))
    context = {"page": page, "rows": shown, "months": count_pay_of(answered), "pays": CheckIn.Pay.labels, "tab": "jobs"}
    return render(request, "placements/placed.html", context)


@second_factor_required
@require_safe
def told(request: HttpRequest) -> HttpResponse:
    """Exactly what workers let this reader's agency or employer know, the newest first."""
    Kind = Organisation.Kind
    if not request.user.memberships.filter(organisation__kind__in=(Kind.AGENCY, Kind.EMPLOYER)).exists():
        raise PermissionDenied
    for_us = Q(may_know__overlap=[CheckIn.Who.AGENCY, CheckIn.Who.EMPLOYER])
    rows = CheckIn.objects.visible_to(request.user).filter(for_us).exclude(placement__match__candidate__user=request.user)
    rows = rows.select_related(*(f"placement__{name}" for name in KNOWN)).order_by("-said_at", "-pk")
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
    shown = [(row, initials(row.placement.match.candidate), answers_of(row)) for row in page]
    return render(request, "placements/told.html", {"page": page, "rows": shown, "tab": "jobs"})
