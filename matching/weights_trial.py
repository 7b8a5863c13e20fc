"""What a change of weights does to the best places of each vacancy, and for whom. People are told apart here, never in the engine."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from matching.load_records import refused_pairs
from matching.models import Candidate, StatisticsAnswers, Vacancy, WeightsTrial
from matching.scoring import Ranking, ScoringError, rank
from matching.scoring.whole import half_even
from matching.sectors import sector_of
from matching.warm import Warm
from matching.weights import read_weights
from portal.ui.hide_small import hide_small

TOP = 20
MOST_CHANGED = 10  # vacancies that are named

Whole = NDArray[np.int64]


class OtherInputs(ScoringError):
    """Law, rates or taxonomy are not what they were when the trial was asked for."""


def compare_versions(trial: WeightsTrial) -> dict[str, Any]:
    """Rank everybody for every published vacancy with both versions: the result as JSON, as `result_of` describes it."""
    warm = Warm()
    law = warm.law(trial.day, trial.before)
    if law.inputs != trial.inputs:
        raise OtherInputs("Law, rates or taxonomy have changed since this was asked for.")
    people = warm.people(law)
    vacant = warm.vacant(Vacancy.objects.all(), law)
    refused = refused_pairs(vacant.ids.tolist(), trial.day)
    before = rank(people.prepared, vacant.prepared, law.weights, law.routes, on=law.day, top=TOP, refused=refused, gate=True)
    after_weights = read_weights(trial.after, law.weights.taxonomy)
    after = rank(people.prepared, vacant.table, after_weights, law.routes, on=law.day, top=TOP, refused=refused, gate=True)
    groups = groups_of(people.columns.id.tolist(), vacant.ids.tolist())
    return result_of(Places.of(before, len(people)), Places.of(after, len(people)), groups)


@dataclass(frozen=True, slots=True)
class Places:
    """The places of all lists, flat and in the order of `pair`: vacancy row · people + candidate row."""

    people: int
    pair: Whole
    place: Whole
    points: Whole
    tier: Whole

    @classmethod
    def of(cls, ranked: Ranking, people: int) -> "Places":
        vacancy, place = np.nonzero(ranked.rows >= 0)
        pair = vacancy * people + ranked.rows[vacancy, place]
        order = np.argsort(pair)
        points, tier = (grid[vacancy, place][order].astype(np.int64) for grid in (ranked.points, ranked.tier))
        return cls(people, pair[order], place[order], points, tier)

    def vacancies(self, pair: Whole) -> Whole:
        return pair // max(self.people, 1)

    def candidates(self, pair: Whole) -> Whole:
        return pair % max(self.people, 1)


@dataclass(frozen=True, slots=True)
class Groups:
    """Of each row: the uid of a vacancy; by kind the code of a person's group and of a vacancy's."""

    vacancies: list[str]
    of_people: Mapping[str, list[str]]
    of_vacancies: Mapping[str, list[str]]


def groups_of(people: list[int], vacancies: list[int]) -> Groups:
    """Of these ids. Empty code: not answered."""
    asked = Vacancy.objects.select_related("region", "occupation").in_bulk(vacancies)
    person = {pk: told for pk, *told in Candidate.objects.order_by("pk").values_list("pk", "citizenship", "home_region")}
    sex = dict(StatisticsAnswers.objects.order_by("pk").values_list("candidate", "sex"))
    return Groups(
        vacancies=[str(asked[pk].uid) for pk in vacancies],
        of_people={
            "citizenship": [person[pk][0] for pk in people],
            "sex": [sex.get(pk, "") for pk in people],
            "region": [person[pk][1] or "" for pk in people],
        },
        of_vacancies={
            "destination": [asked[pk].region.country_id for pk in vacancies],
            "sector": [str(sector_of(asked[pk].occupation.isco)) for pk in vacancies],
        },
    )


def result_of(before: Places, after: Places, groups: Groups) -> dict[str, Any]:
    """Whole numbers only.

    changed: vacancies in whose list somebody enters, leaves or moves. places, people: of all lists; people enter who were in no list.
    tiers: [before, after, how many] of the pairs in both. points: their mean change (10 000 = full). gain, lose: people with a place
    in some list that they did not have, or no longer have; groups: the same by group, None where they are few.
    most: [uid, entered, left, moved] of the vacancies that change most.
    """
    entered, left = np.setdiff1d(after.pair, before.pair, assume_unique=True), np.setdiff1d(before.pair, after.pair, assume_unique=True)
    both, was, now = np.intersect1d(before.pair, after.pair, assume_unique=True, return_indices=True)
    moved = both[before.place[was] != after.place[now]]
    by_vacancy = np.stack([np.bincount(before.vacancies(part), minlength=len(groups.vacancies)) for part in (entered, left, moved)], axis=1)
    people_before, people_after = set(before.candidates(before.pair).tolist()), set(after.candidates(after.pair).tolist())
    most = sorted(range(len(by_vacancy)), key=lambda row: (-by_vacancy[row].sum(), row))[:MOST_CHANGED]
    return {
        "vacancies": len(groups.vacancies),
        "changed": int(by_vacancy.any(axis=1).sum()),
        "places": _flow(len(before.pair), len(after.pair), len(entered), len(left)) | {"moved": len(moved)},
        "people": _flow(len(people_before), len(people_after), len(people_after - people_before), len(people_before - people_after)),
        "tiers": _tiers(before.tier[was], after.tier[now]),
        "points": half_even(int((after.points[now] - before.points[was]).sum()), len(both)) if len(both) else 0,
        "gain": len(np.unique(before.candidates(entered))),
        "lose": len(np.unique(before.candidates(left))),
        "groups": _by_group(before, entered, left, groups),
        "most": [[groups.vacancies[row], *by_vacancy[row].tolist()] for row in most if by_vacancy[row].any()],
    }


def _flow(before: int, after: int, entered: int, left: int) -> dict[str, int]:
    return {"before": before, "after": after, "entered": entered, "left": left}


def _tiers(before: Whole, after: Whole) -> list[list[int]]:
    pairs, counts = np.unique(np.stack([before, after], axis=1)[before != after], axis=0, return_counts=True)
    return [[*pair, count] for pair, count in zip(pairs.tolist(), counts.tolist(), strict=True)]


def _by_group(places: Places, entered: Whole, left: Whole, groups: Groups) -> dict[str, list[list[str | int | None]]]:
    """By kind: [code, people who gain, people who lose]."""
    found = {}
    for kind, codes in [*groups.of_people.items(), *groups.of_vacancies.items()]:
        rows_of = places.candidates if kind in groups.of_people else places.vacancies
        gain, lose = (_people_by_code(codes, rows_of(pair), places.candidates(pair)) for pair in (entered, left))
        found[kind] = [[code, gain[code], lose[code]] for code in sorted(set(codes))]
    return found


def _people_by_code(codes: list[str], rows: Whole, candidates: Whole) -> dict[str, int | None]:
    people: dict[str, set[int]] = {code: set() for code in codes}
    for row, candidate in zip(rows.tolist(), candidates.tolist(), strict=True):
        people[codes[row]].add(candidate)
    counts = {code: len(those) for code, those in people.items()}
    hidden = hide_small(counts)
    return {code: None if code in hidden else count for code, count in counts.items()}
