"""The corridor is chosen once, on a course's page, and kept in a cookie of its own: it is a taste like the language, not an account."""

from collections.abc import Sequence

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from orientation.models import LearningEvent
from portal.places.corridors import Corridor

COOKIE = "safar_corridor"


def corridor_of(request: HttpRequest, allowed: Sequence[str] = (), events: Sequence[LearningEvent] = ()) -> str:
    """The corridor chosen on this phone, else the one of the learner's newest event; "" when neither is known or the course is not about it."""
    told = [request.COOKIES.get(COOKIE, ""), *(event.corridor for event in reversed(events))]
    chosen = next((corridor for corridor in told if corridor in Corridor.values), "")
    return chosen if not allowed or chosen in allowed else ""


def remember_corridor(response: HttpResponse, corridor: str) -> None:
    response.set_cookie(COOKIE, corridor, max_age=365 * 24 * 3600, secure=settings.HTTPS, httponly=True, samesite="Lax")
