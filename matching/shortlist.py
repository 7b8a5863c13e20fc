"""Shortlists (stage 2): of all proposable pairs those that seats can bear, so that as many people as possible get a proposal."""

from datetime import datetime

import numpy as np
from django.db import transaction
from django.db.models import Count

from matching.copy_rows import Rows, read_rows
from matching.load_records import refused_pairs
from matching.models import Match, ScoringRun, Vacancy
from matching.scoring import Ranking, allocate
from matching.states import BEFORE_DEPARTURE
from matching.suggestions import Whole, best_of_both, pairs_of, scored
from matching.tally import Tally
from matching.warm import Everyone, Law, Vacant, Warm
from matching.write_lists import write_chosen, write_waits


@transaction.atomic
def choose_shortlists(run: ScoringRun, *, warm: Warm, now: datetime, tally: Tally) -> str:
    """Choose among the vacancies whose lists are of this run, for a caller who holds all lists. Returns the digest of the law that it
    went by, which may have changed since the run began.

    Nothing is scored meanwhile: what changes now is still marked when the pairs are written, and a small run sees to it.
    """
    law = warm.only_law(run.day, run.weights)
    vacant = warm.vacant(Vacancy.objects.filter(list__day=run.day, list__weights=run.weights), law)
    people = warm.people(law)
    (pairs, points), waited = _edges(law, vacant, people), _waits(people)
    open_by_candidate, open_by_vacancy = (
        _open_proposals("candidate", people.columns.id),
        _open_proposals("vacancy", vacant.ids),
    )
    is_chosen = allocate(pairs, points, vacant.seats, open_by_candidate, open_by_vacancy, waited)

    # Vacancies, then people, then matches: the order in which people's moves lock.
    list(Vacancy.objects.select_for_update(no_key=True).filter(pk__in=vacant.ids.tolist()).order_by("pk").only("pk"))
    has_edge, is_served = np.zeros(len(people), bool), open_by_candidate > 0
    has_edge[pairs[:, 0]], is_served[pairs[is_chosen, 0]] = True, True
    waits = np.where(is_served, 0, waited + has_edge)
    write_waits(people.columns.id[waits != waited], waits[waits != waited])
    chosen = pairs[is_chosen]
    write_chosen(scored(chosen, vacant, people, law)[0], run=run.pk, weights=law.version.pk, day=law.day, now=now)
    tally.counts.update(edges=len(pairs), chosen=len(chosen), served=len(np.unique(chosen[:, 0])), unreadable=warm.unreadable)
    return law.inputs


def _edges(law: Law, vacant: Vacant, people: Everyone) -> tuple[Rows, Rows]:
    """The best of each vacancy and the best of each candidate: rows of people and vacancies, and the points of each pair. There are
    millions, so nothing else is kept of them. What a person has touched is nobody's to choose any more."""
    by_vacancy, by_candidate = best_of_both(law, vacant, people, refused_pairs(vacant.ids.tolist(), law.day))
    sides = _flat(by_vacancy), _flat(by_candidate)
    keys = np.concatenate(
        (sides[0][1].astype(np.int64) * len(vacant) + sides[0][0], sides[1][0].astype(np.int64) * len(vacant) + sides[1][1])
    )
    points = np.concatenate([found for _, _, found in sides])
    del by_vacancy, by_candidate, sides
    keys, first = np.unique(keys, return_index=True)
    touched = read_rows("SELECT vacancy_id, candidate_id FROM matching_match WHERE touched", {}, {"vacancy_id": "i8", "candidate_id": "i8"})
    one, other = pairs_of(touched, vacant, people).T
    is_free = ~np.isin(keys, (one * len(vacant) + other)[(one >= 0) & (other >= 0)])
    keys = keys[is_free]
    return np.column_stack((keys // max(1, len(vacant)), keys % max(1, len(vacant)))).astype(np.int32), points[first[is_free]]


def _flat(ranked: Ranking) -> tuple[Rows, Rows, Rows]:
    """Of each place that is taken in a list: whose list, who is on it, the points."""
    is_taken = ranked.rows >= 0
    whose = np.repeat(np.arange(len(is_taken), dtype=np.int32), is_taken.sum(axis=1))
    return whose, ranked.rows[is_taken], ranked.points[is_taken]


def _waits(people: Everyone) -> Whole:
    """Of each candidate: full runs in a row with an edge and no proposal. One without an edge neither counts nor ends the row."""
    rows = read_rows("SELECT id, waits::integer FROM matching_candidate", {}, {"id": "i8", "waits": "i4"})
    waits = np.zeros(len(people) + 1, np.int64)
    waits[people.places(rows["id"])] = rows["waits"]
    return waits[:-1]


def _open_proposals(side: str, ids: Whole) -> Whole:
    """How many each of them has open: from the agency's approval to the candidate's agreement."""
    found = dict(Match.objects.filter(state__in=BEFORE_DEPARTURE).order_by().values_list(side).annotate(count=Count("pk")))
    return np.array([found.get(pk, 0) for pk in ids.tolist()], dtype=np.int64)
