"""Last safe days as a calendar file (RFC 5545). A phone may show it to anybody, so it names neither people nor places."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta

from icalendar import Alarm, Calendar, Event

REMINDER = timedelta(hours=9) - timedelta(days=3)  # a day begins at midnight, when a phone should be quiet


def calendar_of(days: Iterable[tuple[str, str, date]], language: str, now: datetime) -> bytes:
    """One whole day for each (key, title, day). Taken in once more, it brings the events with the same keys up to date."""
    calendar = Calendar.new(prodid=f"-//Safar//{language.upper()}", subcomponents=[])
    for key, title, day in days:
        summary = f"Safar: {title}"
        event = Event.new(uid=f"{key}@safar", stamp=now, start=day, end=day + timedelta(days=1), summary=summary)
        alarm = Alarm()
        alarm.add("ACTION", "DISPLAY")
        alarm.add("DESCRIPTION", summary)
        alarm.add("TRIGGER", REMINDER)
        event.add_component(alarm)
        calendar.add_component(event)
    return bytes(calendar.to_ical())
