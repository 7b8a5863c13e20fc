"""What a candidate reads about the jobs that the agency has found: why, what to answer, what comes next."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from matching import answer, contract, journey
from matching.differences import terms
from matching.explain_match import explain_match, still_asked
from matching.fees import moment_to_ask
from matching.forms.questions import QuestionForm
from matching.history import reason_label
from matching.interviews import may_talk, times_of, with_talk
from matching.models import Care, Match, State, Vacancy
from matching.next_steps import next_step
from matching.reasons import Refused, TurnedDown, Withdrawn
from matching.show_to_candidate import for_candidate
from matching.show_vacancy import ShownVacancy
from matching.states import BEFORE_DEPARTURE, may_look_again, seat_is_left
from matching.views.acting import act, the_match
from matching.views.match_forms import ReasonForm
from portal.accounts.once import and_go
from portal.money.rates import newest_rates
from portal.places.days import legal_day


def mine(request: HttpRequest) -> QuerySet[Match]:
    return Match.objects.visible_to(request.user).filter(candidate__user=request.user)


@never_cache
@login_required
@require_safe
def my_matches(request: HttpRequest) -> HttpResponse:
    known = ("vacancy__employer", "vacancy__occupation", "vacancy__region__country")
    rows = with_talk(mine(request), timezone.now()).select_related(*known).order_by("-pk")
    rows = [(match, next_step(match, match.talk_waits)) for match in rows]
    open_ones = [row for row in rows if row[0].state in (State.SUGGESTED, *BEFORE_DEPARTURE, State.PLACED)]
    context = {"open": open_ones, "over": [row for row in rows if row not in open_ones], "tab": "jobs"}
    return render(request, "matching/my_matches.html", context)


@never_cache
@login_required
@require_safe
def my_match(request: HttpRequest, match: UUID) -> HttpResponse:
    return page(request, my_own(request, match))


@login_required
@require_POST
def accept(request: HttpRequest, match: UUID) -> HttpResponse:
    found = my_own(request, match)
    return answered(request, found, lambda: answer.accept(found, request.user, timezone.now()))


@login_required
@require_POST
def turn_down(request: HttpRequest, match: UUID) -> HttpResponse:
    return with_reason(request, my_own(request, match), TurnedDown, answer.turn_down, "turn_down")


@login_required
@require_POST
def agree(request: HttpRequest, match: UUID) -> HttpResponse:
    """The number says which terms were on the page."""
    found = my_own(request, match)
    number = request.POST.get("offer", "")
    number = int(number) if number.isdecimal() and len(number) < 6 else 0
    return answered(request, found, lambda: contract.agree(found, number, request.user, timezone.now()))


@login_required
@require_POST
def refuse(request: HttpRequest, match: UUID) -> HttpResponse:
    return with_reason(request, my_own(request, match), Refused, contract.refuse, "refuse")


@login_required
@require_POST
def withdraw(request: HttpRequest, match: UUID) -> HttpResponse:
    return with_reason(request, my_own(request, match), Withdrawn, journey.withdraw, "withdraw")


def my_own(request: HttpRequest, uid: UUID) -> Match:
    """One's own match. Who sees it as the agency or the employer does may read it elsewhere, but not answer here."""
    found = the_match(with_talk(Match.objects.visible_to(request.user), timezone.now()), uid)
    if found.candidate.user_id != request.user.pk:
        raise PermissionDenied
    return found


def page(request: HttpRequest, match: Match, **more: Any) -> HttpResponse:
    offers = list(match.offers.select_related("occupation"))
    newest = offers[-1] if offers else None
    why = explain_match(match)
    today = legal_day(timezone.now(), match.vacancy.region)
    context = {
        "match": match,
        "why": for_candidate(why, still_asked(match, why), match.uid, near=match.candidate.home_region_id or match.candidate.citizenship),
        "next": next_step(match, match.talk_waits),  # type: ignore[attr-defined]  # my_own()
        "shown": ShownVacancy(match.vacancy, match.candidate.citizenship, newest_rates(today)),
        "is_public": match.vacancy.status == Vacancy.Status.PUBLISHED and match.vacancy.seats_left > 0,  # else its own page is gone
        "offer": newest,
        "terms": terms(newest, match.vacancy) if newest else [],
        "can_answer": match.state == State.APPROVED,
        "can_agree": match.state == State.OFFERED,
        "can_prepare": match.state in (*BEFORE_DEPARTURE, State.PLACED),
        "can_leave": match.state in (State.SUGGESTED, State.ACCEPTED, State.SELECTED, State.AGREED),
        "declined": declined(match) if match.state == State.DECLINED else "",
        "can_look_again": match.state == State.DECLINED and may_look_again(match, today, request.user) is None,
        "can_reopen": match.state in (State.WITHDRAWN, State.EXPIRED) and seat_is_left(match, today) is None,
        "times": times_of(match) if may_talk(match) else [],
        "questions": (asked := list(match.questions.all())),
        "is_answered": all(question.answered_at for question in asked),
        "fee_moment": moment_to_ask(match, timezone.now()),
        "was_asked_for_money": match.fee_answers.filter(asked=True).exists(),
        "may_ask": Care.objects.open().filter(candidate=match.candidate_id).exists(),
        "question_form": QuestionForm(),
        "turn_down_form": ReasonForm(TurnedDown, prefix="turn_down"),
        "refuse_form": ReasonForm(Refused, prefix="refuse"),
        "withdraw_form": ReasonForm(Withdrawn, prefix="withdraw"),
        "refusal": "",
        "tab": "jobs",
    }
    return render(request, "matching/my_match.html", context | more)


def declined(match: Match) -> str:
    """Why, in the agency's own list of reasons. What its staff noted beside it is for colleagues."""
    event = match.events.filter(after=State.DECLINED).last()
    return reason_label(event) if event else ""


def own_page(match: Match) -> str:
    return reverse("matching:my_match", args=[match.uid])


def with_reason(request: HttpRequest, match: Match, reasons: Any, use_case: Callable[..., Match], name: str) -> HttpResponse:
    form = ReasonForm(reasons, request.POST, prefix=name)
    if not form.is_valid():
        return page(request, match, **{f"{name}_form": form})
    said = form.cleaned_data
    return answered(request, match, lambda: use_case(match, request.user, timezone.now(), said["reason"], said["note"]))


def answered(request: HttpRequest, match: Match, run: Callable[[], object]) -> HttpResponse:
    def refused(why_not: str) -> HttpResponse:
        return page(request, my_own(request, match.uid), refusal=why_not)

    return act(request, match, and_go(run, own_page(match)), refused)
