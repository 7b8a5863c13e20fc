"""Reading a page: the facts it names are looked up live, so that a corrected fact is right everywhere at once."""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import date
from html import escape
from typing import Any

import structlog
from django.utils.formats import date_format
from django.utils.safestring import SafeString, mark_safe
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from orientation.markup import TOKEN, parse_example
from orientation.models import EditionPage, Fact
from orientation.progress import for_corridor
from orientation.unsafe import unsafe_hosts, unsafe_in
from orientation.values import format_quantity
from portal.places.corridors import Corridor

log = structlog.get_logger(__name__)

STATUS_NOTES: dict[str, Callable[[], str]] = {
    Fact.Status.BILL: lambda: _("A bill, not law yet. Follow the rule in force until it is."),
    Fact.Status.DRAFT: lambda: _("A draft rule, not in force yet."),
    Fact.Status.ENDED: lambda: _("No longer in force."),
    Fact.Status.UNKNOWN: lambda: _("We do not know if this is in force now. Ask before you rely on it."),
    Fact.Status.CONFLICT: lambda: _("Sources disagree. We show the safest reading."),
}


@dataclass(frozen=True, slots=True)
class FactBox:
    """A fact as a page shows it. `source_url` is empty where carrying the link could harm the reader."""

    code: str
    title: str
    value: str
    text: str
    corridor_codes: list[str]
    corridors: list[str]
    source_name: str
    source_url: str
    source_dated: str
    is_checked: bool
    checked_on: str
    status_note: str
    is_old: bool


def read_facts(codes: Iterable[str], today: date) -> dict[str, FactBox]:
    """The facts with these codes, in one query. An unknown code is left out and logged; editors see it on the course's admin page."""
    codes = list(codes)
    if not codes:
        return {}
    boxes = {fact.code: fact_box(fact, today) for fact in Fact.objects.filter(code__in=codes).with_main_source()}
    for code in codes:
        if code not in boxes:
            log.warning("fact.missing", code=code)
    return boxes


def fact_box(fact: Fact, today: date) -> FactBox:
    """`fact` must come from `with_main_source()`."""
    source = fact.main_source or {"publisher": "", "url": "", "dated": "", "unsafe_in": []}  # type: ignore[attr-defined]
    conflict = fact.confidence == Fact.Confidence.CONFLICT and fact.status == Fact.Status.IN_FORCE
    # what may have been prolonged is not known to be over
    is_over = fact.valid_to is not None and fact.valid_to < today and fact.status != Fact.Status.UNKNOWN
    note = STATUS_NOTES.get(Fact.Status.ENDED if is_over else Fact.Status.CONFLICT if conflict else fact.status)
    return FactBox(
        code=fact.code,
        title=fact.title,
        value=format_quantity(fact.number, fact.unit) if fact.number is not None else "",
        text=fact.text,
        corridor_codes=fact.corridors,
        corridors=corridor_names(fact.corridors),
        source_name=source["publisher"],
        source_url="" if source["unsafe_in"] or unsafe_in(source["url"], unsafe_hosts()) else source["url"],
        source_dated=written_day(source["dated"]),
        is_checked=fact.verified_at is not None,
        checked_on=date_format(localdate(fact.verified_at)) if fact.verified_at else "",
        status_note=note() if note else "",
        is_old=fact.review_by < today,
    )


def written_day(dated: str) -> str:
    """A source's date as the language writes days; a month, a year or a span stays as the source gave it."""
    try:
        return date_format(date.fromisoformat(dated))
    except ValueError:
        return dated


def country_names() -> dict[str, str]:
    return {"TJ": _("Tajikistan"), "KG": _("Kyrgyzstan"), "UZ": _("Uzbekistan"), "RU": _("Russia"), "KZ": _("Kazakhstan")}


def corridor_names(corridors: Iterable[str]) -> list[str]:
    """One text a destination: ["Tajikistan, Kyrgyzstan → Russia"]."""
    names = country_names()
    origins: dict[str, list[str]] = {}
    for corridor in map(Corridor, corridors):
        origins.setdefault(corridor.destination, []).append(names[corridor.origin])
    return [f"{', '.join(each)} → {names[destination]}" for destination, each in origins.items()]


def corridor_name(corridor: str) -> str:
    return corridor_names([corridor])[0]


def fill(html: str, facts: dict[str, FactBox]) -> SafeString:
    """Frozen HTML with its tokens replaced by values. What cannot be filled says so in words."""

    def value(match: re.Match[str]) -> str:
        kind, name = match[1], match[2]
        if kind == "eg":
            try:
                return escape(format_quantity(*parse_example(name)))
            except ValueError:
                return escape(match[0])
        box = facts.get(name)
        known = (box.value or box.title) if box else _("(this number is being checked)")
        return f"<strong>{escape(known)}</strong>"

    return mark_safe(TOKEN.sub(value, html))


def filled(value: Any, facts: dict[str, FactBox]) -> Any:
    """`value` with every text filled: the strings of a list, of a dict, of a dict in a list."""
    if isinstance(value, str):
        return fill(value, facts)
    if isinstance(value, dict):
        return {key: filled(part, facts) if key in ("text", "html", "choices", "feedback", "why") else part for key, part in value.items()}
    if isinstance(value, list):
        return [filled(part, facts) for part in value]
    return value


@dataclass(frozen=True, slots=True)
class LessonView:
    page: EditionPage
    intro: SafeString
    story: SafeString
    points: list[SafeString]
    today: list[SafeString]
    variants: list[dict[str, Any]]
    boxes: list[FactBox]
    questions: list[dict[str, Any]]


def read_lesson(page: EditionPage, corridor: str, today: date) -> LessonView:
    """One query: the facts."""
    content = page.content
    facts = read_facts(content["fact_codes"], today)
    boxes = [facts[code] for code in content["facts"] if code in facts]
    if corridor:
        here = corridor_names([corridor])
        boxes = [replace(box, corridors=here) for box in boxes if corridor in box.corridor_codes]
    return LessonView(
        page=page,
        intro=fill(content["intro"], facts),
        story=fill(content["story"], facts),
        points=filled(content["points"], facts),
        today=filled(content["today"], facts),
        variants=filled(for_corridor(content["variants"], corridor), facts),
        boxes=boxes,
        questions=filled(for_corridor(page.questions, corridor), facts),
    )
