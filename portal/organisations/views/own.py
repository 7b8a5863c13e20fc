"""What an organisation sees of itself: how far its check is, and who belongs to it."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from portal.accounts.once import once
from portal.accounts.second_factor import has_second_factor, second_factor_required
from portal.organisations import ask, invite, rules
from portal.organisations.checklist import items_for
from portal.organisations.forms import InviteForm, ReplyForm
from portal.organisations.mailboxes import domain_of
from portal.organisations.models import Membership, Organisation, VettingAnswer
from portal.organisations.stage import steps_of


def own_or_404(request: HttpRequest, uid: str, *, as_manager: bool = False) -> Organisation:
    """Operators see every organisation in the console; this page is its own people's."""
    organisation = get_object_or_404(Organisation.objects.visible_to(request.user).select_related("country", "region"), uid=uid)
    if not (rules.is_manager if as_manager else rules.is_member)(request.user, organisation):
        raise PermissionDenied
    return organisation


@never_cache
@login_required
@require_safe
def own(request: HttpRequest, uid: str) -> HttpResponse:
    return show(request, own_or_404(request, uid))


def show(request: HttpRequest, organisation: Organisation, status: int = 200, **forms: Any) -> HttpResponse:
    today = timezone.now().date()
    ended = organisation.answers.filter(result=VettingAnswer.Result.PASS, valid_to__lt=today)
    ended_items = set(ended.values_list("item", flat=True))
    is_manager, is_open = rules.is_manager(request.user, organisation), has_second_factor(request)
    context = {
        "organisation": organisation,
        "steps": steps_of(organisation),
        "looked_at": [item.text for item in items_for(organisation.kind) if item.must],
        "ended": [item.text for item in items_for(organisation.kind) if item.code in ended_items],
        "is_manager": is_manager,
        "is_open": is_open,
        "people": organisation.memberships.select_related("user").order_by("-role", "user__email") if is_open else [],
        "reply_form": ReplyForm(initial={"reply": organisation.replied}),
        "invite_form": InviteForm(),
        "domain": domain_of(request.user.email),
        **forms,
    }
    return render(request, "organisations/own.html", context, status=status)


def act(request: HttpRequest, organisation: Organisation, do: Callable[[], object], done: str, form: Any, name: str) -> HttpResponse:
    """Run a use case once; what it refuses stands at the form, with what was typed."""

    def run() -> str:
        do()
        messages.success(request, done)
        return reverse("organisations:own", args=[organisation.uid])

    if form.is_valid():
        try:
            return once(request, run)
        except ValidationError as refusal:
            form.add_error(None, refusal)
    return show(request, organisation, status=400, **{name: form})


@second_factor_required
@require_POST
def reply(request: HttpRequest, uid: str) -> HttpResponse:
    organisation, form = own_or_404(request, uid, as_manager=True), ReplyForm(request.POST)
    return act(
        request,
        organisation,
        lambda: ask.reply(organisation, form.cleaned_data["reply"], by=request.user),
        _("Thank you. We read it and go on with the check."),
        form,
        "reply_form",
    )


@second_factor_required
@require_POST
def invite_colleague(request: HttpRequest, uid: str) -> HttpResponse:
    organisation, form = own_or_404(request, uid, as_manager=True), InviteForm(request.POST)
    return act(
        request,
        organisation,
        lambda: invite.invite(organisation, form.cleaned_data["email"], form.cleaned_data["role"], by=request.user, now=timezone.now()),
        _("Invited. We have sent an e-mail."),
        form,
        "invite_form",
    )


@second_factor_required
@require_POST
def remove_colleague(request: HttpRequest, uid: str, person: str) -> HttpResponse:
    organisation = own_or_404(request, uid, as_manager=True)
    membership = Membership.objects.select_related("user", "organisation").filter(organisation=organisation, user__uid=person).first()

    def run() -> str:
        if membership is not None:  # else a colleague was faster
            invite.remove(membership, by=request.user, now=timezone.now())
        is_self = membership is not None and membership.user_id == request.user.pk
        return reverse("home") if is_self else reverse("organisations:own", args=[organisation.uid])

    try:
        return once(request, run)
    except ValidationError as refusal:
        return show(request, organisation, status=400, refusal=refusal.messages[0])
