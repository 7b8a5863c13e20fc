"""How whole candidates' profiles are, asked of many at once; `answers_of` in steps.py says the same of one, in words."""

from collections.abc import Iterable
from typing import Any

from django.db.models import BooleanField, Exists, ExpressionWrapper, IntegerField, OuterRef, Q, QuerySet, Value
from django.db.models.functions import Cast

from matching.models import Candidate, CandidateLanguage, CandidateSkill, Care, Job
from matching.steps import STEPS, Step

COUNTED = [step for step in STEPS if step.counts]
# No list of staff tells who has named a wage; a match’s page says where it was not answered.
SHOWN_TO_AGENCY = [step for step in COUNTED if step.slug != "wage"]


def _has(rows: QuerySet[Any]) -> Exists:
    return Exists(rows.filter(candidate=OuterRef("pk")))


ANSWERED: dict[str, Any] = {
    "start": Q(pk__isnull=False),  # nobody is a candidate without it
    "name": ~Q(given_name="", family_name=""),
    "place": Q(home_region__isnull=False) | ~Q(located_in=""),
    "languages": _has(CandidateLanguage.objects.order_by()),
    "occupations": _has(Candidate.wanted_occupations.through.objects.order_by()),
    "work": Q(has_worked__isnull=False, has_worked=False) | Q(_has(Job.objects.order_by())),
    "skills": _has(CandidateSkill.objects.order_by()),
    "where": ~Q(wanted_countries=[], accepted_countries=[], excluded_countries=[], wanted_regions=[], excluded_regions=[]),
    "wage": Q(wage_floor__isnull=False) | Q(wage_wish__isnull=False),
    "conditions": ~Q(conditions=[]),
    "available": Q(available_on__isnull=False),
    "agency": _has(Care.objects.open().order_by()),
}


def with_answered(candidates: QuerySet[Candidate], steps: Iterable[Step] = COUNTED) -> QuerySet[Candidate]:
    """Annotates `answered_SLUG` (bool) for each of the steps, and `done`: how many of them are answered."""
    slugs = [step.slug for step in steps]
    said = {f"answered_{slug}": ExpressionWrapper(Q(ANSWERED[slug]), output_field=BooleanField()) for slug in slugs}
    done = sum((Cast(f"answered_{slug}", IntegerField()) for slug in slugs), start=Value(0))
    return candidates.annotate(**said).annotate(done=done)


def missing(candidate: Candidate, steps: Iterable[Step] = COUNTED) -> list[Step]:
    """The steps that a candidate of `with_answered()` has not answered, in their order."""
    return [step for step in steps if not getattr(candidate, f"answered_{step.slug}")]
