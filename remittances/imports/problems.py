"""Why a file is not loaded: by row and column, the first of them in words and the others counted."""

from typing import NamedTuple

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

MOST_TOLD = 20


class Fault(NamedTuple):
    """`row` counts from 1, which is that of the headings; None, and "" for a column: it is about the whole file, or row."""

    row: int | None
    column: str
    sentence: str
    sheet: str = ""

    def __str__(self) -> str:
        row = _("row %(row)d") % {"row": self.row} if self.row else ""
        place = ", ".join(filter(None, [self.sheet, row, self.column]))
        return f"{place}: {self.sentence}" if place else self.sentence


class ImportProblem(ValueError):
    """Nothing of the file is loaded. `faults` are the first `MOST_TOLD`, `more` counts those after them."""

    def __init__(self, *faults: Fault, more: int = 0) -> None:
        self.faults, self.more = faults, more
        super().__init__(self)

    def __str__(self) -> str:
        return "\n".join(self.lines)

    @property
    def lines(self) -> list[str]:
        lines = [str(fault) for fault in self.faults]
        if self.more:
            lines.append(ngettext("… and %(count)d more.", "… and %(count)d more.", self.more) % {"count": self.more})
        return lines


class Faults:
    """What is found wrong while a file is read to its end."""

    def __init__(self) -> None:
        self.first: list[Fault] = []
        self.count = 0

    def add(self, fault: Fault) -> None:
        self.count += 1
        if len(self.first) < MOST_TOLD:
            self.first.append(fault)

    def refuse(self) -> None:
        """Raise `ImportProblem` if anything was found."""
        if self.count:
            raise ImportProblem(*self.first, more=self.count - len(self.first))
