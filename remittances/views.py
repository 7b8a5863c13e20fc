from collections.abc import Collection
from datetime import date
from decimal import Decimal

from django.core.paginator import Paginator
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from orientation.models import Course, EditionPage, Fact
from orientation.reading import FactBox, country_names, fact_box
from orientation.views import course_rows
from portal.money.formats import format_percent
from portal.places.corridors import DESTINATIONS, ORIGINS
from portal.ui.never_stale import never_stale
from remittances.ask import Ask
from remittances.average import Average, average_of, published_average
from remittances.draw import picture_of
from remittances.history import history_of
from remittances.models import TransferService
from remittances.quotes import Comparison, Direction, compare_quotes
from remittances.show import cards_of, exact, mid_rate, way_of

LIMIT, GOAL, CEILING = "RU-TRANSFER-LIMIT", "SEND-COST-GOAL", "SEND-COST-CEILING"
A_PAGE = 12  # cards
RPW = "https://remittanceprices.worldbank.org/"  # Remittance Prices Worldwide, CC BY 4.0


@require_safe
@never_stale
def compare(request: HttpRequest) -> HttpResponse:
    """Five queries: prices, day rates, the World Bank's average, facts, the money courses; one more for a learner whom we know."""
    ask, today = Ask.of(request), timezone.localdate()
    names, facts = country_names(), facts_in_force([LIMIT, GOAL, CEILING], today)
    context = {
        "ask": ask,
        "works": [(code, names[code]) for code in DESTINATIONS],
        "homes": [(code, names[code]) for code in ORIGINS],
        "names": (names[ask.sends_from], names[ask.sends_to]),
        "compared": compared(request, ask, facts, today),
        "ways": TransferService.Way.choices,
        "courses": course_rows(request, list(money_courses())),
        "limit": facts.get(LIMIT) if ask.sends_from == "RU" else None,
        "tab": "money",
    }
    return render(request, "remittances/compare.html", context, status=400 if ask.amount_problem or ask.pair_problem else 200)


@require_safe
@never_stale
def history(request: HttpRequest) -> HttpResponse:
    """Four queries: the services, day rates, the costs, the goal."""
    ask, today = Ask.of(request), timezone.localdate()
    names, goal = country_names(), facts_in_force([GOAL], today).get(GOAL)
    listed = TransferService.objects.listed(today).filter(sends_from=ask.sends_from, sends_to=ask.sends_to).select_related("provider")
    services = [] if ask.pair_problem else list(listed)
    asked = request.GET.get("service", "")
    one = next((service for service in services if str(service.uid) == asked), None)
    weeks = history_of(services, one, today)
    context = {
        "ask": ask,
        "works": [(code, names[code]) for code in DESTINATIONS],
        "homes": [(code, names[code]) for code in ORIGINS],
        "names": (names[ask.sends_from], names[ask.sends_to]),
        "services": [(service, f"{service.provider.name} · {way_of(service)}") for service in services],
        "one": one,
        "is_gone": bool(asked) and one is None,
        "picture": picture_of(weeks, goal.number if goal else None) if weeks else None,
        "tab": "money",
    }
    status = 400 if ask.pair_problem else 404 if context["is_gone"] else 200
    return render(request, "remittances/history.html", context, status=status)


def compared(request: HttpRequest, ask: Ask, facts: dict[str, FactBox], today: date) -> dict[str, object] | None:
    """What the page shows of the comparison; None when the question is not clear."""
    if ask.amount is None or ask.pair_problem:
        return None
    every = compare_quotes(ask.sends_from, ask.sends_to, ask.amount, ask.direction, today)
    found = every.only(ask.fits)
    page = Paginator(found.offers, A_PAGE).get_page(request.GET.get("page"))
    currency = found.home_currency if ask.direction == Direction.RECEIVE else found.currency
    mid = found.mid
    return {
        "sum": exact(ask.amount, currency),
        "page": page,
        "cards": cards_of(found, page.object_list),
        "promotions": cards_of(found, found.promotions),
        "has_others": bool(every.offers or every.promotions),
        "bars": bars_of(every, facts),
        "mid": mid_rate(mid, found.currency, found.home_currency) if mid else "",
        "mid_day": date_format(mid.day) if mid else "",
        "mid_sources": mid.publishers if mid else "",
    }


def bars_of(found: Comparison, facts: dict[str, FactBox]) -> list[tuple[str, str, str, Decimal, str]]:
    """What this way home costs on average beside what the world wants it to cost: (what, its source, in words, per cent, tone) a line."""
    now, published = average_of(found.offers), published_average(found.sends_from, found.sends_to)
    boxes = [facts[code] for code in (GOAL, CEILING) if code in facts]
    goals = [(box.title, reverse("learn:fact", args=[box.code]), box.number, "") for box in boxes if box.number is not None]
    lines = [(_average_now(now), "", now.percent, "warn")] if now else []
    lines += [(_average_of_quarter(published), "" if published.is_demo else RPW, published.percent, "")] if published else []
    lines += goals if lines else []
    return [(what, source, format_percent(percent), percent, tone) for what, source, percent, tone in lines]


def _average_now(average: Average) -> str:
    text = ngettext("Here and now: %(count)s service", "Here and now, on average of %(count)s services", average.services)
    return text % {"count": average.services}


def _average_of_quarter(average: Average) -> str:
    year, quarter = average.period.split("_")
    text = (
        _("Made up for the demo, quarter %(quarter)s of %(year)s") if average.is_demo else _("World Bank, quarter %(quarter)s of %(year)s")
    )
    return text % {"quarter": quarter[0], "year": year}


def money_courses():
    return EditionPage.objects.current().in_best_language().filter(edition__course__subject=Course.Subject.MONEY, slug=EditionPage.COURSE)


def facts_in_force(codes: Collection[str], today: date) -> dict[str, FactBox]:
    """One query."""
    in_force = Fact.objects.filter(Q(valid_to=None) | Q(valid_to__gte=today), code__in=codes).with_main_source()
    return {fact.code: fact_box(fact, today) for fact in in_force}
