"""A centre's own courses: write, open, see who takes part, mark who came and who has completed."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from matching.models import Skill
from matching.move import NotAllowed, NotPossible
from matching.open_person import initials
from portal.accounts.once import and_go, once
from portal.accounts.second_factor import second_factor_required
from portal.organisations.models import Organisation
from portal.organisations.rules import is_member
from training import life
from training.forms import OfferForm, TakeBackForm
from training.mark import MARKS, mark, take_back
from training.models import SignUp, TrainingOffer, trusted_centres
from training.open_learners import open_learners
from training.seats import has_begun, is_over
from training.sentences import NOT_TRUSTED
from training.show_offer import ShownOffer
from training.waiting import lists_of_centre, own_offers
from training.write_offer import change_offer, start_offer

PER_PAGE = 25
Status, State = TrainingOffer.Status, SignUp.State
ACTS = {"open": life.open_offer, "close": life.close_offer, "finish": life.finish_offer, "call-off": life.call_off}
TONES = {Status.DRAFT: "warn", Status.OPEN: ""}


def centres_or_403(request: HttpRequest) -> list[Organisation]:
    centres = list(Organisation.objects.of_member(request.user, Organisation.Kind.TRAINING_CENTRE).select_related("country"))
    if not centres:
        raise PermissionDenied
    return centres


def own_offer(request: HttpRequest, uid: UUID) -> TrainingOffer:
    """What somebody may not read is not there; whoever may only read it may not act on it."""
    visible = TrainingOffer.objects.visible_to(request.user, timezone.localdate())
    found = get_object_or_404(visible.with_all(), uid=uid)
    if not is_member(request.user, found.centre):
        raise PermissionDenied
    return found


@login_required
@require_safe
def own(request: HttpRequest) -> HttpResponse:
    centres, now = centres_or_403(request), timezone.now()
    show, lists = request.GET.get("show", ""), lists_of_centre(now)
    rows = own_offers(request.user)
    if show in lists:
        rows = rows.filter(lists[show].rows)
    waiting = Count("sign_ups", filter=Q(sign_ups__state=State.WAITING))
    page = Paginator(rows.annotate(waiting=waiting).order_by("-starts_on", "-pk"), PER_PAGE).get_page(request.GET.get("page"))
    trusted = set(trusted_centres(timezone.localdate(now)).values_list("pk", flat=True))
    context = {
        "page": page,
        "rows": [(offer, ShownOffer(offer), TONES.get(offer.status, "neutral")) for offer in page],
        "narrowed": lists[show].title if show in lists else "",
        "not_trusted": NOT_TRUSTED if any(centre.pk not in trusted for centre in centres) else "",
        "tab": "learn",
    }
    return render(request, "training/own.html", context)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    centres = centres_or_403(request)
    initial = {"currency": centres[0].country.currency}
    form = OfferForm(request.POST if request.method == "POST" else None, initial=initial, centres=centres, today=timezone.localdate())
    if request.method == "POST" and form.is_valid():

        def run() -> str:
            offer = start_offer(form.chosen_centre(), form.values(), form.skills(), request.user, timezone.now())
            return reverse("training:own_offer", args=[offer.uid])

        return once(request, run)
    return _form_page(request, form, None)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: HttpRequest, uid: UUID) -> HttpResponse:
    found = own_offer(request, uid)
    data, initial = request.POST if request.method == "POST" else None, OfferForm.initial_of(found)
    form = OfferForm(data, initial=initial, centres=[found.centre], today=timezone.localdate())
    if request.method == "POST" and form.is_valid():

        def run() -> str:
            change_offer(found, form.values(), form.skills(), request.user, timezone.now())
            return reverse("training:own_offer", args=[found.uid])

        try:
            return once(request, run)
        except NotPossible as refusal:
            form.add_error(None, str(refusal.why))
    return _form_page(request, form, found)


def _form_page(request: HttpRequest, form: OfferForm, offer: TrainingOffer | None) -> HttpResponse:
    names = Skill.objects.own().order_by("name")
    context = {"form": form, "offer": offer, "skill_rows": form.skill_rows(), "skills": [str(skill) for skill in names], "tab": "learn"}
    return render(request, "training/write.html", context, status=400 if form.errors else 200)


@never_cache
@second_factor_required
@require_safe
def course(request: HttpRequest, uid: UUID) -> HttpResponse:
    return _page(request, own_offer(request, uid))


@never_cache
@second_factor_required
@require_POST
def names(request: HttpRequest, uid: UUID) -> HttpResponse:
    """A POST, because every look is written down."""
    found = own_offer(request, uid)
    try:
        return _page(request, found, known=open_learners(found, request.user, timezone.now()))
    except NotPossible as refusal:
        return _refused(request, found, refusal)


def _page(request: HttpRequest, offer: TrainingOffer, **more: Any) -> HttpResponse:
    now = timezone.now()
    people = offer.sign_ups.listed().select_related("candidate__home_region").order_by("asked_at", "pk")
    is_going_on = offer.status in TrainingOffer.GOING_ON
    can_mark, over = is_going_on and has_begun(offer, now), is_over(offer, now)
    known = more.pop("known", {})
    completed = [
        (str(row.uid), f"{initials(row.candidate)} · {row.candidate.home_region or '–'}") for row in people if row.state == State.COMPLETED
    ]
    context = {
        "offer": offer,
        "shown": ShownOffer(offer),
        "tone": TONES.get(offer.status, "neutral"),
        "people": [(row, initials(row.candidate), known.get(row.candidate_id)) for row in people if row.state in SignUp.SEAT_HOLDING],
        "waiting": [(row, initials(row.candidate), known.get(row.candidate_id)) for row in people if row.state == State.WAITING],
        "has_names": is_going_on and any(row.shows_name for row in people),
        "is_known": bool(known),
        "can_mark": can_mark,
        "marks": [(mark.value, mark.label) for mark in MARKS if over or mark != State.COMPLETED],
        "can_edit": offer.status == Status.DRAFT or (is_going_on and not can_mark),
        "can_open": offer.status in (Status.DRAFT, Status.CLOSED) and not has_begun(offer, now),
        "can_close": offer.status == Status.OPEN and not can_mark,
        "can_finish": can_mark and over,
        "can_call_off": offer.status == Status.DRAFT or (is_going_on and not can_mark),
        "take_back_form": TakeBackForm(completed, more.pop("refused", None)) if completed else None,
        "refusal": "",
        "tab": "learn",
    }
    return render(request, "training/own_offer.html", context | more)


@second_factor_required
@require_POST
def act(request: HttpRequest, uid: UUID, what: str) -> HttpResponse:
    found = own_offer(request, uid)
    return _acted(request, found, lambda: ACTS[what](found, request.user, timezone.now()))


@second_factor_required
@require_POST
def mark_people(request: HttpRequest, uid: UUID) -> HttpResponse:
    """A row that is left as it was says nothing; what is no mark of ours neither."""
    found = own_offer(request, uid)
    marks = {}
    for row in found.sign_ups.listed():
        said = request.POST.get(f"mark-{row.uid}", "")
        if said in MARKS and said != row.state:
            marks[row.uid] = State(said)
    return _acted(request, found, lambda: mark(found, marks, request.user, timezone.now()) if marks else None)


@second_factor_required
@require_POST
def take_back_completion(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Whoever is on the course can be named: of two colleagues at once the second one changes nothing."""
    found = own_offer(request, uid)
    people = {str(row.uid): row for row in found.sign_ups.listed()}
    form = TakeBackForm([(uid, "") for uid in people], request.POST)
    if not form.is_valid():
        response = _page(request, found, refused=request.POST)
        response.status_code = 400
        return response
    done = people[form.cleaned_data["who"]]
    return _acted(request, found, lambda: take_back(done, form.cleaned_data["reason"], request.user, timezone.now()))


def _acted(request: HttpRequest, offer: TrainingOffer, run: Callable[[], object]) -> HttpResponse:
    try:
        return once(request, and_go(run, reverse("training:own_offer", args=[offer.uid])))
    except NotAllowed:
        raise PermissionDenied from None
    except NotPossible as refusal:
        return _refused(request, own_offer(request, offer.uid), refusal)


def _refused(request: HttpRequest, offer: TrainingOffer, refusal: NotPossible) -> HttpResponse:
    response = _page(request, offer, refusal=str(refusal.why))
    response.status_code = 409
    return response
