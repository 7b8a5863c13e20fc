"""Days and hours where the work is."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from placements.models import Placement
from portal.places.models import Region

AFTER = {1: timedelta(days=30), 3: timedelta(days=91), 6: timedelta(days=182)}  # a month of February is no shorter than others
ARRIVAL_ASKED_AFTER = timedelta(days=2)
ARRIVAL_MISSED_AFTER = timedelta(days=7)
SILENT_AFTER = timedelta(days=7)
Hours = Placement.Hours
CLOCK = {Hours.MORNING: (7, 11), Hours.DAY: (11, 17), Hours.EVENING: (17, 22), Hours.ANY: (8, 21)}


def due_on(left_on: date, month: int) -> date:
    return left_on + AFTER[month]


def is_the_hour(hours: str, now: datetime, region: Region) -> bool:
    """Whether the worker wants to be asked at this hour, by the clocks of the place of work."""
    first, end = CLOCK[Hours(hours)]
    return first <= now.astimezone(ZoneInfo(region.zone)).hour < end
