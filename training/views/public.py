"""Courses that everybody may read, without an account; what is personal on a course's page comes after signing in."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from matching.calendar_file import calendar_file
from matching.models import Candidate
from matching.move import NotPossible
from portal.accounts.once import and_go, once
from portal.organisations.models import Organisation
from portal.organisations.rules import is_member
from training import sign_up as seats
from training.calendar_days import days_for_calendar
from training.choose import Wanted, offered_by
from training.models import SignUp, TrainingOffer
from training.own_courses import OwnCourse, own_courses
from training.seats import has_begun
from training.show_offer import ShownOffer

PER_PAGE = 12


@require_safe
def offers(request: HttpRequest) -> HttpResponse:
    """Six queries for a visitor: regions, languages, skills, how many, the page's courses, what they teach."""
    open_now = TrainingOffer.objects.open_on(timezone.localdate())
    offered = offered_by(open_now)
    wanted = Wanted.of(request.GET, offered)
    page = Paginator(wanted.among(open_now).with_all(), PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "rows": [ShownOffer(offer) for offer in page],
        "total": page.paginator.count,
        "wanted": wanted,
        "offered": offered,
        "is_centre": Organisation.objects.of_member(request.user, Organisation.Kind.TRAINING_CENTRE).exists(),
        "tab": "learn",
    }
    return render(request, "training/offers.html", context)


@require_safe
def offer(request: HttpRequest, uid: UUID) -> HttpResponse:
    return _page(request, visible_offer(request, uid))


def visible_offer(request: HttpRequest, uid: UUID) -> TrainingOffer:
    visible = TrainingOffer.objects.visible_to(request.user, timezone.localdate())
    return get_object_or_404(visible.with_all(), uid=uid)


def _page(request: HttpRequest, found: TrainingOffer, refusal: str = "") -> HttpResponse:
    now = timezone.now()
    candidate = Candidate.objects.filter(user=request.user).first() if request.user.is_authenticated else None
    mine = SignUp.objects.filter(candidate=candidate, offer=found).prefetch_related("verifications__skill").first() if candidate else None
    is_open = TrainingOffer.objects.open_on(timezone.localdate(now)).filter(pk=found.pk).exists()
    context: dict[str, Any] = {
        "shown": ShownOffer(found),
        "offer": found,
        "mine": OwnCourse(mine, has_begun(found, now)) if mine else None,
        "candidate": candidate,
        "is_ours": is_member(request.user, found.centre),
        "can_sign_up": is_open and (mine is None or mine.state == SignUp.State.LEFT),
        "refusal": refusal,
        "tab": "learn",
    }
    return render(request, "training/offer.html", context)


@login_required
@require_POST
def sign_up(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Whoever has no profile yet writes it first."""
    found = visible_offer(request, uid)
    candidate = Candidate.objects.filter(user=request.user).first()
    if candidate is None:
        return redirect("matching:profile")
    shows_name = request.POST.get("shows_name") == "on"
    return _acted(request, found, lambda: seats.sign_up(found, candidate, shows_name, timezone.now()))


@login_required
@require_POST
def leave(request: HttpRequest, uid: UUID) -> HttpResponse:
    mine = own_sign_up(request, uid)
    return _acted(request, mine.offer, lambda: seats.leave(mine, timezone.now()))


def _acted(request: HttpRequest, found: TrainingOffer, run: Callable[[], object]) -> HttpResponse:
    try:
        return once(request, and_go(run, reverse("training:offer", args=[found.uid])))
    except NotPossible as refusal:
        response = _page(request, visible_offer(request, found.uid), str(refusal.why))
        response.status_code = 409
        return response


def own_sign_up(request: HttpRequest, uid: UUID) -> SignUp:
    """The reader's own for this course; a stranger has none."""
    own = SignUp.objects.filter(candidate__user=request.user).select_related("offer__centre", "offer__region__country")
    return get_object_or_404(own, offer__uid=uid)


@never_cache
@login_required
@require_safe
def mine(request: HttpRequest) -> HttpResponse:
    open_ones, over = own_courses(request.user, timezone.now())
    return render(request, "training/mine.html", {"open": open_ones, "over": over, "tab": "learn"})


@never_cache
@login_required
@require_safe
def calendar(request: HttpRequest, uid: UUID) -> HttpResponse:
    """The first and the last day, for the phone's calendar."""
    content = calendar_file(uid, days_for_calendar(own_sign_up(request, uid).offer), get_language(), timezone.now())
    return HttpResponse(
        content, content_type="text/calendar; charset=utf-8", headers={"Content-Disposition": 'attachment; filename="safar-course.ics"'}
    )
