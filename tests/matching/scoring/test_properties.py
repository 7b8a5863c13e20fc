"""What holds for every pair: telling more never lowers points, parts add up, shares are whole."""

from datetime import date, timedelta
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.matching.scoring.records import DAY, TAXONOMY, best, candidate, vacancy, why

SKILLS = st.sampled_from([101, 102, 201, 202, 402, 505, 999])
OCCUPATIONS = st.sampled_from(sorted(TAXONOMY.isco))
LEVELS = st.integers(1, 4)
LANGUAGES = ["ru", "kk", "en"]
DAYS = st.integers(-400, 400).map(lambda days: DAY + timedelta(days=days))
JOBS = st.tuples(OCCUPATIONS, st.integers(0, 400), st.none() | DAYS)
TOLD = st.tuples(SKILLS, LEVELS, st.booleans())
CENTS = st.none() | st.integers(0, 200_000)
CONDITIONS = st.lists(st.sampled_from(["housing", "meals", "travel", "training"]), unique=True)

CANDIDATES = st.builds(
    candidate,
    languages=st.dictionaries(st.sampled_from(LANGUAGES), st.integers(0, 6)),
    licences=st.none() | st.lists(st.tuples(st.sampled_from("BC"), st.sampled_from(["TJ", "RU"]))),
    certificates=st.none() | st.dictionaries(st.sampled_from(["height", "forklift"]), DAYS),
    skills=st.lists(TOLD, max_size=6),
    work=st.none() | st.lists(JOBS, max_size=3),
    wanted=st.lists(OCCUPATIONS, max_size=2),
    wage_floor=CENTS,
    wage_wish=CENTS,
    wishes=st.dictionaries(st.sampled_from(["RU", "KZ"]), st.integers(0, 2)),
    regions=st.dictionaries(st.sampled_from(["RU-TA", "RU-MOW"]), st.sampled_from([0, 2])),
    conditions=CONDITIONS,
    available_on=DAYS,
    last_proposed_on=st.none() | DAYS,
)
VACANCIES = st.builds(
    vacancy,
    occupation=OCCUPATIONS,
    essential=st.lists(st.tuples(SKILLS, st.none() | LEVELS, st.booleans()), max_size=6, unique_by=lambda asked: asked[0]),
    optional=st.lists(st.tuples(SKILLS, st.none() | LEVELS), max_size=4, unique_by=lambda asked: asked[0]),
    entry=st.booleans(),
    experience_months=st.sampled_from([0, 1, 7, 12, 36]),
    languages=st.dictionaries(st.sampled_from(LANGUAGES), st.tuples(st.integers(0, 2), st.integers(2, 6))),
    licences=st.lists(st.sampled_from("BC"), unique=True, max_size=1),
    certificates=st.lists(st.sampled_from(["height", "forklift"]), unique=True, max_size=1),
    wage=st.integers(0, 200_000),
    conditions=CONDITIONS,
    starts_on=DAYS,
)


@st.composite
def telling_more(draw: st.DrawFn) -> tuple[dict[str, Any], dict[str, Any]]:
    """A person, and the same person who has told one thing more: a job, a skill, a level, a proof, a language."""
    person = draw(CANDIDATES)
    kinds = ["job", "skill", "language"] + ["level", "proof"] * bool(person["skills"]) + ["papers"]
    kind = draw(st.sampled_from(kinds))
    skills, languages = list(person["skills"]), dict(person["languages"])
    match kind:
        case "job":
            return person, person | {"work": [*(person["work"] or []), draw(JOBS)]}
        case "skill":
            return person, person | {"skills": [*skills, draw(TOLD)]}
        case "level" | "proof":
            at = draw(st.integers(0, len(skills) - 1))
            skill, level, verified = skills[at]
            skills[at] = (skill, min(4, level + 1), verified) if kind == "level" else (skill, level, True)
            return person, person | {"skills": skills}
        case "language":
            code = draw(st.sampled_from(LANGUAGES))
            languages[code] = draw(st.integers(languages.get(code, 0), 6))
            return person, person | {"languages": languages}
        case _:
            licences = [*(person["licences"] or []), (draw(st.sampled_from("BC")), "RU")]
            certificates = {"height": date(2040, 1, 1)} | {code: date(2040, 1, 1) for code in person["certificates"] or ()}
            return person, person | {"licences": licences, "certificates": certificates}


@settings(max_examples=200)
@given(telling_more(), VACANCIES)
def test_telling_more_never_lowers_anything(told, job):
    less, more = (why(person, job) for person in told)
    assert more.points >= less.points
    assert (more.product, more.essential, more.exact or 0) >= (less.product, less.essential, less.exact or 0)
    assert {*more.failed} <= {*less.failed}
    assert more.is_proposable >= less.is_proposable
    assert not less.tier or more.tier <= less.tier


@settings(max_examples=200)
@given(CANDIDATES, VACANCIES)
def test_parts_add_up_and_stay_within_bounds(person, job):
    found = why(person, job)
    for block in (found.fits, found.suits):
        applied = [part for part in block.components if not part.is_dropped]
        assert block.total == (sum(part.earned for part in applied) if applied else 10_000)
        assert 0 <= block.total <= 10_000
        assert sum(part.share for part in applied) == (10_000 if applied else 0)
        assert all(0 <= part.earned <= part.share and 0 <= part.value <= 10_000 for part in applied)
    for is_essential, code in ((True, "E"), (False, "O")):
        component = next(part for part in found.fits.components if part.code == code)
        parts = [part for part in found.skills if part.is_essential is is_essential]
        assert (sum(part.share for part in parts), sum(part.earned for part in parts)) == (component.share, component.earned)
    assert {*found.unanswered} <= {*found.failed}
    assert all(part.brings >= 0 for part in found.skills)


@settings(max_examples=100)
@given(st.lists(CANDIDATES, max_size=6), st.lists(VACANCIES, max_size=4), st.integers(0, 7), st.booleans())
def test_both_directions_list_the_same_pairs_best_first(persons, openings, top, gate):
    persons = [person | {"id": 100 - i} for i, person in enumerate(persons)]
    openings = [job | {"id": 50 - j} for j, job in enumerate(openings)]
    lists = best(persons, openings, top=max(len(persons), 1), gate=gate)
    across = best(persons, openings, top=max(len(openings), 1), gate=gate, per="candidate")
    pairs = {(i, j) for j, row in enumerate(lists.rows) for i in row if i >= 0}
    assert pairs == {(i, j) for i, row in enumerate(across.rows) for j in row if j >= 0}
    assert (lists.failed, lists.only, lists.unanswered) == (across.failed, across.only, across.unanswered)
    assert all(list(points) == sorted(points, reverse=True) for points in (*lists.points, *across.points))
    short = best(persons, openings, top=top, gate=gate)
    for row, whole in zip(short.rows, lists.rows, strict=True):
        assert len(row) == top
        assert [i for i in row if i >= 0] == [i for i in whole if i >= 0][:top]
