from collections.abc import Sequence
from dataclasses import dataclass, replace

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from orientation.markup import fact_codes
from orientation.models import LearningText
from orientation.reading import fill, read_facts
from orientation.search.count_miss import count_miss
from orientation.search.find import find, nearest
from orientation.search.snippet import snippet
from orientation.search.words import Asked, typed_words
from portal.places.choice import chosen_corridor, likely_origin
from portal.ui.cyrillic import in_latin

ICONS = {LearningText.Kind.LESSON: "book", LearningText.Kind.FACT: "info", LearningText.Kind.HELP: "life-buoy"}


@dataclass(frozen=True, slots=True)
class Hit:
    title: str
    url: str
    icon: str
    language: str
    text: str = ""
    value: str = ""


@require_safe
def search(request: HttpRequest) -> HttpResponse:
    """Three queries at most: how rare the words are, where they stand, and the facts that are shown, or what may have been meant."""
    typed = typed_words(request.GET.get("q", ""))
    words = in_latin(typed) if get_language() == "uz" else typed
    found = find(words, corridor=chosen_corridor(request) or "", origin=likely_origin(request))
    hits = hits_of(found.rows, found.asked)
    guesses = list(map(_named, nearest(words))) if found.asked and not hits else []
    if found.asked and not hits:
        count_miss(request, typed)
    context = {"typed": typed, "asked": bool(found.asked), "hits": hits, "guesses": guesses, "tab": "learn"}
    return render(request, "orientation/search.html", context)


def hits_of(rows: Sequence[LearningText], asked: Sequence[Asked]) -> list[Hit]:
    """One query where a fact is shown or named."""
    texts = [snippet(row.shown, asked) for row in rows]
    codes = [row.key for row in rows if row.kind == LearningText.Kind.FACT]
    facts = read_facts(dict.fromkeys([*codes, *fact_codes(texts)]), localdate())
    return [
        replace(
            _named(row),
            text=fill(text, facts),
            value=facts[row.key].value if row.kind == LearningText.Kind.FACT and row.key in facts else "",
        )
        for row, text in zip(rows, texts, strict=True)
    ]


def _named(row: LearningText) -> Hit:
    return Hit(row.title, url_of(row), ICONS[LearningText.Kind(row.kind)], row.language)


def url_of(row: LearningText) -> str:
    first, _, second = row.key.partition("/")
    match row.kind:
        case LearningText.Kind.FACT:
            return reverse("learn:fact", args=[first])
        case LearningText.Kind.HELP:
            return f"{reverse('help')}{'?all' if second else ''}#{first}"
    return reverse("learn:lesson", args=[first, second]) if second else reverse("learn:course", args=[first])
