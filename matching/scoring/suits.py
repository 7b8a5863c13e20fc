"""Stage 1, "suits the person": wage W, place G, wanted occupation D, availability A, conditions K. Values are 0..10 000."""

from matching.scoring.tables import ACCEPTED, EXCLUDED, WANTED, Candidate, Vacancy
from matching.scoring.taxonomy import Taxonomy
from matching.scoring.whole import FULL, half_even

NOT_STATED = 7_000
AT_FLOOR = 4_000
WANTED_COUNTRY, ACCEPTED_COUNTRY, OTHER_COUNTRY = 7_000, 4_000, 2_000
TOO_LATE = 60  # days


def wage_value(candidate: Candidate, vacancy: Vacancy) -> int:
    """W: from .40 at the floor to 1 at the wish. A floor not stated is 7/10 of the wish, a wish not stated 5/4 of the floor.

    Both are taken exactly, not rounded to a cent: everything is counted in twentieths.
    """
    floor, wish = candidate.wage_floor, candidate.wage_wish
    if floor is None and wish is None:
        return NOT_STATED
    low = 20 * floor if floor is not None else 14 * (wish or 0)
    high = 20 * wish if wish is not None else 25 * (floor or 0)
    if high <= low:
        return FULL
    above = min(max(20 * vacancy.wage - low, 0), high - low)
    return AT_FLOOR + half_even((FULL - AT_FLOOR) * above, high - low)


def place_value(candidate: Candidate, vacancy: Vacancy) -> int:
    """G. A place that the candidate excluded is worth nothing (the pair is out by `own`)."""
    if not candidate.wishes and not candidate.regions:
        return NOT_STATED
    country, region = candidate.wishes.get(vacancy.country), candidate.regions.get(vacancy.region)
    if EXCLUDED in (country, region):
        return 0
    if region == WANTED:
        return FULL
    return {WANTED: WANTED_COUNTRY, ACCEPTED: ACCEPTED_COUNTRY, None: OTHER_COUNTRY}[country]


def wanted_value(candidate: Candidate, vacancy: Vacancy, taxonomy: Taxonomy) -> int:
    """D: the wanted occupation most like the one offered, measured as C is."""
    return max((taxonomy.likeness(wanted, vacancy.occupation) for wanted in candidate.wanted), default=NOT_STATED)


def availability_value(days_late: int) -> int:
    """A: a day late costs a sixtieth."""
    return half_even(FULL * max(0, TOO_LATE - days_late), TOO_LATE)


def conditions_value(candidate: Candidate, vacancy: Vacancy) -> int:
    """K: the share of the stated conditions that the vacancy meets."""
    stated = candidate.conditions
    return half_even(FULL * len(stated & vacancy.conditions), len(stated)) if stated else NOT_STATED
