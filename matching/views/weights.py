"""Versions of the weights: staff read; operators propose, compare and approve, never alone."""

from collections.abc import Callable
from functools import wraps
from typing import Any
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from matching.approve_weights import approve, check_approvable
from matching.forms.weights import WeightsForm
from matching.models import ScoringRun, ScoringWeights, WeightsTrial
from matching.propose_weights import propose
from matching.score_vacancies import current_weights
from matching.show_trial import show_trial
from matching.show_weights import author_names, rarity_differences, side_by_side
from matching.try_weights import ask_trial
from matching.weights import NotPossible, in_force
from portal.accounts.once import once
from portal.accounts.second_factor import second_factor_required

View = Callable[..., HttpResponse]
PER_PAGE = 20


def readers_only(view: View) -> Callable[..., HttpResponseBase]:
    @second_factor_required
    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not ScoringRun.is_staff(request.user):
            raise Http404
        return view(request, *args, **kwargs)

    return guarded


def check_may(request: HttpRequest, what: str) -> None:
    """Readers may read only."""
    if not request.user.has_perm(f"matching.{what}_scoringweights"):
        raise PermissionDenied


@readers_only
@require_safe
def versions(request: HttpRequest) -> HttpResponse:
    found = ScoringWeights.objects.select_related("proposed_by", "approved_by").defer("numbers")
    page = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    standing = in_force()
    context = {
        "page": page,
        "rows": [(row, author_names(row, request.user)) for row in page],
        "standing": standing,
        "can_propose": request.user.has_perm("matching.add_scoringweights"),
        "tab": "jobs",
    }
    return render(request, "matching/weights.html", context)


@readers_only
@require_POST
def freeze_first(request: HttpRequest) -> HttpResponse:
    """The version from which all others start, made before the first scoring would make it, so that somebody can sign it."""
    check_may(request, "add")
    return redirect("matching:weights_version", current_weights(timezone.now()).digest)


@readers_only
def new_version(request: HttpRequest) -> HttpResponse:
    check_may(request, "add")
    base = in_force()
    if base is None:
        return redirect("matching:weights")
    if request.method != "POST":
        return _form(request, WeightsForm(base=base))
    form = WeightsForm(request.POST, request.FILES, base=base)
    if not form.is_valid():
        return _form(request, form)
    numbers, note = form.numbers(), form.cleaned_data["note"]
    try:
        return once(request, lambda: _url(propose(numbers, by=request.user, note=note, now=timezone.now())))
    except NotPossible as refusal:
        form.add_error(None, str(refusal.why))
        return _form(request, form)


def _form(request: HttpRequest, form: WeightsForm) -> HttpResponse:
    return render(request, "matching/weights_new.html", {"form": form, "tab": "jobs"})


def _url(row: ScoringWeights) -> str:
    return reverse("matching:weights_version", args=[row.digest])


def the_version(digest: str) -> ScoringWeights:
    return get_object_or_404(ScoringWeights.objects.select_related("proposed_by", "approved_by"), digest=digest)


@readers_only
@require_safe
def version(request: HttpRequest, digest: str) -> HttpResponse:
    return _version(request, the_version(digest))


def _version(request: HttpRequest, row: ScoringWeights, refusal: NotPossible | None = None) -> HttpResponse:
    now, standing = timezone.now(), in_force()
    context: dict[str, Any] = {
        "row": row,
        "authors": author_names(row, request.user),
        "standing": standing,
        "sides": side_by_side(row, standing),
        "rarity": rarity_differences(row, standing),
        "trials": WeightsTrial.objects.filter(after=row).select_related("before")[:PER_PAGE],
        "approvals": row.approvals.select_related("trial")[:PER_PAGE],
        "can_try": request.user.has_perm("matching.add_scoringweights"),
        "can_approve": request.user.has_perm("matching.change_scoringweights"),
        "refusal": refusal,
        "tab": "jobs",
    }
    if context["can_approve"]:
        try:
            context["rests_on"] = check_approvable(row, request.user, now)
        except NotPossible as reason:
            context["not_yet"] = reason.why
    return render(request, "matching/weights_version.html", context, status=409 if refusal else 200)


@readers_only
@require_POST
def try_version(request: HttpRequest, digest: str) -> HttpResponse:
    check_may(request, "add")
    row = the_version(digest)
    try:
        return once(request, lambda: reverse("matching:weights_trial", args=[ask_trial(row, by=request.user, now=timezone.now()).uid]))
    except NotPossible as refusal:
        return _version(request, row, refusal)


@readers_only
@require_POST
def approve_version(request: HttpRequest, digest: str) -> HttpResponse:
    check_may(request, "change")
    row = the_version(digest)

    def act() -> str:
        approve(row, by=request.user, now=timezone.now())
        return _url(row)

    try:
        return once(request, act)
    except NotPossible as refusal:
        return _version(request, row, refusal)


@readers_only
@require_safe
def trial(request: HttpRequest, uid: UUID) -> HttpResponse:
    found = get_object_or_404(WeightsTrial.objects.select_related("before", "after"), uid=uid)
    context = {
        "trial": found,
        "shown": show_trial(found.result) if found.result else None,
        "is_at_work": found.lease_until is not None and found.lease_until >= timezone.now(),
        "is_in_force": found.before == in_force(),
        "tab": "jobs",
    }
    return render(request, "matching/weights_trial.html", context)
