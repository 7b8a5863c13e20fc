"""Answering in the name of a candidate who has no account: jobs that wait, and the steps of the profile."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from matching import answer, contract, journey, profile
from matching.care import leave_agency
from matching.differences import terms
from matching.forms.intake import MonthForm, NewPhoneForm, WordForm
from matching.forms.parts import CertificateForm, JobForm, LicenceForm, SkillsForm
from matching.forms.profile import FORMS, StepForm
from matching.history import colleagues_of
from matching.intake.check_table import phone_refused
from matching.intake.claim import let_try_again
from matching.intake.correct import change_phone, correct_month
from matching.intake.on_behalf import STEPS, Act, Word, act_for, act_label, agency_that_may_act, why_label
from matching.intake.phones import PhoneRefused
from matching.models import Candidate, Match, MissedClaim, OnBehalf, State
from matching.move import NotAllowed
from matching.names import place_names
from matching.next_steps import next_step
from matching.open_person import initials, open_person
from matching.reasons import Refused, TurnedDown, Withdrawn
from matching.register import TooYoung
from matching.states import BEFORE_DEPARTURE
from matching.steps import BY_SLUG, duration, rows_of
from matching.views.acting import act, the_match
from matching.views.candidates import too_many
from matching.views.match_forms import ReasonForm
from portal.accounts.once import once
from portal.accounts.phones import show_phone
from portal.accounts.second_factor import second_factor_required

IN_SESSION = "acts_for"
LASTS = timedelta(hours=1)  # of one reason and one paper: a visit
REASONS = {"turn_down": TurnedDown, "refuse": Refused, "withdraw": Withdrawn}


def begin_visit(request: HttpRequest, candidate: Candidate, word: Word, now: datetime) -> None:
    """One person at a time sits at the desk. The steps show their name, so it is opened here."""
    open_person(request.user, candidate, now)
    until = (now + LASTS).isoformat()
    request.session[IN_SESSION] = {"candidate": str(candidate.uid), "reason": word.reason, "paper": word.paper, "until": until}


def word_for(request: HttpRequest, candidate: Candidate) -> Word | None:
    kept = request.session.get(IN_SESSION)
    if not kept or kept["candidate"] != str(candidate.uid) or datetime.fromisoformat(kept["until"]) < timezone.now():
        return None
    return Word(kept["reason"], kept["paper"])


def assisting(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """The view gets a candidate in the care of the reader's agency, and the word given for this visit, or None."""

    def guarded(request: HttpRequest, uid: UUID, **kwargs: object) -> HttpResponse:
        found = get_object_or_404(Candidate.objects.visible_to(request.user).exclude(user=request.user), uid=uid)
        if agency_that_may_act(found, request.user, timezone.now()) is None:
            has_account = found.user_id is not None
            return render(request, "matching/intake/not_yet.html", {"tab": "jobs", "has_account": has_account}, status=403)
        return view(request, found, word_for(request, found), **kwargs)

    return never_cache(second_factor_required(guarded))


