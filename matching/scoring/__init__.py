"""The scoring engine: plain tables in, plain lists out. Knows no Django, reads no clock, draws no random number.

`rank` makes the lists, `allocate` shortlists of them, `explain` shows every part of one pair. docs/scoring.md has the formulas.
"""

from matching.scoring.allocate import allocate
from matching.scoring.columns import CandidateColumns
from matching.scoring.engine import PairScores, Ranking, rank, rank_both, score_pairs
from matching.scoring.errors import BadValue, BadWeights, MissingKey, ScoringError, UnknownKey, UnknownOccupation
from matching.scoring.explain import Explanation, explain
from matching.scoring.openings import Openings
from matching.scoring.people import People
from matching.scoring.reference import Pair, compare
from matching.scoring.routes import Routes
from matching.scoring.tables import CandidateTable, VacancyTable
from matching.scoring.taxonomy import Taxonomy
from matching.scoring.weights import Weights

__all__ = [
    "BadValue",
    "BadWeights",
    "CandidateColumns",
    "CandidateTable",
    "Explanation",
    "MissingKey",
    "Openings",
    "Pair",
    "PairScores",
    "People",
    "Ranking",
    "Routes",
    "ScoringError",
    "Taxonomy",
    "UnknownKey",
    "UnknownOccupation",
    "VacancyTable",
    "Weights",
    "allocate",
    "compare",
    "explain",
    "rank",
    "rank_both",
    "score_pairs",
]
