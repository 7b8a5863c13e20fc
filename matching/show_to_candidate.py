"""An explanation for the candidate: whole, plain sentences, no points of either side. Their wishes are met or not met, without numbers."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from matching.models.vacancies import Cefr, WorkLanguage
from matching.show_match import ASKED_FOR, FULL, Question, Requirement, day, months, paper_name, questions, requirements
from matching.skill_courses import taught
from matching.steps import BY_SLUG

GOOD_FROM = 8_000  # of a component's 10 000
NOT_STATED = WANTED_COUNTRY = 7_000
ACCEPTED_COUNTRY = 4_000
STEP_OF = {  # of the profile, where a question is answered
    "languages": "languages",
    "work": "work",
    "skills": "skills",
    "wage": "wage",
    "place": "where",
    "wanted": "occupations",
    "conditions": "conditions",
    "licence": "papers",
    "certificate": "papers",
}
STOPS = {
    "free": gettext_lazy("You are not free for a new job now: your profile is paused, you have a job, or no agency looks after you."),
    "danger": gettext_lazy("It is not safe to work there now."),
    "age": gettext_lazy("You must be 18 on the first day of work."),
    "route": gettext_lazy("The law gives you no legal way to this job: there is no permit for it, or a ban."),
    "employer": gettext_lazy("Nobody may be proposed to this employer now."),
    "vacancy": gettext_lazy("The vacancy is closed, or all places are taken."),
    "history": gettext_lazy("You or somebody else said no to this not long ago."),
}


@dataclass(frozen=True, slots=True)
class Open:
    """A question that was not answered, and the page on which to answer it."""

    question: Question
    icon: str
    url: str


@dataclass(frozen=True, slots=True)
class ForCandidate:
    """`fits` and `wishes` are sentences in favour, `less` what speaks against it, `stops` what makes it impossible now."""

    fits: list[str]
    has: list[str]
    wishes: list[str]
    less: list[str]
    stops: list[str]
    taught: list[Requirement]
    not_taught: list[Requirement]
    open: list[Open]
    day: str


def for_candidate(
    why: Mapping[str, Any], asks: Iterable[Mapping[str, Any]] | None = None, match: UUID | None = None, near: str = ""
) -> ForCandidate:
    """`why` is of `explain_match()`, `asks` of `still_asked()`; without them all of its questions are open. Whoever answers one comes
    back to `match`. `near` is the region or country where they could go to a course.

    Three queries, four where a course of ours teaches something.
    """
    rows = requirements(why, taught([row["skill"] for row in why["skills"] if row["state"] != "met"], near))
    gaps = [row for row in rows if row.is_gap]
    fits, wishes, less = _fits(why), *_wishes(why)
    if not fits and not wishes:
        fits = [_("You can learn this work where you start.")]
    return ForCandidate(
        fits=fits,
        has=[row.name for row in rows if row.state == "met" and row.kind == "skill"],
        wishes=wishes,
        less=[*_needed(rows), *_less(why), *less],
        stops=[_stop(code, why) for code in why["failed"]],
        taught=[row for row in gaps if row.courses],
        not_taught=[row for row in gaps if not row.courses],
        open=[
            Open(question, BY_SLUG[slug].icon, reverse("matching:profile_step", args=[slug], query={"match": match} if match else None))
            for question, slug in _with_steps(why if asks is None else {"ask": asks})
        ],
        day=day(why["on"]) if why["on"] else "",
    )


def _with_steps(why: Mapping[str, Any]) -> list[tuple[Question, str]]:
    return [(question, STEP_OF[question.code]) for question in questions(why)]


def _values(why: Mapping[str, Any]) -> dict[str, int]:
    """Components that apply, 0..10 000."""
    return {row["code"]: row["value"] for name in ("fits", "suits") for row in why[name]["components"] if not row["is_dropped"]}


def _fits(why: Mapping[str, Any]) -> list[str]:
    values, found = _values(why), []
    asked = [row for row in why["skills"] if row["is_essential"]]
    met = sum(row["state"] == "met" for row in asked)
    if met:
        has = ngettext(
            "Of %(asked)d skill that they ask for you have %(met)d.", "Of %(asked)d skills that they ask for you have %(met)d.", len(asked)
        )
        found.append(has % {"asked": len(asked), "met": met})
    if values.get("C", 0) >= GOOD_FROM:
        found.append(_("You have done this work, or work close to it."))
    if values.get("X", 0) >= GOOD_FROM:
        found.append(_("Your experience is long enough."))
    if values.get("L", 0) >= GOOD_FROM:
        found.append(_("You know the languages that they ask for."))
    found += [_("You have what they need: %(paper)s.") % {"paper": paper_name(row)} for row in why["papers"] if row["state"] == "met"]
    return found


def _needed(rows: Iterable[Requirement]) -> list[str]:
    """Skills without which nobody can start: the employer will ask."""
    return [_("They need this to begin: %(what)s.") % {"what": row.name} for row in rows if row.is_critical and row.is_gap]


def _less(why: Mapping[str, Any]) -> list[str]:
    """What they ask for and the person has less of; what was not answered is asked, not told here."""
    found = []
    experience = why["experience"]
    if experience and experience["state"] in ("near", "missing"):
        text = _("They ask for %(asked)s of experience. Of yours, %(counted)s count here.")
        found.append(text % {"asked": months(experience["required"]), "counted": months(experience["counted"])})
    for row in why["languages"]:
        if row["state"] in ("near", "missing"):
            names = {"language": WorkLanguage(row["code"]).label, "target": Cefr(row["target"]).label, "held": Cefr(row["held"]).label}
            text = (
                _("They wish for %(language)s %(target)s. You have %(held)s.")
                if row["held"]
                else _("They wish for %(language)s %(target)s.")
            )
            found.append(text % names)
    if why["days_late"]:
        late = why["days_late"]
        text = ngettext(
            "With your day and your papers you can be there %(late)d day after work begins.",
            "With your day and your papers you can be there %(late)d days after work begins.",
            late,
        )
        found.append(text % {"late": late})
    return found


def _wishes(why: Mapping[str, Any]) -> tuple[list[str], list[str]]:
    """(what is as the person wishes, what is not): only of wishes that were stated."""
    values, open_ones = _values(why), {ask["code"] for ask in why["ask"]}
    if not why["version"]:  # an old one does not say which wishes were stated
        open_ones |= {ASKED_FOR[code] for code in "WDGK" if values.get(code) == NOT_STATED}
    good: list[Promise | str] = []
    less: list[Promise | str] = []
    if "A" in values and not why["days_late"]:
        good.append(_("You are free in time for the start."))
    if "W" in values and "wage" not in open_ones:
        if values["W"] == FULL:
            good.append(_("The wage is as good as you asked for."))
        else:
            less.append(_("By what you told us the wage could be better."))
    if "D" in values and "wanted" not in open_ones:
        if values["D"] >= GOOD_FROM:
            good.append(_("It is work that you wish for."))
        else:
            less.append(_("It is not quite the work that you wish for."))
    if "G" in values and "place" not in open_ones:
        if values["G"] >= WANTED_COUNTRY:
            good.append(_("It is a place where you want to go."))
        elif values["G"] >= ACCEPTED_COUNTRY:
            good.append(_("It is a country where you would go."))
        else:
            less.append(_("You did not name this place among those where you would go."))
    if "K" in values and "conditions" not in open_ones:
        if values["K"] == FULL:
            good.append(_("They give what you asked for besides the wage."))
        elif values["K"]:
            less.append(_("They give some of what you asked for besides the wage, not all."))
        else:
            less.append(_("They do not give what you asked for besides the wage."))
    return [str(text) for text in good], [str(text) for text in less]


def _stop(code: str, why: Mapping[str, Any]) -> str:
    if code in STOPS:
        return str(STOPS[code])
    if code == "dates":
        return _("You can be there on %(day)s. That is more than thirty days after work begins.") % {"day": day(why["ready"])}
    if code == "own":
        if _values(why)["G"] == 0:
            return _("You said that you do not want to go there.")
        return _("It pays less than the least that you named.")
    what = _demanded(code, why)
    if code in why["unanswered"]:
        return _("They need this to begin: %(what)s. You have not said whether you have it.") % {"what": what}
    return _("They need this to begin: %(what)s.") % {"what": what}


def _demanded(code: str, why: Mapping[str, Any]) -> str:
    if code == "language":
        low = [row for row in why["languages"] if (row["held"] or 0) < row["minimum"]]
        return ", ".join(f"{WorkLanguage(row['code']).label} {Cefr(row['minimum']).label}" for row in low)
    return ", ".join(paper_name(row) for row in why["papers"] if row["kind"] == code and row["state"] != "met")
