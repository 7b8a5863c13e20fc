"""Starter content of Help: situations and contacts from files, texts in five languages."""

import re
from pathlib import Path
from typing import Any

from portal.starter import LANGUAGES, ContentError, keep, localized, read_yaml
from portal.support.models import Contact, ContactPhone, Situation, SituationContact

FILES = Path(__file__).parent / "content"


def load_help(*, overwrite: bool) -> int:
    """Returns how many rows were written. Raises `ContentError`."""
    texts = {language: read_yaml(FILES / f"{language}.yaml") for language in LANGUAGES}
    contacts: dict[str, Contact] = {}
    written = 0
    for row in read_yaml(FILES / "contacts.yaml"):
        places = row["located_in"]
        values = {
            "serves": row["serves"],
            "located_in": places if isinstance(places, list) else [places],
            "sites": row["urls"],
            "address": row["address"],
            "source_name": row["source"]["publisher"],
            "source_url": row["source"]["url"],
            "source_dated": str(row["source"]["dated"]),
            "confidence": row["confidence"],
        } | localized(_part(texts, "contacts"), "help", ["name", "does"], row["id"])
        contact, was_written = keep(Contact, values, overwrite=overwrite, slug=row["id"])
        contacts[row["id"]] = contact
        written += was_written
        if was_written:
            for phone in row["phones"]:
                ContactPhone.objects.get_or_create(contact=contact, number=re.sub(r"[^+0-9]", "", phone["number"]))
    for position, row in enumerate(read_yaml(FILES / "situations.yaml"), 1):
        values = {"position": position, "icon": row["icon"]} | localized(
            _part(texts, "situations"), "help", ["title", "first", "steps", "never"], row["slug"]
        )
        situation, was_written = keep(Situation, values, overwrite=overwrite, slug=row["slug"])
        written += was_written
        if was_written:
            unknown = [slug for slug in row["contacts"] if slug not in contacts]
            if unknown:
                raise ContentError(f"situations.yaml: {row['slug']}: no contact {', '.join(unknown)}.")
            SituationContact.objects.filter(situation=situation).delete()
            SituationContact.objects.bulk_create(
                SituationContact(situation=situation, contact=contacts[slug], position=place)
                for place, slug in enumerate(row["contacts"], 1)
            )
    return written


def _part(texts: dict[str, dict[str, Any]], key: str) -> dict[str, dict[str, Any]]:
    return {language: tree[key] for language, tree in texts.items()}
