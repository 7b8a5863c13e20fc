"""The last day of a time that a fact gives, counted from the day of entry."""

from datetime import date, timedelta

from orientation.models import Fact

DAY = timedelta(days=1)


def holds(fact: Fact, day: date) -> bool:
    """Where sources disagree, a fact tells the safest reading."""
    is_known = fact.status in (Fact.Status.IN_FORCE, Fact.Status.CONFLICT)
    return is_known and is_within(fact, day)


def is_within(fact: Fact, day: date) -> bool:
    """The days for which it was written, whether it is law or not."""
    return (fact.valid_from or day) <= day <= (fact.valid_to or day)


def last_day(fact: Fact, entry: date) -> date | None:
    """The day of entry counts as the first, which is safe wherever an office counts otherwise. None: not a time in days."""
    count = int(fact.number_on(entry) or 0)
    if fact.unit not in (Fact.Unit.DAY, Fact.Unit.WORKING_DAY) or not 0 < count < 3650:
        return None
    if fact.unit == Fact.Unit.DAY:
        return entry + (count - 1) * DAY
    day = entry - DAY
    while count:
        day += DAY
        count -= day.weekday() < 5
    return day
