"""Forms on public pages carry no token, so that the page is the same for all. Instead the browser says where a form came from."""

from collections.abc import Callable
from functools import wraps
from typing import Any
from urllib.parse import urlsplit

from django.http import HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt

from portal.ui.errors import form_expired


def is_same_origin(request: HttpRequest) -> bool:
    """Sec-Fetch-Site where the browser sends it, else Origin, else Referer; a POST that tells none of them is refused."""
    site = request.headers.get("Sec-Fetch-Site")
    if site is not None and site != "same-origin":
        return False
    told = request.headers.get("Origin") or request.headers.get("Referer")
    if told and told != "null":
        try:
            return urlsplit(told).netloc == request.get_host()
        except ValueError:  # "http://["
            return False
    return site == "same-origin"


def public_form(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """A view that takes token-free POSTs from our own pages only."""

    @csrf_exempt
    @wraps(view)
    def checked(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.method == "POST" and not is_same_origin(request):
            return form_expired(request)
        return view(request, *args, **kwargs)

    return checked
