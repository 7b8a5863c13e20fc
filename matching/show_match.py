"""An explanation as three readers may see it. Wage floor and wish are in none of them; the employer's has no wage side at all."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from matching.models import Match, Skill
from matching.models.vacancies import WorkLanguage

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


@dataclass(frozen=True, slots=True)
class Part:
    label: str
    points: int
    share: int


@dataclass(frozen=True, slots=True)
class Side:
    """Its parts add up to `total`, to the point."""

    total: int
    parts: list[Part]
    full: int = 10_000


@dataclass(frozen=True, slots=True)
class SkillLine:
    name: str
    state: str  # met | near | missing
    is_essential: bool
    gain: int


@dataclass(frozen=True, slots=True)
class Shown:
    ring: int
    job: Side
    person: Side
    skills: list[SkillLine]
    ask: list[str]

    def skills_in(self, state: str) -> list[SkillLine]:
        return [line for line in self.skills if line.state == state]

    @property
    def met(self) -> list[SkillLine]:
        return self.skills_in("met")

    @property
    def near(self) -> list[SkillLine]:
        return self.skills_in("near")

    @property
    def missing(self) -> list[SkillLine]:
        return self.skills_in("missing")


def shown(match: Match, explanation: dict[str, Any]) -> Shown:
    """`explanation` is the engine's, as JSON keeps it."""
    rows = explanation["skills"]
    names = {skill.pk: skill.name or skill.slug for skill in Skill.objects.filter(pk__in=[row["skill"] for row in rows])}
    ask = [_question(code) for code in explanation["ask"]]
    if explanation["verify"]:
        to_verify = ", ".join(names[pk] for pk in explanation["verify"] if pk in names)
        ask.append(_("Only said so far, not shown: %(skills)s.") % {"skills": to_verify})
    return Shown(
        ring=round(explanation["points"] / 100),
        job=_side(explanation["fits"]),
        person=_side(explanation["suits"]),
        skills=[SkillLine(names.get(row["skill"], "–"), row["state"], row["is_essential"], row["brings"]) for row in rows],
        ask=ask,
    )


def _side(side: dict[str, Any]) -> Side:
    return Side(
        side["total"], [Part(str(LABELS[row["code"]]), row["earned"], row["share"]) for row in side["components"] if not row["is_dropped"]]
    )


def _question(code: str) -> str:
    kind, _colon, language = code.partition(":")
    if kind == "language":
        return _("How well do you know this language: %(language)s?") % {"language": WorkLanguage(language).label}
    return str(QUESTIONS[kind])


QUESTIONS = {
    "work": gettext_lazy("What work have you done, also unpaid?"),
    "licence": gettext_lazy("Which driving licences do you have?"),
    "certificate": gettext_lazy("Which certificates do you have?"),
}
GOOD = {
    "C": gettext_lazy("You have done this work, or work close to it."),
    "X": gettext_lazy("Your experience is long enough."),
    "L": gettext_lazy("You know the languages that they ask for."),
    "D": gettext_lazy("It is work that you wish for."),
    "G": gettext_lazy("It is a place where you would go."),
    "A": gettext_lazy("You are free in time for the start."),
    "K": gettext_lazy("They give what you asked for besides the wage."),
}
GOOD_FROM = 8_000  # of a component's 10 000; a wish that was not stated counts 7 000


def plain_reasons(explanation: dict[str, Any]) -> list[str]:
    """Why the candidate is told of this vacancy: whole sentences, no points."""
    asked = [row for row in explanation["skills"] if row["is_essential"]]
    met = sum(row["state"] == "met" for row in asked)
    rows = [row for side in ("fits", "suits") for row in explanation[side]["components"]]
    good = {row["code"] for row in rows if not row["is_dropped"] and row["value"] >= GOOD_FROM}
    sentences = [str(sentence) for code, sentence in GOOD.items() if code in good]
    if met:
        has = ngettext(
            "Of %(asked)d skill that they ask for you have %(met)d.", "Of %(asked)d skills that they ask for you have %(met)d.", len(asked)
        )
        sentences.insert(0, has % {"asked": len(asked), "met": met})
    return sentences or [str(_("You can learn this work where you start."))]
