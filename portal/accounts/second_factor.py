"""The second factor: a code from an app on another device, for everybody whose account opens other people's data."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from allauth.account.internal.flows.login import get_authentication_records
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponseBase, HttpResponseRedirect
from django.urls import reverse
from django.utils.http import urlencode

from portal.accounts.models import User

View = Callable[..., HttpResponseBase]

ONE_CLICK = "one_click"  # the demo's sign-in


def has_second_factor(request: HttpRequest) -> bool:
    """Did this session show one? In the demo the one-click sign-in stands for it."""
    enough = {"mfa", ONE_CLICK} if settings.DEMO else {"mfa"}
    user = request.user if request.user.is_authenticated else None
    return any(record["method"] in enough for record in get_authentication_records(request, user))


def is_enrolled(user: User) -> bool:
    return bool(Authenticator.objects.filter(user=user, type=Authenticator.Type.TOTP).exists())


def second_factor_required(view: View) -> View:
    """For pages of staff and of members: sends a stranger to sign in and a person without a second factor to get one."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not request.user.is_authenticated:
            return redirect_to_login(request.get_full_path())
        if not has_second_factor(request):
            return ask_second_factor(request.get_full_path())
        return view(request, *args, **kwargs)

    return guarded


def ask_second_factor(wanted: str) -> HttpResponseRedirect:
    return HttpResponseRedirect(f"{reverse('accounts:second_factor')}?{urlencode({'next': wanted})}")
