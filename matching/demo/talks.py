"""Times to talk in the demo: an employer of the cast has offered some to whoever said yes and was not chosen yet."""

from datetime import datetime, timedelta

from django.db import transaction

from matching.demo.plan import OF_THE_CAST
from matching.interviews import Time, offer_times
from matching.models import Interview, Match, State, Vacancy

FEW = 3
AHEAD = (timedelta(days=2, hours=3), timedelta(days=3), timedelta(days=3, hours=5))


@transaction.atomic
def load_demo_talks(now: datetime) -> None:
    """Twice is the same as once."""
    if Interview.objects.exists():
        return
    list(Vacancy.objects.select_for_update(no_key=True).order_by("pk").only("pk"))  # first, as scoring does: nobody waits in a ring
    hour = now.replace(hour=9, minute=0, second=0, microsecond=0)
    waiting = Match.objects.filter(state=State.ACCEPTED, vacancy__uid__in=OF_THE_CAST).select_related("vacancy__created_by").order_by("pk")
    for match in waiting[:FEW]:
        offer_times(match, [Time(hour + ahead, Interview.Way.PHONE) for ahead in AHEAD], match.vacancy.created_by, now)
