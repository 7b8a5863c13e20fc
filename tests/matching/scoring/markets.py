"""Small and nasty markets for hypothesis: every component, every reason, ties, odd ids, dates at both ends of the calendar."""

from datetime import date, timedelta
from typing import Any

from hypothesis import strategies as st

from matching.scoring import CandidateTable, Routes, VacancyTable, Weights
from matching.scoring.tables import MOST_CENTS, MOST_MONTHS
from tests.matching.scoring.records import DAY, TAXONOMY, WEIGHTS, candidate, recognition, route, vacancy

OTHER_WEIGHTS = Weights(
    TAXONOMY, {"E": 1, "O": 97, "C": 1, "X": 0, "L": 1}, {"W": 3, "G": 1, "D": 90, "A": 5, "K": 1}, {101: 1, 402: 999_999}, 7
)

COUNTRIES, REGIONS, ACTIVITIES, REGIMES = (
    ["RU", "KZ"],
    ["RU-TA", "RU-MOW", "KZ-ALA"],
    ["01.24", "49.32", "97.00"],
    ["patent", "eaeu", "visa"],
)


def rarely(strategy: st.SearchStrategy[Any], usual: Any) -> st.SearchStrategy[Any]:
    """Mostly what puts nobody out, so that pairs are left to be ordered."""
    return st.integers(0, 5).flatmap(lambda die: strategy if die == 5 else st.just(usual))


SKILLS = st.sampled_from([101, 102, 201, 202, 203, 402, 505, 999, -5, 2**63 - 1, -(2**63)])
OCCUPATIONS = st.sampled_from(sorted(TAXONOMY.isco))
LEVELS, LANGUAGES = st.integers(1, 4), st.sampled_from(["ru", "kk", "en"])
ENDS = st.sampled_from([date.min, date.max, date.min + timedelta(31), date.max - timedelta(20)])
DAYS = st.one_of(st.integers(-70, 70).map(lambda days: DAY + timedelta(days=days)), st.just(DAY), ENDS)
CENTS = st.one_of(st.none(), st.sampled_from([0, 1, 3, 60_000, 60_001, MOST_CENTS - 1, MOST_CENTS]), st.integers(0, 200_000))
MONTHS = st.one_of(st.integers(0, 90), st.sampled_from([0, 1, MOST_MONTHS]))
CONDITIONS = st.lists(st.sampled_from(["housing", "meals", "travel", "training"]), unique=True)
CERTIFICATES = st.sampled_from(["height", "forklift"])
PLACES = st.sampled_from(["*", *REGIONS])
ORIGINS = st.sampled_from(["TJ", "KG", "XX"])

