"""Other engines for a part of stage 1, and the arithmetic that no engine can do without.

The part is what libraries for sparse matrices can do: the points of essential skills held (no stand-ins) of all pairs, and the best.
"""

from collections.abc import Callable
from typing import Any

import numpy as np
from numba import njit
from numpy.typing import NDArray
from scipy.sparse import csr_matrix

from matching.scoring import VacancyTable, Weights
from matching.scoring.columns import CandidateColumns
from matching.scoring.fits import LEVELS, TOLD
from matching.scoring.sides import Terms, earned

Array = NDArray[Any]
WAYS = [(level, verified) for level in LEVELS for verified in (False, True)]  # of telling a skill
CHUNK = 100  # vacancies whose sums stand in memory at once


class Essentials:
    """Two sparse matrices: who told what, and what that earns at each vacancy. A column is a skill told in one way."""

    def __init__(self, people: CandidateColumns, vacancies: VacancyTable, weights: Weights) -> None:
        skills, place = np.unique(people.skill, return_inverse=True)
        column = place * len(WAYS) + 2 * (people.skill_level - 1) + people.skill_verified
        width = max(1, len(skills) * len(WAYS))
        self.people = csr_matrix((np.ones(len(column), np.int32), column, people.skills_start), shape=(len(people), width))
        of = {skill: at for at, skill in enumerate(skills.tolist())}
        starts, columns, points = [0], [], []
        for job in vacancies.rows:
            for asked, part in zip(job.essential, Terms.of(job, weights).essential, strict=True):
                if asked.skill in of:
                    columns += [of[asked.skill] * len(WAYS) + way for way in range(len(WAYS))]
                    points += [earned(part, TOLD[*told, asked.level]) for told in WAYS]
            starts.append(len(columns))
        self.vacancies = csr_matrix((np.array(points, np.int32), columns, starts), shape=(len(vacancies), width))
        self.vacancies.sum_duplicates()

    def by_scipy(self, top: int) -> Array:
        """Best sums of each vacancy, the greatest first, 0 where there are no more: vacancies × top."""
        best = np.zeros((self.vacancies.shape[0], top), np.int32)
        across = self.people.T.tocsr()
        for first in range(0, len(best), CHUNK):
            sums = self.vacancies[first : first + CHUNK] @ across
            for row in range(sums.shape[0]):
                mine = sums.data[sums.indptr[row] : sums.indptr[row + 1]]
                if len(mine) > top:
                    mine = mine[np.argpartition(-mine, top)[:top]]
                best[first + row, : len(mine)] = -np.sort(-mine)
        return best

    def by_topn(self, top: int) -> Array:
        """The same by sparse_dot_topn, on one thread. Raises ImportError where it is not installed."""
        from sparse_dot_topn import sp_matmul_topn

        found = sp_matmul_topn(self.vacancies, self.people.T.tocsr(), top_n=top, sort=True, threshold=None, n_threads=1)
        best = np.zeros((self.vacancies.shape[0], top), np.int32)
        for row in range(len(best)):
            mine = found.data[found.indptr[row] : found.indptr[row + 1]]
            best[row, : len(mine)] = mine
        return best


def column_adding(people: int, vacancies: int, added: int, distinct: int, block: int) -> Callable[[], None]:
    """Adds, for every pair, `added` of `distinct` uint16 columns: block after block of people, as the engine does. Nothing else."""
    rng = np.random.default_rng(1)
    columns = rng.integers(0, 100, (distinct, block)).astype(np.uint16)
    picked = rng.integers(0, distinct, (vacancies, added))
    _add_columns(columns, picked[:1], 1)  # compiled

    def work() -> None:
        _add_columns(columns, picked, -(-people // block))

    return work


@njit(nogil=True, cache=True)
def _add_columns(columns: Array, picked: Array, blocks: int) -> int:
    total = np.zeros(columns.shape[1], np.uint16)
    seen = 0
    for _ in range(blocks):
        for vacancy in range(picked.shape[0]):
            total[:] = columns[picked[vacancy, 0]]
            for k in range(1, picked.shape[1]):
                column = columns[picked[vacancy, k]]
                for i in range(len(total)):
                    total[i] += column[i]
            seen += total[0]  # or it would not be reckoned at all
    return seen
