"""Every part of one pair, for people: computed by the reference when somebody looks."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Literal

from matching.scoring import fits
from matching.scoring.eligibility import Refused, check_pair
from matching.scoring.order import essential_of
from matching.scoring.reference import score_pair
from matching.scoring.routes import Routes
from matching.scoring.sides import Side, Terms, earned
from matching.scoring.tables import Asked, Candidate, CandidateTable, Vacancy, VacancyTable
from matching.scoring.weights import FITS, SUITS, Weights


@dataclass(frozen=True, slots=True)
class Component:
    """`share` of the side's 10 000, `value` 0..10 000 and what they earned. Dropped: the vacancy does not ask for it (share 0, value None)."""

    code: str
    share: int
    value: int | None
    earned: int
    is_dropped: bool


@dataclass(frozen=True, slots=True)
class Block:
    """One side. The components add up to `total`; where all are dropped nothing is asked and the side is full."""

    total: int
    components: tuple[Component, ...]


@dataclass(frozen=True, slots=True)
class SkillPart:
    """An asked skill. Met: held at the asked level; near: held below it, or another of its group stands in; else missing.

    `held` is the best level told (None: not told). The shares of E's and O's skills add up to their component. `brings` are the points
    that the pair would gain by this skill at the asked level, verified, as after a course; 0 for a skill that is met.
    """

    skill: int
    is_essential: bool
    is_critical: bool
    required: int
    held: int | None
    is_verified: bool
    is_by_group: bool
    state: Literal["met", "near", "missing"]
    share: int
    value: int
    earned: int
    brings: int


@dataclass(frozen=True, slots=True)
class LanguagePart:
    code: str
    minimum: int
    target: int
    held: int | None  # None: not answered


@dataclass(frozen=True, slots=True)
class Explanation:
    """`candidate` and `vacancy` are ids. A pair that fails stage 0 is explained too; `tier` 0: not proposable.

    `exact` is E₀ (None where E is dropped), `essential` is E and `occupation` C, as the order and the gate use them.
    `ask` names what was not answered and would count (language codes as "language:ru", "work", "licence", "certificate");
    `verify` the asked skills that only the candidate's word stands for.
    """

    candidate: int
    vacancy: int
    on: date
    failed: tuple[str, ...]
    unanswered: tuple[str, ...]
    start: date
    ready: date
    days_late: int
    lead_days: int | None
    fits: Block
    suits: Block
    skills: tuple[SkillPart, ...]
    languages: tuple[LanguagePart, ...]
    essential: int
    exact: int | None
    occupation: int
    product: int
    points: int
    is_proposable: bool
    tier: int
    ask: tuple[str, ...]
    verify: tuple[int, ...]


def explain(
    candidates: CandidateTable,
    i: int,
    vacancies: VacancyTable,
    j: int,
    weights: Weights,
    routes: Routes,
    *,
    on: date,
    refused: Refused = (),
) -> Explanation:
    """Why row `i` of `candidates` and row `j` of `vacancies` score as they do on the scoring day `on`. `refused` holds ids, as for `rank`.

    Raises IndexError for a row that is not there, UnknownOccupation for an occupation that the taxonomy does not know.
    """
    if i < 0 or j < 0:
        raise IndexError(f"Rows count from 0, not {min(i, j)}.")
    candidate, vacancy = candidates.rows[i], vacancies.rows[j]
    terms = Terms.of(vacancy, weights)
    eligibility = check_pair(candidate, vacancy, routes, on, refused)
    pair = score_pair(candidate, vacancy, eligibility, terms, weights, on)
    skills = []
    for is_essential, shares, listed in ((True, terms.essential, vacancy.essential), (False, terms.optional, vacancy.optional)):
        for share, asked in zip(shares, listed, strict=True):
            learnt = score_pair(_having(candidate, asked), vacancy, eligibility, terms, weights, on)
            brings = learnt.points - pair.points
            skills.append(_skill(asked, share, candidate, weights, is_essential=is_essential, brings=brings))
    return Explanation(
        candidate=candidate.id,
        vacancy=vacancy.id,
        on=on,
        failed=eligibility.failed,
        unanswered=eligibility.unanswered,
        start=eligibility.start,
        ready=eligibility.ready,
        days_late=eligibility.days_late,
        lead_days=eligibility.lead_days,
        fits=Block(pair.fits.total, tuple(_component(code, terms.fits, pair.fits) for code in FITS)),
        suits=Block(pair.suits.total, tuple(_component(code, terms.suits, pair.suits) for code in SUITS)),
        skills=tuple(skills),
        languages=tuple(
            LanguagePart(code, minimum, target, candidate.languages.get(code)) for code, (minimum, target) in vacancy.languages.items()
        ),
        essential=pair.essential,
        exact=pair.exact,
        occupation=pair.occupation,
        product=pair.product,
        points=pair.points,
        is_proposable=pair.is_proposable,
        tier=pair.tier,
        ask=_to_ask(candidate, vacancy),
        verify=tuple(part.skill for part in skills if part.held is not None and not part.is_verified),
    )


def _component(code: str, shares: Mapping[str, int], side: Side) -> Component:
    if code not in shares:
        return Component(code, 0, None, 0, is_dropped=True)
    share, got = shares[code], side.parts[code]
    return Component(code, share, side.values.get(code, essential_of(got, share)), got, is_dropped=False)


def _skill(asked: Asked, share: int, candidate: Candidate, weights: Weights, *, is_essential: bool, brings: int) -> SkillPart:
    told = [(fits.told_value(level, verified, asked), level, verified) for level, verified in candidate.skills.get(asked.skill, ())]
    _, held, is_verified = max(told, default=(0, None, False))
    exact = fits.exact_value(asked, candidate)
    value = fits.essential_value(exact, asked, candidate, weights.taxonomy) if is_essential else exact
    is_met = held is not None and held >= asked.level
    return SkillPart(
        skill=asked.skill,
        is_essential=is_essential,
        is_critical=asked.critical,
        required=asked.level,
        held=held,
        is_verified=is_verified,
        is_by_group=value > exact,
        state="met" if is_met else "near" if value else "missing",
        share=share,
        value=value,
        earned=earned(share, value),
        brings=0 if is_met else brings,
    )


def _having(candidate: Candidate, asked: Asked) -> Candidate:
    told = (*candidate.skills.get(asked.skill, ()), (asked.level, True))
    return replace(candidate, skills={**candidate.skills, asked.skill: told})


def _to_ask(candidate: Candidate, vacancy: Vacancy) -> tuple[str, ...]:
    asks = [f"language:{code}" for code in vacancy.languages if code not in candidate.languages]
    if candidate.work is None and not vacancy.entry:
        asks.append("work")
    if candidate.licences is None and vacancy.licences:
        asks.append("licence")
    if candidate.certificates is None and vacancy.certificates:
        asks.append("certificate")
    return tuple(asks)
