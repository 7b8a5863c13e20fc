"""The desk of agency staff: what waits for review, what is going on, the contract and the departure."""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from django.contrib.postgres.expressions import ArraySubquery
from django.core.paginator import Paginator
from django.db.models import Count, OuterRef, Prefetch, Q, QuerySet
from django.db.models.functions import JSONArray
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from matching import contract, journey, review
from matching.desk_queue import GOING_ON, IN_ORDER, matches_that_wait
from matching.differences import terms
from matching.explain_match import NotExplainable, carry_both, explain_match
from matching.forms.offer import OfferForm, start_from
from matching.history import colleagues_of, history
from matching.looking import look, lookers
from matching.models import AgencyLicence, CandidateLanguage, Job, Match, State, Vacancy
from matching.models.vacancies import Cefr, WorkLanguage
from matching.names import country_names
from matching.next_steps import is_stopped
from matching.open_person import initials, open_person
from matching.preparation import before_departure
from matching.reasons import Declined, Ended, Withdrawn
from matching.remind_licences import DAYS_BEFORE
from matching.second_person import is_exception, is_proposed, without_colleague
from matching.show_to_staff import for_staff
from matching.states import TABLE, agency_is_checked, decides_anew, not_checked
from matching.tell_stopped import reason
from matching.views.acting import act, agency_staff_required, the_match
from matching.views.match_forms import AnswerForm, AssignForm, NoteForm, ReasonForm
from portal.accounts.models import User
from portal.accounts.once import and_go
from portal.accounts.second_factor import second_factor_required
from portal.organisations.models import Organisation
from portal.places.days import legal_day

PER_PAGE = 25


@second_factor_required
@agency_staff_required
@require_safe
def desk(request: HttpRequest) -> HttpResponse:
    """The vacancies with somebody of this agency, those with something to review first."""
    now, mine = timezone.now(), Match.objects.in_care_of(request.user)
    shortlisted = matches_that_wait(request.user, now)["shortlist"]
    counted = {"to_review": Q(state=State.SUGGESTED), "going_on": Q(state__in=GOING_ON), "shortlisted": shortlisted}
    by_vacancy = mine.order_by().values("vacancy").annotate(**{name: Count("vacancy", filter=which) for name, which in counted.items()})
    rows = list(by_vacancy.order_by("-to_review", "-going_on", "vacancy__starts_on", "vacancy"))
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
    known = Vacancy.objects.select_related("employer", "occupation", "region__country").in_bulk([row["vacancy"] for row in page])
    page.object_list = [with_counts(known[row["vacancy"]], row) for row in page]
    agencies = Organisation.objects.of_member(request.user, Organisation.Kind.AGENCY)
    licences = AgencyLicence.objects.filter(agency__in=agencies).select_related("agency")
    names = country_names()
    context = {"vacancies": page, "shortlisted": sum(row["shortlisted"] for row in rows)}
    context["licences"] = [licence_row(licence, names, now) for licence in licences]
    context["unchecked"] = not_checked() if agencies.filter(vetted_at=None).exists() else ""
    return render(request, "matching/desk.html", context | {"tab": "jobs"})


def with_counts(vacancy: Vacancy, counts: dict[str, int]) -> Vacancy:
    vacancy.to_review, vacancy.going_on = counts["to_review"], counts["going_on"]  # type: ignore[attr-defined]
    return vacancy


def licence_row(licence: AgencyLicence, countries: dict[str, str], now: datetime) -> dict[str, Any]:
    """`left`: days until it ends, below none when it has."""
    left = (licence.valid_to - now.date()).days if licence.valid_to else None
    tone = "" if left is None or left > max(DAYS_BEFORE) else "danger" if left < 0 else "warn"
    return {"licence": licence, "country": countries.get(licence.destination, licence.destination), "left": left, "tone": tone}


@second_factor_required
@agency_staff_required
@require_safe
def desk_vacancy(request: HttpRequest, vacancy: UUID) -> HttpResponse:
    return at_work(request, the_vacancy(request, vacancy), None)


@second_factor_required
@agency_staff_required
@require_safe
def desk_match(request: HttpRequest, vacancy: UUID, match: UUID) -> HttpResponse:
    found = staff_match(request, match, vacancy)
    return at_work(request, found.vacancy, found)


@second_factor_required
@require_POST
def approve(request: HttpRequest, vacancy: UUID, match: UUID) -> HttpResponse:
    found = staff_match(request, match, vacancy)
    return move_on(request, found, lambda: review.approve(found, request.user, timezone.now()))


@second_factor_required
@require_POST
def decline(request: HttpRequest, vacancy: UUID, match: UUID) -> HttpResponse:
    return with_reason(request, staff_match(request, match, vacancy), Declined, review.decline, "decline")


@second_factor_required
@require_POST
def withdraw(request: HttpRequest, vacancy: UUID, match: UUID) -> HttpResponse:
    return with_reason(request, staff_match(request, match, vacancy), Withdrawn, journey.withdraw, "withdraw")


