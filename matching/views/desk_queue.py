"""The agency's queue over all vacancies: narrowed, kept under a name, decided on by the handful."""

from collections.abc import Callable, Iterable
from typing import Any
from uuid import UUID

from django.core.exceptions import BadRequest
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from matching import assign, review
from matching.desk_queue import DeskFilter, at_desk, desk_lists
from matching.history import colleagues_of, faster
from matching.looking import lookers
from matching.models import DeskView, Match, Occupation, State
from matching.models.matches import Tier
from matching.move import NotAllowed, NotPossible
from matching.names import country_names
from matching.reasons import Declined
from matching.sectors import by_sector
from matching.views.acting import agency_staff_required
from matching.views.desk import as_row, with_line
from matching.views.match_forms import DeskViewForm, ReasonForm
from portal.accounts.second_factor import second_factor_required
from portal.places.corridors import DESTINATIONS

PER_PAGE = 25


@second_factor_required
@agency_staff_required
@require_safe
def queue(request: HttpRequest) -> HttpResponse:
    return listed(request, DeskFilter.of(request.GET))


@second_factor_required
@agency_staff_required
@require_safe
def desk_waiting(request: HttpRequest, kind: str) -> HttpResponse:
    """One kind of what waits, as the home page counts it."""
    if kind not in desk_lists():
        raise Http404(f"Nobody waits for {kind!r}")
    said = request.GET.copy()
    said["show"] = kind
    return listed(request, DeskFilter.of(said))


def listed(request: HttpRequest, wish: DeskFilter, **more: Any) -> HttpResponse:
    now = timezone.now()
    narrowed = wish.narrow(at_desk(request.user), request.user, now)
    page = Paginator(narrowed.values_list("pk", flat=True), PER_PAGE).get_page(request.GET.get("page"))  # in order, without their rows
    matches = whole(at_desk(request.user), list(page))
    colleagues = colleagues_of(request.user)
    looking = lookers(request.user, colleagues)
    kinds = desk_lists()
    if wish.show in kinds:
        _icon, _tone, title, text = kinds[wish.show]
    else:
        title, text = (State(wish.show).label.capitalize() if wish.show else _("All that is open")), ""
    context = {
        "page": page,
        "rows": [queue_row(match, now) | {"lookers": looking.get(match.pk, [])} for match in matches],
        "title": title,
        "text": text,
        "wish": wish,
        "kinds": [(kind, words[2]) for kind, words in kinds.items()],
        "states": State.choices,
        "countries": [(code, name) for code, name in country_names().items() if code in DESTINATIONS],
        "occupations": by_sector(Occupation.objects.own().order_by("name")),
        "tiers": Tier.choices,
        "colleagues": [(str(pk), name) for pk, name in colleagues.items() if pk != request.user.pk],
        "views": DeskView.objects.filter(user=request.user),
        "view_form": DeskViewForm(request.user),
        "decline_form": ReasonForm(Declined, prefix="decline"),
        "ticked": set(),
        "report": None,
        "tab": "jobs",
    }
    return render(request, "matching/desk_queue.html", context | more)


def whole(matches: QuerySet[Match], keys: list[int]) -> list[Match]:
    """With all that a row prints, in the order of their keys."""
    rows = with_line(matches).select_related("vacancy__employer", "vacancy__occupation", "vacancy__region", "assigned_to")
    return sorted(rows.prefetch_related("questions").filter(pk__in=keys), key=lambda match: keys.index(match.pk))


def queue_row(match: Match, now: Any) -> dict[str, Any]:
    since: Any = match.since  # type: ignore[attr-defined]  # at_desk()
    asks = any(question.answered_at is None for question in match.questions.all())
    return as_row(match) | {"days": (now - since).days, "asks": asks}


@second_factor_required
@agency_staff_required
@require_POST
def decide(request: HttpRequest) -> HttpResponse:
    """The ticked ones, each by the use case of the single page and in a transaction of its own. Sent twice it does what sending once does."""
    uids, wish = ticked(request), DeskFilter.of(QueryDict(request.POST.get("query", "")))
    if not uids:
        return listed(request, wish, refusal=_("Tick the people first."))
    run: Callable[[Match], Match]
    now, act, done = timezone.now(), request.POST.get("act"), State.SUGGESTED
    typed: dict[str, Any] = {}
    if act == "approve":
        run, done = (lambda match: review.approve(match, request.user, now)), State.APPROVED
    elif act == "decline":
        form = ReasonForm(Declined, request.POST, prefix="decline")
        if not form.is_valid():
            return listed(request, wish, decline_form=form, ticked={str(uid) for uid in uids})
        said, typed = form.cleaned_data, {"decline_form": form}
        run, done = (lambda match: review.decline(match, request.user, now, said["reason"], said["note"])), State.DECLINED
    elif act == "take":
        run = lambda match: assign.assign(match, request.user, request.user, now)  # noqa: E731
    else:
        raise BadRequest(f"The queue knows no act {act!r}.")
    matches = (
        Match.objects.in_care_of(request.user).filter(uid__in=uids).select_related("vacancy__employer", "vacancy__occupation", "candidate")
    )
    said_of_all = report(request, matches.order_by("pk"), len(uids), run, done)
    refused = {str(match.uid) for match, _why in said_of_all["refused"]}  # these stay ticked, and what was typed for them stays
    return listed(request, wish, report=said_of_all, **({"ticked": refused} | typed if refused else {}))


def report(request: HttpRequest, matches: Iterable[Match], asked: int, run: Callable[[Match], Match], done: State) -> dict[str, Any]:
    """How many were done, and of each of the others why not. What one has done before oneself counts as done."""
    good, proposed, refused = 0, 0, []
    for match in matches:
        try:
            moved = run(match)
        except NotAllowed:
            refused.append((match, _("This person is not in your care any more.")))
        except NotPossible as refusal:
            first = refusal.faster
            if first is not None and first.actor_id == request.user.pk and first.after == done:
                good += 1
            else:
                refused.append((match, " ".join([faster(first, match, request.user), str(refusal.why)] if first else [str(refusal.why)])))
        else:
            good += 1
            proposed += done == State.APPROVED and moved.state == State.SUGGESTED
    return {"done": good, "proposed": proposed, "asked": asked, "refused": refused, "gone": asked - good - len(refused)}


def ticked(request: HttpRequest) -> list[UUID]:
    """As many as a page has."""
    try:
        return list({UUID(uid) for uid in request.POST.getlist("match")[:PER_PAGE]})
    except ValueError:
        raise BadRequest("What was ticked is no match.") from None


@second_factor_required
@agency_staff_required
@require_POST
def keep_view(request: HttpRequest) -> HttpResponse:
    """The same name again replaces the view."""
    wish = DeskFilter.of(QueryDict(request.POST.get("query", "")))
    form = DeskViewForm(request.user, request.POST)
    if not form.is_valid():
        return listed(request, wish, view_form=form)
    DeskView.objects.update_or_create(user=request.user, name=form.cleaned_data["name"], defaults={"query": wish.query})
    return redirect(f"{reverse('matching:desk_queue')}?{wish.query}")


@second_factor_required
@agency_staff_required
@require_POST
def drop_view(request: HttpRequest, pk: int) -> HttpResponse:
    view = get_object_or_404(DeskView, user=request.user, pk=pk)
    view.delete()
    return redirect("matching:desk_queue")
