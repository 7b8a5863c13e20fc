"""Why a match scored as it did: computed when somebody looks, and frozen by the first act of a person."""

import json
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.utils.translation import gettext as _

from matching.explain_parts import VERSION, as_newest, check
from matching.inputs import inputs_digest
from matching.load_records import (
    candidate_record,
    load_routes,
    load_taxonomy,
    refused_pairs,
    vacancy_record,
    with_asked_lists,
    with_freedom,
    with_told,
)
from matching.models import Candidate, Match, ScoringWeights, Vacancy, VacancyList
from matching.scoring import CandidateTable, Explanation, Routes, VacancyTable, Weights, explain
from matching.wages import DayOfWages, wages_on
from matching.weights import read_weights

FROZEN = ("explanation", "points", "fits_job", "suits_person", "weights", "scoring_day", "candidate_revision", "vacancy_revision")


class NotExplainable(Exception):
    """The wage cannot be compared: its currency has no day rate on the scoring day. The text is for people."""


def explain_match(match: Match) -> dict[str, Any]:
    """Every part of the pair, fit for JSON (explain_parts.SHAPE): the engine's Explanation, and the versions it was made from.

    Once a person has acted it is what they saw. Before, it is computed from candidate and vacancy as they are now, on the day and with
    the weights of the vacancy's list. Holds the parts of the wage: who may see which is the caller's to keep. Raises `NotExplainable`.
    """
    if match.explanation is not None:
        return as_newest(match.explanation)
    day, weights, inputs = list_of(match)
    return _explain(match, day, weights, law_of_list(day, weights, inputs))


def still_asked(match: Match, why: dict[str, Any]) -> list[dict[str, Any]]:
    """Those of the questions in `why` that the candidate has not answered since: what was frozen does not hear of an answer.

    The match comes with its candidate. No query where the profile is as it was, or where that is not known.
    """
    if not why["ask"] or why["versions"].get("candidate_revision") in (None, match.candidate.revision):
        return list(why["ask"])
    try:
        day, weights, inputs = list_of(match)
        asked = {ask["code"] for ask in _explain(match, day, weights, law_of_list(day, weights, inputs))["ask"]}
    except NotExplainable:
        return list(why["ask"])
    return [ask for ask in why["ask"] if ask["code"] in asked]


def list_of(match: Match) -> tuple[date, ScoringWeights, str]:
    """Day, weights and digest of the law of the list that a match stands in; of one that stands in none, those that suggested it, and "" """
    found: VacancyList | None = getattr(match.vacancy, "list", None)
    return (found.day, found.weights, found.inputs) if found else (match.scoring_day, match.weights, "")


def carry_both(match: Match) -> None:
    """For a page that also needs what they say: the match carries both, as `both_of()` reads them. Two queries, where its list comes with it."""
    standing: VacancyList | None = getattr(match.vacancy, "list", None)
    match.candidate, match.vacancy = both_of(match, standing.day if standing else match.scoring_day)


def both_of(match: Match, day: date) -> tuple[Any, Any]:
    """Candidate and vacancy as they are now, with all that the engine and the checklist read of them."""
    candidate = with_told(with_freedom(Candidate.objects.select_related("home_region", "user"))).get(pk=match.candidate_id)
    return candidate, with_asked_lists(Vacancy.objects.select_related("list__weights"), day).get(pk=match.vacancy_id)


@dataclass(frozen=True, slots=True)
class Law:
    """What an explanation reads besides the two."""

    wages: DayOfWages
    weights: Weights
    routes: Routes


def read_law(day: date, version: ScoringWeights) -> Law:
    return Law(wages_on(day), read_weights(version, load_taxonomy()), load_routes())


LAWS = 2  # of today's lists, and of those that still wait for their turn
_laws: dict[tuple[date, str, str], Law] = {}


def law_of_list(day: date, version: ScoringWeights, inputs: str) -> Law:
    """As it stood when the list was made, kept by this process from reader to reader. What is frozen is explained by the law of its moment."""
    known = _laws.get((day, version.digest, inputs))
    if known is None:
        known = read_law(day, version)
        if inputs and inputs_digest(day) == inputs:  # else it has changed since, and the list will be made anew
            for oldest in list(_laws)[: len(_laws) + 1 - LAWS]:
                _laws.pop(oldest, None)
            _laws[day, version.digest, inputs] = known
    return known


def _explain(match: Match, day: date, weights: ScoringWeights, law: Law) -> dict[str, Any]:
    """No query where the match carries both, and nobody has acted on it: such a pair has been refused by nobody."""
    carried: tuple[Any, Any] = (match.candidate, match.vacancy)
    candidate, row = carried if hasattr(match.candidate, "told_jobs") else both_of(match, day)
    record = vacancy_record(row, getattr(row.employer, "file", None), row.peril, law.wages, day)
    if record["wage"] is None:
        text = _(
            "The score cannot be explained yet: there is no day rate for %(currency)s. Nobody can decide on it until the rate is known."
        )
        raise NotExplainable(text % {"currency": row.get_wage_currency_display()})
    why = explain(
        CandidateTable.from_records([candidate_record(candidate, law.wages)]),
        0,
        VacancyTable.from_records([record]),
        0,
        law.weights,
        law.routes,
        on=day,
        refused=refused_pairs([match.vacancy_id], day) if match.touched else (),
    )
    return kept(why, weights, candidate.revision, row.revision)


def kept(why: Explanation, weights: ScoringWeights, candidate_revision: int, vacancy_revision: int) -> dict[str, Any]:
    """As a match keeps it."""
    versions = {"weights": weights.digest, "candidate_revision": candidate_revision, "vacancy_revision": vacancy_revision}
    found: dict[str, Any] = json.loads(json.dumps({"version": VERSION} | asdict(why) | {"versions": versions}, cls=DjangoJSONEncoder))
    return check(found)


def freeze(match: Match) -> None:
    """Keep the explanation and what it adds up to on the match, unsaved: the caller, who holds the row, saves FROZEN with the act.

    Candidate or vacancy may have changed since the last run: the person has read what is true now, and that is what stays.
    """
    if match.explanation is None:
        match.scoring_day, match.weights, _inputs = list_of(match)
        why = match.explanation = _explain(match, match.scoring_day, match.weights, read_law(match.scoring_day, match.weights))
        match.points, match.fits_job, match.suits_person = why["points"], why["fits"]["total"], why["suits"]["total"]
        match.candidate_revision = why["versions"]["candidate_revision"]
        match.vacancy_revision = why["versions"]["vacancy_revision"]