@second_factor_required
@require_POST
def end(request: HttpRequest, vacancy: UUID, match: UUID) -> HttpResponse:
    return with_reason(request, staff_match(request, match, vacancy), Ended, journey.end, "end")


@second_factor_required
@require_POST
def depart(request: HttpRequest, vacancy: UUID, match: UUID) -> HttpResponse:
    found = staff_match(request, match, vacancy)
    return stay(request, found, lambda: journey.depart(found, request.user, timezone.now()))


@second_factor_required
@require_http_methods(["GET", "HEAD", "POST"])
def offer(request: HttpRequest, vacancy: UUID, match: UUID) -> HttpResponse:
    """The ten items of the contract. Each time the form is sent they are new terms."""
    found = staff_match(request, match, vacancy)
    today = legal_day(timezone.now(), found.vacancy.region)
    if request.method != "POST":
        return at_work(request, found.vacancy, found, offer_form=OfferForm(today, found.vacancy, initial=start_from(found, request.user)))
    form = OfferForm(today, found.vacancy, request.POST)
    if not form.is_valid():
        return at_work(request, found.vacancy, found, offer_form=form)
    entered = form.save(commit=False)
    return stay(request, found, lambda: contract.enter_offer(found, entered, request.user, timezone.now()), offer_form=form)


@second_factor_required
@require_POST
def person(request: HttpRequest, vacancy: UUID, match: UUID) -> HttpResponse:
    """Name and phone. A POST, because every look is written down."""
    found = staff_match(request, match, vacancy)
    return at_work(request, found.vacancy, found, person=open_person(request.user, found.candidate, timezone.now()))


def staff_match(request: HttpRequest, uid: UUID, vacancy: UUID) -> Match:
    """A match in this person's care; 404 for everybody else's, also for those that the person may see as somebody else."""
    return the_match(Match.objects.in_care_of(request.user).filter(vacancy__uid=vacancy), uid)


def the_vacancy(request: HttpRequest, uid: UUID) -> Vacancy:
    mine = Vacancy.objects.filter(pk__in=Match.objects.in_care_of(request.user).order_by().values("vacancy"))
    return get_object_or_404(mine.select_related("employer", "occupation", "region__country"), uid=uid)


def queue(request: HttpRequest, vacancy: Vacancy) -> QuerySet[Match]:
    return with_line(Match.objects.in_care_of(request.user).filter(vacancy=vacancy)).order_by(*IN_ORDER)


def at_work(request: HttpRequest, vacancy: Vacancy, match: Match | None, **more: Any) -> HttpResponse:
    """The queue on the left, one match on the right: the one asked for, else the first to review."""
    matches = list(queue(request, vacancy))
    groups = {
        "to_review": [row for row in matches if row.state == State.SUGGESTED],
        "going_on": sorted((row for row in matches if row.state in GOING_ON), key=lambda row: GOING_ON.index(row.state)),
        "over": [row for row in matches if row.state != State.SUGGESTED and row.state not in GOING_ON],
    }
    if match is None and matches:
        first = next(filter(None, groups.values()))[0]
        match = staff_match(request, first.uid, vacancy.uid)
    context = {"vacancy": vacancy, "rows": {name: [as_row(row) for row in rows] for name, rows in groups.items()}, "match": match}
    context["stopped"] = reason(vacancy) if is_stopped(vacancy) else ""
    context["chosen"] = sum(row.state == State.SUGGESTED and row.chosen_in_id is not None for row in matches)
    if match is not None:
        context |= work(request, match)
    return render(
        request,
        "matching/desk_work.html",
        context | {"person": None, "offer_form": None, "refusal": "", "unsent": "", "tab": "jobs"} | more,
    )


def with_line(matches: QuerySet[Match]) -> QuerySet[Match]:
    """What a line of the queue prints of a candidate."""
    spoken = CandidateLanguage.objects.filter(candidate=OuterRef("candidate"), level__gt=0).order_by("language")
    jobs = Prefetch("candidate__jobs", Job.objects.select_related("occupation"))
    lists = matches.annotate(spoken=ArraySubquery(spoken.values(row=JSONArray("language", "level"))))
    return lists.select_related("candidate__home_region").prefetch_related(jobs).defer("explanation")


def as_row(match: Any) -> dict[str, Any]:
    """A line of the queue: initials, home, longest job, languages. `match` is of `with_line()`."""
    candidate = match.candidate
    jobs = sorted(candidate.jobs.all(), key=lambda job: (-job.months, job.pk))
    said = [str(candidate.home_region)] if candidate.home_region else []
    if jobs:
        said.append(f"{jobs[0].occupation} · {lasted(jobs[0].months)}")
    said += [f"{WorkLanguage(code).label} {Cefr(level).label}" for code, level in match.spoken]
    return {"match": match, "initials": initials(candidate), "ring": round(match.points / 100), "line": " · ".join(said)}


