"""The part of a person's data that are times to talk with employers."""

from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from matching.interviews import times_of
from matching.models import Interview, Match
from portal import hooks
from portal.accounts.models import User


def export_talks(user: User) -> dict[str, Any]:
    """On hooks.export_person."""
    matches = Match.objects.filter(candidate__user=user, interviews__isnull=False).distinct().order_by("pk")
    rows = [
        {_("Work"): str(match.vacancy), _("When"): time["when"], _("Where"): time["place"] or time["way"]}
        for match in matches.select_related("vacancy__occupation", "vacancy__region")
        for time in times_of(match)
    ]
    return {_("Times to talk with employers"): rows} if rows else {}


@hooks.erases("matching.Interview")
def erase_talks(user: User, now: datetime) -> None:
    """Of the person's own matches; what they offered to others at work stays, under their pseudonym. On hooks.erase_person."""
    Interview.objects.filter(match__candidate__user=user).delete()
