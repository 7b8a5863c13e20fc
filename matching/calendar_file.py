"""The last safe days as a calendar file (RFC 5545). A phone may show it to anybody, so it names neither employer nor job."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from uuid import UUID

from icalendar import Alarm, Calendar, Event

from matching.checklist import DONE, Item

REMINDER = timedelta(hours=9) - timedelta(days=3)  # a day begins at midnight, when a phone should be quiet


def calendar_file(uid: UUID, items: Iterable[Item], language: str, now: datetime) -> bytes:
    """One whole day a step that is still to do. Taken in once more, it brings the same events up to date."""
    calendar = Calendar.new(prodid=f"-//Safar//{language.upper()}", subcomponents=[])
    for item in items:
        if item.last_day is None or item.tone == DONE:
            continue
        summary = f"Safar: {item.title}"
        event = Event.new(
            uid=f"{uid}-{item.code}@safar", stamp=now, start=item.last_day, end=item.last_day + timedelta(days=1), summary=summary
        )
        alarm = Alarm()
        alarm.add("ACTION", "DISPLAY")
        alarm.add("DESCRIPTION", summary)
        alarm.add("TRIGGER", REMINDER)
        event.add_component(alarm)
        calendar.add_component(event)
    return bytes(calendar.to_ical())
