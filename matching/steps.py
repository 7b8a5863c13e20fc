"""The steps of a candidate's profile: their order, what each answer is good for, and what has been said so far."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.utils import formats
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as later
from django.utils.translation import ngettext

from matching.models import Candidate
from matching.models.vacancies import Condition
from matching.names import place_names
from matching.stay_papers import BY_CODE as PAPERS
from portal.money.amounts import Money
from portal.money.formats import format_money


@dataclass(frozen=True, slots=True)
class Step:
    """`counts`: the bar of steps waits for it. Licences are only for those who have one."""

    slug: str
    icon: str
    title: Promise
    why: Promise
    counts: bool = True


STEPS = [
    Step(
        "start",
        "passport",
        later("Citizenship and age"),
        later("Shows which jobs the law opens for you. We need no passport and no number."),
    ),
    Step("name", "user", later("Your name"), later("Only your agency sees it, and an employer after you have said yes.")),
    Step(
        "place", "map-pin", later("Where you are"), later("Your home region and where you are now: how fast and how safely you can start.")
    ),
    Step("languages", "message", later("Languages"), later("Many jobs ask for some Russian or Kazakh. Even a few words count.")),
    Step("occupations", "briefcase", later("Work that you want"), later("Jobs of this kind come first for you.")),
    Step("work", "home", later("Work so far"), later("Paid or not: work in the family, on the field and at home counts too.")),
    Step("skills", "check", later("Skills"), later("What you can do is the largest part of how well a job fits you.")),
    Step(
        "papers", "file-check", later("Licences and certificates"), later("Some jobs need one. Skip this if you have none."), counts=False
    ),
    Step("where", "border", later("Where you want to go"), later("You are never proposed for a country or a region that you exclude.")),
    Step("wage", "wallet", later("Wage"), later("No job below your least is proposed. No employer and no agency sees these numbers.")),
    Step(
        "conditions", "permit", later("What the job should give"), later("Jobs with housing, meals or travel come first if you want them.")
    ),
    Step("available", "clock", later("When you can leave"), later("Jobs that start at the right time come first.")),
    Step(
        "agency",
        "shield",
        later("Who helps you"),
        later("A licensed agency proposes you for jobs. Without one you see jobs, but nobody proposes you."),
    ),
]
BY_SLUG = {step.slug: step for step in STEPS}


def after(slug: str) -> str:
    """The next step's slug; after the last one there is none: ""."""
    place = list(BY_SLUG).index(slug) + 1
    return STEPS[place].slug if place < len(STEPS) else ""


@dataclass(frozen=True, slots=True)
class StepRow:
    step: Step
    said: str

    @property
    def is_done(self) -> bool:
        return bool(self.said)


def rows_of(candidate: Candidate) -> list[StepRow]:
    said = answers_of(candidate)
    return [StepRow(step, said[step.slug]) for step in STEPS]


def answers_of(candidate: Candidate) -> dict[str, str]:
    """What the candidate has said, in one line a step; "" where nothing is answered."""
    names = place_names()
    jobs = list(candidate.jobs.select_related("occupation"))
    skills = candidate.skills.count()
    care = candidate.care.open().select_related("agency").first()
    papers = [f"{row.get_category_display()} ({names.get(row.issued_in, row.issued_in)})" for row in candidate.licences.all()]
    papers += [row.get_code_display() for row in candidate.certificates.all()]
    languages = [f"{row.get_language_display()}: {row.get_level_display()}" for row in candidate.languages.all()]
    work = _("No work yet") if candidate.has_worked is False else ""
    return {
        "start": f"{names[candidate.citizenship]}, {formats.date_format(candidate.born_in, 'm.Y')}",
        "name": f"{candidate.given_name} {candidate.family_name}".strip(),
        "place": listed(
            filter(None, [names.get(candidate.home_region_id or "", ""), names.get(candidate.located_in, ""), *held(candidate)])
        ),
        "languages": listed(languages),
        "occupations": listed(map(str, candidate.wanted_occupations.order_by("name"))),
        "work": listed(f"{job.occupation} ({duration(job.months)})" for job in jobs) or work,
        "skills": ngettext("%(count)d skill", "%(count)d skills", skills) % {"count": skills} if skills else "",
        "papers": listed(papers),
        "where": where(candidate, names),
        "wage": wage(candidate),
        "conditions": listed(str(Condition(code).label) for code in candidate.conditions),
        "available": formats.date_format(candidate.available_on) if candidate.available_on else "",
        "agency": care.agency.name if care else "",
    }


def listed(words: Iterable[str]) -> str:
    return ", ".join(words)


def duration(months: int) -> str:
    years, rest = divmod(months, 12)
    parts = []
    if years:
        parts.append(ngettext("%(count)d year", "%(count)d years", years) % {"count": years})
    if rest:
        parts.append(ngettext("%(count)d month", "%(count)d months", rest) % {"count": rest})
    return " ".join(parts)


def held(candidate: Candidate) -> list[str]:
    """The papers of the country where the person is abroad."""
    return [str(PAPERS[row.code].label) for row in candidate.papers.all()] if candidate.is_abroad else []


def where(candidate: Candidate, names: dict[str, str]) -> str:
    wanted = [names[code] for code in [*candidate.wanted_countries, *candidate.wanted_regions, *candidate.accepted_countries]]
    excluded = [names[code] for code in [*candidate.excluded_countries, *candidate.excluded_regions]]
    return "; ".join(filter(None, [listed(wanted), _("not: %(places)s") % {"places": listed(excluded)} if excluded else ""]))


def wage(candidate: Candidate) -> str:
    def shown(amount: Any) -> str:
        return format_money(Money(amount, candidate.wage_currency))

    least = _("at least %(money)s") % {"money": shown(candidate.wage_floor)} if candidate.wage_floor is not None else ""
    wish = _("better %(money)s") % {"money": shown(candidate.wage_wish)} if candidate.wage_wish is not None else ""
    return listed(filter(None, [least, wish]))
