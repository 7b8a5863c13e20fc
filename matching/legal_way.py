"""The legal way to a job for citizens of a country, as the engine takes it, with the rows of law that it stands on."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from matching.load_records import on_file, papers_of
from matching.models import EmployerFile, LegalRoute, Vacancy
from matching.scoring import Routes
from matching.scoring.routes import ROUTE_KEYS, is_held


@dataclass(frozen=True, slots=True)
class LegalWay:
    """`route` is the way to take; None: there is none. Then `ban` closes the job, or `lacking` would open it with papers not on file.

    None of the three: no signed row says anything about this job. `days` is what the papers take from now.
    """

    route: LegalRoute | None = None
    days: int = 0
    ban: LegalRoute | None = None
    lacking: LegalRoute | None = None


@dataclass(frozen=True, slots=True)
class Site:
    """A vacancy as the law sees it."""

    country: str
    region: str
    activities: tuple[str, ...]
    on_file: tuple[str, ...]


def legal_way(citizenship: str, vacancy: Vacancy, day: date, permits: Sequence[tuple[str, str, str, date]] = ()) -> LegalWay:
    """By the signed rows of law as they stand on the first day of work, never before `day`. `permits` are held already (`permits_of`).

    A query, where the vacancy comes with its region, papers, employer and the employer's file.
    """
    rows: Any = LegalRoute.objects.signed().filter(origin=citizenship, destination=vacancy.region.country_id).order_by("pk")
    standing: list[LegalRoute] = list(rows)
    file: EmployerFile | None = getattr(vacancy.employer, "file", None)
    job = site_of(vacancy, file)
    routes = Routes.from_records([_record(row) for row in standing])
    start = max(vacancy.starts_on or day, day)
    law = routes.law(citizenship, job, start)
    row_of = dict(zip(reversed(routes.rows), reversed(standing), strict=True))  # of two equal rows the older
    if law.bans:
        return LegalWay(ban=row_of[law.bans[0]])
    for row in law.open:
        if is_held(row.regime, permits, job, start):
            return LegalWay(route=row_of[row])
    if law.chosen:
        return LegalWay(route=row_of[law.chosen], days=law.chosen.lead_days)
    return LegalWay(lacking=row_of[min(law.lacking, key=lambda row: row.lead_days)]) if law.lacking else LegalWay()


def site_of(vacancy: Vacancy, file: EmployerFile | None) -> Site:
    """No query, where the vacancy comes with its region and papers."""
    activities = file.activities if file else ()
    return Site(
        vacancy.region.country_id,
        vacancy.region_id,
        tuple(activities),
        tuple(on_file(papers_of(vacancy), file)),
    )


def _record(row: LegalRoute) -> Mapping[str, Any]:
    return {name: getattr(row, name) for name in (*ROUTE_KEYS, "papers")}