def with_word(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Nothing is read or answered in somebody's name before it is said why, and by which paper."""

    def guarded(request: HttpRequest, candidate: Candidate, word: Word | None, **kwargs: object) -> HttpResponse:
        return redirect("matching:assist", candidate.uid) if word is None else view(request, candidate, word, **kwargs)

    return assisting(guarded)


def home_of(candidate: Candidate) -> str:
    return reverse("matching:assist", args=[candidate.uid])


def done(request: HttpRequest, candidate: Candidate, act_code: str, word: Word, run: Callable[[], object], url: str = "") -> HttpResponse:
    """Once, written down, and back."""

    def acted() -> str:
        act_for(candidate, request.user, act_code, word, timezone.now(), run)
        return url or home_of(candidate)

    try:
        return once(request, acted)
    except NotAllowed:
        raise PermissionDenied from None


@assisting
@require_safe
def assist(request: HttpRequest, candidate: Candidate, word: Word | None) -> HttpResponse:
    return page(request, candidate, word)


@assisting
@require_POST
def begin(request: HttpRequest, candidate: Candidate, word: Word | None) -> HttpResponse:
    form = WordForm(request.POST)
    if not form.is_valid():
        return page(request, candidate, None, word_form=form)
    begin_visit(request, candidate, form.word(), timezone.now())
    return redirect("matching:assist", candidate.uid)


@assisting
@require_POST
def finish(request: HttpRequest, candidate: Candidate, word: Word | None) -> HttpResponse:
    request.session.pop(IN_SESSION, None)
    return redirect("matching:people")


def page(request: HttpRequest, candidate: Candidate, word: Word | None, **more: Any) -> HttpResponse:
    context: dict[str, Any] = {"tab": "jobs", "candidate": candidate, "initials": initials(candidate), "word": word, "refusal": ""}
    colleagues = colleagues_of(request.user)
    context["done"] = [
        (row, act_label(row.act), why_label(row.reason), colleagues.get(row.staff_id, row.agency.name))
        for row in OnBehalf.objects.filter(candidate=candidate).select_related("agency")[:20]
    ]
    if word is None:
        context["word_form"] = WordForm()
    else:
        context |= {
            "why": why_label(word.reason),
            "jobs": [job_of(match) for match in going_on(candidate)],
            "steps": [row for row in rows_of(candidate) if row.step.slug in STEPS],
            "phone": show_phone(candidate.phone) if candidate.phone else "",
            "phone_form": NewPhoneForm(candidate.citizenship),
            "is_closed": candidate.missed_claims.count() >= MissedClaim.MOST,
        }
    return render(request, "matching/intake/assist.html", context | more)


def going_on(candidate: Candidate) -> list[Match]:
    """What waits for the person's answer comes first."""
    found = Match.objects.filter(candidate=candidate, state__in=BEFORE_DEPARTURE)
    found = found.select_related("vacancy__employer", "vacancy__occupation", "vacancy__region__country").order_by("-pk")
    return sorted(found, key=lambda match: match.state not in (State.APPROVED, State.OFFERED))


def job_of(match: Match, **forms: ReasonForm) -> dict[str, Any]:
    offer = match.offers.last()
    fresh = {name: ReasonForm(reasons, prefix=f"{name}-{match.pk}") for name, reasons in REASONS.items()}
    return {
        "match": match,
        "next": next_step(match),
        "offer": offer,
        "terms": terms(offer, match.vacancy) if offer else [],
        "can_answer": match.state == State.APPROVED,
        "can_agree": match.state == State.OFFERED,
        "forms": fresh | forms,
    }


@with_word
@require_POST
def answer_job(request: HttpRequest, candidate: Candidate, word: Word, match: UUID, what: str) -> HttpResponse:
    """A walk-in's yes or no, through the same use cases as the candidate's own."""
    found = the_match(Match.objects.filter(candidate=candidate), match)
    user, now = request.user, timezone.now()
    said: dict[str, str] = {}
    if what in REASONS:
        form = ReasonForm(REASONS[what], request.POST, prefix=f"{what}-{found.pk}")
        if not form.is_valid():
            jobs = [job_of(row, **({what: form} if row == found else {})) for row in going_on(candidate)]
            return page(request, candidate, word, jobs=jobs)
        said = form.cleaned_data
    number = request.POST.get("offer", "")
    number = int(number) if number.isdecimal() and len(number) < 6 else 0
    acts: dict[str, tuple[Act, Callable[[], Match]]] = {
        "accept": (Act.ACCEPTED, lambda: answer.accept(found, user, now)),
        "turn_down": (Act.TURNED_DOWN, lambda: answer.turn_down(found, user, now, **said)),
        "agree": (Act.AGREED, lambda: contract.agree(found, number, user, now)),
        "refuse": (Act.REFUSED, lambda: contract.refuse(found, user, now, **said)),
        "withdraw": (Act.WITHDREW, lambda: journey.withdraw(found, user, now, **said)),
    }
    if what not in acts:
        raise Http404(f"No answer {what!r}")
    code, run = acts[what]

    def acted() -> str:
        act_for(candidate, user, code, word, now, run)
        return home_of(candidate)

    return act(request, found, acted, lambda why_not: page(request, candidate, word, refusal=why_not))


@with_word
@require_POST
def new_phone(request: HttpRequest, candidate: Candidate, word: Word) -> HttpResponse:
    form = NewPhoneForm(candidate.citizenship, request.POST)
    if form.is_valid():
        try:
            return done(request, candidate, Act.CHANGED_PHONE, word, lambda: change_phone(candidate, form.cleaned_data["phone"]))
        except PhoneRefused:
            form.add_error("phone", phone_refused())
    return page(request, candidate, word, phone_form=form)


@with_word
@require_POST
def try_again(request: HttpRequest, candidate: Candidate, word: Word) -> HttpResponse:
    return done(request, candidate, Act.REOPENED, word, lambda: let_try_again(candidate))


@with_word
@require_POST
def leave(request: HttpRequest, candidate: Candidate, word: Word) -> HttpResponse:
    """The person does not want this agency any more: from then on it sees nothing."""
    run = lambda: leave_agency(candidate, timezone.now())  # noqa: E731
    return done(request, candidate, Act.LEFT, word, run, reverse("matching:people"))


# The steps of the profile: the candidate's own forms and pages


@with_word
@require_http_methods(["GET", "HEAD", "POST"])
def step(request: HttpRequest, candidate: Candidate, word: Word, slug: str) -> HttpResponse:
    if slug not in STEPS:
        raise Http404(f"No step {slug!r}")
    if slug == "start":
        return first_step(request, candidate, word)
    forms, acts, context = parts_of(slug)(request, candidate)
    here = reverse("matching:assist_step", args=[candidate.uid, slug])
    if request.method == "POST":
        for name, run in acts.items():
            value = request.POST.get(name, "")
            if value.isascii() and value.isdigit() and len(value) < 19:
                return done(request, candidate, slug, word, lambda run=run, value=value: run(int(value)), here)
        for form in forms:
            if form.is_bound and form.is_valid() and "show" not in request.POST:
                try:
                    return done(request, candidate, slug, word, form.save, here if acts else "")
                except profile.TooMany as limit:
                    form.add_error(None, too_many(limit))
    return show_step(request, candidate, slug, forms[0], **context)


Parts = tuple[list[StepForm], dict[str, Callable[[int], None]], dict[str, Any]]


def parts_of(slug: str) -> Callable[[HttpRequest, Candidate], Parts]:
    """The forms of a step, the buttons of its list, and what its page shows besides."""

    def plain(request: HttpRequest, candidate: Candidate) -> Parts:
        form = SkillsForm if slug == "skills" else FORMS[slug]
        return [form(request.POST if request.method == "POST" else None, candidate=candidate, now=timezone.now())], {}, {}

    return {"work": work_parts, "papers": papers_parts}.get(slug, plain)


def work_parts(request: HttpRequest, candidate: Candidate) -> Parts:
    now = timezone.now()
    acts = {
        "remove": lambda pk: profile.remove_job(candidate, pk, now),
        "no-work": lambda is_so: profile.answer_no_work(candidate, bool(is_so), now),
    }
    form = JobForm(request.POST if "add" in request.POST else None, candidate=candidate, now=now)
    return [form], acts, {"jobs": [(job, duration(job.months)) for job in candidate.jobs.select_related("occupation")]}


def papers_parts(request: HttpRequest, candidate: Candidate) -> Parts:
    now, names = timezone.now(), place_names()
    licence = LicenceForm(request.POST if "add" in request.POST else None, candidate=candidate, now=now)
    certificate = CertificateForm(request.POST if "add-certificate" in request.POST else None, candidate=candidate, now=now)
    acts = {
        "remove": lambda pk: profile.remove_licence(candidate, pk, now),
        "remove-certificate": lambda pk: profile.remove_certificate(candidate, pk, now),
    }
    licences = [(row, names.get(row.issued_in, row.issued_in)) for row in candidate.licences.all()]
    context = {"licences": licences, "certificates": candidate.certificates.all(), "certificate_form": certificate}
    return [licence, certificate], acts, context


def first_step(request: HttpRequest, candidate: Candidate, word: Word) -> HttpResponse:
    """The month of birth alone: another citizenship is another agency's."""
    born = candidate.born_in
    form = MonthForm(request.POST if request.method == "POST" else None, initial={"month": born.month, "year": born.year})
    if request.method == "POST" and form.is_valid():
        try:
            return done(request, candidate, "start", word, lambda: correct_month(candidate, form.born_in, timezone.now()))
        except TooYoung:
            form.add_error("year", _("Jobs abroad are for people of eighteen and older. That protects you."))
    return show_step(request, candidate, "start", form)


def show_step(request: HttpRequest, candidate: Candidate, slug: str, form: Any, **context: object) -> HttpResponse:
    own = {"tab": "jobs", "step": BY_SLUG[slug], "place": STEPS.index(slug) + 1, "total": len(STEPS), "form": form}
    own |= {"candidate": candidate, "next_url": home_of(candidate), "helped": True}
    return render(request, [f"matching/profile/{slug}.html", "matching/profile/step.html"], own | context)
