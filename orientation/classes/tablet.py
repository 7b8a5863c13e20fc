"""One tablet, many learners. Sharing a tablet signs the trainer out of it: what is not there cannot leak to who holds it next.

Two signed cookies are left: which class the tablet serves, and whose place it is just now. While the first is there, the
browser opens learning and help only; without the second, only the list of the class. The second goes by itself after
twenty minutes without a page, and with "Done, next person". No page is kept on the device: each is private and not stored.
Places of people with an account are not on the list: nobody may learn in their name. And a place may be that of somebody's own phone,
so the tablet opens the course of the class only, and knows nothing of what they have learnt elsewhere.
"""

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

from django.conf import settings
from django.contrib.auth import logout
from django.db import models
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone

from orientation.classes.seats import is_its_day, learner_in
from orientation.models import ClassLearner, ClassSession
from orientation.taken_words import course_words
from portal.accounts.device import COOKIE as DEVICE
from portal.places import choice

CLASS, SEAT = "safar_tablet", "safar_seat"
CLASS_FOR, SEAT_FOR = timedelta(hours=12), timedelta(minutes=20)
SALT = "safar.tablet"
OPEN = re.compile(
    rf"^(/({'|'.join(code for code, _name in settings.LANGUAGES)})/(learn|help|offline)/|/api/v1/events/|/audio/|/verify/|/sw\.js|/static/)"
)
OWN = re.compile(r"^/\w\w/learn/classes/(own/|\w+/(sign-up|leave|here)/)")
IN_COURSE = re.compile(r"^/\w\w/learn/([^/]+)/")
GetResponse = Callable[[HttpRequest], HttpResponse]


def shared_tablet(get_response: GetResponse) -> GetResponse:
    """Middleware: `request.tablet` is the class that this tablet serves, `request.seat` whose place it is."""

    def middleware(request: HttpRequest) -> HttpResponse:
        request.tablet = request.seat = None  # type: ignore[attr-defined]
        if CLASS not in request.COOKIES:
            return get_response(request)
        session = _class_of(request)
        if session is None:  # the class is over
            return end(get_response(request))
        seat = _seat_of(request, session)
        request.tablet, request.seat = session, seat  # type: ignore[attr-defined]
        if seat is not None:
            request.learner = replace(learner_in(seat), course=session.edition.course.slug)  # type: ignore[attr-defined]
        listed = reverse("learn:tablet")
        if not OPEN.match(request.path) or OWN.match(request.path) or (seat is None and not request.path.startswith(listed)):
            response: HttpResponse = redirect(listed)
        elif _is_in_other_course(request, session):
            response = redirect("learn:course", session.edition.course.slug)
        else:
            response = get_response(request)
        response.cookies.pop(DEVICE, None)
        if SEAT not in response.cookies:
            if seat is not None:
                remember_seat(response, seat)
            else:  # it ended by itself
                clear(response)
        response.headers["Cache-Control"] = "private, no-store"
        return response

    return middleware


def tablet_bar(request: HttpRequest) -> dict[str, object]:
    """The context of every page: whose place it is on a shared tablet, for the bar with "Done, next person"."""
    return {"tablet": getattr(request, "tablet", None), "tablet_seat": getattr(request, "seat", None)}


def _cookie(request: HttpRequest, name: str, age: timedelta) -> str:
    """What we wrote; "" where it is missing, changed by somebody, or too old."""
    return request.get_signed_cookie(name, default="", salt=SALT, max_age=int(age.total_seconds())) or ""


def _class_of(request: HttpRequest) -> ClassSession | None:
    sessions = ClassSession.objects.filter(called_off_at=None, closed_at=None).select_related("region", "organisation", "edition__course")
    code = _cookie(request, CLASS, CLASS_FOR)
    session = sessions.filter(code=code).first() if code else None
    return session if session and is_its_day(session, timezone.now()) else None


def _is_in_other_course(request: HttpRequest, session: ClassSession) -> bool:
    opened = IN_COURSE.match(request.path)
    return opened is not None and opened[1] not in course_words() | {session.edition.course.slug}


def _seat_of(request: HttpRequest, session: ClassSession) -> ClassLearner | None:
    number = _cookie(request, SEAT, SEAT_FOR).removeprefix(f"{session.code}:")
    return places_at(session).filter(number=number).first() if number.isdecimal() else None


def places_at(session: ClassSession) -> models.QuerySet[ClassLearner]:
    """Who may learn on the tablet."""
    return session.learners.filter(left_at=None, user=None).order_by("number")


def _remember(response: HttpResponse, name: str, value: str, age: timedelta) -> None:
    response.set_signed_cookie(
        name,
        value,
        salt=SALT,
        max_age=int(age.total_seconds()),
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )


def share(request: HttpRequest, session: ClassSession) -> HttpResponse:
    """Makes this browser the class's. The trainer is signed out of it."""
    logout(request)
    response = clear(redirect("learn:tablet"))
    _remember(response, CLASS, session.code, CLASS_FOR)
    return response


def remember_seat(response: HttpResponse, seat: ClassLearner) -> None:
    _remember(response, SEAT, f"{seat.session.code}:{seat.number}", SEAT_FOR)


def sit_down(seat: ClassLearner, url: str) -> HttpResponse:
    """This browser is that learner's, with the road of the class already chosen."""
    response = clear(redirect(url))
    remember_seat(response, seat)
    if seat.session.corridor:
        choice.remember_corridor(response, seat.session.corridor)
    return response


def clear(response: HttpResponse) -> HttpResponse:
    """Nothing of the last person stays: neither cookies nor what the page's scripts have kept."""
    for name in (SEAT, DEVICE, choice.COOKIE):
        response.delete_cookie(name, samesite="Lax")
    response.headers["Clear-Site-Data"] = '"storage"'
    return response


def end(response: HttpResponse) -> HttpResponse:
    """The tablet is nobody's any more."""
    clear(response).delete_cookie(CLASS, samesite="Lax")
    return response
