"""The device cookie: who learns on this phone before there is an account. Set by the first POST, signed, never read by scripts."""

from uuid import UUID, uuid4

from django.conf import settings
from django.http import HttpRequest, HttpResponse

COOKIE = "safar_device"
SALT = "safar.device"
AGE = 400 * 24 * 3600  # the longest that browsers keep a cookie


def device_of(request: HttpRequest) -> UUID | None:
    """The device that this browser has shown; None when there is no cookie or somebody changed it."""
    try:
        return UUID(request.get_signed_cookie(COOKIE, default="", salt=SALT, max_age=AGE))
    except ValueError:
        return None


def ensure_device(request: HttpRequest) -> UUID:
    """The device of this request, a new one where there is none. Give it to `remember_device` before answering."""
    return device_of(request) or uuid4()


def remember_device(response: HttpResponse, device: UUID) -> None:
    response.set_signed_cookie(
        COOKIE, str(device), salt=SALT, max_age=AGE, secure=settings.SESSION_COOKIE_SECURE, httponly=True, samesite="Lax"
    )


def forget_device(response: HttpResponse) -> None:
    response.delete_cookie(COOKIE, samesite="Lax")
