"""Coming classes for everybody, without an account. What is somebody's own on them is known by account or by phone."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from orientation.classes import seats
from orientation.classes.choose import Wanted, offered_by
from orientation.classes.codes import read_class_code
from orientation.classes.here import is_of
from orientation.classes.sentences import NotPossible
from orientation.classes.show import show_classes
from orientation.learners import learner_of
from orientation.models import ClassLearner, ClassSession
from orientation.views import to, with_device
from portal.accounts.often import is_too_often
from portal.ui.origin import public_form

MOST = 200  # what one page lists
ALL_THAT_IS_PRINTED = ("organisation", "region", "edition__course")


@require_safe
def classes(request: HttpRequest) -> HttpResponse:
    """Two queries for a visitor; one more for the places of a known learner. `?code=` is what somebody has typed."""
    typed = request.GET.get("code", "").strip()
    if typed:
        code = read_class_code(typed)
        if ClassSession.objects.known(timezone.now().date()).filter(code=code).exists():
            return redirect("learn:class", code)
    coming = list(ClassSession.objects.coming(timezone.now()).with_seats_taken().select_related(*ALL_THAT_IS_PRINTED)[:MOST])
    offered = offered_by(coming)
    wanted = Wanted.of(request.GET, offered)
    context = {
        "rows": show_classes(wanted.among(coming)),
        "mine": _own_seats(request, coming),
        "any": bool(coming),
        "offered": offered,
        "wanted": wanted,
        "typed": typed[:20],
        "problem": _("No class has this code. Look at it once more.") if typed else "",
        "tab": "learn",
    }
    return render(request, "orientation/classes/classes.html", context, status=404 if typed else 200)


def _own_seats(request: HttpRequest, coming: list[ClassSession]) -> list[ClassLearner]:
    learner = learner_of(request)
    if not learner.is_known or not coming:
        return []
    held = {"user": learner.user} if learner.user else {"user": None, "device": learner.device}
    own = ClassLearner.objects.filter(session__in=coming, left_at=None, **held).order_by("session__starts_at", "pk")
    by_key = {session.pk: session for session in coming}
    found = list(own)
    for seat in found:
        seat.session = by_key[seat.session_id]
    return found


def class_or_404(code: str) -> ClassSession:
    known = ClassSession.objects.known(timezone.now().date()).with_seats_taken().select_related(*ALL_THAT_IS_PRINTED)
    return get_object_or_404(known, code=read_class_code(code))


@require_safe
def page(request: HttpRequest, code: str) -> HttpResponse:
    """Two queries for a visitor."""
    session = class_or_404(code)
    if code != session.code:
        return redirect("learn:class", session.code)
    return _page(request, session)


def _page(request: HttpRequest, session: ClassSession, **more: Any) -> HttpResponse:
    now, seat = timezone.now(), seats.seat_of(session, learner_of(request))
    shown = show_classes([session])[0]
    is_over = bool(session.closed_at) or session.ends_at <= now
    is_in = seat is not None and seat.left_at is None
    context = {
        "session": session,
        "shown": shown,
        "seat": seat if is_in else None,
        "is_over": is_over,
        "can_sign_up": not is_over and not session.called_off_at and not is_in and shown.left > 0,
        "is_full": not is_over and not session.called_off_at and not is_in and shown.left == 0,
        "can_leave": is_in and not is_over and seat is not None and seat.attended_at is None,
        "course": session.edition.course.slug,
        "refusal": "",
        "typed": seat.name if seat is not None and is_in else "",
        "here": "",
        "tab": "learn",
    }
    return render(request, "orientation/classes/class.html", context | more)


@public_form
@require_POST
def sign_up(request: HttpRequest, code: str) -> HttpResponse:
    """Sent twice it is one place: a person and a phone have one each in a class."""
    session, typed = class_or_404(code), request.POST.get("name", "")
    if is_too_often(request, "join_class", session.code):
        return _refused(request, session, _("Too many people at once. Try again in a minute."), 429, typed=typed)
    learner = with_device(request)
    try:
        seats.sign_up(session, learner, typed, timezone.now())
    except NotPossible as refusal:
        return _refused(request, class_or_404(code), str(refusal.why), 409, typed=typed)
    return to(reverse("learn:class", args=[session.code]), learner)


@public_form
@require_POST
def leave(request: HttpRequest, code: str) -> HttpResponse:
    session = class_or_404(code)
    seats.leave(session, learner_of(request), timezone.now())
    return redirect("learn:class", session.code)


@public_form
@require_http_methods(["GET", "HEAD", "POST"])
def here(request: HttpRequest, code: str, token: str) -> HttpResponse:
    """ "I am here", behind the trainer's QR code. The same POST may come twice, and later on the day."""
    session, typed = class_or_404(code), request.POST.get("name", "")
    if not is_of(token, session):
        raise Http404("Not the code of this class.")
    if request.method != "POST":
        return _page(request, session, here=token, can_sign_up=False, can_leave=False, is_full=False)
    learner = with_device(request)
    try:
        seats.attend_by_phone(session, learner, typed, timezone.now())
    except NotPossible as refusal:
        return _refused(request, session, str(refusal.why), 409, here=token, typed=typed, can_sign_up=False, can_leave=False)
    return to(reverse("learn:class", args=[session.code]), learner)


def _refused(request: HttpRequest, session: ClassSession, why: str, status: int, **more: Any) -> HttpResponse:
    response = _page(request, session, refusal=why, **more)
    response.status_code = status
    return response
