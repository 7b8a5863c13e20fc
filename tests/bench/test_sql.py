"""The SQL statement that the engine is measured against gives the reference's own lists."""

import hypothesis.strategies as st
import pytest
from hypothesis import HealthCheck, given, settings

from bench.sql import Database
from bench.synthetic import market
from matching.scoring import CandidateTable
from matching.scoring.reference import rank
from tests import servers
from tests.matching.scoring.records import DAY, ROUTES, WEIGHTS, jobs, people
from tests.matching.scoring.test_properties import CANDIDATES, VACANCIES


@pytest.fixture(scope="module")
def database():
    with servers.own_database() as name:
        database = Database(servers.database_url(name))
        yield database
        database.close()


def expected(candidates, vacancies, weights, routes, on, refused):
    ranking = rank(candidates, vacancies, weights, routes, on=on, top=50, refused=refused, gate=True)
    lists = zip(ranking.rows, ranking.points, ranking.fits, ranking.suits, ranking.tier, strict=True)
    return [(row, *pair) for row, columns in enumerate(lists) for pair in zip(*columns, strict=True) if pair[0] >= 0]


def test_both_statements_give_the_reference_s_lists(database):
    columns, vacancies, weights, routes, day = market(800, 25, seed=5)
    candidates = CandidateTable(tuple(columns.row(i) for i in range(len(columns))))
    refused = [(candidates.rows[i].id, vacancies.rows[i % 25].id) for i in range(0, 800, 3)]
    lists = expected(candidates, vacancies, weights, routes, day, refused)
    assert len(lists) > 100
    database.load(candidates, vacancies, weights, routes, day, refused)
    for how in ("arrays", "joins"):
        assert database.lists(how, 0, 24) == lists
        assert database.lists(how, 3, 7) == [row for row in lists if 3 <= row[0] <= 7]


@settings(max_examples=25, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(CANDIDATES, min_size=1, max_size=12), st.lists(VACANCIES, min_size=1, max_size=5))
def test_also_for_odd_people_and_vacancies(database, persons, openings):
    candidates = people(*(person | {"id": 100 - i} for i, person in enumerate(persons)))
    vacancies = jobs(*(job | {"id": 50 - j} for j, job in enumerate(openings)))
    database.load(candidates, vacancies, WEIGHTS, ROUTES, DAY)
    lists = expected(candidates, vacancies, WEIGHTS, ROUTES, DAY, ())
    assert database.lists("arrays", 0, len(openings)) == lists
    assert database.lists("joins", 0, len(openings)) == lists
