"""Exceptions that an operator confirms or declines, because nobody else works at the agency: what was weighed, without a name."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import Max, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from matching import review, second_person
from matching.explain_match import explain_match
from matching.history import moment
from matching.models import Match
from matching.reasons import Declined
from matching.rules import is_operator
from matching.show_to_staff import for_staff
from matching.views.acting import act
from matching.views.match_forms import ReasonForm
from portal.accounts.once import and_go
from portal.accounts.second_factor import second_factor_required

PER_PAGE = 25


@second_factor_required
@require_safe
def to_confirm(request: HttpRequest) -> HttpResponse:
    """Who has waited longest comes first."""
    page = Paginator(exceptions(request).annotate(since=Max("events__at")).order_by("since", "pk"), PER_PAGE).get_page(
        request.GET.get("page")
    )
    return render(request, "matching/to_confirm.html", {"page": page, "tab": "jobs"})


@second_factor_required
@require_safe
def exception(request: HttpRequest, uid: UUID) -> HttpResponse:
    return page_of(request, get_object_or_404(exceptions(request), uid=uid))


@second_factor_required
@require_POST
def confirm(request: HttpRequest, uid: UUID) -> HttpResponse:
    found = get_object_or_404(exceptions(request), uid=uid)
    return done(request, found, lambda: review.approve(found, request.user, timezone.now()))


@second_factor_required
@require_POST
def decline(request: HttpRequest, uid: UUID) -> HttpResponse:
    found = get_object_or_404(exceptions(request), uid=uid)
    form = ReasonForm(Declined, request.POST, prefix="decline")
    if not form.is_valid():
        return page_of(request, found, decline_form=form)
    return done(request, found, lambda: review.decline(found, request.user, timezone.now(), **form.cleaned_data), decline_form=form)


def exceptions(request: HttpRequest) -> QuerySet[Match]:
    if not is_operator(request.user):
        raise PermissionDenied
    rows = second_person.to_confirm(request.user)
    return rows.select_related("vacancy__employer", "vacancy__occupation", "vacancy__region__country", "candidate")


def done(request: HttpRequest, match: Match, run: Callable[[], object], **typed: Any) -> HttpResponse:
    run = and_go(run, reverse("matching:to_confirm"))
    return act(request, match, run, lambda why: page_of(request, match, refusal=why, **typed))


def page_of(request: HttpRequest, match: Match, **more: Any) -> HttpResponse:
    """Nothing of the person but what was weighed: no initials, no home, no notes."""
    proposed = match.events.last()
    context = {
        "match": match,
        "vacancy": match.vacancy,
        "shown": for_staff(explain_match(match)),
        "since": moment(proposed.at) if proposed else "",
        "decline_form": ReasonForm(Declined, prefix="decline"),
        "refusal": "",
        "tab": "jobs",
    }
    return render(request, "matching/exception.html", context | more)
