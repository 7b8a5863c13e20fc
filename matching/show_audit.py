"""An audit as a page shows it: in words, and without the counts that nobody may read."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from matching.audit import ATTRIBUTES, BASE, LOOKING, TESTED
from matching.hide_small import hide_small
from matching.models import ScoringAudit, StatisticsAnswers
from matching.names import place_names
from matching.within_reach import LAW
from portal.ui.waiting import FEWEST, shown_count

ATTRIBUTE_NAMES = {
    "sex": gettext_lazy("Women and men"),
    "citizenship": gettext_lazy("Citizenship"),
    "region": gettext_lazy("Home region"),
}
STEP_NAMES = {
    "route": gettext_lazy("A legal way to some open job"),
    "age": gettext_lazy("Old enough for it on its first day"),
    "licence": gettext_lazy("A driving licence that counts there, where one is asked"),
    "eligible": gettext_lazy("May apply for at least one open job"),
    "listed": gettext_lazy("Is in the list of at least one job"),
    "shortlisted": gettext_lazy("Is on a shortlist"),
    "approved": gettext_lazy("An agency has approved them this month"),
}
AMONG = {
    "eligible": gettext_lazy("Of all whom the law lets work at some open job."),
    "listed": gettext_lazy("Of all who may apply for at least one job."),
    "shortlisted": gettext_lazy("Of all who may apply for at least one job."),
    "approved": gettext_lazy("Of all who may apply for at least one job."),
}
TO_DO = {
    "eligible": gettext_lazy("See on the runs' page what people lack: a language, a certificate, a date. Offer that course to the group."),
    "listed": gettext_lazy("Look at the vacancies of the group's usual work: is a skill or a level asked that the work does not need?"),
    "shortlisted": gettext_lazy("Look at which work the group asks for, and whether enough employers with such work are with Safar."),
    "approved": gettext_lazy("Ask the agencies why they declined people of this group, and read the reasons they have written."),
}


@dataclass(frozen=True, slots=True)
class Cell:
    """A group at a step: how many could come to it, how many did, in words where they are hidden; then there is no percentage either."""

    group: str
    people: str
    reached: str
    percent: int | None
    against: str
    percent_of_best: int | None
    is_different: bool
    months: int


@dataclass(frozen=True, slots=True)
class Table:
    step: str
    title: str | Promise
    among: str | Promise
    cells: list[Cell]

    @property
    def is_different(self) -> bool:
        return any(cell.is_different for cell in self.cells)


@dataclass(frozen=True, slots=True)
class Attribute:
    """Tables of the steps that are compared, and what the law decides: (group, how many at each step of the law)."""

    code: str
    title: str | Promise
    tables: list[Table]
    law: list[tuple[str, list[str]]]


@dataclass(frozen=True, slots=True)
class Difference:
    attribute: str | Promise
    step: str | Promise
    to_do: str | Promise
    cell: Cell


def show_audit(audit: ScoringAudit) -> list[Attribute]:
    names = _names()
    return [_attribute(code, audit.lines["lines"], names) for code in ATTRIBUTES]


def differences(attributes: list[Attribute]) -> Iterator[Difference]:
    for attribute in attributes:
        for table in attribute.tables:
            for cell in table.cells:
                if cell.is_different:
                    yield Difference(attribute.title, table.title, TO_DO[table.step], cell)


def _attribute(code: str, lines: list[dict[str, Any]], names: dict[tuple[str, str], str]) -> Attribute:
    mine = {(line["step"], line["group"]): line for line in lines if line["attribute"] == code}
    groups = sorted({group for _step, group in mine}, key=lambda group: (group == "", names[code, group]))
    hidden = _hidden(mine, groups)

    def cell(step: str, group: str) -> Cell:
        line = mine[step, group]
        is_shown = group not in hidden[step] and line["reached"] >= FEWEST
        return Cell(
            group=names[code, group],
            people=_shown(line["people"], group in hidden[BASE[step]]),
            reached=_shown(line["reached"], group in hidden[step]),
            percent=round(100 * line["reached"] / line["people"]) if is_shown else None,
            against=names[code, line["against"]] if line["against"] is not None else "",
            percent_of_best=round(100 * line["ratio"]) if is_shown and line["ratio"] is not None else None,
            is_different=line["is_different"],
            months=line["months"],
        )

    tables = [Table(step, STEP_NAMES[step], AMONG[step], [cell(step, group) for group in groups]) for step in TESTED]
    return Attribute(code, ATTRIBUTE_NAMES[code], tables, [(names[code, group], _law(mine, hidden, group)) for group in groups])


def _hidden(mine: dict[tuple[str, str], dict[str, Any]], groups: list[str]) -> dict[str, set[str]]:
    """The groups to hide at each step. Whoever is hidden among those who could come to it, is hidden at the step as well."""
    hidden = {LOOKING: hide_small({group: mine[LAW[0], group]["people"] for group in groups})}
    for step, base in BASE.items():
        hidden[step] = hidden[base] | hide_small({group: mine[step, group]["reached"] for group in groups})
    return hidden


def _law(mine: dict[tuple[str, str], dict[str, Any]], hidden: dict[str, set[str]], group: str) -> list[str]:
    """How many look for work, and how many of them each reason of the law lets through."""
    counts = {LOOKING: mine[LAW[0], group]["people"]} | {step: mine[step, group]["reached"] for step in LAW}
    return [_shown(count, group in hidden[step]) for step, count in counts.items()]


def _shown(count: int, is_hidden: bool) -> str:
    return _("hidden") if is_hidden and count >= FEWEST else shown_count(count)


def _names() -> dict[tuple[str, str], str]:
    """By (attribute, group), in the reader's language. A group without a name has not said."""
    places = place_names()
    found = {("sex", value): str(label) for value, label in StatisticsAnswers.Sex.choices}
    found |= {(attribute, code): name for attribute in ("citizenship", "region") for code, name in places.items()}
    return found | {(attribute, ""): _("not said") for attribute in ATTRIBUTES}
