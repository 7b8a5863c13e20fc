"""Getting, showing and replacing the second factor: an app that makes codes, and ten codes on paper."""

import segno
from allauth.account.internal.flows.login import record_authentication
from allauth.mfa.adapter import get_adapter
from allauth.mfa.base.forms import ReauthenticateForm
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.flows import generate_recovery_codes
from allauth.mfa.totp.forms import ActivateTOTPForm
from allauth.mfa.totp.internal.flows import activate_totp
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.safestring import mark_safe
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from portal.accounts.second_factor import has_second_factor, is_enrolled
from portal.accounts.views.sign_in import next_url


@never_cache
@login_required
@require_http_methods(["GET", "POST"])
def second_factor(request: HttpRequest) -> HttpResponse:
    if not is_enrolled(request.user):
        return enrol(request)
    if not has_second_factor(request):
        return show(request)
    return change(request)


def enrol(request: HttpRequest) -> HttpResponse:
    """A new secret with every look at the page; the one last shown is the one that counts."""
    form = ActivateTOTPForm(request.POST if request.method == "POST" else None, user=request.user)
    if request.method == "POST" and form.is_valid():
        totp, _codes = activate_totp(request, form)
        record_authentication(request, request.user, "mfa", id=totp.pk, type=totp.type)
        return codes_page(request)
    qr = segno.make(get_adapter().build_totp_url(request.user, form.secret)).svg_inline(scale=5, border=2, light="#fff")
    return render(request, "accounts/second_factor_enrol.html", {"form": form, "secret": form.secret, "qr": mark_safe(qr)})


def show(request: HttpRequest) -> HttpResponse:
    """Signed in before the second factor was set up on another device."""
    form = ReauthenticateForm(request.POST if request.method == "POST" else None, user=request.user)
    if request.method == "POST" and form.is_valid():
        form.save()
        return HttpResponseRedirect(next_url(request) or reverse("accounts:me"))
    return render(request, "accounts/second_factor_show.html", {"form": form})


def change(request: HttpRequest) -> HttpResponse:
    """New paper codes, or another app: both after a fresh code, so that a phone left lying about is not enough."""
    form = ReauthenticateForm(request.POST if request.method == "POST" else None, user=request.user)
    if request.method == "POST" and form.is_valid():
        form.save()
        if request.POST.get("action") == "app":
            Authenticator.objects.filter(user=request.user).delete()
            return HttpResponseRedirect(request.get_full_path())
        generate_recovery_codes(request)
        return codes_page(request)
    return render(request, "accounts/second_factor_change.html", {"form": form, "left": len(recovery_codes(request))})


def codes_page(request: HttpRequest) -> HttpResponse:
    """Shown once, as the answer to the POST that made them."""
    return render(request, "accounts/recovery_codes.html", {"codes": recovery_codes(request), "next": next_url(request)})


def recovery_codes(request: HttpRequest) -> list[str]:
    authenticator = Authenticator.objects.filter(user=request.user, type=Authenticator.Type.RECOVERY_CODES).first()
    return authenticator.wrap().get_unused_codes() if authenticator else []
