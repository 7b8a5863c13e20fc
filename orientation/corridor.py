"""The corridor is chosen once, on a course's page, and kept in a cookie of its own: it is a taste like the language, not an account."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from portal.places.corridors import Corridor

COOKIE = "safar_corridor"


def corridor_of(request: HttpRequest, allowed: list[str] | None = None) -> str:
    """The chosen corridor, or "" when there is none, it is unknown, or the course is not about it."""
    chosen = request.COOKIES.get(COOKIE, "")
    return chosen if chosen in Corridor.values and (not allowed or chosen in allowed) else ""


def remember_corridor(response: HttpResponse, corridor: str) -> None:
    response.set_cookie(COOKIE, corridor, max_age=365 * 24 * 3600, secure=settings.HTTPS, httponly=True, samesite="Lax")
