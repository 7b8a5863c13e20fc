from datetime import date

from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.formats import date_format
from django.views.decorators.http import require_safe

from orientation.models import Course, EditionPage, Fact
from orientation.reading import FactBox, country_names, fact_box
from orientation.views import course_rows
from portal.places.corridors import DESTINATIONS, ORIGINS
from remittances.ask import Ask
from remittances.quotes import Direction, compare_quotes
from remittances.show import cards_of, exact, mid_rate

TRANSFER_LIMIT = "RU-TRANSFER-LIMIT"


@require_safe
def compare(request: HttpRequest) -> HttpResponse:
    """Four queries: prices, day rates, the money courses, the limit; one more for a learner whom we know."""
    ask, today = Ask.of(request), timezone.localdate()
    names = country_names()
    context = {
        "ask": ask,
        "works": [(code, names[code]) for code in DESTINATIONS],
        "homes": [(code, names[code]) for code in ORIGINS],
        "names": (names[ask.sends_from], names[ask.sends_to]),
        "compared": compared(ask, today),
        "courses": course_rows(request, list(money_courses())),
        "limit": transfer_limit(today) if ask.sends_from == "RU" else None,
        "tab": "money",
    }
    return render(request, "remittances/compare.html", context, status=400 if ask.amount_problem or ask.pair_problem else 200)


def compared(ask: Ask, today: date) -> dict[str, object] | None:
    """What the page shows of the comparison; None when the question is not clear."""
    if ask.amount is None or ask.pair_problem:
        return None
    found = compare_quotes(ask.sends_from, ask.sends_to, ask.amount, ask.direction, today)
    currency = found.home_currency if ask.direction == Direction.RECEIVE else found.currency
    mid = found.mid
    return {
        "sum": exact(ask.amount, currency),
        "cards": cards_of(found),
        "mid": mid_rate(mid, found.currency, found.home_currency) if mid else "",
        "mid_day": date_format(mid.day) if mid else "",
        "mid_sources": ", ".join(mid.sources) if mid else "",
    }


def money_courses():
    return EditionPage.objects.current().in_best_language().filter(edition__course__subject=Course.Subject.MONEY, slug=EditionPage.COURSE)


def transfer_limit(today: date) -> FactBox | None:
    """What the law lets somebody send a month, while it is in force."""
    in_force = Fact.objects.filter(Q(valid_to=None) | Q(valid_to__gte=today), code=TRANSFER_LIMIT).with_main_source().first()
    return fact_box(in_force, today) if in_force else None
