"""Prices come in: collectors write down what services ask, operators look at what is strange."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import F, OuterRef, Q, Subquery
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from orientation.reading import country_names
from portal.accounts.once import once
from portal.accounts.second_factor import second_factor_required
from portal.places.corridors import DESTINATIONS, ORIGINS
from remittances import rules
from remittances.ask import Ask
from remittances.collect import collect_price
from remittances.imports.import_quotes import import_quotes
from remittances.imports.problems import ImportProblem
from remittances.imports.quote_rows import COLUMNS
from remittances.models import Quote, TransferService
from remittances.prices.forms import FileForm, PriceForm, VerdictForm
from remittances.prices.show import corridor_of, held_of, rows_of, way_of
from remittances.review import NotDecidable, decide_price

PER_PAGE = 25
HELD_PER_PAGE = 10


def collector_or_404(request: HttpRequest) -> None:
    if not rules.can_collect(request.user):
        raise Http404


def reviewer_or_403(request: HttpRequest) -> None:
    """A stranger finds nothing; a collector may not decide."""
    collector_or_404(request)
    if not rules.can_review(request.user):
        raise PermissionDenied


@login_required
@require_safe
def prices(request: HttpRequest) -> HttpResponse:
    """The listed services between two countries: who has waited longest for a new price first, those of today last."""
    collector_or_404(request)
    ask, today, names = Ask.of(request), timezone.localdate(), country_names()
    seen = Quote.objects.filter(service=OuterRef("pk"), is_promotion=False).exclude(state=Quote.State.REFUSED).order_by("-observed_on")
    services = (
        TransferService.objects.listed(today)
        .filter(sends_from=ask.sends_from, sends_to=ask.sends_to)
        .annotate(last_seen=Subquery(seen.values("observed_on")[:1]))
        .select_related("provider")
        .order_by(F("last_seen").asc(nulls_first=True), "provider__name", "pk")
    )
    page = Paginator(services, PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "ask": ask,
        "works": [(code, names[code]) for code in DESTINATIONS],
        "homes": [(code, names[code]) for code in ORIGINS],
        "page": page,
        "rows": [(service, way_of(service), service.last_seen == today) for service in page],
        "waiting": services.filter(Q(last_seen=None) | Q(last_seen__lt=today)).count(),
        "held": Quote.objects.held().count() if rules.can_review(request.user) else 0,
        "tab": "money",
    }
    return render(request, "remittances/prices/prices.html", context)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def price(request: HttpRequest, service: UUID) -> HttpResponse:
    collector_or_404(request)
    today = timezone.localdate()
    found = get_object_or_404(TransferService.objects.listed(today).select_related("provider"), uid=service)
    if request.method == "POST":
        form = PriceForm(request.POST, service=found, today=today)
        if form.is_valid():
            return once(request, lambda: written_down(request, found, form))
    else:
        own = found.quotes.filter(observed_by=request.user, observed_on=today).exclude(state=Quote.State.REFUSED).order_by("state").first()
        last = own or found.quotes.filter(state=Quote.State.ACCEPTED, is_promotion=False).order_by("-observed_on").first()
        form = PriceForm(service=found, today=today, initial=PriceForm.initial_of(found, last, own is not None, today))
    accepted = found.quotes.filter(state=Quote.State.ACCEPTED).select_related("service").order_by("-observed_on", "is_promotion")
    context = {
        "service": found,
        "way": way_of(found),
        "corridor": corridor_of(found),
        "form": form,
        "last": rows_of(accepted[:1]),
        "tab": "money",
    }
    return render(request, "remittances/prices/price.html", context, status=400 if form.errors else 200)


def written_down(request: HttpRequest, service: TransferService, form: PriceForm) -> str:
    quote = collect_price(service, form.seen(), by=request.user)  # type: ignore[arg-type]  # signed in
    if quote.state == Quote.State.HELD:
        messages.warning(request, _("Written down. This price is unlike the others, so a second person looks at it first."))
    else:
        messages.success(request, _("Written down. Thank you: people see this price now."))
    return reverse("remittances:prices", query={"from": service.sends_from_id, "to": service.sends_to_id})


@second_factor_required
@require_safe
def held(request: HttpRequest) -> HttpResponse:
    reviewer_or_403(request)
    return show_held(request)


def show_held(request: HttpRequest, status: int = 200, **more: Any) -> HttpResponse:
    """`typed`: the form of the quote `typed_for`, which could not be taken."""
    waiting = Quote.objects.held().select_related("service__provider", "observed_by").order_by("observed_on", "pk")
    page = Paginator(waiting, HELD_PER_PAGE).get_page(request.GET.get("page"))
    typed_for, typed = more.pop("typed_for", None), more.pop("typed", None)
    cards = [
        (held_of(quote, request.user.pk), typed if quote.uid == typed_for else VerdictForm(auto_id=f"id_{quote.pk}_%s")) for quote in page
    ]
    context = {"page": page, "cards": cards, "file_form": FileForm(), "columns": COLUMNS, "tab": "money", **more}
    return render(request, "remittances/prices/held.html", context, status=status)


@second_factor_required
@require_POST
def decide(request: HttpRequest, quote: UUID) -> HttpResponse:
    reviewer_or_403(request)
    found = get_object_or_404(Quote, uid=quote)
    form = VerdictForm(request.POST, auto_id=f"id_{found.pk}_%s")
    if not form.is_valid():
        return show_held(request, status=400, typed_for=found.uid, typed=form)
    told = form.cleaned_data

    def run() -> str:
        decided = decide_price(found, told["verdict"], told["reason"], by=request.user, now=timezone.now())  # type: ignore[arg-type]
        is_out = decided.state == Quote.State.ACCEPTED
        messages.success(request, _("Accepted. People see this price now.") if is_out else _("Refused. Nobody sees this price."))
        return reverse("remittances:held")

    try:
        return once(request, run)
    except NotDecidable as refusal:
        return show_held(request, status=409, refusal=str(refusal))


@second_factor_required
@require_POST
def take_in(request: HttpRequest) -> HttpResponse:
    """A table of prices: all of it or nothing."""
    reviewer_or_403(request)
    form = FileForm(request.POST, request.FILES)
    if not form.is_valid():
        return show_held(request, status=400, file_form=form)

    def run() -> str:
        counts = import_quotes(form.cleaned_data["file"], request.user, timezone.now())  # type: ignore[arg-type]
        said = {"new": counts.added, "changed": counts.changed, "same": counts.unchanged, "held": counts.held}
        messages.success(request, _("New prices: %(new)d. Changed: %(changed)d. As before: %(same)d. To check: %(held)d.") % said)
        return reverse("remittances:held")

    try:
        return once(request, run)
    except ImportProblem as problem:
        return show_held(request, status=400, faults=problem.lines)
