"""What is wrong in an agency's list, by row and column; and its people, where nothing is."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from openpyxl.utils import get_column_letter

from matching.forms.intake import DetailsForm, Lists
from matching.intake.details import Details
from matching.intake.invite import ANSWERED_KEPT, left_today
from matching.intake.phones import refused_phones
from matching.intake.read_table import Formula, read_table
from matching.intake.table import COUNTRY_COLUMNS, Column, Reader, columns
from matching.models import Invitation
from matching.models.candidates import adult_on
from portal.places.days import legal_day

MONTH = re.compile(
    r"(?:(?P<month>\d{1,2})[.\-/ ](?P<year>\d{4})|(?P<year2>\d{4})[.\-/](?P<month2>\d{1,2})(?:[.\-/]\d{1,2})?|\d{1,2}[.\-/](?P<month3>\d{1,2})[.\-/](?P<year3>\d{4}))"
)


@dataclass(frozen=True, slots=True)
class Problem:
    """`place` is the cell as the table names it, "C7"; of the whole list it is empty."""

    place: str
    heading: str
    text: str
    row: int = 0


@dataclass(slots=True)
class Checked:
    people: list[tuple[str, Details]] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)


def check_table(data: bytes, make_lists: Callable[[], Lists], now: datetime) -> Checked:
    """Every row through the form of the desk. Raises `NotReadable`."""
    return _Check(read_table(data), make_lists, now).checked


class _Check:
    def __init__(self, rows: list[list[str | date]], make_lists: Callable[[], Lists], now: datetime) -> None:
        self.reader, self.lists, self.now, self.checked = Reader(make_lists), make_lists(), now, Checked()
        self.columns = {column.name: column for column in columns(self.lists)}
        self.places: dict[str, int] = {}  # of the columns in this file, by name
        self.phones: dict[str, int] = {}  # the row where each came first
        if not self._read_headings(rows[0]):
            return
        for number, row in enumerate(rows[1:], 2):
            if any(row):
                self._read_row(number, row)
        if not self.checked.people and not self.checked.problems:
            self._say(0, "", _("Nobody is on this list yet. Write one person in each row below the headings."))
        self._check_phones()
        if len(self.phones) > (left := left_today(self.lists.agency, now)):
            self._say(0, "", too_many_today(left))
        self.checked.problems.sort(key=lambda problem: problem.row)

    def _say(self, row: int, name: str, text: str) -> None:
        column: Column | None = self.columns.get(name)
        place = f"{get_column_letter(self.places[name] + 1)}{row}" if name in self.places else str(row or "")
        self.checked.problems.append(Problem(place, column.heading if column else "", text, row))

    def _read_headings(self, row: list[str | date]) -> bool:
        for place, heading in enumerate(row):
            name = self.reader.column(str(heading)) if heading else None
            if name is not None and name not in self.places:
                self.places[name] = place
            elif heading:
                text = _("The heading “%(heading)s” is unknown or stands there twice. Take the headings of the empty list.")
                self._say(1, "", text % {"heading": heading})
        for column in self.columns.values():
            if column.is_needed and column.name not in self.places:
                self._say(1, "", _("The column “%(heading)s” is missing.") % {"heading": column.heading})
        return not self.checked.problems

    def _read_row(self, number: int, row: list[str | date]) -> None:
        cells = {name: row[place] if place < len(row) else "" for name, place in self.places.items()}
        formulas = [name for name, cell in cells.items() if isinstance(cell, Formula)]
        for name in formulas:
            self._say(number, name, _("A formula stands here. Write the value itself."))
        if formulas:
            return
        for name in COUNTRY_COLUMNS.keys() & cells.keys():
            if cells[name] and self.reader.code(name, str(cells[name])) not in ("yes", "no"):
                self._say(number, name, _not_on_list())
        form = DetailsForm(self._as_posted(cells), lists=self.lists)
        faults: dict[str, str] = {}  # of each cell the first
        for name, found in form.errors.as_data().items():
            faults.setdefault("birth" if name in ("month", "year") else name, _sentence(name, found[0]))
        for name, text in faults.items():
            self._say(number, name, text)
        if not faults:
            self._take(number, form)

    def _as_posted(self, cells: dict[str, str | date]) -> dict[str, object]:
        posted: dict[str, object] = {"citizenship": self.lists.agency.country_id, "countries": []}
        for name, cell in cells.items():
            if name == "birth":
                posted["year"], posted["month"] = _month(cell)
            elif name in COUNTRY_COLUMNS:
                if self.reader.code(name, str(cell)) == "yes":
                    posted["countries"] = [*posted["countries"], COUNTRY_COLUMNS[name]]  # type: ignore[misc]
            elif cell:
                posted[name] = _phone(str(cell)) if name == "phone" else self.reader.code(name, str(cell))
        return posted

    def _take(self, number: int, form: DetailsForm) -> None:
        details, phone = form.details(), form.cleaned_data["phone"]
        if adult_on(details.born_in) > legal_day(self.now, self.lists.agency.country):
            self._say(number, "birth", _("Jobs abroad are for people of eighteen and older. That protects you."))
        if phone in self.phones:
            self._say(number, "phone", _("The same number stands in row %(row)s.") % {"row": self.phones[phone]})
        self.phones.setdefault(phone, number)
        self.checked.people.append((phone, details))

    def _check_phones(self) -> None:
        known = Invitation.objects.filter(agency=self.lists.agency, phone__in=self.phones)
        for phone in known.open().order_by("phone").values_list("phone", flat=True):
            self._say(self.phones[phone], "phone", _("You have invited this number already. Wait for the answer."))
        said_no = known.filter(answer=Invitation.Answer.NO, answered_at__gt=self.now - ANSWERED_KEPT)
        for phone in said_no.order_by("phone").values_list("phone", flat=True).distinct():
            self._say(self.phones[phone], "phone", _("This person has said no to you. Take the row out."))
        for phone in refused_phones(self.phones):
            self._say(self.phones[phone], "phone", phone_refused())


def too_many_today(left: int) -> str:
    if not left:
        return _("Your agency has invited as many people as it may in one day. Come back tomorrow.")
    text = ngettext(
        "Your agency may invite only %(count)d more person today. Send fewer people, or come back tomorrow.",
        "Your agency may invite only %(count)d more people today. Send fewer people, or come back tomorrow.",
        left,
    )
    return text % {"count": left}


def phone_refused() -> str:
    return _("This number cannot be used for a candidate. Ask the person for another one.")


def _not_on_list() -> str:
    return _("This is not on the list. Choose a word from the sheet of choices.")


def _sentence(name: str, fault: ValidationError) -> str:
    if name in ("month", "year"):
        return _("Write the month and the year like this: 03.1998.")
    return _not_on_list() if fault.code == "invalid_choice" else str(fault.messages[0])


def _month(cell: str | date) -> tuple[str, str]:
    """Year and month; empty where they cannot be told."""
    if isinstance(cell, date):
        return str(cell.year), str(cell.month)
    found = MONTH.fullmatch(cell)
    if found is None:
        return "", ""
    named = found.groupdict()
    return (named["year"] or named["year2"] or named["year3"], str(int(named["month"] or named["month2"] or named["month3"])))


def _phone(text: str) -> str:
    """A table makes 992900000001 of +992900000001."""
    return f"+{text}" if re.fullmatch(r"(99[268]\d{9}|7\d{10})", text) else text
