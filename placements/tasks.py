from celery import shared_task
from django.utils import timezone

from placements import ask
from placements import open_calls as calls


@shared_task(name="placements.ask_due")
def ask_due() -> None:
    ask.ask_due(timezone.now())


@shared_task(name="placements.open_calls")
def open_calls() -> None:
    calls.open_calls(timezone.now())
