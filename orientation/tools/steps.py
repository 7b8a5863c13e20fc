"""What to do after arrival, by road: orientation/content/steps.yaml names the steps and their facts, the facts give the days."""

from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any

from django.utils.translation import get_language

from orientation.load import FILES
from orientation.models import Fact
from orientation.reading import FactBox, fact_box
from orientation.tools.deadlines import is_within, last_day
from portal.places.corridors import Corridor
from portal.starter import LANGUAGES, read_yaml

COUNTED = (Fact.Status.IN_FORCE, Fact.Status.CONFLICT, Fact.Status.UNKNOWN)  # what may be law is safer kept


@dataclass(frozen=True, slots=True)
class Step:
    """`count` (in `unit`) runs from the day of entry, which is its first; 0 where no time does. `late`: what to do when its time is over."""

    key: str
    title: str
    text: str
    late: str
    fact: FactBox
    count: int
    unit: str
    last: date | None
    is_late: bool


@cache
def plan() -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = read_yaml(FILES / "steps.yaml")
    return rows


@cache
def texts(language: str) -> dict[str, dict[str, str]]:
    words: dict[str, dict[str, str]] = read_yaml(FILES / (language if language in LANGUAGES else "en") / "steps.yaml")
    return words


def steps_of(corridor: Corridor, arrived: date | None, today: date) -> list[Step]:
    """One query: the facts. Without a day of arrival no step has a last day."""
    codes = {code for row in plan() for code in (*row["facts"], row.get("counts", ""))}
    found = Fact.objects.filter(code__in=codes, corridors__contains=[corridor]).with_main_source()
    facts = {fact.code: fact for fact in found}
    steps = []
    for row in plan():
        shown = next((facts[code] for code in row["facts"] if code in facts), None)
        if shown is None:
            continue
        counts = shown if row.get("counts") == "shown" else facts.get(row.get("counts", ""))
        steps.append(_step(row["key"], shown, counts, arrived, today))
    return steps


def _step(key: str, shown: Fact, counts: Fact | None, arrived: date | None, today: date) -> Step:
    begin = arrived or today
    is_known = counts is not None and counts.status in COUNTED and is_within(counts, begin)
    last = last_day(counts, begin) if counts is not None and is_known else None
    return Step(
        key=key,
        **{"late": ""} | texts(get_language() or "en")[key],
        fact=fact_box(shown, today),
        count=int(counts.number_on(begin) or 0) if counts is not None and last else 0,
        unit=counts.unit if counts is not None and last else "",
        last=last if arrived else None,
        is_late=bool(arrived and last and last < today),
    )
