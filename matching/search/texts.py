"""What vacancies are found by: keeping their folded words, and looking for words in them."""

from collections import defaultdict
from collections.abc import Iterable
from functools import lru_cache, reduce
from operator import and_

from django.conf import settings
from django.db.models import Q, Value
from modeltranslation.utils import build_localized_fieldname

from matching.find_names import SURE, find_names, said_for
from matching.models import Label, Occupation, Vacancy, VacancyText
from matching.models.vacancies import VacancyQuerySet
from portal.letters import fold_letters

LONGEST, MOST_WORDS = 80, 8
SHORT = 3  # letters: such a word only begins another one
NAMES = [build_localized_fieldname("name", code) for code, _ in settings.LANGUAGES]
BATCH = 500


def keep_texts(vacancies: VacancyQuerySet) -> int:
    """Write the words of these vacancies anew where they are different; returns how many were. Four statements for each five hundred."""
    pks = list(vacancies.order_by("pk").values_list("pk", flat=True))
    return sum(_keep(pks[first : first + BATCH]) for first in range(0, len(pks), BATCH))


def keep_missing_texts() -> int:
    """Of what is published and has none yet, however it came into the database."""
    return keep_texts(Vacancy.objects.filter(status=Vacancy.Status.PUBLISHED, folded=None))


def _keep(pks: list[int]) -> int:
    rows = list(Vacancy.objects.filter(pk__in=pks).select_related("employer", "occupation", "region__country").order_by("pk"))
    labels = defaultdict(list)
    for occupation, text in Label.objects.filter(occupation__in={row.occupation_id for row in rows}).values_list("occupation", "text"):
        labels[occupation].append(text)
    kept = dict(VacancyText.objects.filter(pk__in=pks).order_by("pk").values_list("pk", "text"))
    made = [_made(row, labels[row.occupation_id]) for row in rows]
    changed = [text for text in made if kept.get(text.pk) != text.text]
    VacancyText.objects.bulk_create(changed, update_conflicts=True, unique_fields=["vacancy"], update_fields=["names", "text"])
    return len(changed)


def _made(row: Vacancy, labels: Iterable[str]) -> VacancyText:
    words = [row.title, *said_for(Occupation).get(row.occupation.slug, ()), *sorted(labels), row.employer.name]
    words += [getattr(place, name) for place in (row.occupation, row.region, row.region.country) for name in NAMES]
    names = _once(words)
    return VacancyText(vacancy=row, names=names, text=f"{names} {_once([row.description, row.address])} ")


def _once(texts: Iterable[str]) -> str:
    """Each word once, with a space before and after: five languages have many names in common."""
    return f" {' '.join(dict.fromkeys(word for text in texts for word in _words(text or '')))} "


def found_by(typed: str) -> Q:
    """Vacancies with every word that is typed, whatever the alphabet; one that stands nowhere may be nearly a name.

    A query, and one more for each word that stands nowhere.
    """
    words = _asked(typed)
    known = _known(words)
    return _all(_holds(word) if word in known else _is_near(word) for word in words)


def is_named(typed: str) -> Q:
    """With the words in a name rather than somewhere in the description."""
    return _all(_in(names__contains=_part(word)) for word in _asked(typed))


def _asked(typed: str) -> list[str]:
    return _words(typed[:LONGEST])[:MOST_WORDS]


@lru_cache(maxsize=8192)
def _words(text: str) -> list[str]:
    return fold_letters(text).split()


def _known(words: list[str]) -> set[str]:
    if not words:
        return set()
    first, *others = [VacancyText.objects.filter(text__contains=_part(word)).order_by().values_list(Value(word))[:1] for word in words]
    return {word for (word,) in first.union(*others, all=True)}


def _all(parts: Iterable[Q]) -> Q:
    return reduce(and_, parts, Q())


def _holds(word: str) -> Q:
    return _in(text__contains=_part(word))


def _is_near(word: str) -> Q:
    return _in(names__trigram_word_similar=word) | Q(occupation__in=find_names(Occupation, word, most=1, alike=SURE))


def _in(**lookup: str) -> Q:
    """A subquery of its own for each word: so each finds its index."""
    return Q(pk__in=VacancyText.objects.filter(**lookup).order_by().values("pk"))


def _part(word: str) -> str:
    return f" {word}" if len(word) <= SHORT else word
