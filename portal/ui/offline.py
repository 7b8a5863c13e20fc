"""What makes pages work without a network: the service worker, and the page it shows when it has nothing better."""

import json

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.templatetags.static import static
from django.views.decorators.http import require_safe

from portal.ui.cyrillic_pages import PREFIX

SHELL = ("safar.css", "safar.js", "learn.js", "icon.svg")


@require_safe
def service_worker(request: HttpRequest) -> HttpResponse:
    """The static files' addresses are written into the worker, so a new style sheet makes a new worker."""
    context = {
        "outbox": json.dumps(static("outbox.js")),
        "shell": json.dumps([static(name) for name in SHELL]),
        "static_url": json.dumps(settings.STATIC_URL),
        "languages": "|".join([*(code for code, _ in settings.LANGUAGES), PREFIX.strip("/")]),
    }
    response = render(request, "sw.js", context, content_type="text/javascript")
    response.headers["Service-Worker-Allowed"] = "/"
    response.headers["Cache-Control"] = "no-cache"
    return response


@require_safe
def offline(request: HttpRequest) -> HttpResponse:
    return render(request, "offline.html", {"tab": ""})
