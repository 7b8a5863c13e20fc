"""The demo's short cuts: sign in as one of the cast with one click, read everybody's messages. Elsewhere they do not exist."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from allauth.account.internal.flows.login import record_authentication
from django.conf import settings
from django.contrib.auth import logout
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from portal.accounts.cast import PEOPLE
from portal.accounts.device import forget_device
from portal.accounts.models import User
from portal.accounts.second_factor import ONE_CLICK
from portal.accounts.sign_in import sign_in
from portal.outbox.models import Channel, Message

View = Callable[..., HttpResponse]


def demo_only(view: View) -> View:
    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not settings.DEMO:
            raise Http404
        return view(request, *args, **kwargs)

    return guarded


@demo_only
@never_cache
@require_safe
def people(request: HttpRequest) -> HttpResponse:
    return render(request, "demo/people.html", {"people": PEOPLE.values()})


@demo_only
@require_POST
def one_click(request: HttpRequest, key: str) -> HttpResponse:
    """Stands for the code and for the second factor; the session says so."""
    if key not in PEOPLE:
        raise Http404
    person = PEOPLE[key]
    user = get_object_or_404(User, phone=person.phone, email=person.email, is_active=True)
    logout(request)
    sign_in(request, user, timezone.now())
    record_authentication(request, user, ONE_CLICK)
    response = HttpResponseRedirect(reverse("home"))
    forget_device(response)
    return response


@demo_only
@never_cache
@require_safe
def outbox(request: HttpRequest) -> HttpResponse:
    page = Paginator(Message.objects.exclude(channel=Channel.APP), 20).get_page(request.GET.get("page"))
    return render(request, "demo/outbox.html", {"page": page})
