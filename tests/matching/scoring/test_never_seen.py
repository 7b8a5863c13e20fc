"""What a score may never see, and that nothing but its input moves it."""

import ast
import os
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest

import matching.scoring
from matching.scoring import Routes, UnknownKey
from matching.scoring.tables import CANDIDATE_KEYS, VACANCY_KEYS
from tests.matching.scoring.records import PICKER, best, candidate, people, route, vacancy

HERE = Path(matching.scoring.__file__).parent
ROOT = HERE.parent.parent
FORBIDDEN = ["sex", "gender", "ethnicity", "religion", "family", "children", "name", "photo", "age", "born_in", "disability", "last_pay"]


def test_the_record_has_no_place_for_it():
    keys = "id citizenship adult_on languages licences certificates permits skills work wanted wage_floor wage_wish wishes regions"
    rest = "conditions available_on registered_on last_proposed_on free"
    assert tuple(f"{keys} {rest}".split()) == CANDIDATE_KEYS
    assert not {*FORBIDDEN} & {*CANDIDATE_KEYS, *VACANCY_KEYS}


@pytest.mark.parametrize("key", FORBIDDEN)
def test_a_record_that_brings_it_is_refused(key):
    with pytest.raises(UnknownKey, match=key):
        people(candidate() | {key: 1})


PERSONS = [
    candidate(id=1, wanted=[PICKER]),
    candidate(id=2, skills=[(301, 2, False)], wage_floor=40_000),
    candidate(id=3, languages={"ru": 3}, available_on=date(2027, 1, 20)),
]
JOBS = [vacancy(id=1, essential=[(301, 2, False)], languages={"ru": (0, 2)}), vacancy(id=2, wage=70_000)]
SAME_LAW = Routes.from_records([route(origin=origin) for origin in ("TJ", "KG", "UZ")])


@pytest.mark.parametrize("citizenship", ["KG", "UZ"])
@pytest.mark.parametrize("per", ["vacancy", "candidate"])
def test_where_the_law_is_the_same_citizenship_changes_nothing(citizenship, per):
    flipped = [person | {"citizenship": citizenship} for person in PERSONS]
    assert repr(best(flipped, JOBS, routes=SAME_LAW, per=per)) == repr(best(PERSONS, JOBS, routes=SAME_LAW, per=per))


@pytest.mark.parametrize("per", ["vacancy", "candidate"])
def test_of_adults_age_changes_nothing(per):
    flipped = [person | {"adult_on": date(1960 + 20 * i, 1, 1)} for i, person in enumerate(PERSONS)]
    assert repr(best(flipped, JOBS, per=per)) == repr(best(PERSONS, JOBS, per=per))


def test_the_order_of_the_records_changes_no_list():
    turned, about = PERSONS[::-1], JOBS[::-1]
    one, two = best(PERSONS, JOBS, top=3), best(turned, about, top=3)
    assert [[PERSONS[i]["id"] for i in row] for row in one.rows] == [[turned[i]["id"] for i in row] for row in two.rows[::-1]]
    assert (one.points, one.tier, one.failed) == (two.points[::-1], two.tier[::-1], two.failed[::-1])


SCRIPT = """
import sys
from tests.matching.scoring.records import DAY, ROUTES, WEIGHTS, best, jobs, people
from tests.matching.scoring.test_never_seen import JOBS, PERSONS
from matching.scoring import explain
print(best(PERSONS, JOBS), best(PERSONS, JOBS, per="candidate", gate=True), WEIGHTS.digest)
for i in range(3):
    print(explain(people(*PERSONS), i, jobs(*JOBS), 0, WEIGHTS, ROUTES, on=DAY))
"""


def run(script, seed):
    environment = {**os.environ, "PYTHONHASHSEED": seed}
    return subprocess.run([sys.executable, "-c", script], cwd=ROOT, env=environment, capture_output=True, check=True).stdout


def test_the_same_input_gives_the_same_bytes_in_another_process():
    assert run(SCRIPT, "1") == run(SCRIPT, "2") != b""


def test_it_works_without_django():
    run(
        "import sys, matching.scoring; assert not {name for name in sys.modules if name.split('.')[0] in ('django', 'celery', 'numba', 'ortools')}",
        "0",
    )


# What it may use beside NumPy. No clock, no chance, no files: `datetime` gives the type `date` only.
STANDARD = {
    *(
        "bisect",
        "collections",
        "collections.abc",
        "concurrent.futures",
        "dataclasses",
        "datetime",
        "functools",
        "hashlib",
        "importlib.util",
    ),
    *("itertools", "json", "math", "operator", "os", "re", "statistics", "typing"),
}
LIBRARIES = {"numpy", "numpy.typing", "numba", "numba.core", "numba.extending", "ortools.graph.python.min_cost_flow"}


def test_it_imports_only_itself_numpy_and_some_of_the_standard_library():
    for path in HERE.glob("*.py"):
        tree = ast.parse(path.read_text())
        for node in ast.walk(tree):
            if isinstance(node, ast.Import):
                assert {alias.name for alias in node.names} <= STANDARD | LIBRARIES, path
            elif isinstance(node, ast.ImportFrom):
                assert node.level == 0, path
                assert node.module in STANDARD | LIBRARIES or str(node.module).startswith("matching.scoring"), path
            elif isinstance(node, ast.Attribute):
                assert node.attr not in {"today", "now", "utcnow", "random", "default_rng"}, path
