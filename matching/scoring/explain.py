"""Every part of one pair, for people: computed by the reference when somebody looks."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Literal

from matching.scoring import fits
from matching.scoring.eligibility import Eligibility, Refused, check_pair
from matching.scoring.order import essential_of
from matching.scoring.reference import Pair, score_pair
from matching.scoring.routes import Routes
from matching.scoring.sides import Side, Terms, earned
from matching.scoring.tables import WANTED, Asked, Candidate, CandidateTable, Job, Vacancy, VacancyTable
from matching.scoring.weights import FITS, SUITS, Weights
from matching.scoring.whole import FULL

State = Literal["met", "near", "missing", "unanswered"]
Question = Literal["languages", "work", "skills", "wage", "place", "wanted", "conditions", "licence", "certificate"]


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

    Of somebody who has told no skill at all each is unanswered. `held` is the best level told (None: not told). The shares of E's and
    O's skills add up to their component. `brings` are the points that the pair would gain by this skill at the asked level, verified,
    as after a course; 0 for a skill that is met.
    """

    skill: int
    is_essential: bool
    is_critical: bool
    required: int
    held: int | None
    is_verified: bool
    is_by_group: bool
    state: State
    share: int
    value: int
    earned: int
    brings: int


@dataclass(frozen=True, slots=True)
class LanguagePart:
    """Met: at the target; near: below it, but enough to start; else missing."""

    code: str
    minimum: int
    target: int
    held: int | None  # None: not answered
    state: State


@dataclass(frozen=True, slots=True)
class ExperiencePart:
    """Months. `told` are those in jobs that count, `counted` what they weigh by likeness and by how long ago they were, at most `required`."""

    required: int
    told: int
    counted: int
    state: State


@dataclass(frozen=True, slots=True)
class PaperPart:
    """A required licence or certificate. Near: held, but the licence is not recognised there, or the certificate (`until`) ends too early."""

    kind: Literal["licence", "certificate"]
    code: str
    until: date | None
    state: State


