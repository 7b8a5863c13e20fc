"""The history as lines of an SVG of 100 by 100, and as rows of a table."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_CEILING, Decimal

from django.utils.formats import date_format

from portal.money.formats import format_percent
from remittances.history import WEEK, Week

LEAST_TOP = Decimal(4)  # per cent: so that the goal of 3 stands on every picture


@dataclass(frozen=True, slots=True)
class Picture:
    """`top` is the cost at the upper edge, in words; the lower edge is nothing. The lines are paths, "" without a point."""

    top: str
    first: str
    last: str
    best: str
    average: str
    one: str
    goal: Decimal | None
    goal_words: str
    rows: list[tuple[str, str, str, str, int]]


def picture_of(weeks: Sequence[Week], goal: Decimal | None) -> Picture:
    """`weeks` is not empty."""
    highest = max(max(week.average, week.one or week.average) for week in weeks)
    top = max(LEAST_TOP, highest.to_integral_value(ROUND_CEILING))
    first, last = weeks[0].begins, weeks[-1].begins
    span = max((last - first).days, 1)

    def line(cost: Callable[[Week], Decimal | None]) -> str:
        points = [(week.begins, value) for week in weeks if (value := cost(week)) is not None]
        return "".join(_path(run, first, span, top) for run in _runs(points))

    return Picture(
        format_percent(top),
        date_format(first),
        date_format(last),
        line(lambda week: week.best),
        line(lambda week: week.average),
        line(lambda week: week.one),
        100 - goal / top * 100 if goal is not None else None,
        format_percent(goal) if goal is not None else "",
        [_row(week) for week in reversed(weeks)],
    )


def _runs(points: Sequence[tuple[date, Decimal]]) -> Iterator[list[tuple[date, Decimal]]]:
    """A week without a price parts the line."""
    run: list[tuple[date, Decimal]] = []
    for point in points:
        if run and point[0] - run[-1][0] > WEEK:
            yield run
            run = []
        run.append(point)
    if run:
        yield run


def _path(run: Sequence[tuple[date, Decimal]], first: date, span: int, top: Decimal) -> str:
    places = [f"{(day - first).days / span * 100:.4g} {100 - float(min(max(cost, Decimal(0)), top) / top) * 100:.4g}" for day, cost in run]
    return f"M{'L'.join(places)}" if len(places) > 1 else f"M{places[0]}h0"  # its round ends make a dot of it


def _row(week: Week) -> tuple[str, str, str, str, int]:
    one = format_percent(week.one) if week.one is not None else ""
    return date_format(week.begins, "SHORT_DATE_FORMAT"), format_percent(week.best), format_percent(week.average), one, week.services
