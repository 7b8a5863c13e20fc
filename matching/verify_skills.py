"""Skills that somebody has tested: a training centre, after its course. Who may do so is for the caller to say."""

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction

from matching.models import Candidate, CandidateSkill
from matching.profile import lock, score_again


@transaction.atomic
def verify_skills(candidate: Candidate, levels: Mapping[int, int], now: datetime) -> dict[int, int | None]:
    """Created or raised, never lowered: who says they can do more keeps their word, as a word. Levels by skill.

    Returns what the person had said of each skill; None of what they had not said, or what was verified.
    """
    standing = lock(candidate)
    held = {row.skill_id: row for row in standing.skills.filter(skill__in=levels)}
    said, is_changed = {}, False
    for skill, level in levels.items():
        row = held.get(skill)
        said[skill] = row.level if row is not None and not row.is_verified else None
        if row is None:
            CandidateSkill.objects.create(candidate=standing, skill_id=skill, level=level, is_verified=True)
        elif row.level < level or (row.level == level and not row.is_verified):
            standing.skills.filter(pk=row.pk).update(level=level, is_verified=True)
        else:
            continue
        is_changed = True
    if is_changed:
        score_again(standing, now)
    return said


@transaction.atomic
def take_back_skill(candidate: Candidate, skill: int, verified: int | None, said: int | None, now: datetime) -> None:
    """What else is known stands again: the level that something else has `verified`, or what the person had `said`; else nothing.

    A level that the person has changed since is not verified, and theirs.
    """
    standing = lock(candidate)
    row = standing.skills.filter(skill=skill, is_verified=True).first()
    level = max(verified or 0, said or 0)
    is_verified = level == verified
    if row is None or (row.level == level and is_verified):
        return
    if level:
        standing.skills.filter(pk=row.pk).update(level=level, is_verified=is_verified)
    else:
        row.delete()
    score_again(standing, now)
