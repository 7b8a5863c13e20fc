"""What an employer does with its own vacancies. Five steps, each a page of its own, none of which needs a script."""

from collections.abc import Callable
from datetime import datetime, timedelta
from functools import cache
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import Case, Exists, OuterRef, Prefetch, Q, Sum, When, prefetch_related_objects
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from matching import waiting
from matching.cautions_of import Numbers, find_cautions
from matching.delay import PATIENCE
from matching.edit import SeatsAreTaken, TermsArePromised, VacancyIsClosed, change_vacancy, start_vacancy
from matching.forms.papers import PapersForm
from matching.forms.vacancies import PayForm, PlaceForm, RequirementsForm, SkillsForm
from matching.life import NotNow
from matching.load_records import load_routes
from matching.models import Skill, Vacancy, VacancySkill
from matching.models.taxonomy import Importance
from matching.models.vacancies import Level, VacancyQuerySet
from matching.papers import closed_to, kinds_for
from matching.publish import NotPublishable, cautions_now, gaps_of, submit
from matching.rules import employers_of, is_employer_member
from matching.say_caution import Spoken, spoken
from matching.search.usual_wage import usual_wage
from matching.show_vacancy import ShownVacancy
from matching.tell_stopped import advice, reason
from matching.what_if import left_today, what_ifs
from matching.why_few import why_few
from portal.accounts.once import once
from portal.money.rates import newest_rates
from portal.organisations.models import Organisation
from portal.places.corridors import ORIGINS
from portal.places.days import legal_day
from portal.places.models import Country

PER_PAGE = 25
OPENS = (Vacancy.Status.DRAFT, Vacancy.Status.REVIEW, *Vacancy.GOING_ON)
SENT_BACK = Q(status=Vacancy.Status.DRAFT) & ~Q(sent_back_because="")
ASKS_AGAIN = timedelta(days=30)  # before the clock closes a vacancy
STEPS = ["place", "skills", "requirements", "pay", "check"]
TONES = dict.fromkeys(Vacancy.Status, "neutral") | {
    Vacancy.Status.DRAFT: "warn",
    Vacancy.Status.REVIEW: "warn",
    Vacancy.Status.PUBLISHED: "",
}


def employers_or_403(request: HttpRequest) -> list[Organisation]:
    employers = list(employers_of(request.user))
    if not employers:
        raise PermissionDenied
    return employers


def get_vacancy_or_404(request: HttpRequest, uid: str) -> Vacancy:
    """A stranger's vacancy is not there; whoever may only read it may not act on it."""
    whole = with_safe(Vacancy.objects.visible_to(request.user), timezone.now()).select_related(
        "employer__file", "occupation", "region__country", "mark", "list"
    )
    vacancy = get_object_or_404(whole, uid=uid)
    if not is_employer_member(request.user, vacancy):
        raise PermissionDenied
    return vacancy


def step_url(vacancy: Vacancy, step: str) -> str:
    return reverse("matching:edit_vacancy", args=[vacancy.uid, step])


def after(vacancy: Vacancy, step: str) -> str:
    """A draft goes on to the next step; a published vacancy was changed in one place and is looked at again."""
    is_draft = vacancy.status == Vacancy.Status.DRAFT and step in STEPS
    return step_url(vacancy, STEPS[STEPS.index(step) + 1] if is_draft else "check")


@login_required
@require_safe
def own_vacancies(request: HttpRequest) -> HttpResponse:
    employers = employers_or_403(request)
    now, kind = timezone.now(), request.GET.get("show", "")
    waits, lists = waiting.vacancies_that_wait(now), waiting.own_lists()
    own = with_safe(waiting.own_vacancies(request.user).filter(waits.get(kind, Q())), now)
    own = own.with_all().select_related("mark").order_by(Case(When(SENT_BACK, then=0), default=1), "-created_at", "-pk")
    page = Paginator(own, PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "narrowed": lists[kind][2] if kind in waits else "",
        "waiting": own.aggregate(people=Sum("said_yes"))["people"] or 0 if kind == "people" else page.paginator.count,
        "page": page,
        "rows": [(ShownVacancy(vacancy), state_of(vacancy, now)) for vacancy in page],
        "unvetted": [employer for employer in employers if employer.vetted_at is None],
        "tab": "jobs",
    }
    return render(request, "matching/own_vacancies.html", context)


