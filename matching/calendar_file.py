"""The last safe days of one match as a calendar file. A phone may show it to anybody, so it names neither employer nor job."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from matching.checklist import DONE, Item
from orientation.tools.calendar_file import calendar_of


def calendar_file(uid: UUID, items: Iterable[Item], language: str, now: datetime) -> bytes:
    """One whole day a step that is still to do."""
    days = [(f"{uid}-{item.code}", item.title, item.last_day) for item in items if item.last_day and item.tone != DONE]
    return calendar_of(days, language, now)
