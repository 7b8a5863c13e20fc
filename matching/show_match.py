"""What the three readers of an explanation share: the sides, what the vacancy asks for, and the questions that are open."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from matching.models import Skill
from matching.models.vacancies import Cefr, Certificate, Level, Licence, WorkLanguage
from matching.skill_courses import TaughtIn

FULL = 10_000
LABELS = {
    "E": gettext_lazy("Essential skills"),
    "O": gettext_lazy("Useful skills"),
    "C": gettext_lazy("The same kind of work"),
    "X": gettext_lazy("Experience"),
    "L": gettext_lazy("Languages"),
    "W": gettext_lazy("Wage"),
    "G": gettext_lazy("Place"),
    "D": gettext_lazy("Work that is wished for"),
    "A": gettext_lazy("Free in time"),
    "K": gettext_lazy("Conditions"),
}
# Which question is open where a component could say more.
ASKED_FOR = {
    "E": "skills",
    "O": "skills",
    "C": "work",
    "X": "work",
    "L": "languages",
    "W": "wage",
    "G": "place",
    "D": "wanted",
    "K": "conditions",
}
QUESTIONS = {
    "work": gettext_lazy("What work have you done, also unpaid?"),
    "skills": gettext_lazy("What can you do, and how well?"),
    "wage": gettext_lazy("What is the least wage for you, and which one do you wish for?"),
    "place": gettext_lazy("Where do you want to work?"),
    "wanted": gettext_lazy("What work do you want to do?"),
    "conditions": gettext_lazy("What should the job give besides the wage?"),
    "licence": gettext_lazy("Which driving licences do you have?"),
    "certificate": gettext_lazy("Which certificates do you have?"),
}
STATES = {
    "met": gettext_lazy("has it"),
    "near": gettext_lazy("near"),
    "missing": gettext_lazy("missing"),
    "unanswered": gettext_lazy("not answered"),
}


@dataclass(frozen=True, slots=True)
class Part:
    """`is_open`: not answered, or not all of it. The answer could bring `brings` points of the ring: said once for each question."""

    label: str
    points: int
    share: int
    is_open: bool = False
    brings: int = 0

    @property
    def of_100(self) -> tuple[Decimal, Decimal]:
        """Earned and share as an employer reads them: they add up as the points do."""
        return Decimal(self.points) / 100, Decimal(self.share) / 100


@dataclass(frozen=True, slots=True)
class Side:
    """Its parts add up to `total`, to the point. Without parts nothing is asked, and the side is full."""

    total: int
    parts: list[Part]
    full: int = FULL

    @property
    def of_100(self) -> Decimal:
        return Decimal(self.total) / 100


@dataclass(frozen=True, slots=True)
class Requirement:
    """One thing that the vacancy asks for. `asked` and `held` are levels in words, "" where there is none; `proof` how we know."""

    kind: str  # skill | language | experience | licence | certificate
    name: str
    state: str  # met | near | missing | unanswered
    asked: str = ""
    held: str = ""
    proof: str = ""
    is_essential: bool = True
    is_critical: bool = False
    brings: str = ""
    courses: list[TaughtIn] = field(default_factory=list)
    skill: int | None = None

    @property
    def word(self) -> str:
        return str(STATES[self.state])

    @property
    def is_gap(self) -> bool:
        """A skill that can be learnt; of who has told no skill nobody knows what is one."""
        return self.kind == "skill" and self.state in ("near", "missing")


@dataclass(frozen=True, slots=True)
class Question:
    """`brings` says what an answer could bring, "" where that is not known."""

    code: str
    text: str
    brings: str


def side(block: Mapping[str, Any], asks: Iterable[Mapping[str, Any]] = ()) -> Side:
    """`asks` are the explanation's, for readers who may ask."""
    open_ones, parts = {ask["code"]: ask["brings"] for ask in asks}, []
    for row in block["components"]:
        if not row["is_dropped"]:
            code = ASKED_FOR.get(row["code"])
            is_open = code in open_ones
            brings = ring_points(open_ones[code]) if is_open else 0
            if is_open:
                open_ones[code] = 0
            parts.append(Part(str(LABELS[row["code"]]), row["earned"], row["share"], is_open, brings))
    return Side(block["total"], parts)


