"""A made-up labour market of any size, the same for the same seed: people as arrays straight from NumPy, no object a person.

Skills and occupations are as popular as words (Zipf); a person lists 1 to 300 skills, most 5 to 40, half of them of the own occupation.
Citizens of three countries; routes and recognition are those of matching/content/routes.yaml.
"""

from datetime import date, timedelta
from itertools import product
from pathlib import Path
from typing import Any

import numpy as np
import yaml
from numpy.typing import NDArray

from matching.scoring import Routes, Taxonomy, VacancyTable, Weights
from matching.scoring.columns import CandidateColumns

Array = NDArray[Any]
DAY = date(2026, 11, 21)
ROUTES_FILE = Path(__file__).parent.parent / "matching/content/routes.yaml"
CITIZENSHIPS = {"TJ": 0.45, "UZ": 0.35, "KG": 0.20}
REGIONS = {"RU": [f"RU-{i:02}" for i in range(30)] + ["RU-SPE", "RU-ROS", "RU-KHM"], "KZ": [f"KZ-{i:02}" for i in range(17)]}
ACTIVITIES = ["01.24", "41.20", "43.99", "47.11", "49.32", "53.20", "56.10", "85.10", "86.90", "97.00"]
LANGUAGES = ["ru", "kk", "en", "tg", "uz", "ky"]
CATEGORIES = ["B", "C", "CE", "D", "T"]
CERTIFICATES = ["height", "forklift", "welding", "medical-book", "electric"]
CONDITIONS = ["housing", "meals", "travel", "training", "advance", "family", "contract", "shift"]
REGIMES = ["patent", "eaeu", "kz-household"]
EVERYWHERE = [*REGIONS["RU"], *REGIONS["KZ"]]
WORDS = ("*", *CITIZENSHIPS, *REGIONS, *EVERYWHERE, *LANGUAGES, *CATEGORIES, *CERTIFICATES, *CONDITIONS, *REGIMES)
PLACE = {word: place for place, word in enumerate(WORDS)}
SKILLS_PER_OCCUPATION, CORE, IN_GROUP = 8, 15, 12