def with_safe(vacancies: VacancyQuerySet, now: datetime) -> VacancyQuerySet:
    return vacancies.annotate(is_safe=Exists(Vacancy.objects.safe_on(now.date()).filter(pk=OuterRef("pk"))))


def state_of(vacancy: Vacancy, now: datetime) -> tuple[str, str]:
    """(tone of the chip, word): the status, or why nobody new comes to a published vacancy. `vacancy` is of `with_safe()`."""
    if vacancy.status == Vacancy.Status.PUBLISHED:
        if not vacancy.seats_left:
            return "neutral", _("all openings are taken")
        if vacancy.starts_on < now.date() - Vacancy.LATE_START:
            return "danger", _("the start has passed")
        if not vacancy.is_safe:
            return "danger", _("stopped: you are suspended, or the place is dangerous")
        if vacancy.employer.vetted_at is None:
            return "warn", _("waits until you are checked")
    if vacancy.stopped_because and not vacancy.is_safe:
        return "danger", _("stopped: %(why)s") % {"why": vacancy.get_stopped_because_display()}
    if vacancy.status == Vacancy.Status.DRAFT and vacancy.sent_back_because:
        return "danger", _("sent back: please mend")
    return TONES[Vacancy.Status(vacancy.status)], vacancy.get_status_display()


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def new_vacancy(request: HttpRequest) -> HttpResponse:
    employers = employers_or_403(request)
    form = PlaceForm(request.POST if request.method == "POST" else None, employers=employers)
    if request.method == "POST" and form.is_valid():

        def run() -> str:
            chosen = form.cleaned_data.get("employer")
            employer = next((each for each in employers if str(each.uid) == chosen), employers[0])
            return step_url(start_vacancy(employer, form.values(), by=request.user, now=timezone.now()), "skills")

        return once(request, run)
    return show_step(request, "place", form, None)


def show_step(request: HttpRequest, step: str, form: Any, vacancy: Vacancy | None) -> HttpResponse:
    context = {
        "cautions": cautions_at(vacancy, step) if vacancy is not None and step in ("place", "pay") else [],
        "form": form,
        "step": step,
        "number": STEPS.index(step) + 1,
        "steps": len(STEPS),
        "vacancy": vacancy,
        "back": step_url(vacancy, STEPS[STEPS.index(step) - 1]) if vacancy and step != STEPS[0] else reverse("matching:own_vacancies"),
        "tab": "jobs",
    }
    return render(request, f"matching/edit_{step}.html", context, status=400 if form.is_bound and form.errors else 200)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def edit_vacancy(request: HttpRequest, uid: str, step: str) -> HttpResponse:
    if step not in (*STEPS, "papers"):
        raise Http404(f"No step {step!r}")
    vacancy = get_vacancy_or_404(request, uid)
    if vacancy.status == Vacancy.Status.CLOSED and step != "check":
        messages.warning(request, _("This vacancy is closed. It cannot be changed any more."))
        return redirect(step_url(vacancy, "check"))
    screens: dict[str, Callable[[HttpRequest, Vacancy], HttpResponse]]
    screens = {"place": place, "skills": skills, "requirements": requirements, "pay": pay, "papers": papers, "check": check}
    try:
        return screens[step](request, vacancy)
    except VacancyIsClosed:  # by a colleague, a moment ago
        messages.warning(request, _("This vacancy is closed. It cannot be changed any more."))
        return redirect(step_url(vacancy, "check"))


