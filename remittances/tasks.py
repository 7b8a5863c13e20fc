from celery import shared_task
from django.utils import timezone

from remittances.products import ask


@shared_task(name="remittances.ask_about_trials")
def ask_about_trials() -> None:
    ask.ask_due(timezone.now())
