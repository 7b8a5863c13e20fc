"""The public pages of facts: all of them by corridor and topic, one of them with all its sources, those to read again."""

from itertools import groupby

from django.contrib.postgres.expressions import ArraySubquery
from django.core.paginator import Paginator
from django.db.models import OuterRef
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from orientation.models import Fact, Translation
from orientation.reading import corridor_name, fact_box, language_of, safe_url, written_day
from orientation.waiting import facts_to_read_again
from portal.letters import fold_letters
from portal.places.choice import chosen_corridor
from portal.places.corridors import Corridor

PER_PAGE = 20
LONGEST = 80  # letters of a search


def topic_names() -> dict[str, str]:
    return {
        Fact.Topic.BEFORE: _("Before you go"),
        Fact.Topic.STAY: _("Entry and stay"),
        Fact.Topic.REGISTRATION: _("Registration where you live"),
        Fact.Topic.WORK: _("Right to work"),
        Fact.Topic.MONEY: _("Fees, taxes, transfers"),
        Fact.Topic.LIFE: _("Health, family, everyday life"),
        Fact.Topic.TROUBLE: _("Bans and fines"),
    }


@require_safe
def facts(request: HttpRequest) -> HttpResponse:
    """One query. Without a word about it, the corridor is the one chosen on this phone."""
    corridor = request.GET.get("corridor", chosen_corridor(request) or "")
    topic, words = request.GET.get("topic", ""), request.GET.get("q", "")[:LONGEST]
    names, today = topic_names(), timezone.localdate()
    found = Fact.objects.with_main_source()
    if corridor in Corridor.values:
        found = found.filter(corridors__contains=[corridor])
    if topic in names:
        found = found.filter(topic=topic)
    rows = sorted((fact for fact in found if has_words(fact, words)), key=lambda fact: ([*names].index(fact.topic), fact.code))
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
    groups = [(names[key], [fact_box(fact, today) for fact in group]) for key, group in groupby(page, lambda fact: fact.topic)]
    context = {
        "page": page,
        "groups": groups,
        "corridors": [(code, corridor_name(code)) for code in Corridor.values],
        "corridor": corridor,
        "topics": names.items(),
        "topic": topic,
        "words": words,
        "tab": "learn",
    }
    return render(request, "orientation/facts.html", context)


def has_words(fact: Fact, words: str) -> bool:
    """Whatever letters they are typed in: каид finds қайд."""
    return all(word in fold_letters(f"{fact.code} {fact.title} {fact.text}") for word in fold_letters(words).split())


@require_safe
def facts_again(request: HttpRequest) -> HttpResponse:
    """What trainers read again. One query, the same for everybody."""
    today = timezone.localdate()
    boxes = [fact_box(fact, today) for fact in facts_to_read_again(today).with_main_source()]
    return render(request, "orientation/facts_again.html", {"facts": boxes, "tab": "learn"})


@require_safe
def fact(request: HttpRequest, code: str) -> HttpResponse:
    """Two queries: the fact, its sources."""
    read = Translation.objects.filter(fact=OuterRef("pk")).exclude(reviewed_at=None).order_by().values("language")
    found = Fact.objects.with_main_source().annotate(read_in=ArraySubquery(read)).filter(code=code).first()
    if found is None:
        raise Http404(f"No fact {code!r}")
    days = [
        (_("Valid from"), found.valid_from),
        (_("Valid until"), found.valid_to),
        (_("To be read again by"), found.review_by),
    ]
    context = {
        "fact": fact_box(found, timezone.localdate()),
        "is_read": language_of(found) in found.read_in,
        "topic": topic_names()[found.topic],
        "days": [(name, date_format(day)) for name, day in days if day],
        "sources": [(each.publisher, safe_url(each.url, each.unsafe_in), written_day(each.dated)) for each in found.sources.all()],
        "tab": "learn",
    }
    return render(request, "orientation/fact.html", context)
