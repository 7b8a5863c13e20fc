"""Why a match scored as it did: computed when somebody looks, and frozen by the first act of a person."""

import json
from dataclasses import asdict
from datetime import date
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.utils.translation import gettext as _

from matching.explain_parts import VERSION, as_newest, check
from matching.load_records import candidate_records, load_routes, load_taxonomy, refused_pairs, vacancy_records
from matching.models import Candidate, Match, ScoringWeights, Vacancy, VacancyList
from matching.scoring import CandidateTable, Explanation, VacancyTable, explain
from matching.wages import wages_on
from matching.weights import read_weights

FROZEN = ("explanation", "points", "fits_job", "suits_person", "weights", "scoring_day", "candidate_revision", "vacancy_revision")


class NotExplainable(Exception):
    """The wage cannot be compared: its currency has no day rate on the scoring day. The text is for people."""


def explain_match(match: Match) -> dict[str, Any]:
    """Every part of the pair, fit for JSON (explain_parts.SHAPE): the engine's Explanation, and the versions it was made from.

    Once a person has acted it is what they saw. Before, it is computed from candidate and vacancy as they are now, on the day and with
    the weights of the vacancy's list. Holds the parts of the wage: who may see which is the caller's to keep. Raises `NotExplainable`.
    """
    return as_newest(match.explanation) if match.explanation is not None else _explain(match, *list_of(match))


def still_asked(match: Match, why: dict[str, Any]) -> list[dict[str, Any]]:
    """Those of the questions in `why` that the candidate has not answered since: what was frozen does not hear of an answer.

    The match comes with its candidate. No query where the profile is as it was, or where that is not known.
    """
    if not why["ask"] or why["versions"].get("candidate_revision") in (None, match.candidate.revision):
        return list(why["ask"])
    try:
        asked = {ask["code"] for ask in _explain(match, *list_of(match))["ask"]}
    except NotExplainable:
        return list(why["ask"])
    return [ask for ask in why["ask"] if ask["code"] in asked]


def list_of(match: Match) -> tuple[date, ScoringWeights]:
    """The scoring day and the weights of the list that a match stands in; of one that stands in none, those that suggested it."""
    found = VacancyList.objects.filter(vacancy=match.vacancy_id).select_related("weights").first()
    return (found.day, found.weights) if found else (match.scoring_day, match.weights)


def _explain(match: Match, day: date, weights: ScoringWeights) -> dict[str, Any]:
    wages = wages_on(day)
    candidate = Candidate.objects.filter(pk=match.candidate_id)
    row = Vacancy.objects.with_asked().get(pk=match.vacancy_id)
    records = vacancy_records([row], wages, day)
    if records[0]["wage"] is None:
        text = _(
            "The score cannot be explained yet: there is no day rate for %(currency)s. Nobody can decide on it until the rate is known."
        )
        raise NotExplainable(text % {"currency": row.get_wage_currency_display()})
    why = explain(
        CandidateTable.from_records(candidate_records(candidate, wages)),
        0,
        VacancyTable.from_records(records),
        0,
        read_weights(weights, load_taxonomy()),
        load_routes(),
        on=day,
        refused=refused_pairs([match.vacancy_id], day),
    )
    return kept(why, weights, Candidate.objects.values_list("revision", flat=True).get(pk=match.candidate_id), row.revision)


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
        match.scoring_day, match.weights = list_of(match)
        why = match.explanation = _explain(match, match.scoring_day, match.weights)
        match.points, match.fits_job, match.suits_person = why["points"], why["fits"]["total"], why["suits"]["total"]
        match.candidate_revision = why["versions"]["candidate_revision"]
        match.vacancy_revision = why["versions"]["vacancy_revision"]
