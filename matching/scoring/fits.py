"""Stage 1, "fits the job": essential skills E, optional skills O, occupation C, experience X, languages L. Values are 0..10 000."""

from datetime import date

from matching.scoring.tables import Asked, Candidate, Vacancy
from matching.scoring.taxonomy import STRANGER, Taxonomy
from matching.scoring.weights import Weights
from matching.scoring.whole import FULL, half_even, months_between, split

VERIFIED, SELF_DECLARED = 10_000, 9_000
LEVELS = range(1, 5)  # of a skill, as the tables take them
BY_GROUP = 2_500  # another skill of the same group stands in
LEVEL_MISSING = 3_500  # a language level below the target costs this
COUNTS_AS_EXPERIENCE = 3_500  # the least likeness of a job that does
LONGEST = 720  # months
FADING = tuple(round(FULL * 0.5 ** (months / 120)) for months in range(LONGEST + 1))  # experience halves in ten years


# ν · min(1, held / required), by (held, verified, required): ν is 1 for a verified skill and 0.9 for a self-declared one.
TOLD = {
    (held, verified, required): half_even((VERIFIED if verified else SELF_DECLARED) * min(held, required), required)
    for held in LEVELS
    for verified in (False, True)
    for required in LEVELS
}


def told_value(level: int, verified: bool, asked: Asked) -> int:
    return TOLD[level, verified, asked.level]


def exact_value(asked: Asked, candidate: Candidate) -> int:
    """The best of what was told of this very skill, 0 where nothing was."""
    told = candidate.skills.get(asked.skill)
    return max([TOLD[level, verified, asked.level] for level, verified in told]) if told else 0


def exact_values(candidate: Candidate, vacancy: Vacancy) -> list[int]:
    """Of each essential skill."""
    return [exact_value(asked, candidate) for asked in vacancy.essential]


def has_stand_in(asked: Asked, candidate: Candidate, taxonomy: Taxonomy) -> bool:
    """Whether another skill of its group is held, at any level."""
    return not taxonomy.stand_ins(asked.skill).isdisjoint(candidate.skills)


def essential_value(exact: int, asked: Asked, candidate: Candidate, taxonomy: Taxonomy) -> int:
    """`exact` is the skill's own value."""
    return BY_GROUP if exact < BY_GROUP and has_stand_in(asked, candidate, taxonomy) else exact


def skill_shares(share: int, skills: tuple[Asked, ...], weights: Weights) -> tuple[int, ...]:
    """A component's share over its skills, by w · k."""
    return split(share, [skill_weight(asked, weights) for asked in skills])


def skill_weight(asked: Asked, weights: Weights) -> int:
    """w · k: a critical skill counts twice."""
    return weights.weight(asked.skill) * (2 if asked.critical else 1)


def exact_share(exact: list[int], essential_weights: tuple[int, ...]) -> int:
    """E₀: essential skills held without credit for others of the group, 0..10 000. Only for a vacancy that lists some."""
    return sum([weight * value for weight, value in zip(essential_weights, exact, strict=True)]) // sum(essential_weights)


def occupation_value(candidate: Candidate, vacancy: Vacancy, taxonomy: Taxonomy) -> int:
    """C: the best job held. No work yet and not answered are alike."""
    return max((taxonomy.likeness(job.occupation, vacancy.occupation) for job in candidate.work or ()), default=STRANGER)


def experience_value(candidate: Candidate, vacancy: Vacancy, taxonomy: Taxonomy, on: date) -> int:
    """X: months in jobs like this one, by likeness and by how long ago they ended. Only for a vacancy that asks for months."""
    months = 0
    for job in candidate.work or ():
        likeness = taxonomy.likeness(job.occupation, vacancy.occupation)
        if likeness >= COUNTS_AS_EXPERIENCE:
            ago = 0 if job.ended_on is None else months_between(job.ended_on, on)
            months += job.months * likeness * FADING[min(ago, LONGEST)]
    return min(FULL, months // (FULL * vacancy.experience_months))


def language_value(candidate: Candidate, vacancy: Vacancy) -> int:
    """L: the language furthest below its target; more than the target earns nothing. Only for a vacancy that asks for one."""
    return min(
        max(0, FULL - LEVEL_MISSING * max(0, target - candidate.languages.get(code, 0))) for code, (_, target) in vacancy.languages.items()
    )
