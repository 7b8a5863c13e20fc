"""An explanation for the employer: what the vacancy asks for, and how far it is met. Of what suits the person only when they can start."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from matching.show_match import Requirement, Side, day, requirements, ring_points, side


@dataclass(frozen=True, slots=True)
class ForEmployer:
    """`job` adds up to the ring, which is "fits the job" alone; `start` is a sentence, "" where it is not known."""

    ring: int
    job: Side
    requirements: list[Requirement]
    met: str
    start: str


def for_employer(why: Mapping[str, Any]) -> ForEmployer:
    """`why` is of `explain_match()`. One query."""
    rows = requirements(why, courses={})
    return ForEmployer(ring_points(why["fits"]["total"]), side(why["fits"]), rows, met(why), _start(why))


def met(why: Mapping[str, Any]) -> str:
    """How many of the requirements, without a query."""
    rows = [*why["skills"], *why["languages"], *why["papers"], *([why["experience"]] if why["experience"] else [])]
    if not rows:
        return ""
    text = ngettext("Meets %(met)d of %(count)d requirement.", "Meets %(met)d of %(count)d requirements.", len(rows))
    return text % {"met": sum(row["state"] == "met" for row in rows), "count": len(rows)}


def _start(why: Mapping[str, Any]) -> str:
    if why["ready"] is None:
        return ""
    if not why["days_late"]:
        return _("Can be there on the first day of work, %(day)s.") % {"day": day(why["start"])}
    late = why["days_late"]
    text = ngettext(
        "Can be there on %(day)s, %(late)d day after work begins.", "Can be there on %(day)s, %(late)d days after work begins.", late
    )
    return text % {"day": day(why["ready"]), "late": late}
