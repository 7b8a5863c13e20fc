"""Starter content of the labour market: occupations, skills and ladders from files, names in five languages."""

from pathlib import Path
from typing import Any

from matching.models import Ladder, Occupation, OccupationSkill, Skill, SkillGroup
from matching.models.taxonomy import Importance
from portal.starter import LANGUAGES, ContentError, keep, localized, read_yaml

FILES = Path(__file__).parent / "content"
FILE = "taxonomy.yaml"


def load_taxonomy(*, overwrite: bool) -> int:
    """Returns how many groups, skills and occupations were written. Raises `ContentError` that names what is missing."""
    plan = read_yaml(FILES / FILE)
    texts = {language: read_yaml(FILES / language / FILE) for language in LANGUAGES}
    written = 0
    for slug in plan["groups"]:
        written += keep(SkillGroup, _names(texts, "groups", slug), overwrite=overwrite, slug=slug)[1]
    groups = {group.slug: group for group in SkillGroup.objects.all()}
    for row in plan["skills"]:
        values = {"group": _find(groups, row["group"], row["slug"]), "esco": row.get("esco")} | _names(texts, "skills", row["slug"])
        written += keep(Skill, values, overwrite=_adopt(Skill, row) or overwrite, slug=row["slug"])[1]
    skills = {skill.slug: skill for skill in Skill.objects.all()}
    for row in plan["occupations"]:
        values = {"isco": row["isco"], "icon": row["icon"], "esco": row.get("esco")} | _names(texts, "occupations", row["slug"])
        occupation, is_written = keep(Occupation, values, overwrite=_adopt(Occupation, row) or overwrite, slug=row["slug"])
        written += is_written
        if is_written:
            _load_needs(occupation, row, skills)
    _load_ladders(plan["related"], overwrite=overwrite)
    return written


def _names(texts: dict[str, Any], kind: str, slug: str) -> dict[str, str]:
    """{name_tg: …}: the files hold one name a slug."""
    wrapped = {language: {slug: {"name": tree.get(kind, {}).get(slug)}} for language, tree in texts.items()}
    missing = [language for language, tree in wrapped.items() if not tree[slug]["name"]]
    if missing:
        raise ContentError(f"{missing[0]}/{FILE}: {kind}.{slug} is missing.")
    return localized(wrapped, FILE, ["name"], slug)


def _adopt(model: type[Occupation | Skill], row: dict[str, Any]) -> bool:
    """Whether the row came with ESCO before it was one of ours; now it is."""
    return bool(row.get("esco") and model.objects.filter(esco=row["esco"], from_esco=True).update(slug=row["slug"], from_esco=False))


def _load_needs(occupation: Occupation, row: dict[str, Any], skills: dict[str, Skill]) -> None:
    occupation.needs.all().delete()
    OccupationSkill.objects.bulk_create(
        OccupationSkill(occupation=occupation, skill=_find(skills, slug, row["slug"]), importance=importance, position=position)
        for importance in Importance
        for position, slug in enumerate(row[importance], 1)
    )


def _load_ladders(pairs: list[list[str]], *, overwrite: bool) -> None:
    if overwrite:
        Ladder.objects.all().delete()
    occupations = {occupation.slug: occupation for occupation in Occupation.objects.all()}
    Ladder.objects.bulk_create(
        (Ladder(higher=_find(occupations, higher, "related"), lower=_find(occupations, lower, "related")) for higher, lower in pairs),
        ignore_conflicts=True,
    )


def _find(rows: dict[str, Any], slug: str, place: str) -> Any:
    if slug not in rows:
        raise ContentError(f"{FILE}: {place}: there is no {slug}.")
    return rows[slug]
