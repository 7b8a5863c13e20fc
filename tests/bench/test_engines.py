"""The libraries that the engine is measured against do the same part of the work."""

from importlib.util import find_spec

import numpy as np
import pytest

from bench.engines import Essentials
from bench.synthetic import market
from matching.scoring import fits
from matching.scoring.sides import Terms, earned

TOP = 5


@pytest.mark.parametrize(
    "way",
    [
        "by_scipy",
        pytest.param("by_topn", marks=pytest.mark.skipif(not find_spec("sparse_dot_topn"), reason="only `make bench` installs it")),
    ],
)
def test_best_sums_of_essential_skills(way):
    people, vacancies, weights, _routes, _day = market(60, 12, seed=3)
    rows = [people.row(i) for i in range(len(people))]
    best = getattr(Essentials(people, vacancies, weights), way)(TOP)
    for job, found in zip(vacancies.rows, best, strict=True):
        shares = Terms.of(job, weights).essential
        sums = [sum(earned(part, fits.exact_value(asked, row)) for part, asked in zip(shares, job.essential, strict=True)) for row in rows]
        assert found.tolist() == sorted(sums, reverse=True)[:TOP]
    assert np.count_nonzero(best)
