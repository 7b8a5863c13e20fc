from celery import shared_task
from django.utils import timezone

from portal.organisations import to_check


@shared_task(name="portal.organisations.look_after_checks")
def look_after_checks() -> None:
    now = timezone.now()
    to_check.remind_of_evidence(now)
    to_check.take_lapsed_back(now)
