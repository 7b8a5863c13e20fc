"""Weak matches that somebody has proposed: for a colleague to confirm, and at an agency of one person for an operator."""

from contextlib import suppress
from datetime import datetime

from django.db import transaction

from matching import review
from matching.demo.agencies import ALONE, STAFF
from matching.models import Match, Vacancy
from matching.models.matches import Tier
from matching.move import NotPossible
from portal.accounts.cast import PEOPLE
from portal.accounts.models import User


@transaction.atomic
def load_demo_exceptions(now: datetime) -> None:
    """After the scores, which suggest them. Twice is the same as once."""
    if Match.objects.filter(proposed_by__isnull=False).exists():
        return
    list(Vacancy.objects.select_for_update(no_key=True).order_by("pk").only("pk"))  # first, as scoring does: nobody waits in a ring
    for address, most in ((STAFF["TJ"][0], 2), (ALONE, 1)):
        _propose(User.objects.get(email=address), most, now)


def _propose(by: User, most: int, now: datetime) -> None:
    """Not each may be proposed."""
    weak = Match.objects.in_care_of(by).untouched().filter(tier=Tier.C, vacancy__in=Vacancy.objects.open_on(now.date()))
    weak = weak.exclude(candidate__user__phone__in=[person.phone for person in PEOPLE.values()])
    seen = set(Match.objects.filter(touched=True).order_by().values_list("candidate", flat=True))
    for match in weak.order_by("-points", "pk")[:50]:
        if most and match.candidate_id not in seen:
            seen.add(match.candidate_id)
            with suppress(NotPossible):
                most -= review.approve(match, by, now).proposed_by == by
