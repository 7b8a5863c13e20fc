from celery import shared_task
from django.utils import timezone

from portal.money.fetch_rates import fetch_due_rates


@shared_task(name="portal.money.fetch_rates")
def fetch_rates() -> None:
    fetch_due_rates(timezone.now())
