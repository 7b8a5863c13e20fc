"""How long somebody may stay: limits and stays in, an answer out. Pure functions on days; portal/ui/assets/days.js counts the same on a phone.

The day of entry and the day of exit both count. A stay is (day of entry, day of exit); None as day of exit: still there.
"""

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

DAY = timedelta(days=1)
HORIZON = 800  # days to look ahead: what nothing ends in two years is not ended by days
WARN = 10  # days before the last one

Stay = tuple[date, date | None]
Typed = tuple[date | None, date | None]


class Kind(StrEnum):
    """Which days a limit counts."""

    ENTRY = "entry"  # those since the last entry
    WINDOW = "window"  # those in any `span` days on end
    YEAR = "year"  # those in the calendar year


@dataclass(frozen=True, slots=True)
class Limit:
    """At most `days` days. `code` is the fact's that says so."""

    code: str
    kind: Kind
    days: int
    span: int = 0


class State(StrEnum):
    THERE = "there"  # still there, with days left
    SOON = "soon"  # the same, with few days left
    OVER = "over"  # still there, and no day is left
    MAY = "may"  # may enter today
    WAIT = "wait"  # may enter on `entry`
    NEVER = "never"  # no day of entry within sight
    EXPIRED = "expired"  # the document has ended


@dataclass(frozen=True, slots=True)
class Answer:
    """`last` is the last day of the stay that begins on `entry` (None: no limit ends it), `because` the code of what ends it, "" for the document.

    `left` counts the days from today to the last one, both included. `used`: code of a limit → days that count today.
    """

    state: State
    entry: date | None
    last: date | None
    because: str
    left: int
    used: dict[str, int]


def counted(limit: Limit, before: Sequence[date], entry: date, day: date) -> int:
    """The days that `limit` counts on `day` of a stay that began on `entry`; `before` are the days of all earlier stays, sorted."""
    match limit.kind:
        case Kind.ENTRY:
            return (day - entry).days + 1
        case Kind.YEAR:
            first = date(day.year, 1, 1)
        case Kind.WINDOW:
            first = day - (limit.span - 1) * DAY
    here = (day - max(entry, first)).days + 1
    return here + max(0, bisect_left(before, entry) - bisect_left(before, first))


def last_day(limit: Limit, before: Sequence[date], entry: date) -> date | None:
    """The last day of a stay from `entry` on that keeps to `limit`, the day before entry if not even that does; None: without end."""
    for day in _days(entry, HORIZON):
        if counted(limit, before, entry, day) > limit.days:
            return day - DAY
    return None


def count_days(
    limits: Sequence[Limit],
    stays: Sequence[Stay],
    today: date,
    *,
    document_ends: date | None = None,
    papers: tuple[str, date] | None = None,
) -> Answer:
    """Whichever ends first. `papers`: (code of the fact, their last day) where papers allow to stay longer than the limits do."""
    here = max((entry for entry, exit_ in stays if exit_ is None), default=None)
    since = max([today, *(exit_ for _, exit_ in stays if exit_)]) - 2 * HORIZON * DAY  # nothing looks back further
    before = sorted({day for entry, exit_ in stays if exit_ for day in _days(max(entry, since), (exit_ - max(entry, since)).days + 1)})

    def end(entry: date) -> tuple[date | None, str]:
        ends = [(last, limit.code) for limit in limits if (last := last_day(limit, before, entry)) is not None]
        last, because = min(ends) if ends else (None, "")
        if papers and last is not None and papers[1] > last:
            last, because = papers[1], papers[0]
        return (document_ends, "") if document_ends and (last is None or last > document_ends) else (last, because)

    entry: date | None = here or today
    last, because = end(entry or today)
    used = {limit.code: _used(limit, before, here, today) for limit in limits}
    left = max(0, (last - today).days + 1) if last else 0
    if document_ends and document_ends < today:
        return Answer(State.EXPIRED, entry, document_ends, "", 0, used)
    if here:
        state = State.THERE if last is None or left > WARN else State.SOON if left else State.OVER
        return Answer(state, here, last, because, left, used)
    if last is None or last >= today:
        return Answer(State.MAY, today, last, because, left, used)
    for entry in _days(today + DAY, HORIZON):
        last, because = end(entry)
        if last is None or last >= entry:
            return Answer(State.WAIT, entry, last, because, 0, used)
    return Answer(State.NEVER, None, None, because, 0, used)


def _used(limit: Limit, before: Sequence[date], here: date | None, today: date) -> int:
    """Today: of whoever is not there the days until now, none of an entry."""
    if here and here <= today:
        return counted(limit, before, here, today)
    return counted(limit, before, today + DAY, today) if limit.kind != Kind.ENTRY else 0


def _days(first: date, count: int) -> Iterator[date]:
    return (first + number * DAY for number in range(count))


class Fault(StrEnum):
    """What cannot be about a stay."""

    BAD = "bad"  # no such day
    FUTURE = "future"
    NO_ENTRY = "no-entry"
    BACKWARDS = "backwards"  # left before having come
    STILL = "still"  # said to be still there, and came again
    OVERLAP = "overlap"


def find_faults(stays: Sequence[Typed], today: date) -> dict[tuple[int, str], Fault]:
    """(place of the stay, "entry" or "exit") → what is wrong there. The order of the stays does not matter; an empty one is no stay."""
    faults: dict[tuple[int, str], Fault] = {}
    for place, (entry, exit_) in enumerate(stays):
        for field, day in (("entry", entry), ("exit", exit_)):
            if day and day > today:
                faults[place, field] = Fault.FUTURE
        if exit_ and not entry:
            faults[place, "entry"] = Fault.NO_ENTRY
        if entry and exit_ and exit_ < entry:
            faults.setdefault((place, "exit"), Fault.BACKWARDS)
    known = sorted((entry, exit_ or date.max, place) for place, (entry, exit_) in enumerate(stays) if entry)
    for number, (entry, _, place) in enumerate(known[1:], 1):
        _, until, other = max(known[:number], key=lambda stay: stay[1])
        if until == date.max:
            faults.setdefault((other, "exit"), Fault.STILL)
        elif entry < until:
            faults.setdefault((place, "entry"), Fault.OVERLAP)
    return faults
