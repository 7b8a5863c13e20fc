"""Sign-up and sign-in are one page: an address, then a code, then (for some) the second factor."""

from allauth.account.internal.flows.login_by_code import LoginCodeVerificationProcess
from allauth.account.stages import LoginByCodeStage, LoginStageController
from allauth.mfa.base.forms import AuthenticateForm
from allauth.mfa.stages import AuthenticateStage
from django.contrib import messages
from django.contrib.auth import logout
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render, resolve_url
from django.urls import reverse
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme, urlencode
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from portal.accounts import ask_code
from portal.accounts.device import forget_device
from portal.accounts.forms import CodeForm, MailForm, PhoneForm
from portal.accounts.phones import show_phone


def next_url(request: HttpRequest) -> str:
    """Where the person wanted to go, if that is a page of ours; else nothing."""
    url = request.GET.get("next", "")
    return url if url_has_allowed_host_and_scheme(url, {request.get_host()}, request.is_secure()) else ""


def with_next(request: HttpRequest, url: str) -> str:
    return f"{url}?{urlencode({'next': wanted})}" if (wanted := next_url(request)) else url


def started_at(request: HttpRequest) -> str:
    """The page that asked for the address, where it is another than ours: there a new mailbox is welcome."""
    return next_url(request) if "asked_there" in request.GET else ""


@never_cache
@require_http_methods(["GET", "POST"])
def sign_in(request: HttpRequest) -> HttpResponse:
    if request.user.is_authenticated:
        return HttpResponseRedirect(next_url(request) or reverse("home"))
    by_mail = request.GET.get("by") == "mail"
    form = (MailForm if by_mail else PhoneForm)(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            if by_mail:
                ask_code.by_mail(request, form.cleaned_data["email"], timezone.now())
            else:
                ask_code.by_phone(request, form.cleaned_data["phone"], timezone.now())
        except ValidationError as refusal:
            form.add_error(None, refusal)
        else:
            return HttpResponseRedirect(with_next(request, reverse("accounts:code")))
    return render(request, "accounts/sign_in.html", {"form": form, "by_mail": by_mail, "next": next_url(request)})


@never_cache
@require_http_methods(["GET", "POST"])
def code(request: HttpRequest) -> HttpResponse:
    if request.user.is_authenticated:  # also the second POST of a code that was right
        return HttpResponseRedirect(next_url(request) or reverse("home"))
    stage = LoginStageController.enter(request, LoginByCodeStage.key)
    if stage is None:
        return start_again(request, _("That code has been used or is too old. Ask for a new one."))
    process = LoginCodeVerificationProcess(stage=stage)
    form = CodeForm()
    if request.method == "POST" and request.POST.get("action") == "again":
        try:
            ask_again(process)
        except ValidationError as refusal:
            messages.error(request, refusal.messages[0])
        else:
            messages.success(request, _("We have sent a new code. The old one no longer works."))
        return HttpResponseRedirect(request.get_full_path())
    if request.method == "POST":
        if ask_code.is_guessing(request):
            process.abort()
            return start_again(request, _("Too many wrong codes. Ask for a new one."))
        form = CodeForm(request.POST, expected=process.code, too_old=not process.is_valid())
        if form.is_valid():
            return process.finish(next_url(request) or None)
        if form.has_error("code", "wrong") and not process.record_invalid_attempt():
            return start_again(request, _("Too many wrong codes. Ask for a new one."))
    phone, email = process.state.get("phone"), process.state.get("email")
    context = {
        "form": form,
        "phone": phone,
        "address": show_phone(phone) if phone else email,
        "can_resend": process.can_resend,
        "start": started_at(request) or reverse("accounts:sign_in", query={"by": "mail"} if email else None),
    }
    return render(request, "accounts/code.html", context)


def ask_again(process: LoginCodeVerificationProcess) -> None:
    if not process.can_resend:
        raise ValidationError(_("We have sent several codes already. Start again with your number or e-mail."))
    ask_code.send_again(process, timezone.now())


def start_again(request: HttpRequest, why: str) -> HttpResponse:
    messages.warning(request, why)
    return HttpResponseRedirect(with_next(request, reverse("accounts:sign_in")))


@never_cache
@require_http_methods(["GET", "POST"])
def sign_in_second_factor(request: HttpRequest) -> HttpResponse:
    """The last step for somebody who has a second factor; until it is shown there is no session."""
    if request.user.is_authenticated:
        return HttpResponseRedirect(next_url(request) or reverse("home"))
    stage = LoginStageController.enter(request, AuthenticateStage.key)
    if stage is None:
        return start_again(request, _("That took too long. Ask for a new code."))
    form = AuthenticateForm(request.POST if request.method == "POST" else None, user=stage.login.user)
    if request.method == "POST" and form.is_valid():
        form.save()
        return stage.exit()
    return render(request, "accounts/sign_in_second_factor.html", {"form": form})


@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    """Whoever holds the phone next starts from nothing."""
    logout(request)
    response = redirect(resolve_url("home"))
    forget_device(response)
    return response


def agreement(request: HttpRequest) -> HttpResponse:
    return render(request, "accounts/agreement.html")
