"""The scoring engine: plain tables in, plain lists out. Knows no Django, reads no clock, draws no random number.

`rank` makes the lists, `allocate` shortlists of them, `explain` shows every part of one pair. docs/scoring.md has the formulas.
"""

from matching.scoring.allocate import allocate
from matching.scoring.errors import BadValue, BadWeights, MissingKey, ScoringError, UnknownKey, UnknownOccupation
from matching.scoring.explain import Explanation, explain
from matching.scoring.reference import Pair, Ranking, compare, rank
from matching.scoring.routes import Routes
from matching.scoring.tables import CandidateTable, VacancyTable
from matching.scoring.taxonomy import Taxonomy
from matching.scoring.weights import Weights

__all__ = [
    "BadValue",
    "BadWeights",
    "CandidateTable",
    "Explanation",
    "MissingKey",
    "Pair",
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
]
