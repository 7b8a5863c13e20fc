"""From rows to the engine's records. What the score must never see is not read here."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet

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
    """In the order of their ids. Nine statements, however many candidates."""
    rows = list(candidates.order_by("pk"))
    told = _Told([candidate.pk for candidate in rows])
    free = dict(with_freedom(candidates).order_by("pk").values_list("pk", "is_free"))
    return [_candidate_record(candidate, told, wages, is_free=free.get(candidate.pk, False)) for candidate in rows]


def with_freedom(candidates: QuerySet[Candidate]) -> QuerySet[Any]:
    """Annotates `is_free`: looking for work, and not placed."""
    looking = Candidate.objects.looking().filter(pk=OuterRef("pk"))
    placed = Match.objects.filter(state=State.PLACED, candidate=OuterRef("pk"))
    return candidates.annotate(is_free=Exists(looking) & ~Exists(placed))


def stated_cents(wages: DayOfWages, amount: Decimal | None, currency: str) -> int | None:
    """A floor or a wish; whoever names a sum beyond all wages is taken at the most that the engine reads."""
    cents = wages.cents(amount, currency)
    return None if cents is None else min(cents, MOST_CENTS)


class _Told:
    """The rows that belong to candidates, by candidate."""

    def __init__(self, people: list[int]) -> None:
        wanted = Candidate.wanted_occupations.through.objects
        self.languages = _grouped(CandidateLanguage.objects, people, "language", "level")
        self.licences = _grouped(CandidateLicence.objects, people, "category", "issued_in", order=("category", "pk"))
        self.certificates = _grouped(CandidateCertificate.objects, people, "code", "valid_until")
        self.papers = _grouped(CandidatePaper.objects.filter(code__in=SPARING), people, "code", "region", "valid_until", order=("code",))
        self.skills = _grouped(CandidateSkill.objects, people, "skill_id", "level", "is_verified")
        self.jobs = _grouped(Job.objects, people, "occupation_id", "months", "ended_on", order=("-pk",))
        self.wanted = _grouped(wanted, people, "occupation_id", order=("occupation_id",))


def _grouped(rows: Any, people: list[int], *columns: str, order: Sequence[str] = ("pk",)) -> defaultdict[int, list[Any]]:
    found: defaultdict[int, list[Any]] = defaultdict(list)
    for pk, *values in rows.filter(candidate__in=people).order_by(*order).values_list("candidate_id", *columns):
        found[pk].append(tuple(values))
    return found


def _candidate_record(candidate: Candidate, told: _Told, wages: DayOfWages, *, is_free: bool) -> dict[str, Any]:
    pk, registered_on = candidate.pk, candidate.registered_at.date()
    return {
        "id": pk,
        "citizenship": candidate.citizenship,
        "adult_on": candidate.adult_on,
        "languages": dict(told.languages[pk]),
        # The profile does not ask "none?": who lists none has not answered.
        "licences": told.licences[pk] or None,
        "certificates": dict(told.certificates[pk]) or None,
        "permits": [permit(*paper) for paper in told.papers[pk]],
        "skills": told.skills[pk],
        "work": told.jobs[pk] if told.jobs[pk] or candidate.has_worked is False else None,
        "wanted": [occupation for (occupation,) in told.wanted[pk]],
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
        "free": is_free,
    }


def permit(code: str, region: str, until: date | None) -> tuple[str, str, str, date]:
    """A paper that somebody abroad holds, as the engine reads it: regime, country, region, last day."""
    return (*SPARING[code], region, until or date.max)


def permits_of(candidate: Candidate) -> list[tuple[str, str, str, date]]:
    papers = CandidatePaper.objects.filter(candidate=candidate, code__in=SPARING).order_by("code")
    return [permit(*paper) for paper in papers.values_list("code", "region", "valid_until")]


def vacancy_records(vacancies: Iterable[Vacancy], wages: DayOfWages, day: date) -> list[dict[str, Any]]:
    """`vacancies` are published, with region and country, employer, skills, languages and papers."""
    loaded = list(vacancies)
    files = {file.employer_id: file for file in EmployerFile.objects.order_by("pk")}
    perils: Any = Vacancy.objects.filter(pk__in=[vacancy.pk for vacancy in loaded]).with_peril(day).order_by("pk")
    peril = dict(perils.values_list("pk", "peril"))
    return [
        _vacancy_record(vacancy, wages, files.get(vacancy.employer_id), _blocked(vacancy, wages, files, peril.get(vacancy.pk, ""), day))
        for vacancy in loaded
    ]


def _vacancy_record(vacancy: Vacancy, wages: DayOfWages, file: EmployerFile | None, blocked: str | None) -> dict[str, Any]:
    skills = sorted(vacancy.skills.all(), key=lambda row: row.pk)
    return {
        "id": vacancy.pk,
        "country": vacancy.region.country_id,
        "region": vacancy.region_id,
        "occupation": vacancy.occupation_id,
        "activities": list(file.activities) if file else [],
        "essential": [(row.skill_id, row.level, row.critical) for row in skills if row.importance == Importance.ESSENTIAL],
        "optional": [(row.skill_id, row.level) for row in skills if row.importance == Importance.OPTIONAL],
        "entry": vacancy.entry,
        "experience_months": vacancy.experience_months,
        "languages": {row.language: (row.minimum, row.target) for row in vacancy.languages.all()},
        "licences": list(vacancy.licences),
        "certificates": list(vacancy.certificates),
        "wage": wages.net_cents(vacancy),
        "conditions": list(vacancy.conditions),
        "starts_on": vacancy.starts_on,
        "seats_left": vacancy.seats_left,
        "blocked": blocked,
        "on_file": on_file(vacancy, file),
    }


def on_file(vacancy: Vacancy, file: EmployerFile | None) -> list[str]:
    """What the law may ask of a job: the permits that the employer holds, and the papers of the vacancy."""
    return sorted({*(file.on_file if file else ()), *(paper.kind for paper in vacancy.papers.all())})


def _blocked(vacancy: Vacancy, wages: DayOfWages, files: dict[int, EmployerFile], peril: str, day: date) -> str | None:
    """The code of stage 0 under which the whole vacancy is out on the scoring day."""
    assert vacancy.starts_on is not None  # the database holds no published vacancy without
    file = files.get(vacancy.employer_id)
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
