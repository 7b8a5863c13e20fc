"""The answers of a check-in, as whoever may know reads them."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from placements.models import CheckIn
from placements.person import names
from portal.money.formats import format_money


@dataclass(frozen=True, slots=True)
class Shown:
    lines: list[tuple[str, Any]]
    help_from: str


def answers_of(row: CheckIn) -> Shown:
    """In the words of the questions."""
    lines = [
        (_("Have you got your pay?"), row.get_pay_display()),
        (_("Do you have your documents with you?"), row.get_papers_display()),
        (_("Do you work where the contract says?"), row.get_place_display()),
        (_("Did anyone ask you for money, under any name?"), row.get_money_display()),
    ]
    if row.paid:
        lines.insert(1, (_("Pay for the last month"), format_money(row.paid)))
    return Shown(lines, names(row.help_from))
