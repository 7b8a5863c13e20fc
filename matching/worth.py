"""What each open answer of a profile could be good for: asked of the engine, over jobs like those that the person looks for."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.core.cache import cache
from django.db.models import Q
from django.utils.translation import gettext as _
from redis.exceptions import RedisError

from matching.load_records import candidate_records, load_routes, load_taxonomy, vacancy_records
from matching.models import Candidate, Vacancy
from matching.scoring import CandidateTable, Explanation, ScoringError, VacancyTable, explain
from matching.show_match import ring_points
from matching.show_to_candidate import STEP_OF
from matching.steps import Step
from matching.wages import wages_on
from matching.weights import in_force, read_weights

MOST_JOBS = 10


@dataclass(frozen=True, slots=True)
class Worth:
    """`points` of a pair's 10 000 in the job where the answer brings most, `jobs` in which it counts, `opens` those it may make possible."""

    points: int = 0
    jobs: int = 0
    opens: int = 0

    @property
    def order(self) -> tuple[int, int]:
        """The most useful answer first."""
        return -self.opens, -self.points

    def __str__(self) -> str:
        if self.opens:
            return _("Jobs near you that this answer could open: %(count)d.") % {"count": self.opens}
        points = ring_points(self.points)
        if not points:
            return _("Jobs near you where it counts: %(count)d.") % {"count": self.jobs}
        return _("Up to %(points)d more of 100. Jobs near you where it counts: %(count)d.") % {"points": points, "count": self.jobs}


def most_useful_first(open_steps: Sequence[Step], candidate: Candidate, day: date) -> list[tuple[Step, str]]:
    """With what each answer could bring, in words: "" where the engine does not know. Equals stay in the order of the steps."""
    found = _remembered(candidate, day) if open_steps else {}
    ordered = sorted(open_steps, key=lambda step: found.get(step.slug, Worth()).order)
    return [(step, str(found.get(step.slug, ""))) for step in ordered]


def _remembered(candidate: Candidate, day: date) -> dict[str, Worth]:
    """Asked of the engine at most once an hour, and after each answer: the home page shows it too."""
    key = f"worth-{candidate.uid}-{candidate.revision}-{day}"
    try:
        found: dict[str, Worth] | None = cache.get(key)
        if found is None:
            cache.set(key, found := worth_of_answers(candidate, day), 3600)
    except RedisError:
        return {}
    return found


def worth_of_answers(candidate: Candidate, day: date) -> dict[str, Worth]:
    """By step. Empty while nothing can be compared: no weights yet, or no job of the person's kind."""
    version, jobs = in_force(), list(_near(candidate, day))
    if version is None or not jobs:
        return {}
    wages = wages_on(day)
    records = [record for record in vacancy_records(jobs, wages, day) if record["wage"] is not None]
    told = [record | {"free": True} for record in candidate_records(Candidate.objects.filter(pk=candidate.pk), wages)]
    try:
        people, vacancies = CandidateTable.from_records(told), VacancyTable.from_records(records)
        weights, routes = read_weights(version, load_taxonomy()), load_routes()
        return _added_up([explain(people, 0, vacancies, place, weights, routes, on=day) for place in range(len(records))])
    except ScoringError:  # the run that scores them tells the operators
        return {}


def _near(candidate: Candidate, day: date) -> Any:
    """Open jobs of the kinds that the person wants or has done, where they would go; of any kind while they have named none."""
    kinds = set(candidate.wanted_occupations.order_by().values_list("pk", flat=True))
    kinds |= set(candidate.jobs.order_by().values_list("occupation", flat=True))
    open_now = Vacancy.objects.open_on(day).exclude(region__country__in=candidate.excluded_countries).with_asked()
    return open_now.filter(Q(occupation__in=kinds) if kinds else Q()).order_by("starts_on", "pk")[:MOST_JOBS]


def _added_up(pairs: list[Explanation]) -> dict[str, Worth]:
    found: defaultdict[str, Worth] = defaultdict(Worth)
    for pair in pairs:
        steps: dict[str, Worth] = {}
        for ask in pair.ask:  # two questions of one step count one job once
            slug, before = STEP_OF[ask.code], steps.get(STEP_OF[ask.code], Worth())
            points = max(before.points, ask.brings)
            steps[slug] = Worth(points, int(points > 0), int(before.opens or bool(ask.lifts)))
        for slug, one in steps.items():
            so_far = found[slug]
            found[slug] = Worth(max(so_far.points, one.points), so_far.jobs + one.jobs, so_far.opens + one.opens)
    return {slug: worth for slug, worth in found.items() if worth != Worth()}
