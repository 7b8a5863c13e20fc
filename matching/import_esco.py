"""Writes what `read_esco` has read beside our own taxonomy: all of it or nothing, and nothing that stands already."""

import csv
import io
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import connection, transaction
from modeltranslation.utils import build_localized_fieldname

from matching.models import Occupation, Skill, SkillGroup
from matching.read_esco import Concept, Esco, Progress, read_esco

BATCH = 2000

Row = tuple[Any, ...]

_CHANGED_NEEDS = """
    UPDATE matching_occupationskill AS need SET importance = esco.importance FROM esco
    WHERE (need.occupation_id, need.skill_id) = (esco.occupation_id, esco.skill_id) AND need.from_esco AND need.importance <> esco.importance
"""
_NEW_NEEDS = """
    INSERT INTO matching_occupationskill (occupation_id, skill_id, importance, position, from_esco)
    SELECT occupation_id, skill_id, importance, coalesce(last, 0) + row_number() OVER (PARTITION BY occupation_id, importance ORDER BY place), true
    FROM esco
    LEFT JOIN (SELECT occupation_id, importance, max(position) AS last FROM matching_occupationskill GROUP BY 1, 2) AS standing
        USING (occupation_id, importance)
    WHERE (occupation_id, skill_id) NOT IN (SELECT occupation_id, skill_id FROM matching_occupationskill)
"""
_NEW_LABELS = """
    INSERT INTO matching_label ({}_id, language, text, is_preferred) SELECT thing, %s, text, is_preferred FROM esco ON CONFLICT DO NOTHING
"""


@dataclass(frozen=True, slots=True)
class Counts:
    """Rows written."""

    groups: int
    occupations: int
    skills: int
    needs: int
    labels: int


def import_esco(path: Path, language: str = "", progress: Progress = lambda done, total: None) -> Counts:
    """Add the ESCO download at `path` (a folder or a zip) as extra taxonomy, and bring what came with an earlier one up to date.

    What has an ESCO id of ours is ours: it gets ESCO's labels and relations, and keeps its name, its group, its code and its own
    relations. All else becomes a row with `from_esco`, which no form offers and the rarity of skills does not count. Nothing is deleted.
    In a language that Safar does not speak only labels are added to what is there, and new rows have no name yet.
    Raises EscoError with all faults of the files, OSError.
    """
    esco = read_esco(path, language, progress)
    with transaction.atomic():
        used = {skill.belongs_to for skill in esco.skills.values()}
        groups, new_groups = _bring(SkillGroup, {pk: _named(esco, name) for pk, name in esco.groups.items() if pk in used})
        belong = {pk: _named(esco, skill.name) | {"group_id": groups[skill.belongs_to]} for pk, skill in esco.skills.items()}
        skills, new_skills = _bring(Skill, belong)
        coded = {pk: _named(esco, each.name) | {"isco": each.belongs_to} for pk, each in esco.occupations.items()}
        occupations, new_occupations = _bring(Occupation, coded)
        needs = _write_needs(esco, occupations, skills)
        labels = _write_labels(esco, "occupation", esco.occupations, occupations) + _write_labels(esco, "skill", esco.skills, skills)
    return Counts(new_groups, new_occupations, new_skills, needs, labels)


def _named(esco: Esco, name: str) -> dict[str, Any]:
    """ESCO speaks English and not our four other languages, but may one day."""
    return {build_localized_fieldname("name", esco.language): name} if esco.language in dict(settings.LANGUAGES) else {}


def _bring(model: Any, concepts: dict[str, dict[str, Any]]) -> tuple[dict[str, int], int]:
    """(primary key by ESCO id, how many rows were new or changed)."""
    marks = {} if model is SkillGroup else {"from_esco": True}
    standing: dict[str, Any] = {str(row.esco): row for row in model.objects.filter(esco__in=concepts)}
    new, changed = [], []
    for pk, values in concepts.items():
        row = standing.get(pk)
        if row is None:
            standing[pk] = row = model(esco=pk, slug=_slug(pk), **values, **marks)
            new.append(row)
        elif row.slug == _slug(pk) and any(getattr(row, name) != value for name, value in values.items()):
            for name, value in values.items():
                setattr(row, name, value)
            changed.append(row)
    model.objects.bulk_create(new, BATCH)
    if changed:
        model.objects.bulk_update(changed, list(next(iter(concepts.values()))), BATCH)
    return {pk: row.pk for pk, row in standing.items()}, len(new) + len(changed)


def _slug(pk: str) -> str:
    """Of what is ESCO's. Ours have slugs of their own, whatever their ESCO id."""
    return f"esco-{pk.replace('.', '-')}"


def _write_needs(esco: Esco, occupations: dict[str, int], skills: dict[str, int]) -> int:
    """After what the occupation has already, in ESCO's order."""
    rows = (
        (place, occupations[occupation], skills[skill], needed) for place, ((occupation, skill), needed) in enumerate(esco.needs.items())
    )
    with _staged("place integer, occupation_id bigint, skill_id bigint, importance text", rows):
        return _write(_CHANGED_NEEDS) + _write(_NEW_NEEDS)


def _write_labels(esco: Esco, thing: str, concepts: dict[str, Concept], pks: dict[str, int]) -> int:
    with _staged("thing bigint, text text, is_preferred boolean", _labels(concepts, pks)):
        return _write(_NEW_LABELS.format(thing), esco.language)


def _labels(concepts: dict[str, Concept], pks: dict[str, int]) -> Iterator[Row]:
    for pk, concept in concepts.items():
        yield pks[pk], concept.name, True
        for name in concept.other_names:
            yield pks[pk], name, False


@contextmanager
def _staged(columns: str, rows: Iterable[Row]) -> Iterator[None]:
    """Rows by COPY into the table `esco`, for a moment."""
    text = io.StringIO()
    csv.writer(text).writerows(rows)
    text.seek(0)
    with connection.cursor() as cursor:
        cursor.execute(f"CREATE TEMP TABLE esco ({columns}) ON COMMIT DROP")
        cursor.copy_expert("COPY esco FROM STDIN (FORMAT csv)", text)
        yield
        cursor.execute("DROP TABLE esco")


def _write(statement: str, *values: Any) -> int:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return int(cursor.rowcount)
