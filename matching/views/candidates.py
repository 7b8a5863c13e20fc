"""A candidate's own profile in steps, and the page on which an agency reads it."""

from collections.abc import Callable
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from matching import profile as use
from matching.care import CONSENT_VERSION, leave_agency
from matching.forms.parts import CareForm, CertificateForm, JobForm, LicenceForm, SkillsForm, StatisticsForm
from matching.forms.profile import FORMS, StepForm
from matching.forms.stay import StayForm
from matching.models import Candidate, Match
from matching.names import place_names
from matching.open_person import open_person
from matching.register import TooYoung
from matching.statistics import forget_statistics
from matching.stay_papers import papers_for
from matching.steps import BY_SLUG, after, answers_of, duration, rows_of
from matching.worth import most_useful_first
from portal.accounts.once import and_go, once
from portal.accounts.second_factor import ask_second_factor, has_second_factor

View = Callable[..., HttpResponse]


def step_view(view: View) -> View:
    """A step of one's own profile: the candidate is the signed-in person's; who is none yet goes to the first step."""

    def guarded(request: HttpRequest, **kwargs: object) -> HttpResponse:
        candidate = Candidate.objects.filter(user=request.user).first()
        if candidate is None:
            return redirect("matching:profile_step", "start")
        return view(request, candidate, **kwargs)

    return never_cache(login_required(require_http_methods(["GET", "HEAD", "POST"])(guarded)))


@never_cache
@login_required
@require_safe
def profile(request: HttpRequest) -> HttpResponse:
    candidate = Candidate.objects.filter(user=request.user).first()
    rows = rows_of(candidate) if candidate else []
    open_steps = [row.step for row in rows if not row.is_done]
    context = {
        "tab": "jobs",
        "candidate": candidate,
        "told": [row for row in rows if row.is_done],
        "open": most_useful_first(open_steps, candidate, timezone.now().date()) if candidate else [],
        "done": sum(row.is_done for row in rows if row.step.counts),
        "total": sum(row.step.counts for row in rows),
        "is_counted": candidate is not None and hasattr(candidate, "statistics"),
    }
    return render(request, "matching/profile.html", context)


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def start(request: HttpRequest) -> HttpResponse:
    candidate = Candidate.objects.filter(user=request.user).first()
    form = FORMS["start"](request.POST or None, candidate=candidate, now=timezone.now())
    if request.method == "POST" and form.is_valid():
        try:
            return saved(request, "start", lambda: form.save_for(request.user))
        except TooYoung as young:
            return render(request, "matching/too_young.html", {"tab": "jobs", "adult_on": young.adult_on})
    return show(request, "start", form, candidate)


@step_view
def profile_step(request: HttpRequest, candidate: Candidate, step: str) -> HttpResponse:
    if step not in FORMS:
        raise Http404
    form = FORMS[step](request.POST if request.method == "POST" else None, candidate=candidate, now=timezone.now())
    if request.method == "POST" and "show" not in request.POST and form.is_valid():
        if form.cleaned_data.get("has_papers") is False:  # the advice stands on this page
            return once(request, and_go(form.save, step_url(step)))
        if form.cleaned_data.get("has_papers") and papers_for(candidate.citizenship, form.cleaned_data["located_in"]):
            return once(request, and_go(form.save, reverse("matching:profile_stay")))
        return saved(request, step, form.save)
    return show(request, step, form, candidate)


@step_view
def stay(request: HttpRequest, candidate: Candidate) -> HttpResponse:
    """The second page of the step "place"."""
    if not candidate.is_abroad or candidate.lacks_papers or not papers_for(candidate.citizenship, candidate.located_in):
        return redirect(step_url("place"))
    form = StayForm(request.POST if request.method == "POST" else None, candidate=candidate, now=timezone.now())
    if request.method == "POST" and form.is_valid():
        return saved(request, "place", form.save)
    return show(request, "place", form, candidate, template="stay")


@step_view
def skills(request: HttpRequest, candidate: Candidate) -> HttpResponse:
    """The button that shows more skills saves nothing: what was typed stays typed."""
    form = SkillsForm(request.POST if request.method == "POST" else None, candidate=candidate, now=timezone.now())
    if request.method == "POST" and form.is_valid() and "show" not in request.POST:
        try:
            return saved(request, "skills", form.save)
        except use.TooMany as limit:
            form.add_error(None, too_many(limit))
    return show(request, "skills", form, candidate)


@step_view
def work(request: HttpRequest, candidate: Candidate) -> HttpResponse:
    now = timezone.now()
    acts = {
        "remove": lambda pk: use.remove_job(candidate, pk, now),
        "no-work": lambda is_so: use.answer_no_work(candidate, bool(is_so), now),
    }
    form = JobForm(request.POST if "add" in request.POST else None, candidate=candidate, now=now)
    jobs = [(job, duration(job.months)) for job in candidate.jobs.select_related("occupation")]
    return listed_step(request, candidate, "work", {"add": form}, acts, {"jobs": jobs})


