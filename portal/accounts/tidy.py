"""What accounts forget by themselves."""

from datetime import datetime, timedelta

from django.contrib.sessions.models import Session

from portal.accounts.models import Submission, User

NUMBERS_KEPT = timedelta(days=1)
SUBMISSIONS_KEPT = timedelta(days=30)


def tidy(now: datetime) -> None:
    """Numbers that nobody proved to be theirs, forms that nobody sends again, sessions that have run out."""
    User.objects.never_verified(now - NUMBERS_KEPT).delete()
    Submission.objects.filter(created_at__lt=now - SUBMISSIONS_KEPT).delete()
    Session.objects.filter(expire_date__lt=now).delete()
