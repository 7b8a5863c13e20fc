"""Starter content of the lessons: facts and courses from files, texts in five languages."""

from decimal import Decimal
from pathlib import Path

from django.utils import timezone

from orientation.facts_changed import note_changed_fact, says_the_same
from orientation.load_course import load_courses
from orientation.models import Course, Fact, Source
from orientation.texts.write import came_with_safar
from portal.places.unsafe import unsafe_hosts, unsafe_in
from portal.starter import LANGUAGES, keep, localized, read_yaml

FILES = Path(__file__).parent / "content"
ORIENTATION = ["before-you-go"]


def load_facts(*, overwrite: bool) -> int:
    """Returns how many facts were written. Raises `ContentError`."""
    written = [fact for path in sorted(FILES.glob("facts*.yaml")) for fact in _load_facts_of(path.name, overwrite=overwrite)]
    came_with_safar(written, timezone.now())
    return len(written)


def _load_facts_of(file: str, *, overwrite: bool) -> list[Fact]:
    texts = {language: read_yaml(FILES / language / file) for language in LANGUAGES}
    hosts = unsafe_hosts()
    written: list[Fact] = []
    for row in read_yaml(FILES / file):
        value = row["value"] or {}
        values = {key: row[key] for key in ("topic", "corridors", "status", "confidence", "as_of", "valid_from", "valid_to", "review_by")}
        values |= {"number": Decimal(str(value["number"])) if value else None, "unit": value.get("unit", "")}
        if overwrite:
            values |= {"verified_by": None, "verified_at": None}  # a person checked what stood there before
            values |= {"next_number": None, "next_from": None}
        before = Fact.objects.filter(code=row["id"]).first() if overwrite else None
        fact, was_written = keep(Fact, values | localized(texts, file, ["title", "text"], row["id"]), overwrite=overwrite, code=row["id"])
        if was_written:
            written.append(fact)
            if before and not says_the_same(before, fact):
                note_changed_fact(fact, timezone.now())
            fact.sources.all().delete()
            Source.objects.bulk_create(
                Source(
                    fact=fact,
                    position=place,
                    publisher=source["publisher"],
                    url=source["url"],
                    dated=str(source["dated"] or ""),
                    unsafe_in=unsafe_in(source["url"], hosts),
                )
                for place, source in enumerate(row["sources"], 1)
            )
    return written


def load_orientation(*, overwrite: bool) -> int:
    """Returns how many courses were written. Raises `ContentError`."""
    return load_courses(FILES, ORIENTATION, subject=Course.Subject.ORIENTATION, first=1, overwrite=overwrite)
