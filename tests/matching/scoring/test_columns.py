"""People as arrays: the same as rows, and as strict."""

from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from matching.scoring import BadValue, CandidateColumns, CandidateTable, UnknownOccupation, rank
from matching.scoring.tables import MOST_CENTS, MOST_MONTHS
from tests.matching.scoring.markets import CANDIDATES
from tests.matching.scoring.records import DAY, ROUTES, WEIGHTS, candidate, jobs, people, vacancy

FULL = candidate(
    id=7,
    languages={"ru": 3, "en": 1},
    licences=[("B", "TJ")],
    certificates={"height": DAY, "forklift": DAY},
    permits=[("patent", "RU", "*", DAY)],
    skills=[(101, 2, True), (101, 3, False)],
    work=[(1, 12, None)],
    wanted=[1],
    wishes={"RU": 2, "KZ": 0},
    regions={"RU-TA": 2, "RU-MOW": 0},
    conditions=["housing", "meals"],
)


@settings(max_examples=100)
@given(st.lists(CANDIDATES, max_size=6))
def test_rows_come_back_as_they_went_in(persons: list[dict[str, Any]]):
    table = CandidateTable.from_records(person | {"id": -i} for i, person in enumerate(persons))
    columns = CandidateColumns.from_table(table)
    assert tuple(columns.row(i) for i in range(len(columns))) == table.rows
    parts = [columns.take(np.arange(first, len(columns), 2)) for first in (0, 1)]
    joined = CandidateColumns.concat(parts)
    assert tuple(joined.row(i) for i in range(len(joined))) == table.rows[::2] + table.rows[1::2]


def arrays(**changes: Any) -> dict[str, Any]:
    columns = CandidateColumns.from_table(people(FULL, candidate(id=8)))
    return {name: getattr(columns, name) for name in CandidateColumns.__slots__} | changes


def test_a_row_that_is_not_there_is_an_error():
    assert CandidateColumns(**arrays()).row(0).id == 7
    for i in (-1, 2):
        with pytest.raises(IndexError):
            CandidateColumns(**arrays()).row(i)


INT32, INT8, INT64 = (lambda *values, kind=kind: np.array(values, dtype=kind) for kind in (np.int32, np.int8, np.int64))


@pytest.mark.parametrize(
    ("changes", "what"),
    [
        ({"id": INT64(7, 7)}, "twice"),
        ({"id": np.array([7.0, np.nan])}, "int64"),
        ({"wage_floor": np.array([np.nan, 1.0])}, "int64"),
        ({"wage_floor": INT64(-2, 0)}, "wage_floor"),
        ({"wage_wish": INT64(0, MOST_CENTS + 1)}, "wage_wish"),
        ({"available_on": INT32(0, 1)}, "available_on"),
        ({"registered_on": INT32(1, 4_000_000)}, "registered_on"),
        ({"citizenship": INT32(0, 99)}, "citizenship"),
        ({"citizenship": INT32(0)}, "2 int32"),
        ({"free": INT8(1, 1)}, "bool"),
        ({"language_level": INT8(1, 7)}, "language_level"),
        ({"language": INT32(0, 0)}, "stands twice"),
        ({"condition": INT32(1, 1)}, "stands twice"),
        ({"certificate": INT32(1, 1)}, "stands twice"),
        ({"wish_country": INT32(1, 1)}, "stands twice"),
        ({"region": INT32(1, 1)}, "stands twice"),
        ({"skill_level": INT8(0, 1)}, "skill_level"),
        ({"skill_level": INT8(9, 1)}, "skill_level"),
        ({"work_months": INT32(-1)}, "work_months"),
        ({"work_months": INT32(MOST_MONTHS + 1)}, "work_months"),
        ({"region_wish": INT8(1, 0)}, "region_wish"),
        ({"work_told": np.array([False, False])}, "not answered"),
        ({"work_start": INT64(0, 2, 1)}, "falls"),
        ({"work_start": INT64(1, 1, 1)}, "begins with 0"),
        ({"work_start": INT64(0, 1)}, "3 int64"),
        ({"words": ("a", "a")}, "distinct"),
    ],
)
def test_an_array_that_holds_what_no_record_may_is_refused(changes, what):
    CandidateColumns(**arrays())
    with pytest.raises(BadValue, match=what):
        CandidateColumns(**arrays(**changes))


def test_an_occupation_that_the_taxonomy_does_not_know_is_refused():
    columns = CandidateColumns.from_table(people(candidate(wanted=[999])))
    with pytest.raises(UnknownOccupation, match="999"):
        rank(columns, jobs(vacancy()), WEIGHTS, ROUTES, on=DAY, top=1)


@pytest.mark.parametrize("changes", [{"wage_floor": MOST_CENTS + 1}, {"wage_wish": -1}, {"work": [(1, MOST_MONTHS + 1, None)]}])
def test_records_have_the_same_limits(changes):
    with pytest.raises(BadValue):
        people(candidate(**changes))
