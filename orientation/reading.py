"""Reading a page: the facts it names are looked up live, so that a corrected fact is right everywhere at once."""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal
from html import escape
from typing import Any

import structlog
from django.db.models import Model
from django.utils.formats import date_format
from django.utils.safestring import SafeString, mark_safe
from django.utils.timezone import localdate
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from modeltranslation.utils import build_localized_fieldname

from orientation.markup import TOKEN, parse_example
from orientation.models import EditionPage, Fact, Phrase
from orientation.paths import for_corridor
from orientation.values import format_quantity
from portal.fields import fallback_languages
from portal.places.corridors import Corridor
from portal.places.unsafe import unsafe_hosts, unsafe_in

SOON = timedelta(days=90)  # a text names a number that will come only when it is near
log = structlog.get_logger(__name__)

STATUS_NOTES: dict[str, Callable[[], str]] = {
    Fact.Status.BILL: lambda: _("A bill, not law yet. Follow the rule in force until it is."),
    Fact.Status.DRAFT: lambda: _("A draft rule, not in force yet."),
    Fact.Status.ENDED: lambda: _("No longer in force."),
    Fact.Status.UNKNOWN: lambda: _("We do not know if this is in force now. Ask before you rely on it."),
    Fact.Status.CONFLICT: lambda: _("Sources disagree. We show the safest reading."),
}


