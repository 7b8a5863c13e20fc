"""A comparison of two versions of the weights as a page shows it: in words, with the share of each group."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.utils.formats import number_format
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from matching.models import StatisticsAnswers, Vacancy
from matching.names import place_names
from matching.sectors import SECTORS

KINDS = {
    "citizenship": gettext_lazy("Citizenship"),
    "sex": gettext_lazy("Women and men"),
    "region": gettext_lazy("Home region"),
    "destination": gettext_lazy("Country of the job"),
    "sector": gettext_lazy("Kind of work"),
}
OVERLAP = ("destination", "sector")  # one person may have places in several
TIERS = {1: "A", 2: "B", 3: "C"}


@dataclass(frozen=True, slots=True)
class Share:
    """How many people, and what part of all who gain or lose; None where they are few."""

    people: int | None
    percent: int | None


@dataclass(frozen=True, slots=True)
class GroupRow:
    name: str
    gain: Share
    lose: Share

    @property
    def is_seen(self) -> bool:
        return self.gain.people is not None or self.lose.people is not None


@dataclass(frozen=True, slots=True)
class GroupTable:
    """`unseen` are the groups of which nothing may be read."""

    title: str | Promise
    rows: list[GroupRow]
    unseen: list[str]
    overlaps: bool


@dataclass(frozen=True, slots=True)
class VacancyRow:
    """`vacancy` is None where it is not there any more."""

    vacancy: Vacancy | None
    entered: int
    left: int
    moved: int


@dataclass(frozen=True, slots=True)
class TrialPage:
    numbers: dict[str, Any]
    points: str
    tiers: list[tuple[str, str, int]]
    groups: list[GroupTable]
    most: list[VacancyRow]


def show_trial(result: dict[str, Any]) -> TrialPage:
    """`result` as `matching.weights_trial.result_of` gives it."""
    uids = [uid for uid, *_changes in result["most"]]
    found = {str(vacancy.uid): vacancy for vacancy in Vacancy.objects.filter(uid__in=uids).with_all().order_by("pk")}
    return TrialPage(
        numbers=result,
        points=_signed(result["points"]),
        tiers=[(TIERS[before], TIERS[after], count) for before, after, count in result["tiers"]],
        groups=list(_tables(result)),
        most=[VacancyRow(found.get(uid), *changes) for uid, *changes in result["most"]],
    )


def _signed(points: int) -> str:
    """Of a hundred, as people see points."""
    text = number_format(abs(points) / 100, decimal_pos=1)
    return f"+{text}" if points > 0 else f"−{text}" if points < 0 else text


def _tables(result: dict[str, Any]) -> Iterator[GroupTable]:
    names = _names()
    for kind, title in KINDS.items():
        lines = [(names[kind].get(code, code), *counts) for code, *counts in result["groups"][kind]]
        rows = [GroupRow(name, _share(gain, result["gain"]), _share(lose, result["lose"])) for name, gain, lose in lines]
        seen = [row for row in rows if row.is_seen]
        yield GroupTable(title, seen, [row.name for row in rows if not row.is_seen], kind in OVERLAP)


def _share(people: int | None, of: int) -> Share:
    return Share(people, None if people is None else round(100 * people / of) if of else 0)


def _names() -> dict[str, dict[str, str]]:
    """By kind and code, in the reader's language."""
    places = place_names() | {"": _("not said")}
    sexes = {value: str(label) for value, label in StatisticsAnswers.Sex.choices} | {"": _("not said")}
    sectors = {str(place): str(name) for place, (name, _starts) in enumerate(SECTORS)}
    return {"citizenship": places, "sex": sexes, "region": places, "destination": places, "sector": sectors}