def requirements(why: Mapping[str, Any], courses: Mapping[int, list[TaughtIn]]) -> list[Requirement]:
    """Skills, languages, experience, licences and certificates, in this order. One query."""
    names = {skill.pk: str(skill) for skill in Skill.objects.filter(pk__in=[row["skill"] for row in why["skills"]])}
    found = [
        Requirement(
            "skill",
            names.get(row["skill"], "–"),
            row["state"],
            asked=str(Level(row["required"]).label),
            held=_held_level(row),
            proof="" if row["held"] is None else str(_("verified") if row["is_verified"] else _("only said")),
            is_essential=row["is_essential"],
            is_critical=row["is_critical"],
            brings=would_bring(row["brings"]),
            courses=courses.get(row["skill"], []),
            skill=row["skill"],
        )
        for row in why["skills"]
    ]
    found += [_language(row) for row in why["languages"]]
    if why["experience"]:
        found.append(_experience(why["experience"]))
    return found + [_paper(row) for row in why["papers"]]


def _held_level(row: Mapping[str, Any]) -> str:
    if row["held"] is not None:
        return str(Level(row["held"]).label)
    return _("another skill of this kind") if row["is_by_group"] else ""


def _language(row: Mapping[str, Any]) -> Requirement:
    name, target = str(WorkLanguage(row["code"]).label), Cefr(row["target"]).label
    asked = str(target)
    if 0 < row["minimum"] < row["target"]:
        asked = _("%(target)s, at least %(minimum)s") % {"target": target, "minimum": Cefr(row["minimum"]).label}
    held = str(Cefr(row["held"]).label) if row["held"] else ""
    return Requirement("language", name, row["state"], asked, held, _("only said") if held else "", is_essential=row["minimum"] > 0)


def _experience(row: Mapping[str, Any]) -> Requirement:
    held = months(row["told"]) if row["told"] else ""
    if row["counted"] < min(row["told"], row["required"]):
        held = _("%(told)s, of which %(counted)s count here") % {"told": held, "counted": months(row["counted"])}
    return Requirement("experience", str(LABELS["X"]), row["state"], months(row["required"]), held, _("only said") if held else "")


def _paper(row: Mapping[str, Any]) -> Requirement:
    said = _("only said") if row["state"] in ("met", "near") else ""
    if row["kind"] == "licence":
        held = _("not recognised there for paid driving") if row["state"] == "near" else ""
        return Requirement("licence", paper_name(row), row["state"], "", held, said)
    held = _("until %(day)s") % {"day": day(row["until"])} if row["until"] else ""
    if row["state"] == "near":
        held = _("ends on %(day)s, before the work begins") % {"day": day(row["until"])}
    return Requirement("certificate", paper_name(row), row["state"], "", held, said)


def paper_name(row: Mapping[str, Any]) -> str:
    if row["kind"] == "licence":
        return _("Driving licence: %(category)s") % {"category": Licence(row["code"]).label}
    return str(Certificate(row["code"]).label)


def months(count: int) -> str:
    return ngettext("%(count)d month", "%(count)d months", count) % {"count": count}


def day(iso: str) -> str:
    return date_format(date.fromisoformat(iso))


def questions(why: Mapping[str, Any]) -> list[Question]:
    """First what could make the job possible, then what could bring the most."""
    asks = sorted(why["ask"], key=lambda ask: (not ask["lifts"], -ask["brings"]))
    return [Question(ask["code"], _question(ask), could_bring(ask)) for ask in asks]


def _question(ask: Mapping[str, Any]) -> str:
    if ask["code"] == "languages":
        spoken = ", ".join(str(WorkLanguage(code).label) for code in ask["about"])
        return _("How well do you know this language: %(language)s?") % {"language": spoken}
    return str(QUESTIONS[ask["code"]])


def ring_points(points: int) -> int:
    """0..10 000 as the ring shows them, 0..100."""
    return round(points / 100)


def would_bring(points: int) -> str:
    """`points` that a skill would add to the pair, of 10 000."""
    if not points:
        return ""
    shown = ring_points(points)
    if not shown:
        return _("Learning it would bring less than one point.")
    text = ngettext("Learning it would bring %(points)d point of 100.", "Learning it would bring %(points)d points of 100.", shown)
    return text % {"points": shown}


def could_bring(ask: Mapping[str, Any]) -> str:
    """What the answer to an open question could be good for."""
    if ask["lifts"]:
        return _("The answer could make this job possible.")
    if not ask["brings"]:
        return ""
    shown = ring_points(ask["brings"])
    if not shown:
        return _("The answer could bring less than one point.")
    text = ngettext(
        "The answer could bring up to %(points)d point of 100.", "The answer could bring up to %(points)d points of 100.", shown
    )
    return text % {"points": shown}
