"""Days of law. A deadline runs in the zone of the place where the law holds, never in the server's or the reader's."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

from portal.places.models import Country, Region


def legal_day(now: datetime, place: Country | Region) -> date:
    """The calendar day that `now` (aware) falls on at `place`."""
    if now.tzinfo is None:
        raise ValueError("A day of law needs an aware datetime.")
    return now.astimezone(ZoneInfo(place.zone)).date()
