"""Records for the engine's tests: a small taxonomy in which all essential skills weigh the same, a person and a vacancy that fit."""

from datetime import date
from typing import Any

import numpy as np

from matching.scoring import CandidateTable, Routes, Taxonomy, VacancyTable, Weights, explain, rank, reference

DAY = date(2026, 11, 21)
START = date(2027, 1, 11)

BRICKLAYER, LABOURER, PICKER, NURSE, CARER = 1, 2, 3, 4, 5
CARPENTER, PLASTERER, MECHANIC, STONEMASON = 6, 7, 8, 9

TAXONOMY = Taxonomy.from_records(
    # each skill stands in one list, so all have w = round(1000 · (1 + ln(6 / 2))²) = 4404
    essential={BRICKLAYER: [101, 102], LABOURER: [201, 202, 203, 204], PICKER: [301], NURSE: [401, 402], CARER: [501, 502, 503, 504, 505]},
    group={402: 9, 505: 9, 101: 1, 102: 1},
    isco={
        BRICKLAYER: "7112",
        STONEMASON: "7112",
        CARPENTER: "7115",
        PLASTERER: "7123",
        MECHANIC: "7231",
        LABOURER: "9313",
        PICKER: "9211",
        NURSE: "2221",
        CARER: "5322",
    },
    related=[(BRICKLAYER, LABOURER), (NURSE, CARER)],
)
WEIGHTS = Weights.default(TAXONOMY)


def candidate(**changes: Any) -> dict[str, Any]:
    """An adult citizen of TJ who is free and has told nothing else."""
    record = {
        "id": 1,
        "citizenship": "TJ",
        "adult_on": date(2020, 1, 1),
        "languages": {},
        "licences": None,
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
        "available_on": DAY,
        "registered_on": date(2026, 10, 1),
        "last_proposed_on": None,
        "free": True,
    }
    assert changes.keys() <= record.keys()
    return record | changes


def vacancy(**changes: Any) -> dict[str, Any]:
    """An entry job for apple pickers in RU that asks for nothing."""
    record = {
        "id": 1,
        "country": "RU",
        "region": "RU-TA",
        "occupation": PICKER,
        "activities": ["01.24"],
        "essential": [],
        "optional": [],
        "entry": True,
        "experience_months": 0,
        "languages": {},
        "licences": [],
        "certificates": [],
        "wage": 60_000,
        "conditions": [],
        "starts_on": START,
        "seats_left": 5,
        "blocked": None,
        "on_file": [],
    }
    assert changes.keys() <= record.keys()
    return record | changes


def route(**changes: Any) -> dict[str, Any]:
    record = {
        "effect": "permit",
        "origin": "TJ",
        "destination": "RU",
        "region": "*",
        "activity": "*",
        "employer_permit": False,
        "regime": "patent",
        "papers": [],
        "lead_days": 0,
        "valid_from": date(2015, 1, 1),
        "valid_to": None,
    }
    assert changes.keys() <= record.keys()
    return record | changes


def recognition(**changes: Any) -> dict[str, Any]:
    record = {"issuing": "TJ", "destination": "RU", "category": "C", "paid_driving": True, "valid_from": None, "valid_to": None}
    assert changes.keys() <= record.keys()
    return record | changes


ROUTES = Routes.from_records([route()])


def people(*records: dict[str, Any]) -> CandidateTable:
    return CandidateTable.from_records(records)


def jobs(*records: dict[str, Any]) -> VacancyTable:
    return VacancyTable.from_records(records)


def why(person: dict[str, Any], job: dict[str, Any], *, weights: Weights = WEIGHTS, routes: Routes = ROUTES, on: date = DAY) -> Any:
    """The explanation of one pair."""
    return explain(people(person), 0, jobs(job), 0, weights, routes, on=on)


def value(person: dict[str, Any], job: dict[str, Any], code: str, **more: Any) -> int | None:
    """The value of one component, None where it is dropped."""
    found = why(person, job, **more)
    return next(part.value for block in (found.fits, found.suits) for part in block.components if part.code == code)


LISTED = {"rows": "int32", "points": "uint16", "tier": "uint8", "fits": "uint16", "suits": "uint16"}
COUNTED = {"failed": "int64", "only": "int64", "unanswered": "int64", "eligible": "int64"}


def best(persons: list[dict[str, Any]], openings: list[dict[str, Any]], *, top: int = 10, routes: Routes = ROUTES, **more: Any) -> Any:
    """The reference's lists, once both paths of the fast engine have given the same."""
    sides = people(*persons), jobs(*openings), more.pop("weights", WEIGHTS), routes
    truth = reference.rank(*sides, on=DAY, top=top, **more)
    for path in ("numpy", "compiled"):
        assert_same(rank(*sides, on=DAY, top=top, path=path, **more), truth)
    return truth


def assert_same(fast: Any, truth: Any) -> None:
    """Every number and every type."""
    assert fast.reasons == truth.reasons
    for name, dtype in (LISTED | COUNTED).items():
        found = getattr(fast, name)
        assert found.dtype == dtype, name
        expected = np.array(getattr(truth, name), dtype=dtype)
        np.testing.assert_array_equal(found, expected.reshape(found.shape) if not expected.size else expected, err_msg=name)
