"""Writing a vacancy: a draft begins, and step by step it is changed. A published one is scored again after each change that matters,
and read again by a person where the change is of what was promised or of what the law looks at."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction

from matching import rules
from matching.life import Status, follow_seats, step
from matching.mark import mark_vacancy
from matching.models import Match, State, Vacancy, VacancyLanguage, VacancyPaper, VacancySkill
from portal.accounts.models import User
from portal.organisations.models import Organisation

PROMISED = {
    "occupation",
    "region",
    "address",
    "hours_a_week",
    "wage_amount",
    "wage_currency",
    "wage_period",
    "wage_basis",
    "shifts_a_month",
} | {
    "conditions",
    "starts_on",
}
READ_AGAIN = {"occupation", "region", "address", "other_sites", "title", "description", "hours_a_week"}
WAGE = ("wage_amount", "wage_currency", "wage_period", "wage_basis", "shifts_a_month")
COPIED = ("entry", "experience_months", "licences", "certificates", "conditions", "openings")
SAID_YES = (State.ACCEPTED, State.SELECTED, State.OFFERED, State.AGREED)
NO_SCORE = {"title", "address", "other_sites", "description", "hours_a_week"}  # what no score looks at


class VacancyIsClosed(Exception):
    """A closed vacancy stays as it was."""


class TermsArePromised(Exception):
    """Somebody has said yes to these terms: other ones are another vacancy, or an offer that says so in red."""


class SeatsAreTaken(Exception):
    """More seats are taken than openings would be left. `args[0]` is how many."""


@dataclass(frozen=True, slots=True)
class AskedSkill:
    skill_id: int
    importance: str
    level: int | None
    critical: bool


@dataclass(frozen=True, slots=True)
class AskedLanguage:
    language: str
    minimum: int
    target: int


@dataclass(frozen=True, slots=True)
class HeldPaper:
    kind: str
    number: str
    dated: date


@transaction.atomic
def start_vacancy(employer: Organisation, values: Mapping[str, Any], by: User, now: datetime) -> Vacancy:
    """A new draft."""
    if not rules.can_post_for(by, employer):
        raise PermissionDenied
    return Vacancy.objects.create(employer=employer, created_by=by, created_at=now, **values)


@transaction.atomic
def change_vacancy(
    vacancy: Vacancy,
    values: Mapping[str, Any],
    by: User,
    now: datetime,
    *,
    skills: Iterable[AskedSkill] | None = None,
    languages: Iterable[AskedLanguage] | None = None,
    papers: Iterable[HeldPaper] | None = None,
) -> None:
    """Set columns, and replace the skills, languages or papers where they are given.

    Raises `VacancyIsClosed`, `SeatsAreTaken`, `TermsArePromised`.
    """
    locked = Vacancy.objects.select_for_update(of=["self"]).select_related("employer").get(pk=vacancy.pk)
    if not rules.is_employer_member(by, locked):
        raise PermissionDenied
    if locked.status == Vacancy.Status.CLOSED:
        raise VacancyIsClosed
    if values.get("openings", locked.openings) < locked.seats_taken:
        raise SeatsAreTaken(locked.seats_taken)
    changed = {name for name, value in values.items() if getattr(locked, name) != value}
    if changed & PROMISED and Match.objects.filter(vacancy=locked, state__in=SAID_YES).exists():
        raise TermsArePromised
    is_heavy = is_read_again(locked, {name: values[name] for name in changed})
    for name in changed:
        setattr(locked, name, values[name])
    locked.save(update_fields=changed)
    moved = bool(changed - NO_SCORE)
    if skills is not None:
        moved |= _replace_skills(locked, set(skills))
    if languages is not None:
        moved |= _replace_languages(locked, set(languages))
    if papers is not None and _replace_papers(locked, set(papers)):
        moved = is_heavy = True
    if is_heavy and locked.status in Vacancy.GOING_ON:
        step(locked, Status.REVIEW, by, now)
    elif moved and locked.status in (Status.PUBLISHED, Status.FILLED):
        locked.raise_revision()
        mark_vacancy(locked, now)
        follow_seats(locked, now)


def is_read_again(vacancy: Vacancy, changed: Mapping[str, Any]) -> bool:
    """Whether a person has to look first: words, place, hours and work always, wage and conditions where they become less."""
    if changed.keys() & READ_AGAIN:
        return True
    if set(vacancy.conditions) - set(changed.get("conditions", vacancy.conditions)):
        return True
    wage = {name for name in WAGE if name in changed}
    return bool(wage) and (wage != {"wage_amount"} or vacancy.wage_amount is None or changed["wage_amount"] < vacancy.wage_amount)


def _replace_skills(vacancy: Vacancy, asked: set[AskedSkill]) -> bool:
    """Returns whether anything is different."""
    if asked == {AskedSkill(row.skill_id, row.importance, row.level, row.critical) for row in vacancy.skills.all()}:
        return False
    vacancy.skills.all().delete()
    rows = sorted(asked, key=lambda row: row.skill_id)
    VacancySkill.objects.bulk_create(
        VacancySkill(vacancy=vacancy, skill_id=row.skill_id, importance=row.importance, level=row.level, critical=row.critical)
        for row in rows
    )
    return True


def _replace_languages(vacancy: Vacancy, asked: set[AskedLanguage]) -> bool:
    if asked == {AskedLanguage(row.language, row.minimum, row.target) for row in vacancy.languages.all()}:
        return False
    vacancy.languages.all().delete()
    VacancyLanguage.objects.bulk_create(
        VacancyLanguage(vacancy=vacancy, language=row.language, minimum=row.minimum, target=row.target) for row in asked
    )
    return True


def _replace_papers(vacancy: Vacancy, held: set[HeldPaper]) -> bool:
    if held == {HeldPaper(row.kind, row.number, row.dated) for row in vacancy.papers.all()}:
        return False
    vacancy.papers.all().delete()
    VacancyPaper.objects.bulk_create(VacancyPaper(vacancy=vacancy, kind=row.kind, number=row.number, dated=row.dated) for row in held)
    return True


@transaction.atomic
def copy_vacancy(vacancy: Vacancy, by: User, now: datetime) -> Vacancy:
    """A new draft that says the same; start day and papers belong to one vacancy alone."""
    same = {name: getattr(vacancy, name) for name in (*READ_AGAIN, *WAGE, *COPIED)}
    draft = start_vacancy(vacancy.employer, same, by, now)
    skills = [AskedSkill(row.skill_id, row.importance, row.level, row.critical) for row in vacancy.skills.all()]
    languages = [AskedLanguage(row.language, row.minimum, row.target) for row in vacancy.languages.all()]
    change_vacancy(draft, {}, by, now, skills=skills, languages=languages)
    return draft