CONFIDENCE: dict[str, Callable[[], str]] = {
    Fact.Confidence.OFFICIAL: lambda: _("from an official page"),
    Fact.Confidence.PRESS: lambda: _("news media that quote an authority"),
    Fact.Confidence.SECONDARY: lambda: _("lawyers and advisers say so"),
    Fact.Confidence.GENERAL: lambda: _("generally known, not yet found in a source"),
    Fact.Confidence.CONFLICT: lambda: _("sources disagree"),
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
    number: Decimal | None = None
    old_note: str = ""
    next_note: str = ""
    changed_on: str = ""
    confidence: str = ""
    lang: str = ""  # of its texts, where it is not the page's
    remarks: tuple[str, ...] = ()  # said in brackets where a text names it


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
    number, status = fact.number_on(today), status_on(fact, today)
    note, is_old = STATUS_NOTES.get(status), fact.review_by < today
    remarks, next_note = [], ""
    if fact.next_number is not None and fact.next_from is not None and fact.next_from > today:
        change = {"day": date_format(fact.next_from), "value": format_quantity(fact.next_number, fact.unit)}
        next_note = _("From %(day)s: %(value)s") % change
        remarks += [_("from %(day)s: %(value)s") % change] if fact.next_from <= today + SOON else []
    remarks += [_("sources disagree")] if status == Fact.Status.CONFLICT else []
    remarks += [_("check this")] if is_old else []
    language = language_of(fact)
    return FactBox(
        code=fact.code,
        title=fact.title,
        value=format_quantity(number, fact.unit) if number is not None else "",
        text=fact.text,
        corridor_codes=fact.corridors,
        corridors=corridor_names(fact.corridors),
        source_name=source["publisher"],
        source_url=safe_url(source["url"], source["unsafe_in"]),
        source_dated=written_day(source["dated"]),
        is_checked=fact.verified_at is not None,
        checked_on=date_format(localdate(fact.verified_at)) if fact.verified_at else "",
        status_note=note() if note else "",
        is_old=is_old,
        number=number,
        old_note=_("Check this: it is %(age)s old.") % {"age": age(known_since(fact), today)} if is_old else "",
        next_note=next_note,
        changed_on=date_format(localdate(fact.changed_at)) if fact.changed_at else "",
        confidence=how_sure(fact.confidence, has_source=bool(source["publisher"])),
        lang="" if language == get_language() else language,
        remarks=tuple(remarks),
    )


def how_sure(confidence: str, *, has_source: bool) -> str:
    if confidence == Fact.Confidence.GENERAL and has_source:
        return _("the source says only a part of it")
    return CONFIDENCE[confidence]()


def status_on(fact: Fact, day: date) -> str:
    """What may have been prolonged is not known to be over. Of sources that disagree, a fact gives the safest reading."""
    if fact.valid_to is not None and fact.valid_to < day and fact.status != Fact.Status.UNKNOWN:
        return Fact.Status.ENDED
    if fact.status == Fact.Status.IN_FORCE and fact.confidence == Fact.Confidence.CONFLICT:
        return Fact.Status.CONFLICT
    return fact.status


def known_since(fact: Fact) -> date:
    """The last day on which it was seen to be right: by a person, or by its newest source."""
    days = [fact.as_of, localdate(fact.verified_at) if fact.verified_at else None]
    return max((day for day in days if day), default=fact.review_by)


def age(since: date, today: date) -> str:
    """12 days, 3 months, 4 years: in whole ones, one at least."""
    days = max((today - since).days, 1)
    count, unit = (days, Fact.Unit.DAY) if days < 60 else (days // 30, Fact.Unit.MONTH) if days < 730 else (days // 365, Fact.Unit.YEAR)
    return format_quantity(Decimal(count), unit)


def language_of(row: Model) -> str:
    """Of its texts, where the reader's own may be missing."""
    return next((code for code in fallback_languages() if getattr(row, build_localized_fieldname("title", code))), "en")


def safe_url(url: str, unsafe: Iterable[str] = ()) -> str:
    """The link, or "" where carrying it could harm the reader, whoever typed it."""
    return "" if unsafe or unsafe_in(url, unsafe_hosts()) else url


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


def fill(html: str, facts: dict[str, FactBox], *, remarks: bool = False) -> SafeString:
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
        said = f" ({'; '.join(box.remarks)})" if box and box.remarks and remarks else ""
        return f"<strong>{escape(known)}</strong>{escape(said)}"

    return mark_safe(TOKEN.sub(value, html))


def filled(value: Any, facts: dict[str, FactBox], *, remarks: bool = False) -> Any:
    """`value` with every text filled: the strings of a list, of a dict, of a dict in a list."""
    if isinstance(value, str):
        return fill(value, facts, remarks=remarks)
    if isinstance(value, dict):
        texts = ("text", "html", "choices", "feedback", "why")
        return {key: filled(part, facts, remarks=remarks) if key in texts else part for key, part in value.items()}
    if isinstance(value, list):
        return [filled(part, facts, remarks=remarks) for part in value]
    return value


@dataclass(frozen=True, slots=True)
class LessonView:
    page: EditionPage
    intro: SafeString
    story: SafeString
    points: list[SafeString]
    today: list[SafeString]
    variants: list[dict[str, Any]]
    all_phrases: list[dict[str, Any]]
    picture: str
    related: list[dict[str, Any]]
    boxes: list[FactBox]
    questions: list[dict[str, Any]]
    facts: dict[str, FactBox]

    @property
    def phrases(self) -> dict[str, list[dict[str, Any]]]:
        """By the language that they are said in."""
        found: dict[str, list[dict[str, Any]]] = {}
        for phrase in self.all_phrases:
            found.setdefault(phrase["spoken"], []).append(phrase)
        return found

    @property
    def to_say(self) -> list[tuple[str, list[dict[str, Any]]]]:
        """The same, each language under its heading."""
        return [(say_in(spoken), phrases) for spoken, phrases in self.phrases.items()]


def read_lesson(page: EditionPage, corridor: str, today: date, facts: dict[str, FactBox] | None = None) -> LessonView:
    """One query: the facts, where nobody has read them yet."""
    content = page.content
    facts = read_facts(content["fact_codes"], today) if facts is None else facts
    boxes = [facts[code] for code in content["facts"] if code in facts]
    if corridor:
        here = corridor_names([corridor])
        boxes = [replace(box, corridors=here) for box in boxes if corridor in box.corridor_codes]
    return LessonView(
        page=page,
        intro=fill(content["intro"], facts, remarks=True),
        story=fill(content["story"], facts),
        points=filled(content["points"], facts, remarks=True),
        today=filled(content["today"], facts, remarks=True),
        variants=filled(for_corridor(content["variants"], corridor), facts, remarks=True),
        all_phrases=for_corridor(content.get("phrases", []), corridor),
        picture=content.get("picture", ""),
        related=content.get("related", []),
        boxes=boxes,
        questions=filled(for_corridor(page.questions, corridor), facts),
        facts=facts,
    )


def say_in(spoken: str) -> str:
    """The heading of sentences in that language."""
    return _("Say it in Kazakh") if spoken == Phrase.Language.KAZAKH else _("Say it in Russian")