CANDIDATES = st.builds(
    candidate,
    citizenship=rarely(ORIGINS, "TJ"),
    adult_on=rarely(DAYS, date(2000, 1, 1)),
    languages=st.dictionaries(LANGUAGES, st.integers(0, 6)),
    licences=st.none() | st.lists(st.tuples(st.sampled_from("BC"), st.sampled_from(["TJ", "RU", "KG"])), max_size=3),
    certificates=st.none() | st.dictionaries(CERTIFICATES, DAYS),
    permits=st.lists(st.tuples(st.sampled_from(REGIMES), st.sampled_from(COUNTRIES), PLACES, DAYS), max_size=2),
    skills=st.lists(st.tuples(SKILLS, LEVELS, st.booleans()), max_size=8),
    work=st.none() | st.lists(st.tuples(OCCUPATIONS, MONTHS, st.none() | DAYS), max_size=3),
    wanted=st.lists(OCCUPATIONS, max_size=2),
    wage_floor=rarely(CENTS, 50_000),
    wage_wish=CENTS,
    wishes=st.dictionaries(st.sampled_from(COUNTRIES), rarely(st.just(0), 2) | st.just(1)),
    regions=st.dictionaries(st.sampled_from(REGIONS), rarely(st.just(0), 2)),
    conditions=CONDITIONS,
    available_on=rarely(DAYS, DAY) | st.just(DAY + timedelta(40)),
    registered_on=st.sampled_from([date.min, DAY, DAY - timedelta(3)]),
    last_proposed_on=st.sampled_from([None, None, date.min, DAY - timedelta(2), DAY]),
    free=rarely(st.just(False), True),
)
VACANCIES = st.builds(
    vacancy,
    country=st.sampled_from(COUNTRIES),
    region=st.sampled_from(REGIONS),
    occupation=OCCUPATIONS,
    activities=st.lists(st.sampled_from(ACTIVITIES), max_size=2),
    essential=st.lists(st.tuples(SKILLS, st.none() | LEVELS, st.booleans()), max_size=6),
    optional=st.lists(st.tuples(SKILLS, st.none() | LEVELS), max_size=4),
    entry=st.booleans(),
    experience_months=st.sampled_from([0, 1, 7, 12, 36, MOST_MONTHS]),
    languages=st.dictionaries(LANGUAGES, st.tuples(rarely(st.integers(0, 3), 0), st.integers(0, 6)), max_size=2),
    licences=rarely(st.lists(st.sampled_from("BC"), max_size=2), []),
    certificates=rarely(st.lists(CERTIFICATES, max_size=2), []),
    wage=rarely(st.sampled_from([0, 60_000, MOST_CENTS]), 70_000) | st.integers(50_000, 200_000),
    conditions=CONDITIONS,
    starts_on=rarely(DAYS, DAY + timedelta(20)),
    seats_left=rarely(st.integers(-1, 1), 5),
    blocked=rarely(st.sampled_from(["danger", "employer", "vacancy"]), None),
    on_file=st.lists(st.sampled_from(REGIMES), max_size=2),
)
BOUNDS = st.none() | DAYS
ROUTES = st.builds(
    route,
    effect=st.sampled_from(["permit", "permit", "permit", "ban"]),
    origin=ORIGINS,
    destination=st.sampled_from(COUNTRIES),
    region=PLACES,
    activity=st.sampled_from(["*", "*", "01", "49.32", "97"]),
    employer_permit=st.booleans(),
    regime=st.sampled_from(REGIMES),
    lead_days=st.sampled_from([0, 14, 30, 31, 3650]),
    valid_from=BOUNDS,
    valid_to=BOUNDS,
)
RECOGNITION = st.builds(
    recognition,
    issuing=ORIGINS,
    destination=st.sampled_from(COUNTRIES),
    category=st.sampled_from("BC"),
    paid_driving=st.booleans(),
    valid_from=BOUNDS,
    valid_to=BOUNDS,
)
OPEN_TO_ALL = [route(origin=origin, destination=country, valid_from=None) for origin in ("TJ", "KG") for country in COUNTRIES]
SCORING_DAYS = st.sampled_from([date.min, date.max])


@st.composite
def markets(draw: st.DrawFn) -> dict[str, Any]:
    """What the engine is asked, as keyword arguments; twins, and ids that do not follow the rows, make ties worth having."""
    persons, openings = draw(st.lists(CANDIDATES, max_size=7)), draw(st.lists(VACANCIES, max_size=5))
    if persons and draw(st.booleans()):
        persons += persons[:2]
    if openings and draw(st.booleans()):
        openings += openings[:1]
    ids = [100 - 7 * i for i in range(len(persons))], [50 - j for j in range(len(openings))]
    pairs = st.tuples(st.sampled_from([*ids[0], 1]), st.sampled_from([*ids[1], 1]))
    rows = draw(rarely(st.just([]), OPEN_TO_ALL)) + draw(st.just([]) | st.lists(ROUTES, max_size=5))
    return {
        "candidates": CandidateTable.from_records(person | {"id": pk} for person, pk in zip(persons, ids[0], strict=True)),
        "vacancies": VacancyTable.from_records(job | {"id": pk} for job, pk in zip(openings, ids[1], strict=True)),
        "weights": draw(st.sampled_from([WEIGHTS, WEIGHTS, OTHER_WEIGHTS])),
        "routes": Routes.from_records(rows, draw(st.lists(RECOGNITION, max_size=4))),
        "on": draw(rarely(SCORING_DAYS, DAY)),
        "refused": draw(st.lists(pairs, max_size=4)),
    }