class World:
    """Occupations, their skills and how popular all of them are."""

    def __init__(self, occupations: int, rng: np.random.Generator) -> None:
        self.rng, self.occupations, self.skills = rng, occupations, SKILLS_PER_OCCUPATION * occupations
        self.popularity = _zipf(occupations)[rng.permutation(occupations)]
        self.demand = _zipf(self.skills)
        self.core = self.some_skills((occupations, CORE))
        self.group = rng.permutation(self.skills) // IN_GROUP

    def some_occupations(self, shape: Any) -> Array:
        return self.rng.choice(self.occupations, shape, p=self.popularity)

    def some_skills(self, shape: Any) -> Array:
        return self.rng.choice(self.skills, shape, p=self.demand)

    def taxonomy(self) -> Taxonomy:
        units = [f"{a}{b}{c}{d}" for a in range(1, 10) for b in range(1, 6) for c in range(1, 5) for d in range(1, 4)]
        isco = {job: units[job * len(units) // self.occupations] for job in range(self.occupations)}
        ladders = self.rng.integers(0, self.occupations, (60, 2))
        return Taxonomy.from_records(
            essential={job: skills.tolist() for job, skills in enumerate(self.core)},
            group=dict(enumerate(self.group.tolist())),
            isco=isco,
            related=[(int(higher), int(lower)) for higher, lower in ladders if higher != lower],
        )


def market(
    people: int, vacancies: int, seed: int, *, occupations: int = 1000
) -> tuple[CandidateColumns, VacancyTable, Weights, Routes, date]:
    """So many people and vacancies over so many occupations (8 skills for each), as of `DAY`."""
    rng = np.random.default_rng(seed)
    world = World(occupations, rng)
    listed = yaml.safe_load(ROUTES_FILE.read_text())
    routes = Routes.from_records(*([row for some in listed[name] for row in _rows(some)] for name in ("routes", "recognition")))
    weights = Weights.default(world.taxonomy())
    return candidate_columns(people, world), VacancyTable.from_records(vacancy_records(vacancies, world)), weights, routes, DAY


def candidate_columns(n: int, world: World) -> CandidateColumns:
    rng, today = world.rng, DAY.toordinal()
    trade = world.some_occupations(n)
    floor = np.where(rng.random(n) < 0.7, rng.integers(20, 120, n) * 1000, -1)
    has_worked = rng.random(n) < 0.8
    jobs = _lists(np.where(has_worked, rng.integers(1, 4, n), 0))
    wanted = _lists(rng.integers(0, 3, n))
    licences = _lists(np.where(rng.random(n) < 0.4, rng.integers(1, 3, n), 0))
    permits = _lists((rng.random(n) < 0.02).astype(np.int64))
    citizenship = rng.choice([PLACE[code] for code in CITIZENSHIPS], n, p=list(CITIZENSHIPS.values())).astype(np.int32)
    skills = _skills(n, trade, world)
    arrays: dict[str, Any] = {
        "id": rng.permutation(n).astype(np.int64) + 1,
        "citizenship": citizenship,
        "adult_on": (today + 200 - rng.integers(0, 365 * 40, n)).astype(np.int32),
        "available_on": (today + rng.integers(-90, 60, n)).astype(np.int32),
        "registered_on": (today - rng.integers(0, 700, n)).astype(np.int32),
        "last_proposed_on": np.where(rng.random(n) < 0.3, today - rng.integers(1, 90, n), 0).astype(np.int32),
        "free": rng.random(n) < 0.9,
        "wage_floor": floor,
        "wage_wish": np.where(rng.random(n) < 0.6, floor + rng.integers(1, 60, n) * 1000, -1),
        "licences_told": np.diff(licences) > 0,
        "certificates_told": rng.random(n) < 0.5,
        "work_told": has_worked | (rng.random(n) < 0.5),
        "skills_start": skills[0],
        "skill": skills[1],
        "skill_level": rng.integers(1, 5, len(skills[1])).astype(np.int8),
        "skill_verified": rng.random(len(skills[1])) < 0.15,
        "work_start": jobs,
        "work_occupation": np.where(rng.random(jobs[-1]) < 0.6, np.repeat(trade, np.diff(jobs)), world.some_occupations(jobs[-1])),
        "work_months": rng.integers(1, 120, jobs[-1]).astype(np.int32),
        "work_ended_on": np.where(rng.random(jobs[-1]) < 0.2, 0, today - rng.integers(0, 4000, jobs[-1])).astype(np.int32),
        "wanted_start": wanted,
        "wanted_occupation": np.where(rng.random(wanted[-1]) < 0.6, np.repeat(trade, np.diff(wanted)), world.some_occupations(wanted[-1])),
        "licences_start": licences,
        "licence_category": _some(CATEGORIES, licences[-1], rng),
        "licence_issued_in": np.repeat(citizenship, np.diff(licences)),
        "permits_start": permits,
        "permit_regime": _some(REGIMES, permits[-1], rng),
        "permit_country": _some(list(REGIONS), permits[-1], rng),
        "permit_region": np.full(permits[-1], PLACE["*"], np.int32),
        "permit_until": (today + rng.integers(-100, 400, permits[-1])).astype(np.int32),
    }
    for name, code, words, share in (
        ("languages", "language", LANGUAGES, [0.8, 0.3, 0.2, 0.4, 0.4, 0.2]),
        ("certificates", "certificate", CERTIFICATES, 0.15 * arrays["certificates_told"][:, None]),
        ("wishes", "wish_country", list(REGIONS), 0.6),
        ("regions", "region", EVERYWHERE, 0.03),
        ("conditions", "condition", CONDITIONS, 0.25),
    ):
        held = rng.random((n, len(words))) < share
        arrays[f"{name}_start"] = _lists(held.sum(axis=1))
        arrays[code] = np.array([PLACE[word] for word in words], dtype=np.int32)[np.nonzero(held)[1]]
    arrays["language_level"] = rng.integers(0, 7, len(arrays["language"])).astype(np.int8)
    arrays["certificate_until"] = (today + rng.integers(-200, 1500, len(arrays["certificate"]))).astype(np.int32)
    arrays["wish"] = rng.choice([0, 1, 2], len(arrays["wish_country"]), p=[0.1, 0.4, 0.5]).astype(np.int8)
    arrays["region_wish"] = rng.choice([0, 2], len(arrays["region"])).astype(np.int8)
    return CandidateColumns(words=WORDS, **arrays)


def vacancy_records(n: int, world: World) -> list[dict[str, Any]]:
    rng = world.rng
    jobs = world.some_occupations(n).tolist()
    return [_vacancy(pk, job, world, rng) for pk, job in enumerate(jobs, 1)]


def _vacancy(pk: int, job: int, world: World, rng: np.random.Generator) -> dict[str, Any]:
    country = "RU" if rng.random() < 0.8 else "KZ"
    entry = rng.random() < 0.25
    core = list(dict.fromkeys(world.core[job].tolist()))
    asked = rng.permutation(core)[: rng.integers(0, 4) if entry else rng.integers(4, 11)].tolist()
    more = list(dict.fromkeys(world.some_skills(rng.integers(0, 5)).tolist()))
    return {
        "id": pk,
        "country": country,
        "region": str(rng.choice(REGIONS[country])),
        "occupation": job,
        "activities": [ACTIVITIES[job % len(ACTIVITIES)]],
        "essential": [(skill, int(rng.integers(1, 5)), bool(rng.random() < 0.2)) for skill in asked],
        "optional": [(skill, None) for skill in more],
        "entry": bool(entry),
        "experience_months": 0 if entry else int(rng.choice([0, 6, 12, 24, 36, 60])),
        "languages": {"ru": (int(rng.integers(0, 3)), int(rng.integers(2, 5)))} if rng.random() < 0.7 else {},
        "licences": [str(rng.choice(CATEGORIES))] if rng.random() < 0.08 else [],
        "certificates": [str(rng.choice(CERTIFICATES))] if rng.random() < 0.1 else [],
        "wage": int(rng.integers(30_000, 200_000)),
        "conditions": [code for code in CONDITIONS if rng.random() < 0.4],
        "starts_on": DAY + timedelta(days=int(rng.integers(-10, 120))),
        "seats_left": int(rng.integers(1, 20)),
        "blocked": str(rng.choice(["danger", "employer", "vacancy"])) if rng.random() < 0.03 else None,
        "on_file": ["uz_platform", *(["kz_enbek", "kz_permit"] if rng.random() < 0.3 else [])],
    }


def _skills(n: int, trade: Array, world: World) -> tuple[Array, Array]:
    """(start, skill): each skill once a person."""
    rng = world.rng
    counts = np.clip(np.exp(rng.normal(np.log(16), 0.7, n)).astype(np.int64), 1, 300)
    owner = np.repeat(np.arange(n), counts)
    own = world.core[trade[owner], rng.integers(0, CORE, len(owner))]
    keys = np.unique(owner * world.skills + np.where(rng.random(len(owner)) < 0.5, own, world.some_skills(len(owner))))
    return _lists(np.bincount(keys // world.skills, minlength=n)), keys % world.skills


def _zipf(n: int) -> Array:
    shares = 1 / np.arange(2, n + 2) ** 0.9
    return shares / shares.sum()


def _lists(lengths: Array) -> Array:
    return np.concatenate(([0], np.cumsum(lengths, dtype=np.int64)))


def _some(words: list[str], n: int, rng: np.random.Generator) -> Array:
    return rng.choice(np.array([PLACE[word] for word in words], dtype=np.int32), n)


def _rows(listed: dict[str, Any]) -> list[dict[str, Any]]:
    """A value in brackets stands for as many rows; papers are all of one row."""
    values = {
        name: value if isinstance(value, list) and name != "papers" else [value] for name, value in listed.items() if name != "source"
    }
    return [dict(zip(values, row, strict=True)) for row in product(*values.values())]
