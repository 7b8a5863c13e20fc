"""An audit as a page shows it: in words, and without the counts that nobody may read."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from matching.audit import ATTRIBUTES, BASE, LOOKING, TESTED
from matching.models import ScoringAudit, StatisticsAnswers
from matching.names import place_names
from matching.within_reach import LAW
from portal.ui.hide_small import hide_small
from portal.ui.waiting import FEWEST, shown_count

ATTRIBUTE_NAMES = {
    "sex": gettext_lazy("Women and men"),
    "citizenship": gettext_lazy("Citizenship"),
    "region": gettext_lazy("Home region"),
}
STEP_NAMES = {
    "eligible": gettext_lazy("May apply for a job"),
    "listed": gettext_lazy("In a list of suggestions"),
    "shortlisted": gettext_lazy("On a shortlist"),
    "approved": gettext_lazy("Approved by an agency"),
}
TO_DO = {
    "eligible": gettext_lazy("See on the runs’ page what people lack: a language, a certificate, a date. Offer that course to the group."),
    "listed": gettext_lazy("Look at the vacancies of the group’s usual work: is a skill or a level asked that the work does not need?"),
    "shortlisted": gettext_lazy("Look at which work the group asks for, and whether enough employers with such work are with Safar."),
    "approved": gettext_lazy("Ask the agencies why they declined people of this group, and read the reasons they have written."),
}


LONG = 8  # rows; a longer table is folded


@dataclass(frozen=True, slots=True)
class Cell:
    """A group at a step: how many could come to it, how many did, in words where they are hidden; then there is no percentage either."""

    step: str | Promise
    group: str
    people: str
    reached: str
    percent: int | None
    against: str
    percent_of_best: int | None
    is_different: bool
    months: int


@dataclass(frozen=True, slots=True)
class Row:
    """A group: a cell for each step that is compared, and how many the law lets through (all who look for work first)."""

    group: str
    cells: list[Cell]
    law: list[str]


@dataclass(frozen=True, slots=True)
class Attribute:
    """`unseen` are the groups of which not even the number of people may be read."""

    title: str | Promise
    rows: list[Row]
    unseen: list[str]

    @property
    def is_long(self) -> bool:
        return len(self.rows) > LONG and not any(cell.is_different for row in self.rows for cell in row.cells)


@dataclass(frozen=True, slots=True)
class Difference:
    attribute: str | Promise
    cell: Cell
    to_do: str | Promise


def show_audit(audit: ScoringAudit) -> list[Attribute]:
    names = _names()
    return [_attribute(code, audit.lines["lines"], names) for code in ATTRIBUTES]


def differences(attributes: list[Attribute]) -> Iterator[Difference]:
    for attribute in attributes:
        for row in attribute.rows:
            for step, cell in zip(TESTED, row.cells, strict=True):
                if cell.is_different:
                    yield Difference(attribute.title, cell, TO_DO[step])


def _attribute(code: str, lines: list[dict[str, Any]], names: dict[tuple[str, str], str]) -> Attribute:
    mine = {(line["step"], line["group"]): line for line in lines if line["attribute"] == code}
    groups = sorted({group for _step, group in mine}, key=lambda group: (group == "", names[code, group]))
    hidden = _hidden(mine, groups)

    def cell(step: str, group: str) -> Cell:
        line = mine[step, group]
        is_shown = group not in hidden[step] and line["reached"] >= FEWEST
        return Cell(
            step=STEP_NAMES[step],
            group=names[code, group],
            people=_shown(line["people"], group in hidden[BASE[step]]),
            reached=_shown(line["reached"], group in hidden[step]),
            percent=round(100 * line["reached"] / line["people"]) if is_shown else None,
            against=names[code, line["against"]] if line["against"] is not None else "",
            percent_of_best=round(100 * line["ratio"]) if is_shown and line["ratio"] is not None else None,
            is_different=line["is_different"],
            months=line["months"],
        )

    return Attribute(
        ATTRIBUTE_NAMES[code],
        [
            Row(names[code, group], [cell(step, group) for step in TESTED], _law(mine, hidden, group))
            for group in groups
            if group not in hidden[LOOKING]
        ],
        [names[code, group] for group in groups if group in hidden[LOOKING]],
    )


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
