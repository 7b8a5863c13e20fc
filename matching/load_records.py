"""From rows to the engine's records. What the score must never see is not read here."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any, cast

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Exists, OuterRef, QuerySet
from django.db.models.functions import JSONArray

from matching.models import (
    Candidate,
    CandidateCertificate,
    CandidateLanguage,
    CandidateLicence,
    CandidatePaper,
    CandidateSkill,
    EmployerFile,
    Job,
    Ladder,
    LegalRoute,
    LicenceRecognition,
    Match,
    MatchEvent,
    Occupation,
    OccupationSkill,
    Skill,
    State,
    Vacancy,
    VacancyLanguage,
    VacancyPaper,
    VacancySkill,
)
from matching.models.taxonomy import Importance
from matching.scoring import Routes, Taxonomy
from matching.scoring.tables import MOST_CENTS
from matching.stay_papers import SPARING
from matching.wages import DayOfWages

REFUSED = (State.DECLINED, State.TURNED_DOWN, State.REJECTED, State.REFUSED, State.WITHDRAWN)
REFUSED_FOR = timedelta(days=90)

WANTED, ACCEPTED, EXCLUDED = 2, 1, 0


def load_taxonomy() -> Taxonomy:
    """How rare a skill is, our own occupations say; what came with ESCO has its groups and codes."""
    essential: dict[int, list[int]] = {pk: [] for pk in Occupation.objects.own().order_by("pk").values_list("pk", flat=True)}
    needs = OccupationSkill.objects.own().filter(importance=Importance.ESSENTIAL, occupation__in=essential)
    for occupation, skill in needs.order_by("occupation", "position").values_list("occupation", "skill"):
        essential[occupation].append(skill)
    return Taxonomy.from_records(
        essential=essential,
        group=dict(Skill.objects.order_by("pk").values_list("pk", "group_id")),
        isco=dict(Occupation.objects.order_by("pk").values_list("pk", "isco")),
        related=list(Ladder.objects.order_by("pk").values_list("higher_id", "lower_id")),
    )


def load_routes() -> Routes:
    """Signed rows only, all days: the engine reads the days itself."""
    dates = ("valid_from", "valid_to")
    return Routes.from_records(
        list(
            LegalRoute.objects.signed()
            .order_by("pk")
            .values("effect", "origin", "destination", "region", "activity", "employer_permit", "regime", "papers", "lead_days", *dates)
        ),
        recognition=list(
            LicenceRecognition.objects.signed().order_by("pk").values("issuing", "destination", "category", "paid_driving", *dates)
        ),
    )


def candidate_records(candidates: QuerySet[Candidate], wages: DayOfWages) -> list[dict[str, Any]]:
    """In the order of their ids. One statement, however many candidates."""
    return [candidate_record(candidate, wages) for candidate in with_told(with_freedom(candidates)).order_by("pk")]


def with_freedom(candidates: QuerySet[Candidate]) -> QuerySet[Any]:
    """Annotates `is_free`: looking for work, and not placed."""
    looking = Candidate.objects.looking().filter(pk=OuterRef("pk"))
    placed = Match.objects.filter(state=State.PLACED, candidate=OuterRef("pk"))
    return candidates.annotate(is_free=Exists(looking) & ~Exists(placed))


def with_told(candidates: QuerySet[Candidate]) -> QuerySet[Any]:
    """Annotates `told_languages` and the like: what candidates have said of themselves in rows of other tables, as lists of columns."""
    wanted = Candidate.wanted_occupations.through.objects
    papers = CandidatePaper.objects.filter(code__in=SPARING)
    told = {
        "languages": _lists(CandidateLanguage.objects, "language", "level"),
        "licences": _lists(CandidateLicence.objects, "category", "issued_in", order=("category", "pk")),
        "certificates": _lists(CandidateCertificate.objects, "code", "valid_until"),
        "papers": _lists(papers, "code", "region", "valid_until", order=("code",)),
        "skills": _lists(CandidateSkill.objects, "skill_id", "level", "is_verified"),
        "jobs": _lists(Job.objects, "occupation_id", "months", "ended_on", order=("-pk",)),
        "wanted": _lists(wanted, "occupation_id", order=("occupation_id",)),
    }
    return candidates.annotate(**{f"told_{name}": lists for name, lists in told.items()})


def _lists(rows: Any, *columns: str, of: str = "candidate", order: Sequence[str] = ("pk",)) -> ArraySubquery:
    return ArraySubquery(rows.filter(**{of: OuterRef("pk")}).order_by(*order).values(row=JSONArray(*columns)))


def stated_cents(wages: DayOfWages, amount: Decimal | None, currency: str) -> int | None:
    """A floor or a wish; whoever names a sum beyond all wages is taken at the most that the engine reads."""
    cents = wages.cents(amount, currency)
    return None if cents is None else min(cents, MOST_CENTS)


def candidate_record(candidate: Any, wages: DayOfWages) -> dict[str, Any]:
    """`candidate` is of `with_told(with_freedom(…))`."""
    registered_on = candidate.registered_at.date()
    work = [(occupation, months, day_of(ended)) for occupation, months, ended in candidate.told_jobs]
    return {
        "id": candidate.pk,
        "citizenship": candidate.citizenship,
        "adult_on": candidate.adult_on,
        "languages": dict(candidate.told_languages),
        # The profile does not ask "none?": who lists none has not answered.
        "licences": [tuple(row) for row in candidate.told_licences] or None,
        "certificates": {code: day_of(until) for code, until in candidate.told_certificates} or None,
        "permits": permits_of(candidate),
        "skills": [tuple(row) for row in candidate.told_skills],
        "work": work if work or candidate.has_worked is False else None,
        "wanted": [occupation for (occupation,) in candidate.told_wanted],
        "wage_floor": stated_cents(wages, candidate.wage_floor, candidate.wage_currency),
        "wage_wish": stated_cents(wages, candidate.wage_wish, candidate.wage_currency),
        "wishes": dict.fromkeys(candidate.accepted_countries, ACCEPTED)
        | dict.fromkeys(candidate.wanted_countries, WANTED)
        | dict.fromkeys(candidate.excluded_countries, EXCLUDED),
        "regions": dict.fromkeys(candidate.wanted_regions, WANTED) | dict.fromkeys(candidate.excluded_regions, EXCLUDED),
        "conditions": list(candidate.conditions),
        "available_on": candidate.available_on or registered_on,
        "registered_on": registered_on,
        "last_proposed_on": candidate.last_proposed_on,
        "free": candidate.is_free,
    }


def day_of(text: str | None) -> date | None:
    """As JSON carries it."""
    return date.fromisoformat(text) if text else None


def permit(code: str, region: str, until: date | None) -> tuple[str, str, str, date]:
    """A paper that somebody abroad holds, as the engine reads it: regime, country, region, last day."""
    return (*SPARING[code], region, until or date.max)


def permits_of(candidate: Any) -> list[tuple[str, str, str, date]]:
    """`candidate` is of `with_told()`."""
    return [permit(code, region, day_of(until)) for code, region, until in candidate.told_papers]


def vacancy_records(vacancies: Iterable[Vacancy], wages: DayOfWages, day: date) -> list[dict[str, Any]]:
    """`vacancies` are published, with region and country, employer, skills, languages and papers."""
    loaded = list(vacancies)
    employers = {vacancy.employer_id for vacancy in loaded}
    files = {file.employer_id: file for file in EmployerFile.objects.filter(employer__in=employers).order_by("pk")}
    perils: Any = Vacancy.objects.filter(pk__in=[vacancy.pk for vacancy in loaded]).with_peril(day).order_by("pk")
    peril = dict(perils.values_list("pk", "peril"))
    return [vacancy_record(row, files.get(row.employer_id), peril.get(row.pk, ""), wages, day) for row in loaded]


@dataclass(frozen=True, slots=True)
class Asked:
    """What a vacancy asks for in rows of other tables. `skills` are (importance, skill, level, critical), `languages` (code, minimum, target)."""

    skills: Sequence[Sequence[Any]]
    languages: Sequence[Sequence[Any]]
    papers: Sequence[str]


def asked_of(vacancy: Any) -> Asked:
    """No query for one of `with_asked_lists()`, nor for one that comes with skills, languages and papers."""
    if hasattr(vacancy, "asked_skills"):
        return Asked(vacancy.asked_skills, vacancy.asked_languages, vacancy.asked_papers)
    skills = sorted(vacancy.skills.all(), key=lambda row: row.pk)
    return Asked(
        [(row.importance, row.skill_id, row.level, row.critical) for row in skills],
        [(row.language, row.minimum, row.target) for row in vacancy.languages.all()],
        papers_of(vacancy),
    )


def papers_of(vacancy: Any) -> list[str]:
    return list(vacancy.asked_papers) if hasattr(vacancy, "asked_papers") else [row.kind for row in vacancy.papers.all()]


def with_asked_lists(vacancies: QuerySet[Vacancy], day: date) -> QuerySet[Any]:
    """With employer, file and region, `peril`, and what they ask for as lists of columns: one query for all of it."""
    found: Any = vacancies
    found = found.with_peril(day).select_related("employer__file", "occupation", "region__country")
    return cast(
        QuerySet[Any],
        found.annotate(
            asked_skills=_lists(VacancySkill.objects, "importance", "skill_id", "level", "critical", of="vacancy"),
            asked_languages=_lists(VacancyLanguage.objects, "language", "minimum", "target", of="vacancy", order=("language",)),
            asked_papers=ArraySubquery(VacancyPaper.objects.filter(vacancy=OuterRef("pk")).order_by("kind").values("kind")),
        ),
    )


def vacancy_record(vacancy: Vacancy, file: EmployerFile | None, peril: str, wages: DayOfWages, day: date) -> dict[str, Any]:
    """`peril` is of `with_peril()`."""
    asked = asked_of(vacancy)
    return {
        "id": vacancy.pk,
        "country": vacancy.region.country_id,
        "region": vacancy.region_id,
        "occupation": vacancy.occupation_id,
        "activities": list(file.activities) if file else [],
        "essential": [tuple(row) for importance, *row in asked.skills if importance == Importance.ESSENTIAL],
        "optional": [(skill, level) for importance, skill, level, _critical in asked.skills if importance == Importance.OPTIONAL],
        "entry": vacancy.entry,
        "experience_months": vacancy.experience_months,
        "languages": {code: (minimum, target) for code, minimum, target in asked.languages},
        "licences": list(vacancy.licences),
        "certificates": list(vacancy.certificates),
        "wage": wages.net_cents(vacancy),
        "conditions": list(vacancy.conditions),
        "starts_on": vacancy.starts_on,
        "seats_left": vacancy.seats_left,
        "blocked": _blocked(vacancy, file, peril, wages, day),
        "on_file": on_file(asked.papers, file),
    }


def on_file(papers: Iterable[str], file: EmployerFile | None) -> list[str]:
    """What the law may ask of a job: the permits that the employer holds, and the papers of the vacancy."""
    return sorted({*(file.on_file if file else ()), *papers})


def _blocked(vacancy: Vacancy, file: EmployerFile | None, peril: str, wages: DayOfWages, day: date) -> str | None:
    """The code of stage 0 under which the whole vacancy is out on the scoring day."""
    assert vacancy.starts_on is not None  # the database holds no published vacancy without
    if peril:
        return "danger"
    if vacancy.employer.vetted_at is None or (file and file.suspended_because) or wages.is_under_minimum(vacancy):
        return "employer"
    if vacancy.status != Vacancy.Status.PUBLISHED or vacancy.seats_left <= 0 or vacancy.starts_on < day - Vacancy.LATE_START:
        return "vacancy"
    return None


def refused_pairs(vacancies: Iterable[int], day: date) -> list[tuple[int, int]]:
    """(candidate, vacancy) that somebody has refused in the ninety days before the scoring day, whoever it was, and nobody has reopened."""
    events = MatchEvent.objects.filter(match__vacancy__in=list(vacancies), after__in=REFUSED, at__date__gt=day - REFUSED_FOR)
    events = events.exclude(match__state=State.SUGGESTED)
    return sorted(set(events.order_by("pk").values_list("match__candidate_id", "match__vacancy_id")))
