"""Pages for when something is wrong: what happened, what to do. The plain ones touch neither database nor cache."""

import sys

from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.translation import get_language, get_language_bidi
from django.utils.translation import gettext as _
from redis.exceptions import ConnectionError as ValkeyGone
from redis.exceptions import TimeoutError as ValkeySlow

from portal.ui.csp import INLINE_CSS

OUTAGES = (OperationalError, InterfaceError, ValkeyGone, ValkeySlow)


def _plain(status: int, title: str, text: str) -> HttpResponse:
    body = render_to_string(
        "errors/plain.html",
        {"title": title, "text": text, "language": get_language(), "direction": "rtl" if get_language_bidi() else "ltr", "css": INLINE_CSS},
    )
    return HttpResponse(body, status=status)


def server_error(request: HttpRequest) -> HttpResponse:
    """Django's handler500: an outage of ours is a 503 that passes; anything else is a fault of ours that we have logged."""
    if isinstance(sys.exc_info()[1], OUTAGES):
        response = _plain(
            503,
            _("Safar is resting for a moment"),
            _("We cannot reach our data right now. Nothing you saved is lost. Wait two minutes and open the page again."),
        )
        response.headers["Retry-After"] = "120"
        return response
    return _plain(
        500,
        _("Something broke on our side"),
        _("We have written it down and will mend it. Go back and try once more; what you typed may still be on the page before this one."),
    )


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    return render(request, "errors/404.html", status=404)


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    return render(request, "errors/403.html", status=403)


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    return _plain(
        400, _("We could not read that"), _("Something in the request was not as it should be. Go back, reload the page and try again.")
    )


def too_often(request: HttpRequest) -> HttpResponse:
    response = _plain(429, _("Please wait a minute"), _("Too many people at once. Try again in a minute."))
    response.headers["Retry-After"] = "60"
    return response


def form_expired(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Django's CSRF_FAILURE_VIEW."""
    return _plain(
        403,
        _("This form is too old"),
        _("Go back, reload the page and send the form again. If it happens again, allow cookies for this site."),
    )