def save(request: HttpRequest, vacancy: Vacancy, step: str, values: dict[str, Any], **lists: Any) -> HttpResponse:
    def run() -> str:
        was, now = vacancy.status, timezone.now()
        change_vacancy(vacancy, values, by=request.user, now=now, **lists)
        vacancy.refresh_from_db()
        following = after(vacancy, step)
        for caution in cautions_at(vacancy, step) if following != step_url(vacancy, "check") else ():  # that page shows them itself
            messages.warning(request, f"{caution.text} {caution.instead}")
        if vacancy.status == Vacancy.Status.REVIEW and was != Vacancy.Status.REVIEW:
            messages.warning(
                request, _("You changed what people were promised. A person at Safar reads it first; until then nobody sees it.")
            )
        return following

    return once(request, run)


def promised() -> str:
    return _("People have said yes to this work, place, start and wage. They cannot be changed any more: write a new vacancy.")


def place(request: HttpRequest, vacancy: Vacancy) -> HttpResponse:
    data = request.POST if request.method == "POST" else None
    form = PlaceForm(data, employers=[vacancy.employer], initial=PlaceForm.initial_of(vacancy))
    if request.method == "POST" and form.is_valid():
        try:
            return save(request, vacancy, "place", form.values())
        except TermsArePromised:
            form.add_error(None, promised())
    return show_step(request, "place", form, vacancy)


def skills(request: HttpRequest, vacancy: Vacancy) -> HttpResponse:
    catalogue = {skill.slug: skill for skill in Skill.objects.own().select_related("group")}
    action = request.POST.get("action", "save")
    if request.method != "POST":
        form = SkillsForm(None, catalogue=catalogue, **offered(vacancy))
    elif action in ("add", "find"):  # nothing is saved: the page comes back with what was typed, and one row or a shorter list more
        data = request.POST.copy()
        added = data.get("other", "")
        if action == "add" and added in catalogue:
            data.appendlist("skill", added)
            data[f"importance_{added}"], data[f"level_{added}"], data["other"] = Importance.ESSENTIAL, Level.ALONE, ""
        form = SkillsForm(data, slugs=data.getlist("skill"), initial={}, catalogue=catalogue)
    else:
        form = SkillsForm(request.POST, slugs=request.POST.getlist("skill"), initial={}, catalogue=catalogue)
        if form.is_valid():
            return save(request, vacancy, "skills", {}, skills=form.asked())
    return show_step(request, "skills", form, vacancy)


def offered(vacancy: Vacancy) -> dict[str, Any]:
    """What the vacancy asks for, then what else its occupation needs; a vacancy that asks for nothing yet is offered all of that."""
    initial: dict[str, Any] = {}
    slugs = []
    for row in vacancy.skills.select_related("skill"):
        slug = row.skill.slug
        slugs.append(slug)
        initial |= {f"importance_{slug}": row.importance, f"level_{slug}": row.level, f"critical_{slug}": row.critical}
    is_new = not slugs
    for need in vacancy.occupation.needs.own().select_related("skill"):
        slugs.append(need.skill.slug)
        if is_new:
            initial[f"importance_{need.skill.slug}"] = need.importance
    return {"slugs": slugs, "initial": initial}


def requirements(request: HttpRequest, vacancy: Vacancy) -> HttpResponse:
    data = request.POST if request.method == "POST" else None
    form = RequirementsForm(data, initial=RequirementsForm.initial_of(vacancy))
    if request.method == "POST" and form.is_valid():
        return save(request, vacancy, "requirements", form.values(), languages=form.languages())
    return show_step(request, "requirements", form, vacancy)


def pay(request: HttpRequest, vacancy: Vacancy) -> HttpResponse:
    data = request.POST if request.method == "POST" else None
    today = legal_day(timezone.now(), vacancy.region)
    form = PayForm(data, vacancy=vacancy, today=today, initial=PayForm.initial_of(vacancy))
    if request.method == "POST" and form.is_valid():
        try:
            return save(request, vacancy, "pay", form.values())
        except TermsArePromised:
            form.add_error(None, promised())
        except SeatsAreTaken as refusal:
            form.add_error("openings", _("%(taken)d openings are taken already: write no fewer.") % {"taken": refusal.args[0]})
    return show_step(request, "pay", form, vacancy)


