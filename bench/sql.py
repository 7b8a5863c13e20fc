"""Stage 1 as one SQL statement: the lists of some vacancies, with both sides, in the engine's own order. Two ways to write it.

`joins` is what one writes: distinct values materialised in small tables, hash joins, a window. `arrays` is the best we know: PostgreSQL
made to work as our engine does, with points as arrays that are looked into. Both give exactly what the reference gives with `gate=True`,
but for the counts of reasons, which they need not make. The wheel of PostgreSQL has no JIT.
"""

from collections.abc import Collection
from datetime import date
from pathlib import Path

import psycopg2

from bench.sql_tables import ARRAYS, HelperTables, fill
from matching.scoring import CandidateTable, Routes, VacancyTable, Weights

Row = tuple[int, int, int, int, int, int]  # vacancy's row, candidate's row, points, fits, suits, tier

# Parts of both statements. In PostgreSQL + binds tighter than << and &.
WAGE = """share_w * CASE WHEN span = 0 THEN 10000 WHEN span < 0 THEN 7000 ELSE 4000 + ((
          12000 * least(greatest(20::bigint * wage - low, 0), span) + span - 1
            + (6000 * least(greatest(20::bigint * wage - low, 0), span) / span & 1)  -- a half to the even one
        ) / (2 * span))::int END / 10000"""
FITS = """base + e + o + share_c * occupation / 10000 + language
        + share_x * least(10000, experience / (10000::bigint * months))::int / 10000"""
GATE = "fits * suits >= 12250000 AND (entry OR exact_weight = 0 OR occupation >= 6000 OR exact >= 3000 * exact_weight)"
KEY = "(fits::bigint * suits << 36) + (CASE WHEN share_e > 0 THEN 10000::bigint * e / share_e ELSE 10000 END << 22) - rank DESC"
LISTS = f"""SELECT opening, person, points, fits, suits,
  CASE WHEN points >= 7000 AND exact >= 7000 * exact_weight THEN 1 WHEN points >= 5000 THEN 2 ELSE 3 END AS tier
FROM (SELECT *, (floor(sqrt(4::float8 * fits * suits))::int + 1) / 2 AS points FROM best) shown
ORDER BY opening, {KEY}"""
VACANCY = """start, wage, base, share_e, share_c, share_x, share_w, months, entry, exact_weight, refused,
    any_licences, any_certificates, none_refused"""


def arrays(jobs: int, wanted: int) -> str:
    """A vacancy at a time, so that its best need no sort of all. COALESCE hides the filter from the planner, who would expect one row."""
    points = ",\n    ".join(f"(SELECT points || '{{}}' FROM points WHERE id = {name}) AS {name}" for name in ARRAYS)  # || fetches it whole
    return f"""
WITH vacancy AS MATERIALIZED (
  SELECT place AS opening, {VACANCY},
    {points}
  FROM opening WHERE place BETWEEN %(first)s AND %(last)s
),
best AS (
  SELECT opening, exact_weight, share_e, list.* FROM vacancy v CROSS JOIN LATERAL (
    SELECT * FROM (
      SELECT person, rank, exact, occupation, e, suits,
        {FITS} AS fits
      FROM (
        SELECT p.person, p.rank, COALESCE(exact, 0) AS exact, COALESCE(earned, 0) & 16383 AS e, COALESCE(earned, 0) >> 14 AS o,
          greatest({", ".join(f"v.likeness[job{n}]" for n in range(1, jobs + 1))}) AS occupation,
          {" + ".join(f"v.near[job{n}] * faded{n}" for n in range(1, jobs + 1))} AS experience,
          v.spoken[p.spoken] AS language,
          v.wishes[p.wishes] + v.conditions[p.conditions]
            + greatest({", ".join(f"v.wanted[wanted{n}]" for n in range(1, wanted + 1))})
            + v.late[1 + greatest(0, available + v.lead[p.papers] - start)]
            + {WAGE} AS suits
        FROM person p LEFT JOIN (
          SELECT held.person, sum(asked.earned)::int AS earned, sum(asked.exact)::bigint AS exact
          FROM asked JOIN held USING (feature) WHERE asked.opening = v.opening GROUP BY held.person
        ) skills USING (person)
        WHERE COALESCE(
          available + v.lead[p.papers] <= start + 30 AND wage >= floor AND adult <= start
          AND v.spoken[p.spoken] >= 0 AND v.wishes[p.wishes] >= 0
          AND (any_licences OR v.licences[p.licences] = 1) AND (any_certificates OR v.certificates[p.certificates] = 1)
          AND (none_refused OR p.person <> ALL (refused)), false)
        OFFSET 0
      ) parts
      OFFSET 0
    ) sides
    WHERE {GATE} ORDER BY {KEY} LIMIT 50
  ) list
)
{LISTS}"""


# Small tables made of the arrays: one row a value of a candidate that a demand lets pass.
SMALL = {"lead": "value < 1000000", "spoken": "value >= 0", "licences": "value = 1", "certificates": "value = 1", "wishes": "value >= 0"}
MAKE_SMALL = "\n".join(
    f"""DROP TABLE IF EXISTS {name}_value; CREATE UNLOGGED TABLE {name}_value AS
    SELECT id AS demand, place::int AS number, value FROM points, unnest(points) WITH ORDINALITY AS found(value, place)
    WHERE id IN (SELECT {name} FROM opening) AND {SMALL.get(name, "true")};
    ANALYZE {name}_value;"""
    for name in ARRAYS
)


