"""The question about money: the worker's page, and the list of those who want help with it."""

from typing import Any
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from matching.fees import answer_about_fees, handle_fee_answer, moment_to_ask
from matching.forms.fees import FeeForm, OutcomeForm
from matching.models import FeeAnswer
from matching.open_person import open_person
from matching.views.acting import act
from matching.views.my_matches import my_own, own_page
from portal.accounts.second_factor import second_factor_required
from portal.money.amounts import Money
from portal.money.formats import format_money
from portal.organisations.models import Organisation

PER_PAGE = 25


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def my_fees(request: HttpRequest, match: UUID) -> HttpResponse:
    found = my_own(request, match)
    now = timezone.now()
    moment = moment_to_ask(found, now)
    form = FeeForm(request.POST if request.method == "POST" else None)
    if request.method != "POST" and moment is None:
        return redirect(own_page(found))

    def asked(why_not: str = "") -> HttpResponse:
        context = {"match": found, "form": form, "moment": moment.label if moment else "", "refusal": why_not, "tab": "jobs"}
        return render(request, "matching/my_fees.html", context)

    if not form.is_valid():
        return asked()

    def run() -> str:
        answer = answer_about_fees(found, request.user, form.answer(), now)
        return own_page(found) + ("#fees" if answer.asked else "")

    return act(request, found, run, asked)


@second_factor_required
@require_safe
def fees(request: HttpRequest) -> HttpResponse:
    return listed(request)


@second_factor_required
@require_POST
def person(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Name and phone of who wants help. A POST, because every look is written down."""
    found = get_object_or_404(to_see_to(request), uid=uid)
    return listed(request, answer=found, person=open_person(request.user, found.match.candidate, timezone.now()))


@second_factor_required
@require_POST
def handle(request: HttpRequest, uid: UUID) -> HttpResponse:
    found = get_object_or_404(to_see_to(request), uid=uid)
    form = OutcomeForm(request.POST)
    if not form.is_valid():
        return listed(request, answer=found, form=form)

    def run() -> str:
        handle_fee_answer(found, request.user, form.cleaned_data["outcome"], timezone.now())
        return reverse("matching:fees")

    return act(request, found.match, run, lambda why_not: listed(request, refusal=why_not))


def to_see_to(request: HttpRequest) -> QuerySet[FeeAnswer]:
    """What workers want this reader to help with; one's own answers are on one's own page."""
    is_staff = Organisation.objects.of_member(request.user, Organisation.Kind.AGENCY).exists()
    if not is_staff and not request.user.has_perm("matching.view_feeanswer"):
        raise PermissionDenied
    rows = FeeAnswer.objects.visible_to(request.user).exclude(told=[]).exclude(match__candidate__user=request.user)
    return rows.select_related("match__vacancy__employer", "match__vacancy__occupation", "match__vacancy__region", "match__candidate__user")


def listed(request: HttpRequest, **more: Any) -> HttpResponse:
    """Those who still wait first, the oldest of them first."""
    page = Paginator(to_see_to(request).order_by("-handled_at", "answered_at", "pk"), PER_PAGE).get_page(request.GET.get("page"))
    rows = [(row, format_money(Money(row.amount, row.currency)) if row.amount is not None else "") for row in page]
    context = {"page": page, "rows": rows, "answer": None, "person": None, "form": OutcomeForm(), "refusal": "", "tab": "jobs"}
    return render(request, "matching/fees.html", context | more)
