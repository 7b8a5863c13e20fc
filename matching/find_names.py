"""The skills or the occupations that somebody means, however it is spelled: in any of the languages, letters and keyboards."""

from functools import cache, lru_cache

from django.conf import settings
from modeltranslation.utils import build_localized_fieldname

from matching.load import FILES
from matching.models import Label, Occupation, Skill
from portal.letters import fold_letters
from portal.starter import read_yaml

ALIKE = 0.4  # of 1: below this it is another word
SURE = 0.65  # what may stand for the word itself, where nobody chooses among offers: "инженер" is no carpenter
MUCH_LESS = 0.6  # of the best one's: beside it this is noise


def find_names(kind: type[Skill] | type[Occupation], typed: str, most: int = 5, alike: float = ALIKE) -> list[int]:
    """Ids, the most alike first; none where the best is less than `alike`. Two queries; what stands of each name is kept in memory."""
    asked = fold_letters(typed).split()
    if not asked:
        return []
    names = [build_localized_fieldname("name", code) for code, _ in settings.LANGUAGES]
    rows = kind.objects.own().order_by("pk").values_list("pk", "slug", *names)
    others = _labels(kind)
    found = {
        pk: max(_alike(asked, _words(text)) for text in (*texts, *said_for(kind).get(slug, ()), *others.get(pk, ())) if text)
        for pk, slug, *texts in rows
    }
    least = max(alike, MUCH_LESS * max(found.values(), default=0))
    return sorted((pk for pk, points in found.items() if points > least), key=lambda pk: (-found[pk], pk))[:most]


def _labels(kind: type[Skill] | type[Occupation]) -> dict[int, list[str]]:
    """Other names, as they came with ESCO, by the id of what is ours."""
    column = "skill" if kind is Skill else "occupation"
    found: dict[int, list[str]] = {}
    for pk, text in Label.objects.filter(**{f"{column}__from_esco": False}).order_by("pk").values_list(column, "text"):
        found.setdefault(pk, []).append(text)
    return found


@cache
def said_for(kind: type[Skill] | type[Occupation]) -> dict[str, list[str]]:
    """By slug what people say besides the name: words of the street and of the trade, in any language."""
    return dict(read_yaml(FILES / "said.yaml")["skills" if kind is Skill else "occupations"])


def _alike(asked: list[str], words: tuple[str, ...]) -> float:
    """0..1: how much of what was asked is in the name, and a little for how much of the name was asked."""
    best = [max((_same(one, word), word) for word in words) for one in asked]
    size = sum(map(len, asked))
    covered = sum(len(one) * points for one, (points, _) in zip(asked, best, strict=True)) / size
    touched = {word for points, word in best if points > ALIKE}
    return covered * 0.9 + 0.1 * sum(map(len, touched)) / sum(map(len, words))


@lru_cache(maxsize=8192)
def _words(text: str) -> tuple[str, ...]:
    return tuple(fold_letters(text).split()) or (text,)


def _same(one: str, other: str) -> float:
    """1 for the same word; a beginning counts nearly as much; else by the pairs of letters that both have."""
    if one == other:
        return 1
    if len(one) > 2 and other.startswith(one):
        return 0.9
    mine, yours = _pairs(one), _pairs(other)
    return 2 * len(mine & yours) / (len(mine) + len(yours)) if mine and yours else 0.0


@lru_cache(maxsize=8192)
def _pairs(word: str) -> frozenset[str]:
    """With its first letter twice: people seldom get that one wrong."""
    framed = f"^{word}$"
    return frozenset(framed[at : at + 2] for at in range(len(framed) - 1)) | {f"^{word[:2]}"}
