"""What the law of each citizenship's route asks a vacancy to have on file: to whom a vacancy is closed, and why."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from matching.legal_way import Site, site_of
from matching.models import Vacancy, VacancyPaper
from matching.scoring import Routes
from portal.places.models import Country

Kind = VacancyPaper.Kind


@dataclass(frozen=True, slots=True)
class ClosedTo:
    """Citizens of `country` cannot be proposed; `missing` are the papers that would open it, the fewest that do; empty: nothing would."""

    country: Country
    missing: tuple[Kind, ...]

    @property
    def text(self) -> str:
        who = {"country": self.country}
        if not self.missing:
            return _("Citizens of %(country)s: the law has no way to this job.") % who
        papers = ", ".join(f"“{kind.label}”" for kind in self.missing)
        return _("Citizens of %(country)s: they can be proposed as soon as this is on file: %(papers)s.") % (who | {"papers": papers})


def closed_to(vacancy: Vacancy, origins: Iterable[Country], day: date, routes: Routes) -> list[ClosedTo]:
    """To whose citizens the vacancy is closed on its first day of work, as the law is signed. `vacancy` has its papers and region at hand."""
    site = site_of(vacancy, getattr(vacancy.employer, "file", None))
    start = max(day, vacancy.starts_on or day)
    found = []
    for origin in origins:
        if routes.ways(origin.pk, site, start).permits:
            continue
        found.append(ClosedTo(origin, _lacking(routes, origin.pk, site, start)))
    return found


def _lacking(routes: Routes, origin: str, site: Site, start: date) -> tuple[Kind, ...]:
    """What no way needs besides is left out: each paper is tried away again."""
    every = {str(kind) for kind in Kind}

    def opens(papers: set[str]) -> bool:
        with_them = Site(site.country, site.region, site.activities, tuple(sorted({*site.on_file, *papers})))
        return bool(routes.ways(origin, with_them, start).permits)

    if not opens(every):
        return ()
    for kind in sorted(every):
        if opens(every - {kind}):
            every -= {kind}
    return tuple(kind for kind in Kind if kind in every)


def kinds_for(country: str, routes: Routes) -> list[Kind]:
    """Which papers a vacancy there may need, for whomever."""
    asked = {paper for row in routes.rows if row.destination == country for paper in row.papers}
    return [kind for kind in Kind if kind in asked]
