from celery import shared_task
from django.utils import timezone

from portal.accounts import tidy


@shared_task(name="portal.accounts.tidy")
def tidy_people() -> None:
    tidy.tidy(timezone.now())
