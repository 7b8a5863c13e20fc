"""A profile that staff have written becomes the person's own, who signs in with its phone and knows its month of birth."""

from datetime import date, datetime

from django.db import transaction
from django.db.models import Count, QuerySet

from matching.models import Candidate, MissedClaim
from matching.profile import lock
from portal.accounts.models import User


def claimable(user: User) -> QuerySet[Candidate]:
    """Profiles without an account on the person's verified phone; nothing for who has one of their own."""
    if not user.phone or user.phone_verified_at is None or Candidate.objects.filter(user=user).exists():
        return Candidate.objects.none()
    without = Candidate.objects.filter(user=None, phone=user.phone).select_related("home_region")
    return without.annotate(missed=Count("missed_claims")).filter(missed__lt=MissedClaim.MOST).order_by("pk")


@transaction.atomic
def claim(candidate: Candidate, born_in: date, user: User, now: datetime) -> bool:
    """Whether it is theirs now. A wrong month counts; after `MissedClaim.MOST` of them the agency has to look."""
    User.objects.select_for_update().get(pk=user.pk)  # nobody begins a profile of the person's own meanwhile
    standing = lock(candidate)
    if not claimable(user).filter(pk=standing.pk).exists():
        return False
    if standing.born_in != born_in:
        MissedClaim.objects.create(candidate=standing, at=now)
        return False
    standing.user, standing.phone = user, ""  # from now on they are called by the account's
    standing.save(update_fields=["user", "phone"])
    standing.missed_claims.all().delete()
    return True


@transaction.atomic
def let_try_again(candidate: Candidate) -> None:
    lock(candidate).missed_claims.all().delete()
