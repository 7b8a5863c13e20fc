"""What a candidate says about themself, one answer at a time. A change that can move a score raises the revision and leaves a mark."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from django.db import transaction

from matching.mark import mark_candidate
from matching.models import (
    Candidate,
    CandidateCertificate,
    CandidateLanguage,
    CandidateLicence,
    CandidatePaper,
    CandidateSkill,
    Job,
    Occupation,
)
from portal.places.models import Region

MOST_SKILLS = 60
MOST_JOBS = 30
# No score looks at these.
QUIET = {"given_name", "family_name", "home_region"}


class TooMany(ValueError):
    """More rows than one person's profile holds; `args[0]` is the limit."""


def lock(candidate: Candidate) -> Candidate:
    """The row as it stands now, locked to the end of the caller's transaction."""
    return Candidate.objects.select_for_update().get(pk=candidate.pk)


def score_again(candidate: Candidate, now: datetime) -> None:
    candidate.raise_revision()
    mark_candidate(candidate, now)


@transaction.atomic
def change(candidate: Candidate, now: datetime, **values: Any) -> None:
    """Write columns of the profile; the same values again change nothing."""
    standing = lock(candidate)
    changed = [name for name, value in values.items() if getattr(standing, name) != value]
    if not changed:
        return
    for name in changed:
        setattr(standing, name, values[name])
    standing.save(update_fields=changed)
    if set(changed) - QUIET:
        score_again(standing, now)


@transaction.atomic
def say_where(candidate: Candidate, home_region: Region | None, located_in: str, has_papers: bool | None, now: datetime) -> None:
    """Papers belong to the country where the person is: they go with it, and with the answer that there are none."""
    standing = lock(candidate)
    if located_in != standing.located_in or not has_papers:
        set_papers(standing, {}, now)
    change(standing, now, home_region=home_region, located_in=located_in, has_papers=has_papers)


@transaction.atomic
def set_papers(candidate: Candidate, papers: Mapping[str, tuple[str, date | None]], now: datetime) -> None:
    """By code of stay_papers.py: where each holds, and until when. What is not named is not held."""
    standing = lock(candidate)
    held = {code: (region, until) for code, region, until in standing.papers.values_list("code", "region", "valid_until")}
    if held == dict(papers):
        return
    standing.papers.all().delete()
    CandidatePaper.objects.bulk_create(
        CandidatePaper(candidate=standing, code=code, region=region, valid_until=until) for code, (region, until) in papers.items()
    )
    score_again(standing, now)


@transaction.atomic
def set_languages(candidate: Candidate, levels: Mapping[str, int | None], now: datetime) -> None:
    """None takes the answer back; 0 says that the language is not known."""
    standing = lock(candidate)
    before = dict(standing.languages.values_list("language", "level"))
    for language, level in levels.items():
        if level is None:
            standing.languages.filter(language=language).delete()
        else:
            CandidateLanguage.objects.update_or_create(candidate=standing, language=language, defaults={"level": level})
    if before != dict(standing.languages.values_list("language", "level")):
        score_again(standing, now)


@transaction.atomic
def set_occupations(candidate: Candidate, occupations: Sequence[Occupation], now: datetime) -> None:
    standing = lock(candidate)
    if set(standing.wanted_occupations.all()) != set(occupations):
        standing.wanted_occupations.set(occupations)
        score_again(standing, now)


@transaction.atomic
def set_skills(candidate: Candidate, levels: Mapping[int, int | None], now: datetime) -> None:
    """Levels by skill; None takes a skill out, skills not named stay. A level that the person changes is no longer verified."""
    standing = lock(candidate)
    held = {row.skill_id: row for row in standing.skills.all()}
    kept = {skill for skill in held if levels.get(skill, 1) is not None} | {skill for skill, level in levels.items() if level is not None}
    if len(kept) > MOST_SKILLS:
        raise TooMany(MOST_SKILLS)
    changed = {skill: level for skill, level in levels.items() if (held[skill].level if skill in held else None) != level}
    if not changed:
        return
    standing.skills.filter(skill__in=changed).delete()
    CandidateSkill.objects.bulk_create(
        CandidateSkill(candidate=standing, skill_id=skill, level=level) for skill, level in changed.items() if level is not None
    )
    score_again(standing, now)


@transaction.atomic
def add_job(candidate: Candidate, occupation: Occupation, months: int, ended_on: date | None, now: datetime) -> None:
    standing = lock(candidate)
    if standing.jobs.count() >= MOST_JOBS:
        raise TooMany(MOST_JOBS)
    Job.objects.create(candidate=standing, occupation=occupation, months=months, ended_on=ended_on)
    standing.has_worked = True
    standing.save(update_fields=["has_worked"])
    score_again(standing, now)


@transaction.atomic
def remove_job(candidate: Candidate, pk: int, now: datetime) -> None:
    """After the last one is gone the question about work is open again."""
    standing = lock(candidate)
    removed, _ = standing.jobs.filter(pk=pk).delete()
    if not removed:
        return
    if not standing.jobs.exists():
        standing.has_worked = None
        standing.save(update_fields=["has_worked"])
    score_again(standing, now)


@transaction.atomic
def answer_no_work(candidate: Candidate, is_so: bool, now: datetime) -> None:
    """The answer that there was no work yet, or that answer taken back. Jobs on the list speak for themselves and stay."""
    standing = lock(candidate)
    if not standing.jobs.exists():
        change(standing, now, has_worked=False if is_so else None)


@transaction.atomic
def add_licence(candidate: Candidate, category: str, issued_in: str, now: datetime) -> None:
    standing = lock(candidate)
    _, is_new = CandidateLicence.objects.get_or_create(candidate=standing, category=category, issued_in=issued_in)
    if is_new:
        score_again(standing, now)


@transaction.atomic
def remove_licence(candidate: Candidate, pk: int, now: datetime) -> None:
    standing = lock(candidate)
    if standing.licences.filter(pk=pk).delete()[0]:
        score_again(standing, now)


@transaction.atomic
def add_certificate(candidate: Candidate, code: str, valid_until: date, now: datetime) -> None:
    """A certificate of the same kind again is the new one."""
    standing = lock(candidate)
    if not standing.certificates.filter(code=code, valid_until=valid_until).exists():
        CandidateCertificate.objects.update_or_create(candidate=standing, code=code, defaults={"valid_until": valid_until})
        score_again(standing, now)


@transaction.atomic
def remove_certificate(candidate: Candidate, pk: int, now: datetime) -> None:
    standing = lock(candidate)
    if standing.certificates.filter(pk=pk).delete()[0]:
        score_again(standing, now)