def cautions_at(vacancy: Vacancy, step: str) -> list[Spoken]:
    return [caution for caution in cautions_now(vacancy, timezone.now()) if caution.step == step]


def papers(request: HttpRequest, vacancy: Vacancy) -> HttpResponse:
    data, today = request.POST if request.method == "POST" else None, legal_day(timezone.now(), vacancy.region)
    kinds = kinds_for(vacancy.region.country_id, load_routes())
    form = PapersForm(data, kinds=kinds, today=today, initial=PapersForm.initial_of(vacancy))
    if request.method == "POST" and form.is_valid():
        return save(request, vacancy, "papers", {}, papers=form.papers())
    context = {"form": form, "vacancy": vacancy, "back": step_url(vacancy, "check"), "tab": "jobs"}
    return render(request, "matching/edit_papers.html", context, status=400 if form.is_bound and form.errors else 200)


@login_required
@require_POST
def cautions(request: HttpRequest) -> HttpResponse:
    """What is wrong with words that somebody is typing. Nothing is kept; the pages do without it where there is no script."""
    employers_or_403(request)
    texts = {name: request.POST.get(name, "")[:2000] for name in ("title", "description")}
    return render(request, "matching/cautions.html", {"cautions": spoken(find_cautions(texts))})


def check(request: HttpRequest, vacancy: Vacancy, status: int = 200, **more: Any) -> HttpResponse:
    """The vacancy as people will read it, what it still lacks, and what its employer can do with it."""
    now = timezone.now()
    today = legal_day(now, vacancy.region)
    asked = Prefetch("skills", VacancySkill.objects.select_related("skill"))
    prefetch_related_objects([vacancy], asked, "languages", "papers")
    tone, word = state_of(vacancy, now)
    few, routes, read = why_few(vacancy, request.user), load_routes(), cache(Numbers)
    context = {
        "closed_to": closed_to(vacancy, Country.objects.filter(code__in=ORIGINS).order_by("code"), today, routes),
        "has_papers": bool(kinds_for(vacancy.region.country_id, routes)),
        "cautions": [
            caution for caution in cautions_now(vacancy, now, read) if not (caution.stops and vacancy.status == Vacancy.Status.DRAFT)
        ],
        "easings": what_ifs(vacancy) if few and not few.stopped else [],
        "what_ifs_left": left_today(vacancy, now),
        "asks_again": vacancy.ends_at is not None and vacancy.ends_at < now + ASKS_AGAIN,
        "vacancy": vacancy,
        "shown": ShownVacancy(vacancy),
        "state": {"tone": tone, "word": word},
        "few": few,
        "usual": usual_wage(vacancy.occupation_id, vacancy.region, today, newest_rates(today)) if vacancy.status in OPENS else None,
        "stopped": [reason(vacancy), advice(vacancy)] if vacancy.stopped_because and not vacancy.is_safe else [],  # type: ignore[attr-defined]
        "gaps": [(gap.text, step_url(vacancy, gap.step)) for gap in gaps_of(vacancy, now, read)],
        "is_late": hasattr(vacancy, "mark") and vacancy.mark.marked_at < now - PATIENCE,
        "links": [(step, step_url(vacancy, step)) for step in STEPS[:-1]],
        "number": len(STEPS),
        "steps": len(STEPS),
        "tab": "jobs",
    }
    return render(request, "matching/edit_check.html", context | more, status=status)


@login_required
@require_POST
def hand_in(request: HttpRequest, uid: str) -> HttpResponse:
    vacancy = get_vacancy_or_404(request, uid)

    def run() -> str:
        submit(vacancy, by=request.user, now=timezone.now())
        return step_url(vacancy, "check")

    try:
        return once(request, run)
    except NotPublishable:
        return check(request, vacancy, status=400)
    except NotNow as refusal:
        return refused(request, vacancy, refusal)


def refused(request: HttpRequest, vacancy: Vacancy, refusal: NotNow) -> HttpResponse:
    """The page as it stands now, with one sentence why not."""
    return check(request, get_vacancy_or_404(request, str(vacancy.uid)), status=409, refusal=str(refusal.why))