def lasted(months: int) -> str:
    if months >= 12:
        return ngettext("%(count)d year", "%(count)d years", months // 12) % {"count": months // 12}
    return ngettext("%(count)d month", "%(count)d months", months) % {"count": months}


def work(request: HttpRequest, match: Match) -> dict[str, Any]:
    carry_both(match)
    offers = list(match.offers.select_related("occupation"))
    newest = offers[-1] if offers else None
    steps = {after for before, after in TABLE if before == match.state}
    try:
        explained = explain_match(match)
        why, why_not = for_staff(explained), ""
    except NotExplainable as refusal:
        explained, why, why_not = {}, None, str(refusal)
        steps = set()  # whatever is done freezes the explanation
    colleagues = colleagues_of(request.user)
    look(request.user, match)
    asked = list(match.questions.all())
    is_waiting = match.state == State.SUGGESTED and match.touched
    return {
        "not_me": decides_anew(match, match.scoring_day, request.user) if is_waiting else "",
        "unchecked": agency_is_checked(match) if State.APPROVED in steps else "",
        "exception": exception(match, explained, request.user, colleagues) if State.APPROVED in steps else {},
        "lookers": lookers(request.user, colleagues).get(match.pk, []),
        "assigned": colleagues.get(match.assigned_to_id or 0, ""),
        "assign_form": AssignForm(colleagues, initial={"to": match.assigned_to_id or AssignForm.NOBODY}),
        "notes": match.notes.filter(agency__in=Organisation.objects.of_member(request.user)).select_related("author"),
        "note_form": NoteForm(prefix="note"),
        "questions": asked,
        "open_question": next((question for question in asked if question.answered_at is None), None),
        "answer_form": AnswerForm(prefix="answer"),
        "initials": initials(match.candidate),
        "points_now": round((match.points_now or 0) / 100),
        "shown": why,
        "why_not": why_not,
        "ring": why.ring if why else round(match.points / 100),
        "steps": before_departure(match, newest),
        "history": history(match, request.user, colleagues),
        "terms": terms(newest, match.vacancy) if newest else [],
        "offers": len(offers),
        "can": {state.value: state in steps for state in State},
        "decline_form": ReasonForm(Declined, prefix="decline"),
        "withdraw_form": ReasonForm(Withdrawn, prefix="withdraw"),
        "end_form": ReasonForm(Ended, prefix="end"),
    }


def exception(match: Match, why: dict[str, Any], reader: User, colleagues: Mapping[int, str]) -> dict[str, Any]:
    """Whose signature it has, and whose it needs; nothing where one person decides."""
    if not is_exception(match, why):
        return {}
    if not is_proposed(match):
        return {"by": ""}
    is_mine = match.proposed_by_id == reader.pk
    by = colleagues.get(match.proposed_by_id or 0, "")
    return {"by": by, "is_mine": is_mine, "by_safar": is_mine and without_colleague(Match.objects.filter(pk=match.pk)).exists()}


def with_reason(request: HttpRequest, match: Match, reasons: Any, use_case: Callable[..., Match], name: str) -> HttpResponse:
    form = ReasonForm(reasons, request.POST, prefix=name)
    if not form.is_valid():
        return at_work(request, match.vacancy, match, **{f"{name}_form": form})
    answer = form.cleaned_data
    run = lambda: use_case(match, request.user, timezone.now(), answer["reason"], answer["note"])  # noqa: E731
    go = move_on if name == "decline" else stay
    return go(request, match, run, **{f"{name}_form": form})


def move_on(request: HttpRequest, match: Match, run: Callable[[], Match], **typed: Any) -> HttpResponse:
    """To the next in the queue, or to the vacancy when the queue is empty."""
    waiting = Match.objects.in_care_of(request.user).filter(Q(pk=match.pk) | Q(state=State.SUGGESTED), vacancy=match.vacancy)
    rows = list(waiting.order_by(*IN_ORDER).select_related("vacancy").defer("explanation"))
    after = rows[rows.index(match) + 1 :] if match in rows else []
    target = url("desk_match", next(iter([*after, *rows, match])))
    return act(request, match, and_go(run, target), lambda why_not: refused(request, match, why_not, **typed))


def stay(request: HttpRequest, match: Match, run: Callable[[], object], **typed: Any) -> HttpResponse:
    """`typed` are the forms as they were sent: a refusal shows them again."""
    here = url("desk_match", match)
    return act(request, match, and_go(run, here), lambda why_not: refused(request, match, why_not, **typed))


def refused(request: HttpRequest, match: Match, why_not: str, **typed: Any) -> HttpResponse:
    """The desk as it is now; a suggestion that is gone leaves its vacancy."""
    now = Match.objects.in_care_of(request.user).filter(pk=match.pk)
    said = [form.cleaned_data.get(name) for form in typed.values() for name in ("note", "text", "answer")]
    more = typed | {"refusal": why_not, "unsent": next(filter(None, said), "")}  # also where the form has no place any more
    return at_work(request, match.vacancy, the_match(now, match.uid) if now.exists() else None, **more)


def url(name: str, match: Match) -> str:
    return reverse(f"matching:{name}", args=[match.vacancy.uid, match.uid])
