"""Second looks for other agencies: what was weighed, without a name, and one question."""

from typing import Any
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from matching.explain_match import explain_match
from matching.history import reason_label
from matching.models import SecondLook, State
from matching.move import NotAllowed, NotPossible
from matching.show_to_staff import for_staff
from matching.verdict import give_verdict
from matching.views.acting import agency_staff_required
from matching.views.match_forms import VerdictForm
from portal.accounts.once import once
from portal.accounts.second_factor import second_factor_required

PER_PAGE = 25


@second_factor_required
@agency_staff_required
@require_safe
def second_looks(request: HttpRequest) -> HttpResponse:
    """Who has waited longest comes first, then those that are decided, the newest first."""
    looks = SecondLook.objects.visible_to(request.user).select_related("match__vacancy__occupation", "match__vacancy__employer")
    looks = looks.select_related("match__vacancy__region").order_by("-decided_at", "asked_at", "pk")  # those without a day first
    page = Paginator(looks, PER_PAGE).get_page(request.GET.get("page"))
    return render(request, "matching/desk_second_list.html", {"page": page, "tab": "jobs"})


@second_factor_required
@require_safe
def second_look(request: HttpRequest, uid: UUID) -> HttpResponse:
    return page(request, mine(request, uid))


@second_factor_required
@require_POST
def verdict(request: HttpRequest, uid: UUID) -> HttpResponse:
    look, form = mine(request, uid), VerdictForm(request.POST)
    if not form.is_valid():
        return page(request, look, form=form)
    said = form.cleaned_data

    def run() -> str:
        give_verdict(look, request.user, said["verdict"], said["note"], timezone.now())
        return reverse("matching:second_look", args=[look.uid])

    try:
        return once(request, run)
    except NotAllowed:
        raise PermissionDenied from None
    except NotPossible as refusal:
        response = page(request, mine(request, uid), refusal=str(refusal.why), form=form)
        response.status_code = 409
        return response


def mine(request: HttpRequest, uid: UUID) -> SecondLook:
    looks = SecondLook.objects.visible_to(request.user)
    vacancy = "match__vacancy"
    looks = looks.select_related(f"{vacancy}__employer", f"{vacancy}__occupation", f"{vacancy}__region__country", "match__candidate")
    return get_object_or_404(looks, uid=uid)


def page(request: HttpRequest, look: SecondLook, **more: Any) -> HttpResponse:
    """Nothing of the person but what was weighed: no initials, no home, no notes, and not which agency it was."""
    declined = look.match.events.filter(after=State.DECLINED).first()
    context = {
        "look": look,
        "vacancy": look.match.vacancy,
        "shown": for_staff(explain_match(look.match)),
        "because": reason_label(declined) if declined else "",
        "form": VerdictForm(),
        "refusal": "",
        "tab": "jobs",
    }
    return render(request, "matching/desk_second.html", context | more)