@step_view
def papers(request: HttpRequest, candidate: Candidate) -> HttpResponse:
    now, names = timezone.now(), place_names()
    forms = {
        "add": LicenceForm(request.POST if "add" in request.POST else None, candidate=candidate, now=now),
        "add-certificate": CertificateForm(request.POST if "add-certificate" in request.POST else None, candidate=candidate, now=now),
    }
    acts = {
        "remove": lambda pk: use.remove_licence(candidate, pk, now),
        "remove-certificate": lambda pk: use.remove_certificate(candidate, pk, now),
    }
    licences = [(row, names.get(row.issued_in, row.issued_in)) for row in candidate.licences.all()]
    context = {"licences": licences, "certificates": candidate.certificates.all(), "certificate_form": forms["add-certificate"]}
    return listed_step(request, candidate, "papers", forms, acts, context)


def listed_step(
    request: HttpRequest,
    candidate: Candidate,
    slug: str,
    forms: dict[str, StepForm],
    acts: dict[str, Callable[[int], None]],
    context: dict[str, object],
) -> HttpResponse:
    """A step that is a list: each button adds or removes one row and comes back to the list."""
    here = request.get_full_path() if match_page(request) else reverse(f"matching:profile_{slug}")
    if request.method == "POST":
        for name, act in acts.items():
            value = request.POST.get(name, "")
            if value.isascii() and value.isdigit() and len(value) < 19:
                return once(request, and_go(lambda act=act, value=value: act(int(value)), here))
        for form in forms.values():
            if form.is_bound and form.is_valid():
                try:
                    return once(request, and_go(form.save, here))
                except use.TooMany as limit:
                    form.add_error(None, too_many(limit))
    return show(request, slug, forms["add"], candidate, **context)


@step_view
def care(request: HttpRequest, candidate: Candidate) -> HttpResponse:
    now, here = timezone.now(), reverse("matching:care")
    if "leave" in request.POST:
        return once(request, and_go(lambda: leave_agency(candidate, now), here))
    form = CareForm(request.POST if request.method == "POST" else None, candidate=candidate, now=now)
    if request.method == "POST" and form.is_valid():
        return once(request, and_go(form.save, here))
    current = candidate.care.open().select_related("agency").first()
    names = place_names()
    offers = [
        (offer, [(names[licence.destination], licence) for licence in offer.licences])
        for offer in form.offered
        if not current or offer.agency != current.agency
    ]
    return show(request, "agency", form, candidate, current=current, offers=offers, version=CONSENT_VERSION)


@step_view
def statistics(request: HttpRequest, candidate: Candidate) -> HttpResponse:
    if "forget" in request.POST:
        return once(request, and_go(lambda: forget_statistics(candidate), reverse("matching:profile")))
    form = StatisticsForm(request.POST if request.method == "POST" else None, candidate=candidate, now=timezone.now())
    if request.method == "POST" and form.is_valid():
        return once(request, and_go(form.save, reverse("matching:profile")))
    return render(request, "matching/statistics.html", {"tab": "jobs", "form": form})


@never_cache
@login_required
@require_safe
def candidate(request: HttpRequest, uid: UUID) -> HttpResponse:
    """What the agency that has the care reads, and the candidates of themselves: never the wage wishes nor the answers for statistics."""
    found = get_object_or_404(Candidate.objects.visible_to(request.user), uid=uid)
    if found.user_id != request.user.pk and not has_second_factor(request):
        return ask_second_factor(request.get_full_path())
    person = open_person(request.user, found, timezone.now())
    said = answers_of(found)
    rows = [(BY_SLUG[slug].title, text) for slug, text in said.items() if slug not in ("name", "wage", "skills") and text]
    held = [(row.skill.name, row.get_level_display()) for row in found.skills.select_related("skill").order_by("skill__name")]
    context = {
        "tab": "jobs",
        "candidate": found,
        "person": person,
        "rows": rows,
        "skills": held,
        "is_own": found.user_id == request.user.pk,
    }
    return render(request, "matching/candidate.html", context)


def show(
    request: HttpRequest, slug: str, form: StepForm, candidate: Candidate | None, template: str = "", **context: object
) -> HttpResponse:
    place = list(BY_SLUG).index(slug) + 1
    own = {"tab": "jobs", "step": BY_SLUG[slug], "place": place, "total": len(BY_SLUG), "form": form, "candidate": candidate}
    next_slug = after(slug)
    own["match_url"] = match_page(request)
    own["next_url"] = own["match_url"] or (step_url(next_slug) if next_slug else reverse("matching:profile"))
    template = template or slug if slug in ("occupations", "where", "skills", "work", "papers", "agency", "place", "languages") else "step"
    return render(request, f"matching/profile/{template}.html", own | context)


def saved(request: HttpRequest, slug: str, save: Callable[[], None]) -> HttpResponseRedirect:
    to_profile = request.POST.get("then") == "profile" or not after(slug)
    return once(request, and_go(save, match_page(request) or (reverse("matching:profile") if to_profile else step_url(after(slug)))))


def match_page(request: HttpRequest) -> str:
    """The page of the own match from which somebody came to answer: they go back there. Empty without one."""
    try:
        uid = UUID(request.GET.get("match", ""))
    except ValueError:
        return ""
    found = Match.objects.visible_to(request.user).filter(uid=uid, candidate__user=request.user.pk).first()
    return reverse("matching:my_match", args=[found.uid]) if found else ""


def step_url(slug: str) -> str:
    return reverse("matching:profile_step", args=[slug])


def too_many(limit: use.TooMany) -> str:
    count = limit.args[0]
    return ngettext("A profile holds at most %(count)d of these.", "A profile holds at most %(count)d of these.", count) % {"count": count}
