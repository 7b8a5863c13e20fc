"""The engine asked about what a worker has loaded, and its answers as rows of suggestions: whose ids they are, by which revisions."""

from collections.abc import Collection, Sequence

import numpy as np
from numpy.typing import NDArray

from matching.copy_rows import Rows
from matching.scoring import Ranking, rank, rank_both, score_pairs
from matching.warm import Everyone, Law, Vacant
from matching.write_lists import SUGGESTION

Whole = NDArray[np.int64]
Refused = Collection[tuple[int, int]]
LIST = 50  # the best proposable pairs of a vacancy, or of a candidate


def best_of_vacancies(law: Law, vacant: Vacant, people: Everyone, refused: Refused) -> Ranking:
    """The lists of vacancies, and why people are out."""
    return rank(people.prepared, vacant.prepared, law.weights, law.routes, on=law.day, top=LIST, refused=refused, gate=True)


def best_of_both(law: Law, vacant: Vacant, people: Everyone, refused: Refused) -> tuple[Ranking, Ranking]:
    """The lists of vacancies, and those of candidates."""
    return rank_both(
        people.prepared,
        vacant.prepared,
        law.weights,
        law.routes,
        on=law.day,
        top=LIST,
        top_candidate=LIST,
        refused=refused,
        gate=True,
    )


def all_of_candidates(law: Law, vacant: Vacant, people: Everyone, rows: Whole) -> Ranking:
    """Every vacancy that may be proposed to these rows of people."""
    changed = people.columns.take(rows)
    return rank(changed, vacant.prepared, law.weights, law.routes, on=law.day, top=len(vacant), per="candidate", gate=True)


def listed(ranked: Ranking, rows: Sequence[int], vacant: Vacant, people: Everyone) -> Rows:
    """The lists (SUGGESTION) of these rows of vacancies, each best first."""
    chosen = np.array(rows, dtype=np.int64)
    at, place = np.nonzero(ranked.rows[chosen] >= 0)
    at = chosen[at]
    found = _suggestions(np.column_stack((ranked.rows[at, place], at)), vacant, people)
    found["rank"] = place + 1
    return _with_totals(found, ranked, at, place)


def scored(pairs: Whole, vacant: Vacant, people: Everyone, law: Law, refused: Refused = ()) -> tuple[Rows, NDArray[np.bool_]]:
    """These pairs, rows of people and vacancies, as suggestions (`rank` 0) whether or not they are eligible; and which of them may be
    proposed."""
    found = _suggestions(pairs, vacant, people)
    answer = score_pairs(people.prepared, vacant.prepared, pairs, law.weights, law.routes, on=law.day, refused=refused)
    found["points"], found["fits_job"], found["suits_person"], found["tier"] = answer.points, answer.fits, answer.suits, answer.tier
    return found, answer.eligible & (answer.tier > 0)


def pairs_of(matches: Rows, vacant: Vacant, people: Everyone) -> Whole:
    """Rows of people and of vacancies, of matches with ids in the fields candidate_id and vacancy_id; -1 where there is no such row."""
    return np.column_stack((people.places(matches["candidate_id"]), vacant.places(matches["vacancy_id"])))


def _suggestions(pairs: Whole, vacant: Vacant, people: Everyone) -> Rows:
    found = np.zeros(len(pairs), SUGGESTION)
    i, j = pairs.T
    found["candidate_id"], found["candidate_revision"] = people.columns.id[i], people.revisions[i]
    found["vacancy_id"], found["vacancy_revision"] = vacant.ids[j], vacant.revisions[j]
    return found


def _with_totals(found: Rows, ranked: Ranking, at: Whole, place: Whole) -> Rows:
    for name, grid in (("points", ranked.points), ("fits_job", ranked.fits), ("suits_person", ranked.suits), ("tier", ranked.tier)):
        found[name] = grid[at, place]
    return found
