"""The slow engine in plain Python, written to be read. What it says is true; a faster one must give the same bytes."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Literal

from matching.scoring import fits
from matching.scoring.eligibility import REASONS, Eligibility, check_pair
from matching.scoring.errors import BadValue
from matching.scoring.order import (
    NO_TIER,
    candidate_ranks,
    essential_of,
    is_proposable,
    order_key,
    tier_of,
    vacancy_ranks,
)
from matching.scoring.records import refused_ids
from matching.scoring.routes import Routes
from matching.scoring.sides import Side, Terms, fits_side, suits_side
from matching.scoring.tables import Candidate, CandidateTable, Vacancy, VacancyTable
from matching.scoring.taxonomy import Taxonomy
from matching.scoring.weights import Weights
from matching.scoring.whole import points_of

Grid = tuple[tuple[int, ...], ...]
NONE = -1
COLUMN = {code: place for place, code in enumerate(REASONS)}


@dataclass(frozen=True, slots=True)
class Pair:
    """Stage 1 of one pair. `essential` is E with group credit, `exact` E₀ without (None where E is dropped), `occupation` C."""

    fits: Side
    suits: Side
    essential: int
    exact: int | None
    occupation: int
    is_proposable: bool
    tier: int

    @property
    def product(self) -> int:
        return self.fits.total * self.suits.total

    @property
    def points(self) -> int:
        return points_of(self.fits.total, self.suits.total)


@dataclass(frozen=True, slots=True)
class Ranking:
    """Lists of one side, as tuples of tuples.

    rows, points, tier, fits, suits: n × top. Row index on the other side, best first, -1 = none; points and the totals of both sides
    0..10 000; tier 1 A, 2 B, 3 C, 0 not proposable.
    failed, only, unanswered: vacancies × reasons, whichever side is ranked: pairs that fail a reason, that fail nothing else, and that
    fail it for want of an answer. eligible: vacancies; pairs that fail none. `own` may never be shown to anybody, nor any count under 10.
    """

    rows: Grid
    points: Grid
    tier: Grid
    fits: Grid
    suits: Grid
    reasons: tuple[str, ...]
    failed: Grid
    only: Grid
    unanswered: Grid
    eligible: tuple[int, ...]


def score_pair(candidate: Candidate, vacancy: Vacancy, eligibility: Eligibility, terms: Terms, weights: Weights, on: date) -> Pair:
    """Both sides of a pair. Raises UnknownOccupation."""
    held = fits.exact_values(candidate, vacancy)
    occupation = fits.occupation_value(candidate, vacancy, weights.taxonomy)
    job = fits_side(candidate, vacancy, terms, weights, on, exact=held, occupation=occupation)
    person = suits_side(candidate, vacancy, terms, weights, eligibility.days_late)
    exact = fits.exact_share(held, terms.essential_weights) if vacancy.essential else None
    proposable = is_proposable(job.total * person.total, exact, occupation, entry=vacancy.entry)
    return Pair(
        fits=job,
        suits=person,
        essential=essential_of(job.parts.get("E", 0), terms.fits.get("E", 0)),
        exact=exact,
        occupation=occupation,
        is_proposable=proposable,
        tier=tier_of(points_of(job.total, person.total), exact) if proposable else NO_TIER,
    )


def rank(
    candidates: CandidateTable,
    vacancies: VacancyTable,
    weights: Weights,
    routes: Routes,
    *,
    on: date,
    top: int,
    refused: Collection[tuple[int, int]] = (),
    per: Literal["vacancy", "candidate"] = "vacancy",
    gate: bool = False,
) -> Ranking:
    """The best `top` candidates of every vacancy on the scoring day `on`, or with per="candidate" the best vacancies of every candidate.

    `refused` holds ids (candidate, vacancy). With `gate` only proposable pairs compete; without it every eligible pair is ordered.
    `top` may be as large as the other side, or larger: rows are filled up with -1. Compares every pair: time grows with the product.
    Raises BadValue for a negative `top` or another `per`, UnknownOccupation for an occupation that the taxonomy does not know.
    """
    if top < 0 or per not in ("vacancy", "candidate"):
        raise BadValue(f"top is at least 0 and per is vacancy or candidate, not {top} and {per!r}.")
    check_occupations(candidates, vacancies, weights.taxonomy)
    refused = refused_ids(refused)
    by_vacancy = per == "vacancy"
    ranks = candidate_ranks(candidates.rows) if by_vacancy else vacancy_ranks(vacancies.rows)
    lists: list[list[tuple[int, int, Pair]]] = [[] for _ in (vacancies if by_vacancy else candidates).rows]
    failed, only, unanswered = ([[0] * len(REASONS) for _ in vacancies.rows] for _ in range(3))
    eligible = [0] * len(vacancies.rows)
    for j, vacancy in enumerate(vacancies.rows):
        terms = Terms.of(vacancy, weights)
        for i, candidate in enumerate(candidates.rows):
            eligibility = check_pair(candidate, vacancy, routes, on, refused)
            if eligibility.failed:
                _count(eligibility, failed[j], only[j], unanswered[j])
                continue
            eligible[j] += 1
            pair = score_pair(candidate, vacancy, eligibility, terms, weights, on)
            if pair.is_proposable or not gate:
                mine, other = (j, i) if by_vacancy else (i, j)
                lists[mine].append((order_key(pair.product, pair.essential, ranks[other]), other, pair))
    best = [sorted(found, key=lambda entry: -entry[0])[:top] for found in lists]
    return Ranking(
        rows=tuple(_filled([other for _, other, _ in found], top, NONE) for found in best),
        points=tuple(_filled([pair.points for _, _, pair in found], top, 0) for found in best),
        tier=tuple(_filled([pair.tier for _, _, pair in found], top, NO_TIER) for found in best),
        fits=tuple(_filled([pair.fits.total for _, _, pair in found], top, 0) for found in best),
        suits=tuple(_filled([pair.suits.total for _, _, pair in found], top, 0) for found in best),
        reasons=REASONS,
        failed=_frozen(failed),
        only=_frozen(only),
        unanswered=_frozen(unanswered),
        eligible=tuple(eligible),
    )


def compare(candidates: CandidateTable, i: int, vacancies: VacancyTable, j: int, weights: Weights, routes: Routes, *, on: date) -> Pair:
    """Row `i` of `candidates` with row `j` of `vacancies`, whether or not the pair passes stage 0. Raises UnknownOccupation."""
    candidate, vacancy = candidates.rows[i], vacancies.rows[j]
    return score_pair(candidate, vacancy, check_pair(candidate, vacancy, routes, on), Terms.of(vacancy, weights), weights, on)


def check_occupations(candidates: CandidateTable, vacancies: VacancyTable, taxonomy: Taxonomy) -> None:
    """Raises UnknownOccupation, whether or not a pair would have met the occupation."""
    named = {vacancy.occupation for vacancy in vacancies.rows}
    for candidate in candidates.rows:
        named.update(candidate.wanted, (job.occupation for job in candidate.work or ()))
    for occupation in sorted(named):
        taxonomy.code(occupation)


def _count(eligibility: Eligibility, failed: list[int], only: list[int], unanswered: list[int]) -> None:
    for code in eligibility.failed:
        failed[COLUMN[code]] += 1
    for code in eligibility.unanswered:
        unanswered[COLUMN[code]] += 1
    if len(eligibility.failed) == 1:
        only[COLUMN[eligibility.failed[0]]] += 1


def _filled(values: list[int], length: int, empty: int) -> tuple[int, ...]:
    return (*values, *[empty] * (length - len(values)))


def _frozen(counts: list[list[int]]) -> Grid:
    return tuple(map(tuple, counts))
