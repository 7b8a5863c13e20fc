"""How many people are ready for work, in which kind of it, from which month and with which skills: for employers, and read by everybody.

No count under ten is told, nor one that would give it away, and the others are rounded down: two days compared tell of nobody.
"""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.core.cache import cache
from django.db.models import Case, Count, DateField, Exists, OuterRef, Value, When
from django.db.models.functions import Coalesce, Greatest, Least, TruncMonth
from django.utils.formats import date_format
from redis.exceptions import RedisError

from matching.models import Candidate, CandidateSkill, Match, Skill
from matching.models.matches import SEAT_HOLDING
from matching.models.vacancies import Level
from matching.sectors import SECTORS, SLUGS, in_sector
from portal.money.formats import format_number
from portal.ui.hide_small import hide_small, in_tens
from portal.ui.waiting import FEWEST

MONTHS, SKILLS = 4, 5
KEPT = 600  # seconds
Counts = dict[str, Any]


@dataclass(frozen=True, slots=True)
class ReadySector:
    """A kind of work. `months` and `skills` are (name, number of people) without those that nobody may read; numbers are texts, "40+"."""

    name: str
    slug: str
    people: str
    months: list[tuple[str, str]]
    skills: list[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class ReadyPeople:
    """`people` is "" where they are too few to be told; `unseen` are the kinds of work of which nothing is."""

    people: str
    sectors: list[ReadySector]
    unseen: list[str]


def ready_people(today: date) -> ReadyPeople:
    """The kinds of work with the most people first. Four queries, and one where it was asked a moment ago."""
    counts = _remembered(today)
    by_sector = {slug: sum(months.values()) for slug, months in counts["months"].items()}
    hidden = hide_small(by_sector)
    names = dict(zip(SLUGS, (str(name) for name, _starts in SECTORS), strict=True))
    told = sorted(by_sector.keys() - hidden, key=lambda slug: (-in_tens(by_sector[slug]), names[slug]))
    skills = {skill.pk: str(skill) for skill in Skill.objects.filter(pk__in=[pk for slug in told for pk, _count in counts["skills"][slug]])}
    return ReadyPeople(
        _shown(counts["people"]),
        [
            ReadySector(
                names[slug],
                slug,
                _shown(by_sector[slug]),
                _months(counts["months"][slug], today),
                [(skills[pk], _shown(count)) for pk, count in counts["skills"][slug]],
            )
            for slug in told
        ],
        sorted(names[slug] for slug in hidden),
    )


def _shown(count: int) -> str:
    return f"{format_number(in_tens(count))}+" if count >= FEWEST else ""


def _months(counts: dict[date, int], today: date) -> list[tuple[str, str]]:
    """The first month holds who is ready already, the last one also who is ready later."""
    by_name = {date_format(month, "F Y"): count for month, count in sorted(counts.items())}
    hidden = hide_small(by_name)
    return [(name, _shown(count)) for name, count in by_name.items() if name not in hidden]


def _remembered(today: date) -> Counts:
    key = f"ready-people-{today}"
    try:
        found: Counts | None = cache.get(key)
        if found is None:
            cache.set(key, found := _count(today), KEPT)
    except RedisError:
        found = _count(today)
    return found


def _count(today: date) -> Counts:
    """Everybody who looks for work and holds no place in any. Who wants two kinds of work counts in both."""
    gone = Match.objects.filter(candidate=OuterRef("pk"), state__in=SEAT_HOLDING)
    ready = Candidate.objects.looking().filter(~Exists(gone)).order_by()
    months: dict[str, dict[date, int]] = defaultdict(dict)
    rows = ready.filter(wanted_occupations__isnull=False).values_list(_sector("wanted_occupations__isco"), _month(today))
    for slug, month, people in rows.annotate(people=Count("pk", distinct=True)):
        months[slug][month] = people
    skills: dict[str, list[tuple[int, int]]] = {slug: [] for slug in months}
    held = CandidateSkill.objects.filter(candidate__in=ready.values("pk"), level__gte=Level.ALONE)
    held = held.filter(candidate__wanted_occupations__isnull=False).order_by()
    counted = held.values_list(_sector("candidate__wanted_occupations__isco"), "skill").annotate(people=Count("candidate", distinct=True))
    for slug, skill, people in counted.filter(people__gte=FEWEST).order_by("-people", "skill"):
        if len(skills[slug]) < SKILLS:
            skills[slug].append((skill, people))
    return {"people": ready.count(), "months": dict(months), "skills": skills}


def _sector(isco: str) -> Case:
    return Case(*[When(in_sector(slug, isco), then=Value(slug)) for slug in SLUGS])


def _month(today: date) -> Least:
    """The first day of the month in which somebody is ready, within the months that are told."""
    first = today.replace(day=1)
    last = (first + timedelta(days=31 * (MONTHS - 1))).replace(day=1)
    free = TruncMonth(Coalesce("available_on", Value(today, output_field=DateField())), output_field=DateField())
    return Least(Greatest(free, Value(first)), Value(last))
