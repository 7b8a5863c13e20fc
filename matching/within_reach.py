"""Who could work at some open vacancy, asked of the engine itself: by the law alone, and by everything that stage 0 tests."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from matching.load_records import refused_pairs
from matching.models import Candidate, CandidateLicence, ScoringWeights, Vacancy
from matching.models.candidates import adult_on
from matching.scoring import CandidateTable, Ranking, VacancyTable, rank
from matching.warm import Law, Warm

# What the law decides, each among those whom the one before lets through. `route` holds the time that papers take.
LAW = ("route", "age", "licence")

NOTHING_TOLD: dict[str, Any] = {
    "languages": {},
    "certificates": None,
    "permits": [],
    "skills": [],
    "work": None,
    "wanted": [],
    "wage_floor": None,
    "wage_wish": None,
    "wishes": {},
    "regions": {},
    "conditions": [],
    "last_proposed_on": None,
    "free": True,
}
NOTHING_ASKED: dict[str, Any] = {
    "essential": (),
    "optional": (),
    "languages": {},
    "certificates": (),
    "conditions": frozenset(),
    "entry": True,
}


@dataclass(frozen=True, slots=True)
class Reached:
    """Ids of candidates: those who are looking; of these, by reason of LAW, whom the law lets through; who has an eligible vacancy."""

    people: set[int]
    law: dict[str, set[int]]
    eligible: set[int]


def within_reach(day: date, version: ScoringWeights, warm: Warm) -> Reached:
    """On the scoring day, as everything else stands now."""
    law = warm.law(day, version)
    vacant, everyone = warm.vacant(Vacancy.objects.all(), law), warm.people(law)
    refused = refused_pairs(vacant.ids.tolist(), day)
    best = rank(everyone.prepared, vacant.prepared, law.weights, law.routes, on=day, top=1, per="candidate", refused=refused)
    ids: list[int] = everyone.columns.id.tolist()
    people = set(everyone.columns.id[everyone.columns.free].tolist())
    return Reached(people, _lawful(people, vacant.table, law), _found(best, ids))


def _lawful(people: set[int], vacancies: VacancyTable, law: Law) -> dict[str, set[int]]:
    """People who are the same before the law are compared once, as if they had told and the vacancies had asked nothing else."""
    licences = defaultdict(list)
    for candidate, *licence in CandidateLicence.objects.order_by("category", "pk").values_list("candidate", "category", "issued_in"):
        licences[candidate].append(tuple(licence))
    alike = defaultdict(list)
    for pk, citizenship, born_in in Candidate.objects.order_by("pk").values_list("pk", "citizenship", "born_in"):
        if pk in people:
            alike[citizenship, max(adult_on(born_in), law.day), tuple(licences[pk])].append(pk)  # adults are alike
    kinds = [
        NOTHING_TOLD
        | {"id": place, "citizenship": citizenship, "adult_on": adult, "licences": held, "available_on": law.day, "registered_on": law.day}
        for place, (citizenship, adult, held) in enumerate(alike)
    ]
    open_ones = [replace(row, **NOTHING_ASKED) for row in vacancies.rows if row.blocked is None and row.seats_left > 0]
    no_licence = [replace(row, licences=()) for row in open_ones]
    tried = {
        "route": ([kind | {"adult_on": law.day} for kind in kinds], no_licence),
        "age": (kinds, no_licence),
        "licence": (kinds, open_ones),
    }
    members, found = list(alike.values()), {}
    for reason, (told, asked) in tried.items():
        table = CandidateTable.from_records(told)
        best = rank(table, VacancyTable(tuple(asked)), law.weights, law.routes, on=law.day, top=1, per="candidate")
        found[reason] = {pk for place in _found(best, range(len(members))) for pk in members[place]}
    return found


def _found(best: Ranking, ids: Sequence[int]) -> set[int]:
    """Those of the candidates for whom there is a vacancy."""
    return {pk for pk, row in zip(ids, best.rows, strict=True) if len(row) and row[0] >= 0}
