"""What a score reads that is neither candidate nor vacancy nor weights, as one number: where it differs, everything is scored anew."""

import json
from collections.abc import Iterable, Iterator
from datetime import date
from hashlib import sha256
from typing import Any

from matching.models import DangerArea, Ladder, LegalRoute, LicenceRecognition, Occupation, Skill
from matching.wages import wages_on
from portal.organisations.models import SanctionHit
from portal.places.models import Region

DATES = ("valid_from", "valid_to")
ROUTE = ("effect", "origin", "destination", "region", "activity", "employer_permit", "regime", "papers", "lead_days", *DATES)


def inputs_digest(day: date) -> str:
    """SHA-256, 64 hexadecimal digits: signed law and danger, blocking hits, the day's rates, taxes and minimums, the
    taxonomy, where regions lie.

    Rows count by what they say, never by their ids, which a reload may change; of the taxonomy the ids count, since candidates
    and vacancies point to them. Rarity is part of the weights, so essential skills are not read.
    """
    digest = sha256()
    for name, rows in _parts(day):
        digest.update(json.dumps([name, *rows], default=str, ensure_ascii=False).encode())
    return digest.hexdigest()


def _parts(day: date) -> Iterator[tuple[str, Iterable[Any]]]:
    wages = wages_on(day)
    yield "routes", sorted(LegalRoute.objects.signed().order_by("pk").values_list(*ROUTE), key=str)
    recognition = LicenceRecognition.objects.signed().order_by("pk")
    yield "recognition", sorted(recognition.values_list("issuing", "destination", "category", "paid_driving", *DATES), key=str)
    yield "danger", sorted(DangerArea.objects.signed().order_by("pk").values_list("region", *DATES), key=str)
    yield "sanctions", SanctionHit.objects.blocking(day).order_by("organisation").values_list("organisation", flat=True).distinct()
    yield "rates", sorted(wages.rates.items())
    yield "facts", sorted(wages.facts.items())
    yield "skills", Skill.objects.order_by("pk").values_list("pk", "group")
    yield "occupations", Occupation.objects.order_by("pk").values_list("pk", "isco")
    yield "places", Region.objects.order_by("pk").values_list("pk", "country", "country__currency")
    yield "ladders", Ladder.objects.order_by("higher", "lower").values_list("higher", "lower")
