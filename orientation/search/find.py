"""From typed words to lessons, facts and help, the best first. Two queries."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import reduce
from math import sqrt
from operator import add, or_

from django.contrib.postgres.search import SearchQuery, TrigramWordSimilarity
from django.db.models import Case, Count, F, FloatField, Q, Value, When
from django.db.models.expressions import Combinable
from django.db.models.functions import Greatest
from django.db.models.lookups import GreaterThanOrEqual

from orientation.models import LearningText
from orientation.search.words import SHORT, WORD, Asked, asked_words
from portal.fields import fallback_languages

GUESSED = 0.3  # how alike the words must be of what is offered where nothing was found
MOST, LOOKED_AT, GUESSES = 10, 60, 3
IN_NAMES, IN_TEXT = 2.0, 1.0
RATHER = 0.4  # of what the best one scores: what scores less was not meant
LANGUAGES = (1.0, 0.8, 0.75)  # the reader's, Russian, English; others
OTHER_LANGUAGE = 0.7
FOR_READER, FOR_OTHERS = 1.25, 0.7
LESSON, SITUATION, CONTACT = 1.2, 1.5, 0.6  # what to do in trouble first; a lesson before one rule of it; whom to ask last


@dataclass(frozen=True, slots=True)
class Found:
    """The things, each once, and the words to mark in them."""

    rows: Sequence[LearningText]
    asked: Sequence[Asked]


def find(typed: str, *, corridor: str, origin: str) -> Found:
    """`corridor` and `origin` are the reader's, or "": what is for them stands before what is for others."""
    asked = _weighed(asked_words(typed))
    if not asked:
        return Found([], [])
    matched = reduce(or_, (part for word in asked for part in _matches(word)))
    score = reduce(add, map(_score, asked)) * _for_language()
    best = LearningText.objects.filter(matched).annotate(score=score).order_by("-score", "kind", "key", "language")
    return Found(_best_first(best[:LOOKED_AT], asked, corridor, origin), asked)


def nearest(typed: str) -> list[LearningText]:
    """What may have been meant where nothing was found, if anything is at all like it. One query."""
    words = asked_words(typed)
    if not words:
        return []
    like = reduce(add, map(_likeness, words)) / Value(float(len(words)))
    rows = LearningText.objects.annotate(like=like).filter(like__gte=GUESSED).annotate(score=F("like") * _for_language())
    return _each_once(rows.order_by("-score", "kind", "key", "language")[:LOOKED_AT])[:GUESSES]


def _weighed(asked: Sequence[Asked]) -> list[Asked]:
    """A rare word says more than one that stands everywhere. One query."""
    if not asked:
        return []
    forms = [form for word in asked for form in (word.text, word.stem)]
    counts = {f"n{place}": Count("pk", filter=Q(vector=_begins(form))) for place, form in enumerate(forms)}
    begun = Q(vector=reduce(or_, map(_begins, forms)))
    numbers = list(LearningText.objects.filter(begun).order_by().aggregate(**counts).values())
    return [
        replace(word, stem=word.text if whole else word.stem if stem else "", is_near=not whole, weight=1 / sqrt(whole or stem or 1))
        for word, whole, stem in zip(asked, numbers[::2], numbers[1::2], strict=True)
    ]


def _begins(form: str, weight: str = "") -> SearchQuery:
    """A word that begins with `form`, which is folded: letters and digits only. A short one must be all of the word."""
    how = ("*" if len(form) > SHORT else "") + weight
    return SearchQuery(f"'{form}':{how}" if how else f"'{form}'", config="simple", search_type="raw")


def _matches(word: Asked) -> list[Q]:
    """A word that stands nowhere is taken for a form of one that does, and for a misspelt one."""
    begun = [Q(vector=_begins(word.stem))] if word.stem else []
    like = Q(language__in=fallback_languages()) & Q(GreaterThanOrEqual(_likeness(word), word.likeness))  # the dear one for few rows
    return [*begun, like] if word.is_near else begun


def _likeness(word: Asked) -> TrigramWordSimilarity:
    return TrigramWordSimilarity(word.text, "names")


def _score(word: Asked) -> Combinable:
    whens = []
    if word.stem:
        whens.append(When(vector=_begins(word.stem, "A"), then=Value(IN_NAMES * word.weight)))
        whens.append(When(vector=_begins(word.stem), then=Value(IN_TEXT * word.weight)))
    begun = Case(*whens, default=Value(0.0), output_field=FloatField())
    return Greatest(begun, _likeness(word)) if word.is_near else begun


def _for_language() -> Combinable:
    """The reader's language before Russian before English."""
    ranks = [When(language=code, then=Value(rank)) for code, rank in zip(fallback_languages(), LANGUAGES, strict=False)]
    return Case(*ranks, default=Value(OTHER_LANGUAGE), output_field=FloatField())


def _best_first(rows: Iterable[LearningText], asked: Sequence[Asked], corridor: str, origin: str) -> list[LearningText]:
    scores: dict[tuple[str, str], float] = {}
    rows = list(rows)
    for row in rows:
        score = (row.score + _named(row.title, asked)) * _for_reader(row, corridor, origin)  # type: ignore[attr-defined]
        scores[row.kind, row.key] = max(score * _for_kind(row), scores.get((row.kind, row.key), 0.0))
    things = sorted(_each_once(rows), key=lambda row: -scores[row.kind, row.key])
    least = RATHER * max(scores.values(), default=0.0)
    return [row for row in things if scores[row.kind, row.key] >= least][:MOST]


def _named(title: str, asked: Sequence[Asked]) -> float:
    """What a title gives: the more of it was asked for, the more."""
    words = WORD.findall(title)
    said = [word for word in asked if any(word.means(each) for each in words)]
    return sum(word.weight for word in said) * (1 + len(said) / max(len(words), 1))


def _for_kind(row: LearningText) -> float:
    if row.kind == LearningText.Kind.LESSON:
        return LESSON
    if row.kind == LearningText.Kind.HELP:
        return CONTACT if "/" in row.key else SITUATION
    return 1.0


def _for_reader(row: LearningText, corridor: str, origin: str) -> float:
    """`corridors` are of corridors or of origins."""
    if not row.corridors or not origin:
        return 1.0
    mine = {corridor, origin} & set(row.corridors) if corridor else [each for each in row.corridors if each.startswith(origin)]
    return FOR_READER if mine else FOR_OTHERS


def _each_once(rows: Iterable[LearningText]) -> list[LearningText]:
    """A thing in several languages is read in the first of the reader's."""
    order = {code: place for place, code in enumerate(fallback_languages())}
    things: dict[tuple[str, str], LearningText] = {}
    for row in rows:
        seen = things.setdefault((row.kind, row.key), row)
        if order.get(row.language, len(order)) < order.get(seen.language, len(order)):
            things[row.kind, row.key] = row
    return list(things.values())
