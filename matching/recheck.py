"""The turn of the day: the lists of the day before, computed once more from what they were made of, must be what stands in the database.

What has changed since cannot be compared: lists that wait to be scored again, and lists by other law, rates or taxonomy, are passed over.
"""

from collections import defaultdict
from datetime import date

import numpy as np
import structlog

from matching.copy_rows import Rows, read_rows
from matching.load_records import refused_pairs
from matching.models import ScoringMark, Vacancy, VacancyList
from matching.suggestions import best_of_vacancies, listed, pairs_of, scored
from matching.tally import Tally
from matching.warm import Law, Warm
from matching.write_lists import SUGGESTION

log = structlog.get_logger(__name__)

STORED = {name: SUGGESTION[name].str[1:] for name in SUGGESTION.names or ()} | {"touched": "?"}
STORED_SQL = f"""
    SELECT {", ".join(SUGGESTION.names or ()).replace("rank", "COALESCE(rank, 0::smallint)")}, touched
    FROM matching_match WHERE vacancy_id = ANY(%(vacancies)s) ORDER BY vacancy_id, rank
"""


def recheck(vacancies: list[int], warm: Warm, day: date, tally: Tally) -> None:
    """Compare the lists of these vacancies, which the caller holds, that are of another day than `day`; count and log what differs."""
    by_law = defaultdict(list)
    for row in VacancyList.objects.filter(vacancy__in=vacancies).exclude(day=day).select_related("weights").order_by("vacancy"):
        by_law[row.day, row.weights, row.inputs].append(row.vacancy_id)
    for (then, version, inputs), pks in by_law.items():
        law = warm.law(then, version)
        if law.inputs != inputs:
            tally.counts["recheck_skipped"] += len(pks)
        else:
            _recheck(pks, warm, law, tally)


def _recheck(vacancies: list[int], warm: Warm, law: Law, tally: Tally) -> None:
    """Lists of one day."""
    vacant = warm.vacant(Vacancy.objects.filter(pk__in=vacancies), law)
    people = warm.people(law)
    refused = refused_pairs(vacancies, law.day)
    ranked = best_of_vacancies(law, vacant, people, refused)
    # Marks are read after all that they stand for: there is no change among it whose mark we do not see.
    marks = list(ScoringMark.objects.order_by("pk").values_list("vacancy", "candidate"))
    waiting, changed = {pk for pk, _ in marks}, {pk for _, pk in marks}
    stored = read_rows(STORED_SQL, {"vacancies": vacancies}, STORED)
    again = listed(ranked, range(len(vacant)), vacant, people)
    kept = stored[(stored["rank"] == 0) & ~stored["touched"] & (pairs_of(stored, vacant, people) >= 0).all(axis=1)]
    kept_again, _ = scored(pairs_of(kept, vacant, people), vacant, people, law)
    known = set(vacant.ids.tolist())
    for pk in vacancies:
        mine, computed = stored[stored["vacancy_id"] == pk], again[again["vacancy_id"] == pk]
        if pk not in known or pk in waiting or changed & {*mine["candidate_id"].tolist(), *computed["candidate_id"].tolist()}:
            tally.counts["recheck_skipped"] += 1
            continue
        tally.counts["rechecked"] += 1
        touched = mine["candidate_id"][mine["touched"]]
        standing = mine[(mine["rank"] > 0) & ~mine["touched"]]
        fault = _difference(standing, computed[~np.isin(computed["candidate_id"], touched)], list(SUGGESTION.names or ()))
        own = kept["vacancy_id"] == pk
        fault = fault or _difference(kept[own], kept_again[own], ["candidate_id", "points"])
        if fault:
            tally.counts["faults"] += 1
            log.error("score.fault", vacancy=pk, day=str(law.day), stored=fault[0], computed=fault[1])


def _difference(stored: Rows, computed: Rows, names: list[str]) -> tuple[object, object] | None:
    """The first rows that are not the same in these fields; None where all are."""
    one, other = (rows[names].tolist() for rows in (stored, computed))
    if one == other:
        return None
    longest = max(len(one), len(other))
    padded = zip(one + [None] * (longest - len(one)), other + [None] * (longest - len(other)), strict=True)
    return next((a, b) for a, b in padded if a != b)
