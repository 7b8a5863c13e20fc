"""One minute: how it is at work, and who may help."""

from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.db.models import Prefetch, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from matching.models import State
from matching.views.acting import act
from placements.allow import allow, who_is_there
from placements.answer import answer_check_in
from placements.due import newest_due
from placements.forms import CheckInForm, HelpForm
from placements.models import CheckIn, Placement
from placements.views.mine import own_page
from portal.support.models import Contact, ContactPhone


@never_cache
@login_required
@require_safe
def minute(request: HttpRequest) -> HttpResponse:
    """Where the short address of the message leads: to what is asked now."""
    own = Placement.objects.filter(match__candidate__user=request.user, match__state__in=(State.PLACED, State.ENDED))
    placement = own.select_related("match__vacancy__region").prefetch_related("check_ins").order_by("-left_on", "-pk").first()
    if placement is None:
        return redirect("matching:my_matches")
    due = newest_due(placement, timezone.now())
    return redirect("placements:check_in", due.uid) if due else redirect(own_page(placement.match))


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def check_in(request: HttpRequest, uid: UUID) -> HttpResponse:
    found = my_check_in(request, uid)
    match = found.placement.match
    form = CheckInForm(request.POST if request.method == "POST" else None)
    if request.method != "POST" and found.answered_at is not None:
        return redirect(own_page(match))

    def asked(why_not: str = "") -> HttpResponse:
        return render(
            request, "placements/check_in.html", {"check_in": found, "match": match, "form": form, "refusal": why_not, "tab": "jobs"}
        )

    if not form.is_valid():
        return asked()

    def run() -> str:
        answered = answer_check_in(found, request.user, form.answers(), timezone.now())
        return reverse("placements:help", args=[found.uid]) if answered.needs_help else own_page(match)

    return act(request, match, run, asked)


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def ask_help(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Whoever has said it may say it anew. Whom to call stands there either way."""
    found = my_check_in(request, uid)
    match = found.placement.match
    if not found.needs_help:
        return redirect(own_page(match))
    there, wants_nobody = who_is_there(found), request.POST.get("act") == "nobody"
    said = {"help_from": found.help_from, "may_know": [who for who in found.may_know if who not in found.help_from]}
    form = HelpForm(there, request.POST if request.method == "POST" and not wants_nobody else None, initial=said)

    def asked(why_not: str = "") -> HttpResponse:
        context = {"check_in": found, "match": match, "form": form, "contacts": contacts(found), "refusal": why_not, "tab": "jobs"}
        return render(request, "placements/help.html", context)

    if not wants_nobody and not form.is_valid():
        return asked()

    def run() -> str:
        named = {"help_from": [], "may_know": []} if wants_nobody else form.cleaned_data
        allow(found, request.user, named["help_from"], named["may_know"], timezone.now())
        return own_page(match)

    return act(request, match, run, asked)


def my_check_in(request: HttpRequest, uid: UUID) -> CheckIn:
    """One's own. Whom the worker lets know reads it elsewhere, and answers nothing."""
    rows = CheckIn.objects.visible_to(request.user).select_related(
        "placement__match__candidate", "placement__match__vacancy__employer", "placement__match__vacancy__region__country"
    )
    found = get_object_or_404(rows.select_related("placement__match__vacancy__occupation"), uid=uid)
    if found.placement.match.candidate.user_id != request.user.pk:
        raise PermissionDenied
    return found


def contacts(found: CheckIn) -> QuerySet[Contact]:
    """Who helps people of this citizenship in the country of the work. Numbers only of those who answered a call of ours."""
    match = found.placement.match
    near = Contact.objects.filter(located_in__contains=[match.vacancy.region.country_id], serves__contains=[match.candidate.citizenship])
    return near.prefetch_related(Prefetch("phones", ContactPhone.objects.answered(), to_attr="answered_phones"))