@dataclass(frozen=True, slots=True)
class Ask:
    """What was not answered and would count here, alone. `about` are codes of the languages or papers in question.

    `brings` are the points that the pair would gain by the answer that suits this job best, only said, as an answer is; with this
    answer the filters in `lifts` would let the pair pass.
    """

    code: Question
    about: tuple[str, ...]
    brings: int
    lifts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Explanation:
    """`candidate` and `vacancy` are ids. A pair that fails stage 0 is explained too; `tier` 0: not proposable.

    `exact` is E₀ (None where E is dropped), `essential` is E and `occupation` C, as the order and the gate use them.
    `experience` is None where none is asked for. `verify` are the asked skills that only the candidate's word stands for.
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
    experience: ExperiencePart | None
    papers: tuple[PaperPart, ...]
    essential: int
    exact: int | None
    occupation: int
    product: int
    points: int
    is_proposable: bool
    tier: int
    ask: tuple[Ask, ...]
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

    def scored(person: Candidate) -> tuple[Eligibility, Pair]:
        eligibility = check_pair(person, vacancy, routes, on, refused)
        return eligibility, score_pair(person, vacancy, eligibility, terms, weights, on)

    eligibility, pair = scored(candidate)
    skills = []
    for is_essential, shares, listed in ((True, terms.essential, vacancy.essential), (False, terms.optional, vacancy.optional)):
        for share, asked in zip(shares, listed, strict=True):
            brings = scored(_having(candidate, asked))[1].points - pair.points
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
        languages=tuple(_language(code, *levels, candidate.languages.get(code)) for code, levels in vacancy.languages.items()),
        experience=_experience(candidate, vacancy, weights, pair.fits.values["X"]) if "X" in terms.fits else None,
        papers=(*_licences(candidate, vacancy, routes, eligibility.start), *_certificates(candidate, vacancy, eligibility.start)),
        essential=pair.essential,
        exact=pair.exact,
        occupation=pair.occupation,
        product=pair.product,
        points=pair.points,
        is_proposable=pair.is_proposable,
        tier=pair.tier,
        ask=_asks(candidate, vacancy, scored),
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
        state=_state(is_answered=bool(candidate.skills), is_met=is_met, is_near=bool(value)),
        share=share,
        value=value,
        earned=earned(share, value),
        brings=0 if is_met else brings,
    )


def _having(candidate: Candidate, asked: Asked) -> Candidate:
    told = (*candidate.skills.get(asked.skill, ()), (asked.level, True))
    return replace(candidate, skills={**candidate.skills, asked.skill: told})


def _language(code: str, minimum: int, target: int, held: int | None) -> LanguagePart:
    level = held or 0
    state = _state(is_answered=held is not None, is_met=level >= target, is_near=level >= max(minimum, 1))
    return LanguagePart(code, minimum, target, held, state)


def _experience(candidate: Candidate, vacancy: Vacancy, weights: Weights, value: int) -> ExperiencePart:
    """`value` is X."""
    likeness = weights.taxonomy.likeness
    told = sum(job.months for job in candidate.work or () if likeness(job.occupation, vacancy.occupation) >= fits.COUNTS_AS_EXPERIENCE)
    required = vacancy.experience_months
    state = _state(is_answered=candidate.work is not None, is_met=value == FULL, is_near=value > 0)
    return ExperiencePart(required, told, counted=required * value // FULL, state=state)


def _licences(candidate: Candidate, vacancy: Vacancy, routes: Routes, start: date) -> list[PaperPart]:
    parts = []
    for category in vacancy.licences:
        held = [issuing for mine, issuing in candidate.licences or () if mine == category]
        is_met = any(routes.recognises(category, issuing, vacancy.country, start) for issuing in held)
        state = _state(is_answered=candidate.licences is not None, is_met=is_met, is_near=bool(held))
        parts.append(PaperPart("licence", category, None, state))
    return parts


def _certificates(candidate: Candidate, vacancy: Vacancy, start: date) -> list[PaperPart]:
    parts = []
    for code in vacancy.certificates:
        until = (candidate.certificates or {}).get(code)
        is_met = until is not None and until >= start
        state = _state(is_answered=candidate.certificates is not None, is_met=is_met, is_near=until is not None)
        parts.append(PaperPart("certificate", code, until, state))
    return parts


def _state(*, is_answered: bool, is_met: bool, is_near: bool) -> State:
    if not is_answered:
        return "unanswered"
    return "met" if is_met else "near" if is_near else "missing"


def _asks(candidate: Candidate, vacancy: Vacancy, scored: Callable[[Candidate], tuple[Eligibility, Pair]]) -> tuple[Ask, ...]:
    now, pair = scored(candidate)
    asks = []
    for code, about, answered in _best_answers(candidate, vacancy):
        then, best = scored(answered)
        lifts = tuple(reason for reason in now.failed if reason not in then.failed)
        asks.append(Ask(code, about, best.points - pair.points, lifts))
    return tuple(asks)


def _best_answers(candidate: Candidate, vacancy: Vacancy) -> list[tuple[Question, tuple[str, ...], Candidate]]:
    """Of each question that was not answered what it is about, and the candidate had they answered it: nobody could tell more for this job."""
    found: list[tuple[Question, tuple[str, ...], Candidate]] = []
    unsaid = {code: target for code, (_, target) in vacancy.languages.items() if code not in candidate.languages}
    if unsaid:
        found.append(("languages", tuple(unsaid), replace(candidate, languages={**candidate.languages, **unsaid})))
    if candidate.work is None and not vacancy.entry:
        found.append(("work", (), replace(candidate, work=(Job(vacancy.occupation, vacancy.experience_months, None),))))
    if not candidate.skills and (vacancy.essential or vacancy.optional):
        skills: dict[int, tuple[tuple[int, bool], ...]] = {}
        for asked in (*vacancy.essential, *vacancy.optional):
            skills[asked.skill] = (*skills.get(asked.skill, ()), (asked.level, False))
        found.append(("skills", (), replace(candidate, skills=skills)))
    if candidate.wage_floor is None and candidate.wage_wish is None:
        found.append(("wage", (), replace(candidate, wage_wish=vacancy.wage)))
    if not candidate.wishes and not candidate.regions:
        found.append(("place", (), replace(candidate, regions={vacancy.region: WANTED})))
    if not candidate.wanted:
        found.append(("wanted", (), replace(candidate, wanted=(vacancy.occupation,))))
    if not candidate.conditions and vacancy.conditions:
        found.append(("conditions", (), replace(candidate, conditions=vacancy.conditions)))
    if candidate.licences is None and vacancy.licences:
        held = tuple((category, vacancy.country) for category in vacancy.licences)
        found.append(("licence", vacancy.licences, replace(candidate, licences=held)))
    if candidate.certificates is None and vacancy.certificates:
        papers = dict.fromkeys(vacancy.certificates, date.max)
        found.append(("certificate", vacancy.certificates, replace(candidate, certificates=papers)))
    return found
