"""One tablet for many: see orientation/classes/tablet.py. Its forms carry no token, because nobody is signed in."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from orientation.classes import tablet
from orientation.classes.seats import check_goes_on, is_its_day
from orientation.classes.sentences import NOT_TODAY, NotPossible
from orientation.classes.views.own import own_class_or_404, refused
from portal.accounts.second_factor import second_factor_required
from portal.ui.origin import public_form


@second_factor_required
@require_POST
def start(request: HttpRequest, uid: UUID) -> HttpResponse:
    session = own_class_or_404(request, uid)
    try:
        check_goes_on(session)
        if not is_its_day(session, timezone.now()):
            raise NotPossible(NOT_TODAY)
    except NotPossible as refusal:
        return refused(request, session, str(refusal.why))
    return tablet.share(request, session)


@never_cache
@require_safe
def people(request: HttpRequest) -> HttpResponse:
    """Numbers and names, for whoever holds the tablet. Without a class it is an ordinary browser."""
    session = request.tablet
    if session is None:
        return redirect("learn:classes")
    context = {
        "session": session,
        "people": tablet.places_at(session),
        "minutes": int(tablet.SEAT_FOR.total_seconds() // 60),
        "tab": "learn",
    }
    return render(request, "orientation/classes/tablet.html", context)


@public_form
@require_POST
def sit(request: HttpRequest, number: int) -> HttpResponse:
    session = request.tablet
    if session is None:
        return redirect("learn:classes")
    seat = get_object_or_404(tablet.places_at(session), number=number)
    seat.session = session
    with override(session.language):
        return tablet.sit_down(seat, reverse("learn:course", args=[session.edition.course.slug]))


@public_form
@require_POST
def done(request: HttpRequest) -> HttpResponse:
    return tablet.clear(redirect("learn:tablet"))


@public_form
@require_POST
def end_sharing(request: HttpRequest) -> HttpResponse:
    return tablet.end(redirect("learn:classes"))
