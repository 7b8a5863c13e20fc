"""Becoming a candidate: citizenship and month of birth come first, because nothing of a minor is kept."""

from datetime import date, datetime

from django.db import transaction

from matching.care import leave_agency
from matching.models import Candidate
from matching.models.candidates import adult_on
from matching.profile import change, lock, score_again, set_papers
from portal.accounts.models import User
from portal.places.days import legal_day
from portal.places.models import Country


class TooYoung(ValueError):
    """Not of age yet; `adult_on` is the day on which the person may come back."""

    def __init__(self, adult_on: date) -> None:
        super().__init__(adult_on)
        self.adult_on = adult_on


def check_age(citizenship: str, born_in: date, now: datetime) -> None:
    """Raises `TooYoung`. The day is that of the person's country."""
    day = adult_on(born_in)
    if day > legal_day(now, Country.objects.get(pk=citizenship)):
        raise TooYoung(day)


@transaction.atomic
def register(user: User, citizenship: str, born_in: date, now: datetime) -> Candidate:
    """The person's candidate, made or corrected. Another citizenship ends what hung on the old one: home region, papers, agency."""
    check_age(citizenship, born_in, now)
    candidate, is_new = Candidate.objects.get_or_create(
        user=user, defaults={"citizenship": citizenship, "born_in": born_in, "registered_at": now}
    )
    if is_new:
        score_again(candidate, now)
        return candidate
    standing = lock(candidate)
    if standing.citizenship != citizenship:
        leave_agency(standing, now)
        set_papers(standing, {}, now)
        change(standing, now, home_region=None)
    change(standing, now, citizenship=citizenship, born_in=born_in)
    return standing
