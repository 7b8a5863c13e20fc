"""The corridor is chosen once and kept in a cookie of its own: like the language it is a taste, not an account."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.translation import get_language

from portal.places.corridors import Corridor

COOKIE = "safar_corridor"
ORIGIN_OF = {"tg": "TJ", "ky": "KG", "uz": "UZ"}


def chosen_corridor(request: HttpRequest) -> Corridor | None:
    """What was chosen on this phone; nonsense in the cookie is no choice."""
    told = request.COOKIES.get(COOKIE, "")
    return Corridor(told) if told in Corridor.values else None


def likely_origin(request: HttpRequest) -> str:
    """The country whose rules and contacts to show first: of the chosen corridor, else of the page's language; "" when neither tells."""
    corridor = chosen_corridor(request)
    return corridor.origin if corridor else ORIGIN_OF.get(get_language() or "", "")


def remember_corridor(response: HttpResponse, corridor: str) -> None:
    response.set_cookie(COOKIE, corridor, max_age=365 * 24 * 3600, secure=settings.HTTPS, httponly=True, samesite="Lax")
