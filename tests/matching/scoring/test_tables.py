"""Records: which keys there must be, and what a value may be."""

from datetime import UTC, datetime

import pytest

from matching.scoring import BadValue, CandidateTable, MissingKey, Routes, UnknownKey, UnknownOccupation, VacancyTable
from tests.matching.scoring.records import best, candidate, people, recognition, route, vacancy

READERS = [
    (CandidateTable.from_records, candidate, ()),
    (VacancyTable.from_records, vacancy, ("on_file",)),
    (Routes.from_records, route, ("papers",)),
    (lambda rows: Routes.from_records([], rows), recognition, ()),
]


@pytest.mark.parametrize(("read", "record", "optional"), READERS)
def test_each_key_but_the_optional_must_be_there(read, record, optional):
    for key in record():
        rest = {name: value for name, value in record().items() if name != key}
        if key in optional:
            read([rest])
        else:
            with pytest.raises(MissingKey, match=key):
                read([rest])


@pytest.mark.parametrize(("read", "record", "_optional"), READERS)
def test_a_key_that_is_not_known_is_refused(read, record, _optional):
    with pytest.raises(UnknownKey, match="sex"):
        read([record() | {"sex": "woman"}])


@pytest.mark.parametrize(
    "changes",
    [
        {"id": "7"},
        {"id": 2**63},
        {"id": 1.0},
        {"adult_on": None},
        {"adult_on": "2020-01-01"},
        {"available_on": None},
        {"registered_on": datetime(2026, 1, 1, tzinfo=UTC)},
        {"languages": {"ru": 7}},
        {"skills": [(1, 0, False)]},
        {"skills": [(1, 5, False)]},
        {"work": [(1, -1, None)]},
        {"wage_floor": -1},
        {"wage_wish": 10.5},
        {"wishes": {"RU": 3}},
        {"regions": {"RU-TA": 1}},
        {"certificates": {"height": None}},
    ],
)
def test_a_candidate_with_a_value_out_of_range_is_refused(changes):
    with pytest.raises(BadValue):
        CandidateTable.from_records([candidate(**changes)])


@pytest.mark.parametrize(
    "changes",
    [
        {"wage": None},
        {"wage": -1},
        {"essential": [(1, 5, False)]},
        {"optional": [(1, 0)]},
        {"languages": {"ru": (0, 9)}},
        {"experience_months": -1},
        {"starts_on": None},
        {"blocked": "closed"},
    ],
)
def test_a_vacancy_with_a_value_out_of_range_is_refused(changes):
    with pytest.raises(BadValue):
        VacancyTable.from_records([vacancy(**changes)])


@pytest.mark.parametrize("changes", [{"effect": "maybe"}, {"lead_days": -1}, {"valid_from": "2015"}])
def test_a_route_with_a_value_out_of_range_is_refused(changes):
    with pytest.raises(BadValue):
        Routes.from_records([route(**changes)])


def test_an_id_stands_once_in_a_table():
    with pytest.raises(BadValue, match="twice"):
        CandidateTable.from_records([candidate(id=3), candidate(id=3)])
    with pytest.raises(BadValue, match="twice"):
        VacancyTable.from_records([vacancy(id=3), vacancy(id=3)])


def test_a_level_not_asked_for_is_two_and_a_skill_told_twice_keeps_both():
    table = VacancyTable.from_records([vacancy(essential=[(7, None, True)], optional=[(8, None)])])
    assert (table.rows[0].essential[0].level, table.rows[0].optional[0].level) == (2, 2)
    assert people(candidate(skills=[(7, 1, True), (7, 4, False)])).rows[0].skills == {7: ((1, True), (4, False))}


def test_an_unknown_skill_is_allowed_and_an_unknown_occupation_is_not():
    assert best([candidate(skills=[(10**9, 2, False)])], [vacancy(essential=[(10**9, 2, False)])]).points[0][0]
    for persons, openings in [
        ([candidate(wanted=[999])], [vacancy()]),
        ([candidate(work=[(999, 3, None)], free=False)], [vacancy()]),
        ([candidate()], [vacancy(occupation=999)]),
    ]:
        with pytest.raises(UnknownOccupation, match="999"):
            best(persons, openings)


def test_empty_tables_have_empty_lists():
    assert best([], [vacancy()], top=2).rows == ((-1, -1),)
    assert best([candidate()], [], top=2).rows == ()
    assert best([candidate()], [], top=2, per="candidate").rows == ((-1, -1),)
    assert (len(people()), len(people(candidate()))) == (0, 1)
