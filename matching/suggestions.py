"""The engine asked about what a worker has loaded, and its answers as rows of suggestions: whose ids they are, by which revisions."""

from collections.abc import Collection, Sequence

import numpy as np
from numpy.typing import NDArray

from matching.copy_rows import Rows
from matching.load_arrays import Loaded
from matching.scoring import Ranking, compare, rank
from matching.scoring.eligibility import check_pair
from matching.warm import Law, Openings
from matching.write_lists import SUGGESTION

Whole = NDArray[np.int64]
Refused = Collection[tuple[int, int]]
LIST = 50  # the best proposable pairs of a vacancy, or of a candidate


def best_of_vacancies(law: Law, openings: Openings, people: Loaded, refused: Refused) -> Ranking:
    """The lists of vacancies, and why people are out."""
    return rank(people.table, openings.table, law.weights, law.routes, on=law.day, top=LIST, refused=refused, gate=True)


def best_of_both(law: Law, openings: Openings, people: Loaded, refused: Refused) -> tuple[Ranking, Ranking]:
    """The lists of vacancies, and those of candidates."""
    mine = rank(people.table, openings.table, law.weights, law.routes, on=law.day, top=LIST, refused=refused, per="candidate", gate=True)
    return best_of_vacancies(law, openings, people, refused), mine


def all_of_candidates(law: Law, openings: Openings, people: Loaded, rows: Whole) -> Ranking:
    """Every vacancy that may be proposed to these rows of people."""
    changed = Loaded(people.columns.take(rows), people.revisions[rows])
    return rank(changed.table, openings.table, law.weights, law.routes, on=law.day, top=len(openings), per="candidate", gate=True)


def listed(ranked: Ranking, rows: Sequence[int], openings: Openings, people: Loaded) -> Rows:
    """The lists (SUGGESTION) of these rows of `openings`, each best first."""
    chosen = np.array(rows, dtype=np.int64)
    at, place = np.nonzero(np.asarray(ranked.rows).reshape(len(openings), LIST)[chosen] >= 0)
    at = chosen[at]
    found = _suggestions(np.column_stack((_cells(ranked.rows, at, place), at)), openings, people)
    found["rank"] = place + 1
    return _with_totals(found, ranked, at, place)


def listed_by_candidate(ranked: Ranking, openings: Openings, people: Loaded) -> Rows:
    """The same of lists of candidates; `rank` is 0."""
    at, place = np.nonzero(np.asarray(ranked.rows).reshape(len(people), LIST) >= 0)
    found = _suggestions(np.column_stack((at, _cells(ranked.rows, at, place))), openings, people)
    return _with_totals(found, ranked, at, place)


def scored(pairs: Whole, openings: Openings, people: Loaded, law: Law) -> Rows:
    """These pairs (SUGGESTION, `rank` 0), rows of people and openings, whether or not they are eligible; `tier` 0: not proposable."""
    found = _suggestions(pairs, openings, people)
    for place, (i, j) in enumerate(pairs.tolist()):
        pair = compare(people.table, i, openings.table, j, law.weights, law.routes, on=law.day)
        found[place]["points"], found[place]["tier"] = pair.points, pair.tier
        found[place]["fits_job"], found[place]["suits_person"] = pair.fits.total, pair.suits.total
    return found


def are_eligible(pairs: Whole, openings: Openings, people: Loaded, law: Law, refused: Refused) -> NDArray[np.bool_]:
    """Whether nothing of stage 0 keeps them apart."""
    refused = frozenset(refused)
    fails = [check_pair(people.columns.row(i), openings.table.rows[j], law.routes, law.day, refused).failed for i, j in pairs.tolist()]
    return np.array([not failed for failed in fails], dtype=bool)


def pairs_of(matches: Rows, openings: Openings, people: Loaded) -> Whole:
    """Rows of people and openings, of matches with ids in the fields candidate_id and vacancy_id; -1 where there is no such row."""
    return np.column_stack((people.places(matches["candidate_id"]), openings.places(matches["vacancy_id"])))


def _suggestions(pairs: Whole, openings: Openings, people: Loaded) -> Rows:
    found = np.zeros(len(pairs), SUGGESTION)
    i, j = pairs.T
    found["candidate_id"], found["candidate_revision"] = people.columns.id[i], people.revisions[i]
    found["vacancy_id"], found["vacancy_revision"] = openings.ids[j], openings.revisions[j]
    return found


def _with_totals(found: Rows, ranked: Ranking, at: Whole, place: Whole) -> Rows:
    for name, grid in (("points", ranked.points), ("fits_job", ranked.fits), ("suits_person", ranked.suits), ("tier", ranked.tier)):
        found[name] = _cells(grid, at, place)
    return found


def _cells(grid: object, at: Whole, place: Whole) -> Whole:
    values: Whole = np.asarray(grid, dtype=np.int64)
    return values[at, place] if len(at) else np.empty(0, np.int64)
