"""What must be in hand before departure, for one match: an agency's list, in a word or two a step."""

from dataclasses import dataclass

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from matching.checklist import ASK, DONE, LATE, TODO, Item, checklist
from matching.models import Match, Offer
from portal.places.days import legal_day

TONES = {DONE: "", TODO: "warn", LATE: "danger", ASK: "neutral"}


@dataclass(frozen=True, slots=True)
class Step:
    label: str
    text: str
    tone: str = "warn"  # "" done, warn to do, danger too late, neutral not known


def before_departure(match: Match, offer: Offer | None) -> list[Step]:
    items = checklist(match, offer, legal_day(timezone.now(), match.vacancy.region))
    return [*(Step(item.title, _said(item), TONES[item.tone]) for item in items), _start(match)]


def _said(item: Item) -> str:
    if item.last_day is None or item.tone == DONE:
        return item.said
    by = _("by %(day)s") % {"day": date_format(item.last_day)}
    return f"{item.said} · {by}" if item.said else by


def _start(match: Match) -> Step:
    free, starts = match.candidate.available_on, match.vacancy.starts_on
    if free is None:
        return Step(_("Free from"), _("not answered"), "neutral")
    return Step(_("Free from"), date_format(free), "" if starts is None or free <= starts else "warn")
