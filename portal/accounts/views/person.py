"""What a person can do about themself: see, take along, erase."""

from typing import Any

from django.contrib.auth import logout
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import render
from django.urls import reverse, translate_url
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from portal.accounts.device import forget_device
from portal.accounts.erase import erase_everything
from portal.accounts.export import export_everything
from portal.accounts.forms import EraseForm, LanguageForm
from portal.accounts.once import once
from portal.accounts.phones import show_phone


@never_cache
@login_required
@require_http_methods(["GET", "POST"])
def me(request: HttpRequest) -> HttpResponse:
    user = request.user
    form = LanguageForm(request.POST if request.method == "POST" else None, initial={"language": user.language})
    if request.method == "POST" and form.is_valid():
        user.language = form.cleaned_data["language"]
        user.save(update_fields=["language"])
        return HttpResponseRedirect(translate_url(request.path, user.language))
    return render(request, "accounts/me.html", {"form": form, "phone": show_phone(user.phone) if user.phone else ""})


@never_cache
@login_required
@require_safe
def knows(request: HttpRequest) -> HttpResponse:
    sections = [(name, readable(rows)) for name, rows in export_everything(request.user).items()]
    return render(request, "accounts/knows.html", {"sections": sections})


def readable(rows: Any) -> list[list[tuple[str, Any]]]:
    """An export's section as lists of (name, value): one list a row, whether the section is a row, rows or single values."""
    if isinstance(rows, dict):
        rows = [rows]
    elif not isinstance(rows, list | tuple):
        rows = [{"": rows}]
    return [list(row.items()) if isinstance(row, dict) else [("", row)] for row in rows]


@never_cache
@login_required
@require_safe
def export(request: HttpRequest) -> HttpResponse:
    response = JsonResponse(export_everything(request.user), json_dumps_params={"ensure_ascii": False, "indent": 2})
    response["Content-Disposition"] = 'attachment; filename="safar.json"'
    return response


@never_cache
@require_http_methods(["GET", "POST"])
def erase(request: HttpRequest) -> HttpResponse:
    """Without `login_required`: the second POST comes from somebody who is nobody any more, and gets the first one's answer."""
    form = EraseForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        response = once(request, lambda: erase_if_signed_in(request))
        logout(request)
        forget_device(response)
        return response
    if not request.user.is_authenticated:
        return HttpResponseRedirect(reverse("accounts:sign_in"))
    return render(request, "accounts/erase.html", {"form": form})


def erase_if_signed_in(request: HttpRequest) -> str:
    if not request.user.is_authenticated:
        return reverse("accounts:sign_in")
    erase_everything(request.user, timezone.now())
    return reverse("accounts:erased")


def erased(request: HttpRequest) -> HttpResponse:
    return render(request, "accounts/erased.html")
