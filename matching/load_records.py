"""From rows to the engine's records. What the score must never see is not read here."""

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any, cast

from django.db.models import QuerySet

from matching.models import (
    Candidate,
    DangerArea,
    EmployerFile,
    Ladder,
    LegalRoute,
    LicenceRecognition,
    Match,
    MatchEvent,
    Occupation,
    Skill,
    State,
    Vacancy,
)
from matching.models.taxonomy import Importance
from matching.scoring import Routes, Taxonomy
from matching.wages import DayOfWages

REFUSED = (State.DECLINED, State.TURNED_DOWN, State.REJECTED, State.REFUSED, State.WITHDRAWN)
REFUSED_FOR = timedelta(days=90)

WANTED, ACCEPTED, EXCLUDED = 2, 1, 0


def load_taxonomy() -> Taxonomy:
    occupations = Occupation.objects.order_by("pk").prefetch_related("needs")
    essential = {
        occupation.pk: [need.skill_id for need in occupation.needs.all() if need.importance == Importance.ESSENTIAL]
        for occupation in occupations
    }
    return Taxonomy.from_records(
        essential=essential,
        group=dict(Skill.objects.order_by("pk").values_list("pk", "group_id")),
        isco={occupation.pk: occupation.isco for occupation in occupations},
        related=list(Ladder.objects.order_by("pk").values_list("higher_id", "lower_id")),
    )


def load_routes() -> Routes:
    """Signed rows only, all days: the engine reads the days itself."""
    dates = ("valid_from", "valid_to")
    return Routes.from_records(
        list(
            LegalRoute.objects.signed()
            .order_by("pk")
            .values("effect", "origin", "destination", "region", "activity", "employer_permit", "regime", "lead_days", *dates)
        ),
        recognition=list(
            LicenceRecognition.objects.signed().order_by("pk").values("issuing", "destination", "category", "paid_driving", *dates)
        ),
    )


def candidate_records(candidates: QuerySet[Candidate], wages: DayOfWages) -> list[dict[str, Any]]:
    placed = Match.objects.filter(state=State.PLACED).values("candidate")
    looking = Candidate.objects.looking().filter(pk__in=candidates.values("pk"))
    free = set(looking.exclude(pk__in=placed).order_by("pk").values_list("pk", flat=True))
    rows = candidates.order_by("pk").prefetch_related("languages", "licences", "certificates", "skills", "jobs", "wanted_occupations")
    return [_candidate_record(candidate, wages, candidate.pk in free) for candidate in rows]


def _candidate_record(candidate: Candidate, wages: DayOfWages, free: bool) -> dict[str, Any]:
    registered_on = candidate.registered_at.date()
    jobs = [(job.occupation_id, job.months, job.ended_on) for job in candidate.jobs.all()]
    return {
        "id": candidate.pk,
        "citizenship": candidate.citizenship,
        "adult_on": candidate.adult_on,
        "languages": {row.language: row.level for row in candidate.languages.all()},
        # The profile does not ask "none?": who lists none has not answered.
        "licences": [(row.category, row.issued_in) for row in candidate.licences.all()] or None,
        "certificates": {row.code: row.valid_until for row in candidate.certificates.all()} or None,
        "permits": [],
        "skills": [(row.skill_id, row.level, row.is_verified) for row in candidate.skills.all()],
        "work": jobs if jobs or candidate.has_worked is False else None,
        "wanted": sorted(occupation.pk for occupation in candidate.wanted_occupations.all()),
        "wage_floor": wages.cents(candidate.wage_floor, candidate.wage_currency),
        "wage_wish": wages.cents(candidate.wage_wish, candidate.wage_currency),
        "wishes": dict.fromkeys(candidate.accepted_countries, ACCEPTED)
        | dict.fromkeys(candidate.wanted_countries, WANTED)
        | dict.fromkeys(candidate.excluded_countries, EXCLUDED),
        "regions": dict.fromkeys(candidate.wanted_regions, WANTED) | dict.fromkeys(candidate.excluded_regions, EXCLUDED),
        "conditions": list(candidate.conditions),
        "available_on": candidate.available_on or registered_on,
        "registered_on": registered_on,
        "last_proposed_on": candidate.last_proposed_on,
        "free": free,
    }


def vacancy_records(vacancies: Iterable[Vacancy], wages: DayOfWages, day: date) -> list[dict[str, Any]]:
    """`vacancies` are published, with region and country, employer, skills and languages."""
    files = {file.employer_id: file for file in EmployerFile.objects.order_by("pk")}
    danger = cast("list[DangerArea]", list(DangerArea.objects.signed().order_by("pk")))
    return [
        _vacancy_record(vacancy, wages, files.get(vacancy.employer_id), _blocked(vacancy, wages, files, danger, day))
        for vacancy in vacancies
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
        "on_file": list(file.on_file) if file else [],
    }


def _blocked(vacancy: Vacancy, wages: DayOfWages, files: dict[int, EmployerFile], danger: list[DangerArea], day: date) -> str | None:
    """The code of stage 0 under which the whole vacancy is out on the scoring day."""
    assert vacancy.starts_on is not None  # the database holds no published vacancy without
    file = files.get(vacancy.employer_id)
    tested = (day, max(day, vacancy.starts_on))
    if any(area.region_id == vacancy.region_id and any(_holds(area, on) for on in tested) for area in danger):
        return "danger"
    if vacancy.employer.vetted_at is None or (file and file.suspended_because) or wages.is_under_minimum(vacancy):
        return "employer"
    if vacancy.status != Vacancy.Status.PUBLISHED or vacancy.seats_left <= 0 or vacancy.starts_on < day - Vacancy.LATE_START:
        return "vacancy"
    return None


def _holds(row: DangerArea, day: date) -> bool:
    return (row.valid_from is None or row.valid_from <= day) and (row.valid_to is None or day <= row.valid_to)


def refused_pairs(vacancies: Iterable[int], day: date) -> list[tuple[int, int]]:
    """(candidate, vacancy) that somebody has refused in the ninety days before the scoring day, whoever it was."""
    events = MatchEvent.objects.filter(match__vacancy__in=list(vacancies), after__in=REFUSED, at__date__gt=day - REFUSED_FOR)
    return sorted(set(events.order_by("pk").values_list("match__candidate_id", "match__vacancy_id")))
