"""The list that an agency fills in: its columns, what may stand in them, and the empty file in the reader's language."""

from collections.abc import Iterable
from dataclasses import dataclass
from io import BytesIO
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import override
from openpyxl import Workbook
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation

from matching.forms.intake import DetailsForm, Lists, language_field
from matching.forms.profile import CEFR, YES_NO
from matching.intake.read_table import MOST_ROWS
from matching.models.candidates import Citizenship
from matching.models.vacancies import WorkLanguage
from portal.places.corridors import DESTINATIONS

LIKE_A_FORMULA = ("=", "+", "-", "@", "\t", "\r")


@dataclass(frozen=True, slots=True)
class Column:
    """`name` is a field of `DetailsForm`, "birth" for its two fields of the month, "country_RU" for a box of its countries."""

    name: str
    heading: str
    choices: tuple[tuple[str, str], ...] = ()
    is_needed: bool = False


def columns(lists: Lists) -> list[Column]:
    """In the reader's language."""
    label = {name: str(field.label) for name, field in DetailsForm(lists=lists).fields.items()}
    trades = [option for _heading, options in lists.trades for option in options]
    levels = _flat(CEFR[1:])
    return [
        Column("given_name", label["given_name"], is_needed=True),
        Column("family_name", label["family_name"]),
        Column("birth", label["month"], is_needed=True),
        Column("phone", label["phone"], is_needed=True),
        Column("citizenship", label["citizenship"], _flat(Citizenship.choices)),
        Column("home_region", label["home_region"], _flat(lists.regions)),
        Column("trade", label["trade"], _flat(trades)),
        Column("months", label["months"], _flat(lists.lasted)),
        Column("ended", label["ended"], _flat(lists.ended)),
        *(Column(language_field(code), str(name), levels) for code, name in WorkLanguage.choices),
        *(Column(f"country_{code}", _("Wants to go: %(country)s") % {"country": name}, _flat(YES_NO)) for code, name in lists.countries),
        Column("located_in", label["located_in"], _flat(lists.places)),
        Column("has_papers", label["has_papers"], _flat(YES_NO)),
    ]


def _flat(choices: Iterable[tuple[Any, Any]]) -> tuple[tuple[str, str], ...]:
    return tuple((str(code), str(name)) for code, name in choices)


class Reader:
    """Headings and words of choices in any of Safar's languages: a list is filled in by one person and sent by another."""

    def __init__(self, make_lists: Any) -> None:
        self.by_heading: dict[str, str] = {}
        self.codes: dict[tuple[str, str], str] = {}
        for language, _name in settings.LANGUAGES:
            with override(language):
                for column in columns(make_lists()):
                    self.by_heading[_folded(column.heading)] = column.name
                    for code, word in column.choices:
                        self.codes[column.name, _folded(word)] = self.codes[column.name, _folded(code)] = code
        self.with_choices = {name for name, _word in self.codes}

    def column(self, heading: str) -> str | None:
        return self.by_heading.get(_folded(heading))

    def code(self, column: str, text: str) -> str:
        """What is on no list stays as it is, for the form to refuse."""
        return self.codes.get((column, _folded(text)), text) if column in self.with_choices else text


def _folded(text: str) -> str:
    return " ".join(text.casefold().replace("*", "").split())


def empty_list(lists: Lists) -> bytes:
    """An XLSX with headings, and a second sheet with what may be chosen, which the cells of the first offer."""
    book = Workbook()
    sheet, choices = book.active, book.create_sheet(_("Choices"))
    sheet.title = _("People")
    for number, column in enumerate(columns(lists), 1):
        letter = get_column_letter(number)
        heading = sheet.cell(1, number, column.heading + (" *" if column.is_needed else ""))
        heading.font = Font(bold=True)
        sheet.column_dimensions[letter].width = max(14, len(column.heading) + 3)
        for row in range(2, MOST_ROWS + 2) if column.name in ("birth", "phone") else ():
            sheet.cell(row, number).number_format = "@"  # text: no table makes a number of +992
        if column.choices:
            choices.cell(1, number, column.heading).font = Font(bold=True)
            choices.column_dimensions[letter].width = 28
            for place, (_code, word) in enumerate(column.choices, 2):
                put(choices.cell(place, number), word)
            offered = f"'{choices.title}'!${letter}$2:${letter}${len(column.choices) + 1}"
            rule = DataValidation(type="list", formula1=offered, allow_blank=True, showErrorMessage=True)
            rule.add(f"{letter}2:{letter}{MOST_ROWS + 1}")
            sheet.add_data_validation(rule)
    sheet.freeze_panes = "A2"
    return saved(book)


def put(cell: Any, text: str) -> Any:
    """Text, whatever it begins with: no program that opens the file may take it for a formula."""
    cell.value = ILLEGAL_CHARACTERS_RE.sub("", text)
    if text.startswith(LIKE_A_FORMULA):
        cell.data_type, cell.quotePrefix = "s", True
    return cell


def saved(book: Workbook) -> bytes:
    out = BytesIO()
    book.save(out)
    return out.getvalue()


COUNTRY_COLUMNS = {f"country_{code}": code for code in DESTINATIONS}
