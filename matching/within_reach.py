"""Who could work at some open vacancy, asked of the engine itself: by the law alone, and by everything that stage 0 tests."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from matching.load_records import candidate_records, load_routes, load_taxonomy, refused_pairs, vacancy_records
from matching.models import Candidate, ScoringWeights, Vacancy
from matching.scoring import CandidateTable, Routes, VacancyTable, Weights, rank
from matching.wages import wages_on

# What the law decides, each among those whom the one before lets through. `route` holds the time that papers take.
LAW = ("route", "age", "licence")

NOTHING_TOLD: dict[str, Any] = {
    "languages": {},
    "certificates": None,
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
NOTHING_ASKED: dict[str, Any] = {"essential": [], "optional": [], "languages": {}, "certificates": [], "conditions": [], "entry": True}


@dataclass(frozen=True, slots=True)
class Reached:
    """Ids of candidates: those who are looking; of these, by reason of LAW, whom the law lets through; who has an eligible vacancy."""

    people: set[int]
    law: dict[str, set[int]]
    eligible: set[int]


def within_reach(day: date, version: ScoringWeights) -> Reached:
    """On the scoring day, as everything else stands now."""
    wages, routes = wages_on(day), load_routes()
    weights = Weights.from_numbers(version.numbers, load_taxonomy())
    published = Vacancy.objects.filter(status=Vacancy.Status.PUBLISHED).with_asked().order_by("pk")
    vacancies = [record for record in vacancy_records(published, wages, day) if record["wage"] is not None]
    people = [record for record in candidate_records(Candidate.objects.looking(), wages) if record["free"]]
    refused = refused_pairs([record["id"] for record in vacancies], day)
    table = CandidateTable.from_records(people)
    best = rank(table, VacancyTable.from_records(vacancies), weights, routes, on=day, top=1, per="candidate", refused=refused)
    eligible = {person["id"] for person, row in zip(people, best.rows, strict=True) if len(row) and row[0] >= 0}
    return Reached({person["id"] for person in people}, _lawful(people, vacancies, weights, routes, day), eligible)


def _lawful(
    people: Sequence[dict[str, Any]], vacancies: Sequence[dict[str, Any]], weights: Weights, routes: Routes, day: date
) -> dict[str, set[int]]:
    """People who are the same before the law are compared once, as if they had told and the vacancies had asked nothing else."""
    alike = defaultdict(list)
    for person in people:
        adult_on = max(person["adult_on"], day)  # adults are alike
        alike[person["citizenship"], adult_on, tuple(person["permits"]), tuple(sorted(person["licences"] or ()))].append(person["id"])
    kinds = [
        {"id": place, "citizenship": citizenship, "adult_on": adult_on, "permits": permits, "licences": licences}
        | {"available_on": day, "registered_on": day}
        | NOTHING_TOLD
        for place, (citizenship, adult_on, permits, licences) in enumerate(alike)
    ]
    open_ones = [record | NOTHING_ASKED for record in vacancies if record["blocked"] is None and record["seats_left"] > 0]
    lifted: dict[str, tuple[dict[str, Any], dict[str, Any]]] = {
        "route": ({"adult_on": day}, {"licences": []}),
        "age": ({}, {"licences": []}),
        "licence": ({}, {}),
    }
    members, found = list(alike.values()), {}
    for reason, (of_person, of_vacancy) in lifted.items():
        table = CandidateTable.from_records([kind | of_person for kind in kinds])
        asked = VacancyTable.from_records([record | of_vacancy for record in open_ones])
        best = rank(table, asked, weights, routes, on=day, top=1, per="candidate")
        found[reason] = {pk for row, ids in zip(best.rows, members, strict=True) if len(row) and row[0] >= 0 for pk in ids}
    return found
