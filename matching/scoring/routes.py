"""Who may legally work where, and whose driving licence holds there: dated rows that somebody has signed."""

from bisect import bisect_right
from collections.abc import Container, Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Protocol, Self

from matching.scoring.errors import BadValue
from matching.scoring.records import Record, check_keys, day_or_none, whole
from matching.scoring.tables import Candidate, Vacancy

ALL = "*"
PERMIT, BAN = "permit", "ban"
ROUTE_KEYS = (
    "effect",
    "origin",
    "destination",
    "region",
    "activity",
    "employer_permit",
    "regime",
    "lead_days",
    "valid_from",
    "valid_to",
)
RECOGNITION_KEYS = ("issuing", "destination", "category", "paid_driving", "valid_from", "valid_to")


@dataclass(frozen=True, slots=True)
class Route:
    """Citizens of `origin` may (or, for a ban, may not) work in `destination`. `activity` is a NACE prefix; `lead_days` what papers take;
    `papers` what a vacancy must have on file for them."""

    effect: str
    origin: str
    destination: str
    region: str
    activity: str
    employer_permit: bool
    regime: str
    lead_days: int
    valid_from: date | None
    valid_to: date | None
    papers: tuple[str, ...] = ()

    def is_on_file(self, on_file: Container[str]) -> bool:
        """Whether the employer and the vacancy have what this way asks of them."""
        return (not self.employer_permit or self.regime in on_file) and all(paper in on_file for paper in self.papers)


@dataclass(frozen=True, slots=True)
class Recognition:
    issuing: str
    destination: str
    category: str
    paid_driving: bool
    valid_from: date | None
    valid_to: date | None


class Placed(Protocol):
    """What of a vacancy the law asks about."""

    @property
    def country(self) -> str: ...
    @property
    def region(self) -> str: ...
    @property
    def activities(self) -> tuple[str, ...]: ...
    @property
    def on_file(self) -> tuple[str, ...]: ...


@dataclass(frozen=True, slots=True)
class Law:
    """The rows that cover a job for citizens of one country on a day. One ban outweighs every permit."""

    bans: tuple[Route, ...]
    open: tuple[Route, ...]  # permits whose papers are on file
    lacking: tuple[Route, ...]  # permits that would be open with what the employer has not on file

    @property
    def chosen(self) -> Route | None:
        """The way to take: the open permit with the fewest days; None: there is no legal way."""
        return None if self.bans else min(self.open, key=lambda row: row.lead_days, default=None)


@dataclass(frozen=True, slots=True)
class Ways:
    """The permits that open a job to citizens of one country, (regime, days that papers take), and the fewest days for who holds none."""

    permits: tuple[tuple[str, int], ...]
    fewest: int | None


