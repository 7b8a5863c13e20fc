from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse


def never_stale(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Something on the page may have to go at once: a page kept at the edge is asked for anew each minute and never shown beyond that."""

    @wraps(view)
    def wrapped(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        request.is_never_stale = True  # type: ignore[attr-defined]
        return view(request, *args, **kwargs)

    return wrapped
