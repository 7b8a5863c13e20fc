"""Stage 1 on one market: our engine against SQL, a Python loop, libraries for sparse matrices, and the arithmetic it cannot do without.

All in one run and in turns. Processor time a pair; our engine's has everything in it, from people as arrays to lists and counts of reasons.
"""

from collections.abc import Callable
from importlib.util import find_spec
from typing import Any

from bench.engines import Essentials, column_adding
from bench.harness import Line, Sizes, in_turns, ratio_line, spent
from bench.sql import Database
from bench.synthetic import market
from matching.scoring import CandidateTable, VacancyTable, rank, rank_both, reference
from matching.scoring.columns import CandidateColumns
from matching.scoring.people import BLOCK
from tests import servers

TOP, TOP_CANDIDATE = 50, 20
ADDED = 6  # columns that a run adds a pair: languages, wage, place, availability, conditions, and who wants nothing in particular
SAMPLE = (400, 20)  # for the Python loop
HAS_TOPN = find_spec("sparse_dot_topn") is not None  # requirements-bench.txt


def measure(sizes: Sizes) -> list[Line]:
    people, vacancies, weights, routes, day = market(sizes.people, sizes.vacancies, seed=1)
    pairs = len(people) * len(vacancies)
    few = VacancyTable(vacancies.rows[: sizes.sql_vacancies])
    sample = (table_of(people.take(range(min(SAMPLE[0], len(people))))), VacancyTable(vacancies.rows[: SAMPLE[1]]))
    essentials = Essentials(people, vacancies, weights)
    add = column_adding(len(people), len(vacancies), ADDED, distinct_columns(vacancies), BLOCK)
    more = {"on": day, "top": TOP, "gate": True}

    def cpu(work: Callable[[], Any], of: int = pairs) -> Callable[[], float]:
        return lambda: spent(work)[0].cpu / of * 1e9

    with servers.own_database() as name:
        database = Database(servers.database_url(name))
        database.load(table_of(people), few, weights, routes, day)
        ranking = rank(people, few, weights, routes, path="compiled", **more)  # and it is compiled now
        check_same(ranking, database)

        def sql(how: str) -> float:
            before = database.cpu_ns()
            database.lists(how, 0, len(few) - 1)
            return (database.cpu_ns() - before) / (len(people) * len(few))

        found = in_turns(
            sizes.rounds,
            {
                "compiled": cpu(lambda: rank(people, vacancies, weights, routes, path="compiled", **more)),
                "both": cpu(lambda: rank_both(people, vacancies, weights, routes, path="compiled", top_candidate=TOP_CANDIDATE, **more)),
                "arrays": lambda: sql("arrays"),
                "add": cpu(add),
                "numpy": cpu(lambda: rank(people, vacancies, weights, routes, path="numpy", **more)),
                "joins": lambda: sql("joins"),
                "python": cpu(lambda: reference.rank(*sample, weights, routes, **more), len(sample[0]) * len(sample[1])),
                "scipy": cpu(lambda: essentials.by_scipy(TOP)),
                **({"topn": cpu(lambda: essentials.by_topn(TOP))} if HAS_TOPN else {}),
            },
        )
        database.close()
    passing = Line("pairs that pass stage 0", f"{ranking.eligible.sum() / len(people) / len(few):.0%}")
    return [passing, *lines(found, f"{len(people):,} × {len(vacancies):,}")]


def lines(ns: dict[str, float], size: str) -> list[Line]:
    ours, both = ns["compiled"], ns["both"]

    def against(work: str, name: str, mine: float = ours, **reach: float) -> Line:
        return ratio_line(work, ns[name] / mine, f"{mine:.1f} ns a pair against {ns[name]:,.1f} ns", **reach)

    topn = against("… against sparse_dot_topn, the same", "topn") if "topn" in ns else Line("… against sparse_dot_topn", "not installed")
    return [
        against(f"stage 1, {size}, top {TOP} a vacancy, against SQL with joins", "joins", least=400),
        against("… against SQL that looks into our own tables as arrays", "arrays", least=400),
        against("… against a plain Python loop", "python"),
        against("… against scipy CSR, which has done the essential skills only", "scipy"),
        topn,
        ratio_line("… beside adding as many uint16 columns", ours / ns["add"], f"{ns['add']:.2f} ns a pair for {ADDED} columns", most=6),
        against("stage 1, NumPy path, against SQL with joins", "joins", ns["numpy"]),
        against(f"stage 1, both directions (top {TOP_CANDIDATE} a candidate), against SQL with joins", "joins", both, least=250),
        against("… against SQL with arrays", "arrays", both, least=250),
    ]


def table_of(people: CandidateColumns) -> CandidateTable:
    return CandidateTable(tuple(people.row(i) for i in range(len(people))))


def distinct_columns(vacancies: VacancyTable) -> int:
    """As many as a block keeps at hand: the distinct demands of the five kinds that are columns."""
    rows = vacancies.rows
    demands = (
        {tuple(row.languages.items()) for row in rows},
        {row.wage for row in rows},
        {(row.country, row.region) for row in rows},
        {(row.country, row.region, row.activities, row.on_file, row.starts_on) for row in rows},
        {row.conditions for row in rows},
    )
    return sum(map(len, demands))


def check_same(ranking: Any, database: Database) -> None:
    """A race between two that do not do the same says nothing."""
    columns = (ranking.rows, ranking.points, ranking.fits, ranking.suits, ranking.tier)
    ours = [
        (vacancy, *pair)
        for vacancy in range(len(ranking.rows))
        for pair in zip(*(column[vacancy].tolist() for column in columns), strict=True)
        if pair[0] >= 0
    ]
    for how in database.statements:
        assert database.lists(how, 0, len(ranking.rows) - 1) == ours, f"SQL by {how} gives other lists"
