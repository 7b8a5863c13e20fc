"""An explanation for the agency that has the care: everything but wage floor and wish, of which only the part's points are seen."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from matching.show_match import Question, Requirement, Side, day, questions, requirements, ring_points, side
from matching.skill_courses import courses_of
from portal.money.formats import format_number

# What a wish of the candidate rules out and what somebody has refused are told alike: else the wage floor could be guessed.
RULED_OUT = gettext_lazy("One of the two sides has ruled this out.")
STOPS = {
    "free": gettext_lazy("The candidate is not free now: paused, placed, or in nobody’s care."),
    "danger": gettext_lazy("The place of work or the employer is on a danger or sanctions list."),
    "age": gettext_lazy("The candidate is not yet 18 when the work begins."),
    "route": gettext_lazy("The law opens no route: for this citizenship, place and kind of work there is no permit, or a ban."),
    "language": gettext_lazy("A language is below the level that is needed to start."),
    "licence": gettext_lazy("A driving licence that the work needs is not there, or is not recognised in that country."),
    "certificate": gettext_lazy("A certificate that the work needs is not there, or ends before the work begins."),
    "employer": gettext_lazy("The employer is not checked or is suspended, or the wage is under the legal minimum."),
    "vacancy": gettext_lazy("The vacancy is not open, or no place is left."),
    "dates": gettext_lazy("The candidate could be there only more than thirty days after the start."),
    "own": RULED_OUT,
    "history": RULED_OUT,
}
NOT_ANSWERED = {
    "language": gettext_lazy("A language that is needed to start was not answered: ask."),
    "licence": gettext_lazy("Driving licences were not answered: ask."),
    "certificate": gettext_lazy("Certificates were not answered: ask."),
}


@dataclass(frozen=True, slots=True)
class ForStaff:
    """`root` says how the two sides make the ring; `weights` is the short name of the version, "" where it is not known."""

    ring: int
    root: str
    job: Side
    person: Side
    requirements: list[Requirement]
    stops: list[str]
    questions: list[Question]
    verify: str
    day: str
    weights: str


def for_staff(why: Mapping[str, Any]) -> ForStaff:
    """`why` is of `explain_match()`. Two queries, three where a course teaches something."""
    rows = requirements(why, courses_of(row["skill"] for row in why["skills"] if row["state"] != "met"))
    unverified = [row.name for row in rows if row.skill in why["verify"]]
    root = {
        "job": format_number(why["fits"]["total"]),
        "person": format_number(why["suits"]["total"]),
        "points": format_number(why["points"]),
        "ring": ring_points(why["points"]),
    }
    return ForStaff(
        ring=ring_points(why["points"]),
        root=_("The ring is the root of both sides multiplied: √(%(job)s × %(person)s) ≈ %(points)s, shown as %(ring)d of 100.") % root,
        job=side(why["fits"], why["ask"]),
        person=side(why["suits"], why["ask"]),
        requirements=rows,
        stops=list(dict.fromkeys(str((NOT_ANSWERED if code in why["unanswered"] else STOPS)[code]) for code in why["failed"])),
        questions=questions(why),
        verify=_("Only said so far, not shown: %(skills)s.") % {"skills": ", ".join(unverified)} if unverified else "",
        day=day(why["on"]) if why["on"] else "",
        weights=why["versions"].get("weights", "")[:8],
    )