def make_jobs(jobs: int, wanted: int) -> str:
    """Tables of jobs held and wanted: one row each."""
    held = ", ".join(f"(job{n}, faded{n})" for n in range(1, jobs + 1))
    wishes = ", ".join(f"(wanted{n})" for n in range(1, wanted + 1))
    return f"""
DROP TABLE IF EXISTS job, wish;
CREATE UNLOGGED TABLE job AS SELECT DISTINCT person, number, sum(faded) AS faded
  FROM person, LATERAL (VALUES {held}) AS held(number, faded) GROUP BY 1, 2;
CREATE UNLOGGED TABLE wish AS SELECT DISTINCT person, number FROM person, LATERAL (VALUES {wishes}) AS wishes(number);
ANALYZE job; ANALYZE wish;"""


JOINS = f"""
WITH vacancy AS MATERIALIZED (SELECT * FROM opening WHERE place BETWEEN %(first)s AND %(last)s),
skills AS (
  SELECT opening, person, sum(asked.earned)::int AS earned, sum(asked.exact)::bigint AS exact
  FROM asked JOIN held USING (feature) WHERE opening BETWEEN %(first)s AND %(last)s GROUP BY opening, person
),
work AS (
  SELECT demand, person, max(value) AS occupation, sum(CASE WHEN value >= 3500 THEN value * faded ELSE 0 END)::bigint AS experience
  FROM likeness_value JOIN job USING (number) WHERE demand IN (SELECT likeness FROM vacancy) GROUP BY demand, person
),
wishing AS (
  SELECT demand, person, max(value) AS value FROM wanted_value JOIN wish USING (number)
  WHERE demand IN (SELECT wanted FROM vacancy) GROUP BY demand, person
),
pair AS (
  SELECT v.place AS opening, p.person, p.rank, entry, share_e, exact_weight, work.occupation, COALESCE(skills.exact, 0) AS exact,
    COALESCE(earned, 0) & 16383 AS e, COALESCE(earned, 0) >> 14 AS o, experience, spoken_value.value AS language,
    base, share_c, share_x, months,
    wishes_value.value + conditions_value.value + wishing.value + late_value.value + {WAGE} AS suits
  FROM vacancy v
  JOIN lead_value ON lead_value.demand = v.lead
  JOIN person p ON p.papers = lead_value.number AND available + lead_value.value <= start + 30 AND wage >= floor AND adult <= start
  JOIN spoken_value ON spoken_value.demand = v.spoken AND spoken_value.number = p.spoken
  JOIN licences_value ON licences_value.demand = v.licences AND licences_value.number = p.licences
  JOIN certificates_value ON certificates_value.demand = v.certificates AND certificates_value.number = p.certificates
  JOIN wishes_value ON wishes_value.demand = v.wishes AND wishes_value.number = p.wishes
  JOIN conditions_value ON conditions_value.demand = v.conditions AND conditions_value.number = p.conditions
  JOIN late_value ON late_value.demand = v.late AND late_value.number = 1 + greatest(0, available + lead_value.value - start)
  JOIN work ON work.demand = v.likeness AND work.person = p.person
  JOIN wishing ON wishing.demand = v.wanted AND wishing.person = p.person
  LEFT JOIN skills ON skills.opening = v.place AND skills.person = p.person
  WHERE none_refused OR p.person <> ALL (refused)
  OFFSET 0
),
sides AS (SELECT *, {FITS} AS fits FROM pair OFFSET 0),
best AS (
  SELECT * FROM (
    SELECT *, row_number() OVER (PARTITION BY opening ORDER BY {KEY}) AS place FROM sides WHERE {GATE}
  ) ranked WHERE place <= 50
)
{LISTS}"""


class Database:
    """A connection to PostgreSQL with the helper tables of one market. CPU is the server process's own."""

    def __init__(self, url: str) -> None:
        self.connection = psycopg2.connect(url)
        self.connection.autocommit = True
        self.cursor = self.connection.cursor()
        self.cursor.execute(
            "SET max_parallel_workers_per_gather = 0; SET enable_mergejoin = off; SET work_mem = '1GB'; SET maintenance_work_mem = '1GB'"
        )
        self.statements: dict[str, str] = {}

    def load(
        self,
        candidates: CandidateTable,
        vacancies: VacancyTable,
        weights: Weights,
        routes: Routes,
        on: date,
        refused: Collection[tuple[int, int]] = (),
    ) -> None:
        helper = HelperTables(candidates, vacancies, weights, routes, on, refused)
        fill(self.cursor, helper.tables())
        self.cursor.execute(MAKE_SMALL + make_jobs(helper.jobs, helper.wanted))
        self.statements = {"arrays": arrays(helper.jobs, helper.wanted), "joins": JOINS}

    def lists(self, how: str, first: int, last: int) -> list[Row]:
        """The lists of the vacancies in rows `first`..`last`, best first, by "arrays" or by "joins"."""
        self.cursor.execute(f"SET enable_nestloop = {'off' if how == 'joins' else 'on'}")
        self.cursor.execute(self.statements[how], {"first": first, "last": last})
        rows: list[Row] = self.cursor.fetchall()
        return rows

    def cpu_ns(self) -> int:
        """Processor time of the server's process for this connection, nanoseconds."""
        return int(Path(f"/proc/{self.connection.info.backend_pid}/schedstat").read_text().split()[0])

    def close(self) -> None:
        self.connection.close()
