"""The people of an employer's vacancy: initials and skills, and who it is once they have accepted. Never the wage side."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from matching import select as choose
from matching.explain_match import explain_match
from matching.forms.times import TimesForm
from matching.interviews import may_talk, times_of
from matching.models import Match, State, Vacancy
from matching.open_person import KNOWN_TO_EMPLOYER, initials, open_person
from matching.reasons import Rejected
from matching.show_to_employer import for_employer, met
from matching.states import TABLE
from matching.views.acting import act, the_match
from matching.views.match_forms import ReasonForm
from portal.accounts.once import and_go
from portal.accounts.second_factor import second_factor_required
from portal.organisations.rules import is_member

ORDER = (State.ACCEPTED, State.APPROVED, State.SELECTED, State.OFFERED, State.AGREED, State.PLACED)


@second_factor_required
@require_safe
def applicants(request: HttpRequest, vacancy: UUID) -> HttpResponse:
    found = own_vacancy(request, vacancy)
    rows = sorted(
        (match for match in people(request, found) if match.state in ORDER),
        key=lambda match: (ORDER.index(match.state), -match.fits_job, match.pk),
    )
    context = {
        "vacancy": found,
        "rows": [
            {"match": match, "initials": initials(match.candidate), "ring": round(match.fits_job / 100), "met": met(explain_match(match))}
            for match in rows
        ],
        "tab": "jobs",
    }
    return render(request, "matching/applicants.html", context)


@second_factor_required
@require_safe
def applicant(request: HttpRequest, vacancy: UUID, match: UUID) -> HttpResponse:
    return page(request, employer_match(request, vacancy, match))


@second_factor_required
@require_POST
def person(request: HttpRequest, vacancy: UUID, match: UUID) -> HttpResponse:
    """Name and phone of who has accepted; refused before. A POST, because every look is written down."""
    found = employer_match(request, vacancy, match)
    if found.state not in KNOWN_TO_EMPLOYER:
        raise PermissionDenied
    return page(request, found, person=open_person(request.user, found.candidate, timezone.now()))


@second_factor_required
@require_POST
def select(request: HttpRequest, vacancy: UUID, match: UUID) -> HttpResponse:
    found = employer_match(request, vacancy, match)
    return chosen(request, found, lambda: choose.select(found, request.user, timezone.now()))


@second_factor_required
@require_POST
def reject(request: HttpRequest, vacancy: UUID, match: UUID) -> HttpResponse:
    found = employer_match(request, vacancy, match)
    form = ReasonForm(Rejected, request.POST, prefix="reject")
    if not form.is_valid():
        return page(request, found, reject_form=form)
    said = form.cleaned_data
    return chosen(request, found, lambda: choose.reject(found, request.user, timezone.now(), said["reason"], said["note"]))


def own_vacancy(request: HttpRequest, uid: UUID) -> Vacancy:
    found = get_object_or_404(Vacancy.objects.visible_to(request.user).select_related("employer", "occupation", "region__country"), uid=uid)
    if not is_member(request.user, found.employer):
        raise PermissionDenied
    return found


def people(request: HttpRequest, vacancy: Vacancy) -> QuerySet[Match]:
    return (
        Match.objects.visible_to(request.user)
        .filter(vacancy=vacancy)
        .select_related("candidate__home_region")
        .prefetch_related("candidate__skills__skill", "candidate__jobs__occupation", "candidate__languages")
    )


def employer_match(request: HttpRequest, vacancy: UUID, uid: UUID) -> Match:
    return the_match(people(request, own_vacancy(request, vacancy)), uid)


def page(request: HttpRequest, match: Match, **more: Any) -> HttpResponse:
    context = {
        "match": match,
        "vacancy": match.vacancy,
        "initials": initials(match.candidate),
        "chart": for_employer(explain_match(match)),
        "is_known": match.state in KNOWN_TO_EMPLOYER,
        "can_select": (match.state, State.SELECTED) in TABLE,
        "can_reject": (match.state, State.REJECTED) in TABLE,
        "reject_form": ReasonForm(Rejected, prefix="reject"),
        "times": (times := times_of(match)),
        "is_taken": any(row["interview"].taken_at for row in times),
        "can_talk": may_talk(match),
        "times_form": TimesForm(region=match.vacancy.region, now=timezone.now()),
        "has_letter": match.state in KNOWN_TO_EMPLOYER and match.offers.exists(),
        "person": None,
        "refusal": "",
        "tab": "jobs",
    }
    return render(request, "matching/applicant.html", context | more)


def chosen(request: HttpRequest, match: Match, run: Callable[[], Match]) -> HttpResponse:
    target = reverse("matching:applicant", args=[match.vacancy.uid, match.uid])

    def refused(why_not: str) -> HttpResponse:
        return page(request, employer_match(request, match.vacancy.uid, match.uid), refusal=why_not)

    return act(request, match, and_go(run, target), refused)
