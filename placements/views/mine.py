"""The worker's own page after the contract: arrival, check-ins, pay, and how Safar may ask."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from matching.fees import moment_to_ask
from matching.history import reason_label
from matching.models import Match, State
from matching.views.acting import act
from matching.views.my_matches import my_own
from placements.arrive import arrive
from placements.choose import choose, forget_trusted
from placements.due import newest_due, unsaid
from placements.forms import ChoicesForm
from placements.models import Placement
from placements.own import SINCE_AGREED
from placements.person import names
from portal.accounts.once import and_go
from portal.money.formats import NBSP, format_money
from portal.outbox.models import Channel, Purpose
from portal.outbox.tell import way_of


@never_cache
@login_required
@require_safe
def mine(request: HttpRequest, match: UUID) -> HttpResponse:
    return page(request, agreed(request, match))


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def choices(request: HttpRequest, match: UUID) -> HttpResponse:
    found = agreed(request, match)
    form = ChoicesForm(request.user, found.candidate, placement_of(found), request.POST if request.method == "POST" else None)

    def asked(why_not: str = "") -> HttpResponse:
        context = {"match": found, "placement": placement_of(found), "form": form, "refusal": why_not, "tab": "jobs"}
        return render(request, "placements/choices.html", context)

    if not form.is_valid():
        return asked()

    def run() -> str:
        choose(found, request.user, form.chosen(), timezone.now())
        return own_page(found)

    return act(request, found, run, asked)


@login_required
@require_POST
def forget(request: HttpRequest, match: UUID) -> HttpResponse:
    found = agreed(request, match)
    return acted(request, found, lambda: forget_trusted(found, request.user))


@login_required
@require_POST
def arrived(request: HttpRequest, match: UUID) -> HttpResponse:
    found = agreed(request, match)
    return acted(request, found, lambda: arrive(found, request.user, timezone.now()))


def agreed(request: HttpRequest, uid: UUID) -> Match:
    """One's own match, from one's yes to the contract on."""
    found = my_own(request, uid)
    if found.state not in SINCE_AGREED:
        raise Http404
    return found


def placement_of(match: Match) -> Placement | None:
    return Placement.objects.filter(match=match).first()


def own_page(match: Match) -> str:
    return reverse("placements:mine", args=[match.uid])


def acted(request: HttpRequest, match: Match, run: Callable[[], object]) -> HttpResponse:
    return act(request, match, and_go(run, own_page(match)), lambda why_not: page(request, agreed(request, match.uid), refusal=why_not))


def page(request: HttpRequest, match: Match, **more: Any) -> HttpResponse:
    now = timezone.now()
    placement = Placement.objects.filter(match=match).prefetch_related("check_ins").first()
    if placement is not None:
        placement.match = match
    check_ins = list(placement.check_ins.all()) if placement else []
    due = newest_due(placement, now) if placement else None
    offer, way = match.offers.last(), way_of(request.user, Purpose.CHECK_IN)
    ended = match.events.filter(after=State.ENDED).last() if match.state == State.ENDED else None
    context = {
        "match": match,
        "placement": placement,
        "channel": "" if way == Channel.APP else way.label,
        "due": due,
        "to_come": [row for row in check_ins if row.answered_at is None and row != due] if match.state == State.PLACED else [],
        "answered": [(row, format_money(row.paid) if row.paid else "", names(row.may_know)) for row in check_ins if row.answered_at],
        "ask_help": unsaid(placement) if placement else [],
        "promised": format_money(offer.guaranteed) + NBSP + offer.get_wage_period_display() if offer else "",
        "fee_moment": moment_to_ask(match, now),
        "is_placed": match.state == State.PLACED,
        "ended": ended,
        "because": reason_label(ended) if ended else "",
        "refusal": "",
        "tab": "jobs",
    }
    return render(request, "placements/mine.html", context | more)
