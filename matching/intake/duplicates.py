"""Two profiles that may be one person's: the same phone, or the same name and month of birth, in the care of one agency."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import combinations

from matching.models import Candidate, Care
from portal.letters import to_latin, undouble, words
from portal.organisations.models import Organisation

COMPARED = ("given_name", "family_name", "born_in", "phone", "user__phone")
ONE_SPELLING = (("shch", "sh"), ("kh", "h"), ("y", "i"))  # of letters that people write in more than one way


@dataclass(frozen=True, slots=True)
class Pair:
    """By their ids, the one that would stay first."""

    keep: int
    lose: int
    same_phone: bool
    same_name: bool


def fold_name(*names: str) -> str:
    """Two names that may be the same person's give the same text; "" is nobody's."""
    text = to_latin(" ".join(names))
    for spelling, kept in ONE_SPELLING:
        text = text.replace(spelling, kept)
    return " ".join(sorted(undouble(word) for word in words(text)))


def pairs_in_care_of(agencies: Iterable[Organisation]) -> list[Pair]:
    """Two queries an agency. Two people with accounts of their own are two people."""
    return [pair for agency in agencies for pair in _pairs(agency)]


def _pairs(agency: Organisation) -> list[Pair]:
    cared_for = Care.objects.open().filter(agency=agency).order_by().values("candidate")
    people = Candidate.objects.filter(pk__in=cared_for).select_related("user").only(*COMPARED).order_by("pk")
    alike: defaultdict[object, list[Candidate]] = defaultdict(list)
    for person in people:
        for key in keys_of(person):
            alike[key].append(person)
    found = {}
    for group in alike.values():
        for one, other in combinations(group, 2):
            if (pair := compare(one, other)) is not None:
                found[pair.keep, pair.lose] = pair
    return sorted(found.values(), key=lambda pair: (not pair.same_phone, pair.keep, pair.lose))


def keys_of(person: Candidate) -> set[object]:
    """Whoever shares one of these may be the same person."""
    name = fold_name(person.given_name, person.family_name)
    return {key for key in (phone_of(person), (name, person.born_in) if name else "") if key}


def phone_of(person: Candidate) -> str:
    return (person.user.phone if person.user else person.phone) or ""


def compare(one: Candidate, other: Candidate) -> Pair | None:
    """Whoever has an account stays, else the older profile."""
    if one.pk == other.pk or (one.user_id and other.user_id):
        return None
    phone, other_phone = phone_of(one), phone_of(other)
    same_name = (one.born_in == other.born_in) and bool(
        fold_name(one.given_name, one.family_name) == fold_name(other.given_name, other.family_name) != ""
    )
    same_phone = phone == other_phone != ""
    if not same_phone and not same_name:
        return None
    keep, lose = sorted((one, other), key=lambda person: (person.user_id is None, person.pk))
    return Pair(keep.pk, lose.pk, same_phone, same_name)
