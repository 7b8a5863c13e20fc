"""An organisation registers itself: first its mailbox is proved by a code, then one form is filled in."""

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from portal.accounts import ask_code
from portal.accounts.forms import MailForm
from portal.accounts.once import once
from portal.organisations import register as use_case
from portal.organisations.forms import RegisterForm
from portal.organisations.mailboxes import domain_of, is_free


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def register(request: HttpRequest) -> HttpResponse:
    if not request.user.is_authenticated:
        return ask_mailbox(request)
    if not request.user.email:
        return render(request, "organisations/register_mailbox.html", {"by_phone": True})
    form = RegisterForm(request.POST if request.method == "POST" else None)

    def run() -> str:
        organisation = use_case.register(form.declared(), by=request.user, now=timezone.now())
        return reverse("organisations:own", args=[organisation.uid])

    if request.method == "POST" and form.is_valid():
        try:
            return once(request, run)
        except use_case.AlreadyRegistered as why:  # by somebody else, a moment ago
            form.add_error(None, str(why))
    if waiting := use_case.unvetted_of(request.user):
        return redirect("organisations:own", uid=waiting.uid)
    domain = domain_of(request.user.email)
    context = {"form": form, "email": request.user.email, "is_free": is_free(domain)}
    return render(request, "organisations/register.html", context, status=400 if form.is_bound else 200)


def ask_mailbox(request: HttpRequest) -> HttpResponse:
    """Whether the mailbox is known here cannot be told from outside."""
    form = MailForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            ask_code.by_mail(request, form.cleaned_data["email"], timezone.now(), may_be_new=True)
        except ValidationError as refusal:
            form.add_error(None, refusal)
        else:
            return redirect(reverse("accounts:code", query={"next": reverse("organisations:register"), "asked_there": 1}))
    return render(request, "organisations/register_mailbox.html", {"form": form}, status=400 if form.is_bound else 200)
