"""Calculators for whoever plans a trip or a month. Nothing that is typed into them is stored: the address holds the numbers."""

from contextlib import suppress
from datetime import date
from decimal import Decimal
from typing import Any

from django.core.cache import cache
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe
from redis.exceptions import RedisError

from orientation.models import Fact
from orientation.offline_pack import file_bytes, page_bytes
from orientation.reading import fact_box
from orientation.tools.calendar_file import calendar_of
from orientation.tools.deadlines import holds
from portal.money.amounts import Currency
from portal.money.formats import currency_word, format_number
from portal.money.rates import mid_rates
from portal.places.choice import chosen_corridor, likely_origin
from portal.places.corridors import DESTINATIONS, ORIGINS
from remittances.quotes import CURRENCY
from remittances.tools.catalogue import BUDGET, LEAVING, PATENT, TOOLS, Tool
from remittances.tools.fields import Asked, problem_words, read_fields
from remittances.tools.rounding import DoesNotFit, half_up
from remittances.tools.show import UNIT_OF, points, shown_fields, shown_rows

WEIGHED_FOR = 24 * 3600


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    sizes = weights(timezone.localdate())
    context = {
        "tools": [(tool, reverse("remittances:tool", args=[tool.slug]), sizes[tool.slug]) for tool in TOOLS.values()],
        "kilobytes": sum(sizes.values()),
        "today": timezone.localdate(),
        "tab": "money",
    }
    return render(request, "remittances/tools/index.html", context)


def weights(today: date) -> dict[str, int]:
    """Kilobytes of each page with its own script, on the way to a phone; "" is the script that all share. Where they are not known of today, each page is rendered once more."""
    key = f"tool-weights:{get_language()}:{today}"
    with suppress(RedisError):
        if known := cache.get(key):
            return dict(known)
    pages = {slug: page_bytes(reverse("remittances:tool", args=[slug])) + file_bytes(f"tools/{slug}.js") for slug in TOOLS}
    sizes = {slug: -(-size // 1024) for slug, size in (pages | {"": file_bytes("tools.js")}).items()}
    with suppress(RedisError):
        cache.set(key, sizes, WEIGHED_FOR)
    return sizes


@require_safe
def tool(request: HttpRequest, slug: str) -> HttpResponse:
    """One query for the facts; one for the names of regions, or for the day rates."""
    if slug not in TOOLS:
        raise Http404(f"No calculator {slug!r}")
    chosen, today = TOOLS[slug], timezone.localdate()
    codes = {*chosen.facts, *chosen.known}
    facts = {fact.code: fact for fact in Fact.objects.filter(code__in=codes).with_main_source()} if codes else {}
    rates, rate_day = middle_rates(today) if chosen is BUDGET else ({}, "")
    known = known_numbers(chosen, facts, today) | rates
    asked = read_fields(chosen.fields, request.GET, begin(request, chosen))
    result = work(chosen, asked, known)
    used = [code for code in chosen.facts if code in facts]
    context = {
        "tool": chosen,
        "asked": asked,
        "fields": shown_fields(chosen, asked, rate_day),
        "rows": shown_rows(chosen, result, asked),
        "result": result,
        "pay_by": [f"{day:%d.%m.%Y}" for day in getattr(result, "pay_by", ())],
        "points": points(path) if (path := getattr(result, "path", ())) else "",
        "boxes": [fact_box(facts[code], today) for code in used],
        "sources": [fact_box(fact, today) for code, fact in sorted(facts.items()) if code not in used],
        "script": f"tools/{slug}.js",
        "data": {
            "known": {code: int(number * 100) for code, number in known.items()},
            "tables": dict(chosen.tables),
            "words": {code: currency_word(code) for code in Currency.values},
            "units": UNIT_OF,
            "say": words(),
        },
        "tab": "money",
    }
    response = render(request, "remittances/tools/tool.html", context, status=400 if asked.problems else 200)
    if request.GET:
        response["Safar-Keep"] = "asked"  # a phone keeps the page once, not once more for all numbers
    return response


@require_safe
def patent_days(request: HttpRequest) -> HttpResponse:
    """The days of payment as a calendar file. One query."""
    today = timezone.localdate()
    facts = {fact.code: fact for fact in Fact.objects.filter(code__in=PATENT.known)}
    asked = read_fields(PATENT.fields, request.GET, {})
    result = work(PATENT, asked, known_numbers(PATENT, facts, today))
    if result is None:
        raise Http404("No days")
    title = _("Last safe day to pay for the patent")
    content = calendar_of([(f"patent-{day}", title, day) for day in result.pay_by if day >= today], get_language() or "en", timezone.now())
    headers = {"Content-Disposition": 'attachment; filename="safar.ics"'}
    return HttpResponse(content, content_type="text/calendar; charset=utf-8", headers=headers)


def work(chosen: Tool, asked: Asked, known: dict[str, Decimal]) -> Any:
    """None where something is missing or wrong: `asked.problems` then says what."""
    if not asked.is_clear:
        return None
    try:
        return chosen.work(asked.values, known, asked.units)
    except DoesNotFit as problem:
        asked.problems[problem.field] = words()[problem.reason]
        return None


def words() -> dict[str, str]:
    return problem_words() | {
        "rate": _("We have no fresh rate. Write what %(sum)s of your money is worth at home.") % {"sum": format_number(1000)},
    }


def known_numbers(chosen: Tool, facts: dict[str, Fact], today: date) -> dict[str, Decimal]:
    """Code of a fact → its number, of those in force today."""
    numbers = {code: facts[code].number_on(today) for code in chosen.known if code in facts and holds(facts[code], today)}
    return {code: number for code, number in numbers.items() if number is not None}


def middle_rates(today: date) -> tuple[dict[str, Decimal], str]:
    """What a thousand of each money of work are in each money of home, and the oldest day of these rates."""
    found, pairs = mid_rates(today, today), [(CURRENCY[work], CURRENCY[home]) for work in DESTINATIONS for home in ORIGINS]
    rates = {f"{work}-{home}": rate for work, home in pairs if (rate := found.of(work, home, today))}
    thousands = {pair: half_up(rate.value * 1000) for pair, rate in rates.items()}
    return thousands, date_format(min(rate.day for rate in rates.values())) if rates else ""


def begin(request: HttpRequest, chosen: Tool) -> dict[str, str]:
    """The currencies that a form begins with: of the reader's road."""
    corridor = chosen_corridor(request)
    work = CURRENCY[corridor.destination if corridor else DESTINATIONS[0]]
    home = CURRENCY[likely_origin(request) or ORIGINS[0]]
    names = {each.name for each in chosen.fields}
    begins = {"work": work, "home": home, "currency": work if chosen is LEAVING else home}
    return {name: code for name, code in begins.items() if name in names}