@dataclass(frozen=True, slots=True)
class Routes:
    """Only signed rows are passed: a row that is not here makes nobody eligible."""

    rows: tuple[Route, ...]
    recognition: tuple[Recognition, ...] = ()
    _found: dict[tuple[object, ...], Ways] = field(default_factory=dict, init=False, repr=False, compare=False)
    _turns: list[int] = field(default_factory=list, init=False, repr=False, compare=False)  # days on which a route begins or is over

    def __post_init__(self) -> None:
        turns = {row.valid_from.toordinal() for row in self.rows if row.valid_from}
        self._turns.extend(sorted(turns | {row.valid_to.toordinal() + 1 for row in self.rows if row.valid_to}))

    @classmethod
    def from_records(cls, rows: Iterable[Record], recognition: Iterable[Record] = ()) -> Self:
        """Raises MissingKey, UnknownKey, BadValue."""
        return cls(tuple(_route(row) for row in rows), tuple(_recognition(row) for row in recognition))

    def lead_days(self, candidate: Candidate, vacancy: Vacancy, start: date) -> int | None:
        """Days that papers take on the best legal way to this job, as the law stands on the start day; None: there is no legal way.

        One ban outweighs every permit. Of several permits the fewest days win; somebody who holds that permit already needs none.
        """
        ways = self.ways(candidate.citizenship, vacancy, start)
        if not candidate.permits:
            return ways.fewest
        held = candidate.permits
        return min((0 if is_held(regime, held, vacancy, start) else days for regime, days in ways.permits), default=None)

    def ways(self, origin: str, vacancy: Placed, start: date) -> Ways:
        """The same for all citizens of a country, and from one change of the law to the next, so looked up once."""
        key = (origin, vacancy.country, vacancy.region, vacancy.activities, vacancy.on_file, self.unchanged_since(start))
        ways = self._found.get(key)
        if ways is None:
            law = self.law(origin, vacancy, start)
            permits = () if law.bans else tuple((row.regime, row.lead_days) for row in law.open)
            ways = self._found[key] = Ways(permits, law.chosen.lead_days if law.chosen else None)
        return ways

    def law(self, origin: str, vacancy: Placed, start: date) -> Law:
        """What `ways` is made from, rows and all: for who has to tell people."""
        rows = [row for row in self.rows if _covers(row, origin, vacancy, start)]
        permits = [row for row in rows if row.effect == PERMIT]
        return Law(
            bans=tuple(row for row in rows if row.effect == BAN),
            open=tuple(row for row in permits if row.is_on_file(vacancy.on_file)),
            lacking=tuple(row for row in permits if not row.is_on_file(vacancy.on_file)),
        )

    def unchanged_since(self, start: date) -> int:
        """The day, an ordinal, from which on all routes have been as they are on `start`."""
        turn = bisect_right(self._turns, start.toordinal())
        return self._turns[turn - 1] if turn else date.min.toordinal()

    def recognises(self, category: str, issuing: str, destination: str, start: date) -> bool:
        """Whether a licence serves for paid driving in `destination` on the start day. One issued there needs no row."""
        return issuing == destination or any(
            row.paid_driving
            and (row.issuing, row.destination, row.category) == (issuing, destination, category)
            and _is_valid(row.valid_from, row.valid_to, start)
            for row in self.recognition
        )


def _covers(row: Route, origin: str, vacancy: Placed, start: date) -> bool:
    return (
        (row.origin, row.destination) == (origin, vacancy.country)
        and row.region in (ALL, vacancy.region)
        and (row.activity == ALL or any(activity.startswith(row.activity) for activity in vacancy.activities))
        and _is_valid(row.valid_from, row.valid_to, start)
    )


def is_held(regime: str, permits: Iterable[tuple[str, str, str, date]], vacancy: Placed, start: date) -> bool:
    """Whether one of these papers, (regime, country, region, last day), holds for this job on the start day."""
    return any(
        held == regime and country == vacancy.country and region in (ALL, vacancy.region) and until >= start
        for held, country, region, until in permits
    )


def _is_valid(valid_from: date | None, valid_to: date | None, on: date) -> bool:
    """Both ends count; an open end is None."""
    return (valid_from is None or valid_from <= on) and (valid_to is None or on <= valid_to)


def _route(row: Record) -> Route:
    check_keys(row, ROUTE_KEYS, optional=("papers",))
    if row["effect"] not in (PERMIT, BAN):
        raise BadValue(f"effect is {PERMIT} or {BAN}, not {row['effect']!r}.")
    return Route(
        effect=row["effect"],
        origin=str(row["origin"]),
        destination=str(row["destination"]),
        region=str(row["region"]),
        activity=str(row["activity"]),
        employer_permit=bool(row["employer_permit"]),
        regime=str(row["regime"]),
        lead_days=whole(row["lead_days"], "lead_days", 0, 3650),
        valid_from=day_or_none(row["valid_from"], "valid_from"),
        valid_to=day_or_none(row["valid_to"], "valid_to"),
        papers=tuple(map(str, row.get("papers", ()))),
    )


def _recognition(row: Record) -> Recognition:
    check_keys(row, RECOGNITION_KEYS)
    return Recognition(
        issuing=str(row["issuing"]),
        destination=str(row["destination"]),
        category=str(row["category"]),
        paid_driving=bool(row["paid_driving"]),
        valid_from=day_or_none(row["valid_from"], "valid_from"),
        valid_to=day_or_none(row["valid_to"], "valid_to"),
    )
